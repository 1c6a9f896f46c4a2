// @ts-check
/** Remarks and preview of a topic while it is being typed; a warning before unsaved words are left behind. */
import { csrfToken } from "./panel.js";

const WAIT = 600;
const form = document.getElementById("temat");
const notes = document.getElementById("lista-uwag");
const preview = document.getElementById("tekst-podgladu");
const day = document.getElementById("dzien");

/** @param {string} text @param {string} tone @param {string} message @param {string} [at] id of what it is about */
function note(text, tone, message, at) {
  const item = document.createElement("li");
  const badge = document.createElement("span");
  badge.className = `badge ${tone}`;
  badge.textContent = text;
  const link = document.createElement("a");
  link.href = `#${at}`;
  link.textContent = message;
  item.append(badge, " ", at ? link : message);
  return item;
}

/** @param {{ text: string, warning: boolean, at?: string }[]} found */
function showNotes(found) {
  const items = found.map((one) => note(one.warning ? "uwaga" : "do poprawy", one.warning ? "warn" : "bad", one.text, one.at));
  notes?.replaceChildren(...(items.length ? items : [note("w porządku", "good", "Nic do poprawy.")]));
}

/** The legal basis below the preview. @param {string[]} lines */
function showBasis(lines) {
  const basis = document.getElementById("podstawa-podgladu");
  if (!basis) return;
  basis.hidden = !lines.length;
  basis.querySelector("ul")?.replaceChildren(
    ...lines.map((line) => {
      const item = document.createElement("li");
      item.textContent = line;
      return item;
    }),
  );
}

/** The words between two pairs of asterisks are bold. @param {string} text */
function boldParts(text) {
  return text.split("**").map((part, place) => {
    const made = document.createElement(place % 2 ? "strong" : "span");
    made.textContent = part;
    return made;
  });
}

/** @param {string} text */
function plain(text) {
  return text.toLowerCase().replaceAll("ł", "l").normalize("NFD").replace(/\p{Mn}/gu, "");
}

/** Buttons that put the name of an amount where one writes, and a search among them. */
function amountsAtHand() {
  const list = document.getElementById("lista-kwot");
  const search = document.getElementById("szukaj-kwoty");
  const count = document.getElementById("ile-kwot");
  const answer = document.getElementById("pole-answer");
  if (!list || !(search instanceof HTMLInputElement) || !(answer instanceof HTMLTextAreaElement)) return;
  const field = search.closest(".field");
  if (field instanceof HTMLElement) field.hidden = false;
  for (const button of list.querySelectorAll("button")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      answer.setRangeText(button.dataset.insert || "", answer.selectionStart, answer.selectionEnd, "end");
      answer.focus();
      answer.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
  search.addEventListener("input", () => {
    const wanted = plain(search.value).split(/\s+/).filter(Boolean);
    const items = [...list.querySelectorAll("li")];
    for (const item of items) {
      const text = plain(item.textContent || "");
      item.hidden = !wanted.every((word) => text.includes(word));
    }
    if (count) count.textContent = wanted.length ? `Znalezione kwoty: ${items.filter((item) => !item.hidden).length}.` : "";
  });
}

/** @type {AbortController | null} */
let running = null;

/** @param {HTMLFormElement} topic */
async function check(topic) {
  running?.abort();
  running = new AbortController();
  const body = new FormData(topic);
  if (day instanceof HTMLInputElement) body.set("preview_day", day.value);
  try {
    const headers = { "X-CSRF-Token": csrfToken(), Accept: "application/json" };
    const answer = await fetch(topic.dataset.check || "", { method: "POST", body, headers, signal: running.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    const found = await answer.json();
    showNotes(found.notes);
    if (found.preview !== null && preview) preview.replaceChildren(...boldParts(found.preview));
    if (found.basis) showBasis(found.basis);
  } catch (error) {
    if (error instanceof Error && error.name === "AbortError") return;
    showNotes([{ text: "Nie udało się sprawdzić. Uwagi pojawią się po następnej zmianie albo po zapisie.", warning: true }]);
  }
}

amountsAtHand();
if (form instanceof HTMLFormElement) {
  let timer = 0;
  let unsaved = false;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => check(form), WAIT);
  };
  form.addEventListener("input", () => {
    unsaved = true;
    later();
  });
  form.addEventListener("submit", () => (unsaved = false));
  addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
  day?.addEventListener("change", later);
  // On a slow line somebody may have typed before this script came.
  const typed = [...form.elements].some(
    (field) =>
      (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) && field.value !== field.defaultValue,
  );
  if (typed) {
    unsaved = true;
    later();
  }
}
