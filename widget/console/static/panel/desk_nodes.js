// @ts-check
/** Nodes made of what the server sends, and requests to it; nothing is ever parsed as HTML. */

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

/** @param {string} id @returns {any} */
export const byId = (id) => document.getElementById(id);

/** A refusal of the server: its text, and texts by field. */
export class Refusal extends Error {
  /** @param {number} status @param {{detail?: string, errors?: Record<string, string>}} problem */
  constructor(status, problem) {
    super(problem.detail || "Serwer nie odpowiedział. Proszę spróbować jeszcze raz.");
    this.status = status;
    this.errors = problem.errors || {};
  }
}

/**
 * @param {string} path @param {{body?: unknown, signal?: AbortSignal}} [options] with a body it is a POST
 * @returns {Promise<any>}
 */
export async function ask(path, { body, signal } = {}) {
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json" };
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
    headers["X-CSRF-Token"] = document.querySelector('meta[name="csrf-token"]')?.getAttribute("content") || "";
  }
  const answer = await fetch(path, {
    method: body === undefined ? "GET" : "POST", headers, signal, body: body === undefined ? undefined : JSON.stringify(body),
  });
  const data = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refusal(answer.status, data);
  return data;
}

/** @param {unknown} error */
export function notice(error) {
  const text = error instanceof Refusal ? error.message : "Nie ma połączenia z serwerem. Proszę sprawdzić sieć.";
  return element("div", { class: "notice error", role: "alert" }, [element("p", {}, [text])]);
}

/** @param {string} iso */
export const polishDate = (iso) => iso.split("-").reverse().join(".");

/** @param {string} text @param {string} [tone] */
export const badge = (text, tone = "") => element("span", { class: `badge ${tone}` }, [text]);

/** @param {string} standing */
export const standingBadge = (standing) => badge(standing, standing === "obowiązuje" ? "good" : "bad");

/** @param {string} address @param {string} label */
export function link(address, label) {
  if (!/^https?:\/\//.test(address)) return document.createTextNode(label);
  const made = element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, [label]);
  made.append(element("span", { class: "unseen" }, [" (otwiera się w nowej karcie)"]));
  return made;
}

/** @typedef {{text: string, strong: boolean, href: string}} Piece */

/** @param {{list: boolean, lines: Piece[][]}[]} blocks */
export function paragraphs(blocks) {
  /** @param {Piece} piece */
  const node = ({ text, strong, href }) => (href ? link(href, text) : strong ? element("strong", {}, [text]) : text);
  return blocks.map(({ list, lines }) =>
    list
      ? element("ul", {}, lines.map((line) => element("li", {}, line.map(node))))
      : element("p", {}, lines.flatMap((line, index) => [...(index ? [" "] : []), ...line.map(node)])),
  );
}

/** Wait for a pause in the typing. @template {unknown[]} T @param {(...given: T) => void} work @param {number} pause */
export function afterPause(work, pause) {
  let timer = 0;
  return (/** @type {T} */ ...given) => {
    clearTimeout(timer);
    timer = window.setTimeout(() => work(...given), pause);
  };
}
