// @ts-check
import { element } from "./nodes.js";

const KEPT_MS = 10000;

/**
 * What screen readers are told, apart from the transcript: each text is added once and taken away later, so that the
 * history is never read again and nobody meets the same text twice when reading the page.
 */
export class Announcer {
  constructor() {
    this.news = element("div", { class: "sr", "aria-live": "polite", "aria-relevant": "additions" });
    this.alerts = element("div", { class: "sr", "aria-live": "assertive", "aria-relevant": "additions" });
  }

  /** @param {string} text */
  say(text) {
    this.add(this.news, text);
  }

  /** Trouble that cannot wait. @param {string} text */
  warn(text) {
    this.add(this.alerts, text);
  }

  /** @param {HTMLElement} region @param {string} text */
  add(region, text) {
    const line = element("p", {}, [text]);
    region.append(line);
    setTimeout(() => line.remove(), KEPT_MS);
  }
}
