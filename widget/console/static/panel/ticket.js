// @ts-check
/** The page of a ticket: takes suggestions into the answer, holds the ticket, tells who else is at it. */

import { listen } from "./changes.js";
import { shortcuts } from "./keys.js";
import { csrfToken, say } from "./panel.js";

const HOLD_EVERY = 60_000;
const IDLE_AFTER = 5 * 60_000;
const page = /** @type {HTMLElement} */ (document.getElementById("zgloszenie"));
const form = /** @type {HTMLFormElement | null} */ (document.getElementById("odpowiedz-formularz"));
const field = /** @type {HTMLTextAreaElement | null} */ (document.getElementById("pole-text"));
let touched = Date.now();
let mine = page.dataset.mine === "tak";
let sending = false;

/** @param {string} text */
function append(text) {
  if (!field) return;
  field.value = `${field.value.trimEnd()}\n\n${text.trim()}`.trimStart();
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  field.scrollTop = field.scrollHeight;
}

/** @param {string} id */
function takeSuggestion(id) {
  const item = document.querySelector(`[data-suggestion="${CSS.escape(id)}"]`);
  if (!form || !item) return;
  if (!form.querySelector(`input[name="taken"][value="${CSS.escape(id)}"]`)) {
    const kept = document.createElement("input");
    Object.assign(kept, { type: "hidden", name: "taken", value: id });
    form.append(kept);
  }
  append(document.getElementById(`tekst-${id}`)?.textContent || "");
  item.classList.add("just-taken");
  const title = item.querySelector(".name")?.textContent || "";
  const told = document.getElementById("wstawione");
  if (told) told.textContent = `Wstawiono: ${title}.`;
  say(`Wstawiono podpowiedź: ${title}.`);
}

/** @param {string} id */
function insertReady(id) {
  const kept = document.getElementById(`tekst-${id}`);
  if (kept instanceof HTMLTemplateElement) append(kept.content.textContent || "");
}

/** @param {string} key */
function takeByKey(key) {
  const item = document.querySelector(`[data-key="${key}"]`);
  if (item?.querySelector('button[name="take"]')) takeSuggestion(item.getAttribute("data-suggestion") || "");
}

/** @param {string} text */
function warn(text) {
  const notice = document.getElementById("na-zywo");
  const place = document.getElementById("na-zywo-tekst");
  if (!notice || !place) return;
  place.textContent = text;
  notice.hidden = !text;
}

async function look() {
  const answer = await fetch(page.dataset.state || "", { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.status === 401) return warn("Sesja się skończyła. Przed wysłaniem trzeba zalogować się w drugiej karcie.");
  if (!answer?.ok) return;
  const now = await answer.json();
  const lost = mine && !now.mine && now.holder;
  mine = now.mine;
  if (lost) warn(`${now.holder} przejmuje to zgłoszenie. Tej odpowiedzi nie można już wysłać.`);
  else if (now.holder) warn(`${now.holder} pracuje teraz nad tym zgłoszeniem.`);
  else if (now.updated_at !== page.dataset.updated) warn(`To zgłoszenie się zmieniło (stan: ${now.state_name}). Odświeżenie strony pokaże zmiany.`);
  else warn("");
}

async function hold() {
  if (!mine || document.hidden || Date.now() - touched > IDLE_AFTER) return;
  const answer = await fetch(page.dataset.keep || "", { method: "POST", headers: { "X-CSRF-Token": csrfToken(), Accept: "application/json" } }).catch(() => null);
  if (answer && !answer.ok) look();
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest('button[name="take"], button[name="insert"]') : null;
  if (!(button instanceof HTMLButtonElement)) return;
  event.preventDefault();
  if (button.name === "take") takeSuggestion(button.value);
  else insertReady(button.value);
  button.closest("details.menu")?.removeAttribute("open");
});
for (const name of ["keydown", "pointerdown"]) document.addEventListener(name, () => { touched = Date.now(); });
field?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.ctrlKey) return;
  const send = form?.querySelector("[data-send]");
  if (send instanceof HTMLButtonElement) form?.requestSubmit(send);
});
form?.addEventListener("submit", () => { sending = true; });
window.addEventListener("beforeunload", (event) => {
  if (!sending && field && field.value !== field.defaultValue) event.preventDefault();
});

/** @param {string} name */
function press(name) {
  const button = document.querySelector(`[data-action="${name}"]`);
  if (button instanceof HTMLButtonElement) button.click();
}

shortcuts({
  ...Object.fromEntries([..."123456789"].map((key) => [key, () => takeByKey(key)])),
  b: () => press(mine ? "give_back" : "take"),
  o: () => field?.focus(),
  n: () => document.getElementById("pole-notatka")?.focus(),
  s: () => document.getElementById("szukaj-inaczej")?.focus(),
  u: () => { window.location.href = page.dataset.list || "/"; },
});
window.setInterval(hold, HOLD_EVERY);
listen({ changes: page.dataset.changes || "", latest: page.dataset.latest || "" }, (reference) => {
  if (!reference || reference === page.dataset.reference) look();
});
