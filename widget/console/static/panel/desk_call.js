// @ts-check
/** The record of the call: the clock, and what can be filled in by itself. */
import { ask, byId } from "./desk_nodes.js";

const clock = byId("zegar");
const begin = byId("poczatek");
const form = byId("zapis");
let touched = false;

function tick() {
  if (!clock.dataset.started) return;
  const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(clock.dataset.started)) / 1000));
  clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

begin.addEventListener("submit", async (/** @type {Event} */ event) => {
  event.preventDefault();
  byId("szukaj").focus();
  try {
    clock.dataset.started = (await ask(begin.action, { body: {} })).started_at;
  } catch {
    // The form itself says what is wrong.
    return begin.submit();
  }
  begin.hidden = true;
  byId("odrzuc").hidden = false;
  tick();
});

// The topic of the last answer, as long as nobody chose another.
byId("odpowiedz").addEventListener("temat", (/** @type {CustomEvent} */ event) => {
  if (!touched) form.elements.namedItem("temat").value = event.detail;
});
form.elements.namedItem("temat").addEventListener("change", () => (touched = true));
form.elements.namedItem("powiat").addEventListener("change", (/** @type {Event} */ event) => {
  const { value } = /** @type {HTMLSelectElement} */ (event.target);
  if (value) form.elements.namedItem("wojewodztwo").value = value.split("/")[0];
});
document.addEventListener("keydown", (event) => {
  if (event.altKey && event.key === "5") {
    event.preventDefault();
    (begin.hidden ? form.elements.namedItem("temat") : begin.querySelector("button")).focus();
  }
});
setInterval(tick, 1000);
tick();
