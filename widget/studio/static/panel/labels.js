// @ts-check
/** Labelling messages without a mouse; the hold on messages that are on the screen; progress of the grouping. */
import { shortcuts } from "./keys.js";
import { csrfToken, say } from "./panel.js";

const STAY = 60_000;
const LOOK = 2_000;
const form = document.getElementById("oznaczanie");
const list = document.getElementById("wiadomosci");
const search = document.getElementById("szukaj-tematu");
const topics = document.getElementById("pole-topic");

/** @returns {HTMLInputElement[]} */
function boxes() {
  return [...(list?.querySelectorAll('input[type="checkbox"]') ?? [])].filter((box) => box instanceof HTMLInputElement);
}

function tellCount() {
  const all = boxes();
  const count = all.filter((box) => box.checked).length;
  const place = document.getElementById("ile-zaznaczonych");
  if (place) place.textContent = count ? `Zaznaczone wiadomości: ${count}.` : "Najpierw trzeba zaznaczyć wiadomości.";
  const word = document.querySelector("[data-all]");
  if (word) word.textContent = all.length && count === all.length ? "Odznacz wszystkie" : "Zaznacz wszystkie";
}

/** @param {number} step */
function move(step) {
  const all = boxes();
  const here = all.findIndex((box) => box.closest("li")?.contains(document.activeElement));
  const next = here < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + step, 0), all.length - 1);
  all[next]?.focus();
}

function toggle() {
  const box = document.activeElement?.closest("li")?.querySelector('input[type="checkbox"]');
  if (box instanceof HTMLInputElement) box.click();
}

function toggleAll() {
  const all = boxes();
  const wanted = !all.every((box) => box.checked);
  all.forEach((box) => (box.checked = wanted));
  tellCount();
}

function edit() {
  const item = document.activeElement?.closest("li") ?? list?.querySelector("li");
  const details = item?.querySelector("details");
  if (!details) return;
  details.open = true;
  details.querySelector("textarea")?.focus();
}

/** Escape closes the text of an example, which stays as it was typed. @param {KeyboardEvent} event */
function leave(event) {
  const details = document.activeElement?.closest("details");
  if (event.key !== "Escape" || !details?.open) return;
  details.open = false;
  details.closest("li")?.querySelector("input")?.focus();
}

/** A browser would send the form as its first button does, unasked. @param {KeyboardEvent} event */
function sendNothing(event) {
  if (event.key === "Enter" && event.target instanceof HTMLInputElement) event.preventDefault();
}

/** @param {string} id */
function press(id) {
  const button = document.getElementById(id);
  if (button instanceof HTMLButtonElement && form instanceof HTMLFormElement) form.requestSubmit(button);
}

/** @param {string} text */
function folded(text) {
  return text.toLowerCase().replace(/ł/g, "l").normalize("NFD").replace(/\p{M}/gu, "");
}

/** The button says which topic it means. @param {HTMLSelectElement} select */
function tellChosen(select) {
  const place = document.querySelector("[data-chosen]");
  const title = select.selectedOptions[0]?.dataset.title;
  if (place) place.textContent = title ? `„${title}”` : "z listy";
}

/** The list shows what fits the words; the first of it is chosen. @param {HTMLSelectElement} select @param {string} text */
function filter(select, text) {
  const words = folded(text).split(/\s+/).filter(Boolean);
  const fitting = [...select.options].filter((option) => {
    const fits = words.every((word) => folded(option.text).includes(word));
    option.hidden = option.disabled = !fits;
    return fits;
  });
  if (words.length && !fitting.includes(select.options[select.selectedIndex])) {
    select.value = fitting[0]?.value ?? "";
  }
  tellChosen(select);
  const place = select.closest("[data-picker]")?.querySelector("[data-found]");
  if (place) place.textContent = words.length ? `Pasujące tematy: ${fitting.length}` : "";
}

/** @param {HTMLInputElement} field @param {HTMLSelectElement} select */
function pick(field, select) {
  field.hidden = false;
  field.addEventListener("input", () => filter(select, field.value));
  field.addEventListener("keydown", (event) => {
    // Enter does not add yet: what was found is looked at first.
    if (event.key !== "Enter" && event.key !== "ArrowDown") return;
    event.preventDefault();
    select.focus();
  });
  select.addEventListener("change", () => tellChosen(select));
  tellChosen(select);
  select.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    press("dodaj");
  });
  select.options[select.selectedIndex]?.scrollIntoView({ block: "nearest" });
}

/** What is on the screen stays this person's while the page is open. @param {HTMLElement} place */
function stay(place) {
  const timer = setInterval(async () => {
    const headers = { "X-CSRF-Token": csrfToken(), Accept: "application/json" };
    const answer = await fetch(place.dataset.keep || "", { method: "POST", headers }).catch(() => null);
    if (!answer) return;
    const held = answer.ok && (await answer.json()).held;
    if (held) return;
    clearInterval(timer);
    say("Te wiadomości może teraz oznaczać ktoś inny. Proszę odświeżyć stronę.");
  }, STAY);
}

/** @param {HTMLElement} place */
async function follow(place) {
  const answer = await fetch(place.dataset.progress || "", { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.status === 401) return;
  const found = answer?.ok ? await answer.json() : null;
  if (found && found.state !== "trwa") return location.reload();
  const bar = document.getElementById("pasek");
  if (found) {
    const part = found.total ? `: ${found.done} z ${found.total}` : "";
    const text = `Trwa grupowanie. ${found.step}${part}. Można w tym czasie pracować dalej.`;
    if (place.textContent !== text) place.textContent = text;
    if (bar instanceof HTMLProgressElement && found.total) {
      bar.max = found.total;
      bar.value = found.done;
    }
  }
  setTimeout(() => follow(place), LOOK);
}

if (search instanceof HTMLInputElement && topics instanceof HTMLSelectElement) pick(search, topics);
if (list) {
  const all = document.getElementById("wszystkie");
  if (all) all.hidden = false;
  all?.addEventListener("click", toggleAll);
  list.addEventListener("change", tellCount);
  list.addEventListener("keydown", leave);
  list.addEventListener("keydown", sendNothing);
  tellCount();
  const proposed = form?.dataset.proposed;
  shortcuts({
    j: () => move(1),
    k: () => move(-1),
    x: toggle,
    a: toggleAll,
    e: edit,
    t: () => search?.focus(),
    n: () => press("nowy"),
    p: () => press("pomin"),
    o: () => press("poza"),
    1: () => {
      if (!(topics instanceof HTMLSelectElement) || !proposed) return;
      topics.value = proposed;
      tellChosen(topics);
      press("dodaj");
    },
  });
}
const kept = document.querySelector("[data-keep]");
if (kept instanceof HTMLElement) stay(kept);
const progress = document.getElementById("postep");
if (progress) follow(progress);
