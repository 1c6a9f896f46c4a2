// @ts-check
/** The list of tickets: keeps itself fresh, and can be used without a mouse. */

import { listen } from "./changes.js";
import { shortcuts } from "./keys.js";
import { say } from "./panel.js";

const WAIT = 400;
let timer = 0;

function list() {
  return /** @type {HTMLElement} */ (document.getElementById("lista"));
}

/** @returns {HTMLAnchorElement[]} */
function links() {
  return [...list().querySelectorAll("tbody th a")].filter((link) => link instanceof HTMLAnchorElement);
}

function references() {
  return new Set([...list().querySelectorAll("tr[data-reference]")].map((row) => row.getAttribute("data-reference")));
}

async function refresh() {
  const answer = await fetch(list().dataset.rows || "", { headers: { Accept: "text/html" } }).catch(() => null);
  if (answer?.status === 401) return say("Sesja się skończyła. Proszę zalogować się ponownie.");
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("lista");
  if (!fresh) return;
  const before = references();
  const focused = document.activeElement?.closest("tr[data-reference]")?.getAttribute("data-reference");
  list().replaceWith(document.adoptNode(fresh));
  const added = [...references()].filter((name) => !before.has(name)).length;
  if (focused) row(focused)?.focus();
  if (added) say(added === 1 ? "Na liście jest nowe zgłoszenie." : `Nowe zgłoszenia na liście: ${added}.`);
}

/**
 * @param {string} reference
 * @returns {HTMLAnchorElement | null}
 */
function row(reference) {
  return list().querySelector(`tr[data-reference="${CSS.escape(reference)}"] a`);
}

function refreshSoon() {
  window.clearTimeout(timer);
  timer = window.setTimeout(refresh, WAIT);
}

/** @param {number} step */
function move(step) {
  const all = links();
  const current = all.findIndex((link) => link === document.activeElement);
  const next = current < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(current + step, 0), all.length - 1);
  all[next]?.focus();
}

function toggleMine() {
  const box = document.querySelector('input[name="moje"]');
  if (box instanceof HTMLInputElement) {
    box.checked = !box.checked;
    box.form?.requestSubmit();
  }
}

shortcuts({
  j: () => move(1),
  k: () => move(-1),
  "/": () => document.getElementById("pole-szukaj")?.focus(),
  m: toggleMine,
});
listen({ changes: list().dataset.changes || "", latest: list().dataset.latest || "" }, refreshSoon);
