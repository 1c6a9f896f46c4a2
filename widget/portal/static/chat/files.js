// @ts-check
import { element } from "./nodes.js";

/** Hand a file over to the visitor. @param {string} name @param {Blob} content */
export function saveFile(name, content) {
  const address = URL.createObjectURL(content);
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/** @param {string} name @param {string} text */
export const saveText = (name, text) => saveFile(name, new Blob([text], { type: "text/plain" }));

/**
 * A page of its own to print from, opened by the click itself: later, the browser would take it for an unwanted
 * window. @returns {Window|null}
 */
export const printPage = () => window.open("", "_blank");

/** @param {Window} page @param {string} title @param {string} text */
export function printText(page, title, text) {
  page.document.title = title;
  const lines = element("pre", {}, [text]);
  lines.style.cssText = "white-space: pre-wrap; font: 16px/1.5 sans-serif";
  page.document.body.append(lines);
  page.print();
}
