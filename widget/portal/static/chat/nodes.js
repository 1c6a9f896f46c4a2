// @ts-check
/** Nodes made of what the server sends; nothing is ever parsed as HTML. */
import { t } from "./words.js";

/** @typedef {import("./client.js").Message} Message */
/** @typedef {import("./client.js").Source} Source */

/**
 * @param {string} name @param {Record<string, string>} [attributes] @param {(Node|string)[]} [children]
 * @returns {HTMLElement}
 */
export function element(name, attributes = {}, children = []) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** @param {string} label @param {() => void} action @param {Record<string, string>} [attributes] */
export function button(label, action, attributes = {}) {
  const made = element("button", { type: "button", ...attributes }, [label]);
  made.addEventListener("click", action);
  return made;
}

/** Only web addresses become links. @param {string} address */
function safeAddress(address) {
  try {
    const url = new URL(address);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}

/** @param {string} address @param {string} label */
export function link(address, label) {
  const href = safeAddress(address);
  if (!href) return document.createTextNode(label);
  const made = element("a", { href, target: "_blank", rel: "noopener noreferrer" }, [label]);
  made.append(element("span", { class: "sr" }, [` ${t("(otwiera się w nowej karcie)")}`]));
  return made;
}

/** Bold and addresses of one line, as nodes. @param {string} text @returns {Node[]} */
function inline(text) {
  /** @type {Node[]} */
  const nodes = [];
  for (const part of text.split(/(\*\*[^*]+\*\*|https?:\/\/[^\s)]+[^\s).,;:!?])/)) {
    if (part.startsWith("**") && part.endsWith("**") && part.length > 4) {
      nodes.push(element("strong", {}, [part.slice(2, -2)]));
    } else if (/^https?:\/\//.test(part)) {
      nodes.push(link(part, part.replace(/^https?:\/\//, "")));
    } else if (part) {
      nodes.push(document.createTextNode(part));
    }
  }
  return nodes;
}

/** Paragraphs and lists of a message, as nodes. @param {string} text @returns {HTMLElement[]} */
export function paragraphs(text) {
  /** @type {HTMLElement[]} */
  const blocks = [];
  /** @type {HTMLElement|null} */
  let list = null;
  /** @type {HTMLElement|null} */
  let paragraph = null;
  for (const line of text.split("\n")) {
    const item = line.match(/^\s*[-•]\s+(.*)$/);
    if (item) {
      if (!list) blocks.push((list = element("ul")));
      list.append(element("li", {}, inline(item[1])));
      paragraph = null;
    } else if (!line.trim()) {
      list = paragraph = null;
    } else {
      list = null;
      if (paragraph) paragraph.append(" ", ...inline(line));
      else blocks.push((paragraph = element("p", {}, inline(line))));
    }
  }
  return blocks;
}

/** @param {string} iso */
const polishDate = (iso) => iso.split("-").reverse().join(".");

/** @param {Source} source */
const sourceName = (source) => [source.article, source.act_name || source.act].filter(Boolean).join(" – ");

/** @param {Source} source */
function validity(source) {
  // Answers kept from before say nothing of it; they were told as checked.
  const unchecked = source.verified === false;
  // Without an article the days are those of a whole act, which say nothing of the answer.
  if (unchecked && !source.article) return t("przepis jeszcze niesprawdzony");
  const period = source.valid_to
    ? t("obowiązywało od {0} do {1}", polishDate(source.valid_from), polishDate(source.valid_to))
    : t("obowiązuje od {0}", polishDate(source.valid_from));
  return `${period}, ${unchecked ? t("przepis jeszcze niesprawdzony") : t("sprawdzono {0}", polishDate(source.checked_on))}`;
}

/** @param {Source[]} sources */
export function sourceList(sources) {
  const items = sources.map((source) =>
    element("li", {}, [link(source.url, sourceName(source)), element("span", { class: "dates" }, [validity(source)])]),
  );
  return element("div", { class: "sources" }, [
    element("p", { class: "kind" }, [t("Podstawa prawna")]), element("ul", {}, items),
  ]);
}

/** What a screen reader is told about messages that have just come. @param {Message[]} messages */
export function spoken(messages) {
  const parts = messages.map(({ text, translation, sources, buttons, checklist }) => [
    (translation?.text || text).replaceAll("**", ""),
    checklist ? `${checklist.title}: ${checklist.lines.join("; ")}.` : "",
    sources.length ? `${t("Podstawa prawna")}: ${sources.map(sourceName).join("; ")}.` : "",
    buttons.length ? t("Propozycje: {0}.", buttons.map((item) => item.translation || item.title).join("; ")) : "",
  ]);
  return `${t("Asystent:")} ${parts.flat().filter(Boolean).join("\n")}`;
}

/** A message as plain text, for copies and files. @param {Message} message */
export function written(message) {
  const sources = message.sources.map((source) => `- ${sourceName(source)}, ${validity(source)}\n  ${source.url}`);
  const texts = [...(message.translation ? [message.translation.text] : []), message.text];
  const { title, lines } = message.checklist || { title: "", lines: [] };
  const list = [title, ...lines.map((line) => `- ${line}`)].filter(Boolean);
  const basis = sources.length ? [`${t("Podstawa prawna")}:`, ...sources] : [];
  return [texts.join("\n\n").replaceAll("**", ""), ...list, ...basis].join("\n");
}
