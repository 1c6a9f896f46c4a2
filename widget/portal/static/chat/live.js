// @ts-check
import { RefusalError } from "./client.js";
import { button, element } from "./nodes.js";
import { t } from "./words.js";

/** @typedef {{state: string, position: number|null, waited_seconds: number|null, consultant: string|null, consultants: number, messages: import("./client.js").LiveMessage[]}} Standing */

const STYLE = `
  .live { border-top: 1px solid var(--line); padding: .6em; display: flex; flex-wrap: wrap; gap: .4em; background: var(--back); }
  .live .tools { gap: .4em; }
  .live p { flex: 1 1 100%; margin: 0; font-size: .9em; }
`;
// How long until the next question, by state; where the network fails ever longer.
const PAUSE = /** @type {Record<string, number>} */ ({ waiting: 4000, active: 2000, lost: 4000 });
const LONGEST_MS = 30000;

/** Waiting for a consultant, and the chat that they lead. Asks again and again as long as it is open. */
export class Live {
  /** @type {ReturnType<typeof setTimeout>|undefined} */ timer;
  state = "none";
  told = "";
  failures = 0;
  last = 0;

  /** @param {import("./panel.js").Panel} panel @param {number} seen the last message that is shown already */
  constructor(panel, seen) {
    this.panel = panel;
    this.last = seen;
    this.line = element("p");
    this.ways = element("div", { class: "tools" });
    this.node = element("div", { class: "live", role: "group", "aria-label": t("Rozmowa z konsultantem") }, [this.line, this.ways]);
    this.node.hidden = true;
    panel.form.before(this.node);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    panel.host.shadowRoot.adoptedStyleSheets.push(sheet);
    panel.stop.signal.addEventListener("abort", () => clearTimeout(this.timer));
  }

  /** Ask for a consultant, or for another one. */
  wait() {
    return this.wish("wait");
  }

  /** @param {"wait"|"stop"} wish */
  async wish(wish) {
    const { client } = this.panel;
    if (!client.conversation) await client.start();
    if (!client.conversation) return;
    try {
      this.take(await client.live(client.conversation, { wish }));
      this.panel.input.focus();
    } catch (error) {
      const text = error instanceof RefusalError ? error.message : t("Nie udało się połączyć z asystentem.");
      this.panel.showError(text, () => this.wish(wish));
    }
  }

  async ask() {
    const { client } = this.panel;
    const conversation = client.conversation;
    if (!conversation) return this.end();
    try {
      const standing = await client.live(conversation, { after: this.last });
      this.failures = 0;
      if (client.conversation?.id === conversation.id) this.take(standing);
      else this.end();
    } catch (error) {
      if (error instanceof RefusalError && !error.isPassing) return this.end();
      this.failures += 1;
      this.again(Math.min(LONGEST_MS, 2000 * 2 ** this.failures));
    }
  }

  /** @param {number} pause */
  again(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), pause);
  }

  /** @param {Standing} standing */
  take(standing) {
    for (const message of standing.messages.filter(({ id }) => id > this.last)) {
      this.last = message.id;
      const shown = this.panel.transcript.addLive(message);
      this.panel.announcer.say(shown.textContent || "");
    }
    this.state = standing.state;
    this.panel.speaks(this.state === "active" ? standing.consultant || "" : null);
    if (this.state in PAUSE) {
      this.show(standing);
      this.again(PAUSE[this.state]);
    } else if (this.state === "expired") {
      this.show(standing);
      clearTimeout(this.timer);
    } else {
      this.end();
    }
  }

  /** The visitor begins another conversation: nobody should wait for them in this one. */
  leave() {
    const { client } = this.panel;
    if (this.state in PAUSE && client.conversation) client.live(client.conversation, { wish: "stop" }).catch(() => {});
    this.last = 0;
    this.end();
  }

  end() {
    clearTimeout(this.timer);
    this.state = "none";
    this.told = "";
    this.panel.speaks(null);
    if (this.node.contains(this.panel.host.shadowRoot.activeElement)) this.panel.input.focus();
    this.node.hidden = true;
  }

  /** @param {Standing} standing */
  show(standing) {
    const text = this.text(standing);
    const said = [this.state, standing.position, standing.consultants].join();
    this.line.replaceChildren(text);
    this.node.hidden = false;
    // Minutes go by without being read out; a new place in the queue is news.
    if (said === this.told) return;
    this.told = said;
    this.ways.replaceChildren(...this.choices());
    this.panel.announcer[this.state === "lost" ? "warn" : "say"](text);
  }

  /** @param {Standing} standing @returns {string} */
  text({ state, position, waited_seconds: waited, consultant, consultants }) {
    if (state === "active") return t("Rozmowę prowadzi konsultant: {0}. Asystent milczy.", consultant || "");
    if (state === "lost") return t("Połączenie z konsultantem się urwało. Można poczekać na innego, wrócić do asystenta albo napisać wiadomość.");
    if (state === "expired") return t("Czekanie na konsultanta się skończyło, bo strona długo nie miała połączenia.");
    return [
      t("Czekanie na konsultanta: miejsce w kolejce {0}, jak dotąd {1} min.", position || 1, Math.floor((waited || 0) / 60)),
      consultants ? t("Konsultanci przy czacie: {0}.", consultants) : t("Teraz żadnego konsultanta nie ma przy czacie."),
      t("Asystent w tym czasie odpowiada dalej."),
    ].join(" ");
  }

  choices() {
    const more = { class: "plain" };
    const write = () => this.wish("stop").then(() => this.panel.openContact());
    const ways = /** @type {Record<string, [string, () => void][]>} */ ({
      waiting: [[t("Rezygnuję z czekania"), () => this.wish("stop")], [t("Napisz do konsultanta"), write]],
      active: [[t("Wróć do asystenta"), () => this.wish("stop")]],
      lost: [
        [t("Czekam dalej"), () => this.wait()], [t("Wróć do asystenta"), () => this.wish("stop")],
        [t("Napisz do konsultanta"), write],
      ],
      expired: [[t("Porozmawiaj z konsultantem"), () => this.wait()], [t("Wróć do asystenta"), () => this.end()]],
    });
    return (ways[this.state] || []).map(([label, action]) => button(label, action, more));
  }
}
