// @ts-check
/** A live chat at the consultant's: new lines, sending without a new page, drafts of the assistant. */
import { Refusal, byId, element, link, notice, paragraphs } from "./desk_nodes.js";

const EVERY = 2000;
const SILENT = 20;
const WHO = /** @type {Record<string, string>} */ ({ osoba: "Osoba", asystent: "Asystent", konsultant: "Konsultant" });

const root = byId("rozmowa");
const log = byId("przebieg");
const form = byId("odpowiadanie");
const drafts = byId("szkice");
const input = byId("tekst");
let asked = "";

/** @param {any} line */
function draw(line) {
  const name = [WHO[line.who], line.name].filter(Boolean).join(" ");
  return element("div", { class: `live-line ${line.who}`, "data-key": line.key }, [
    ...(WHO[line.who] ? [element("p", { class: "small soft" }, [name])] : []), element("p", { class: "said" }, [line.text]),
  ]);
}

async function look() {
  try {
    const answer = await fetch(root.dataset.address, { headers: { Accept: "application/json" } });
    if (answer.status === 404) return location.assign("/panel/rozmowy");
    if (answer.status === 401) return location.reload();
    if (!answer.ok) throw new Error(String(answer.status));
    show(await answer.json());
  } catch {
    say("Nie ma połączenia z serwerem. Po 30 sekundach osoba zobaczy, że połączenie się urwało.", "bad");
  }
  setTimeout(look, EVERY);
}

/** @param {string} text @param {string} tone */
function say(text, tone) {
  const place = byId("stan");
  if (place.textContent !== text) place.replaceChildren(element("span", { class: `badge ${tone}` }, [text]));
}

/** @param {any} found */
function show(found) {
  if (found.state !== root.dataset.state || (form && !found.mine)) return location.reload();
  const silent = found.visitor_silent > SILENT;
  say(silent ? `osoba nieobecna od ${Math.floor(found.visitor_silent / 60)} min ${found.visitor_silent % 60} s` : found.state_name, silent ? "warn" : "good");
  const known = new Set([...log.children].map((line) => line.dataset.key));
  const fresh = found.lines.filter((/** @type {any} */ line) => !known.has(line.key));
  if (!fresh.length) return;
  log.append(...fresh.map(draw));
  log.scrollTop = log.scrollHeight;
  if (fresh.some((/** @type {any} */ line) => line.who === "osoba")) suggest();
}

async function suggest() {
  if (!root.dataset.suggest) return;
  try {
    const answer = await fetch(root.dataset.suggest, { headers: { Accept: "application/json" } });
    const data = await answer.json();
    if (!answer.ok) throw new Refusal(answer.status, data);
    asked = data.question;
    drafts.replaceChildren(...(data.drafts.length ? data.drafts.map(draft) : [element("p", { class: "soft" }, ["Nie ma podpowiedzi do tej wiadomości."])]));
  } catch (error) {
    drafts.replaceChildren(notice(error));
  }
}

/** @param {any} found */
function draft(found) {
  const use = element("button", { type: "button", class: "button small" }, ["Wstaw do wiadomości"]);
  use.addEventListener("click", () => {
    input.value = [input.value.trim(), found.text].filter(Boolean).join("\n\n");
    input.focus();
  });
  const sources = found.sources.map((/** @type {any} */ source) => element("li", {}, [link(source.url, source.name)]));
  return element("div", { class: "draft" }, [
    element("p", { class: "soft small" }, [`Na: „${asked}”. Pewność: ${Math.round(found.sure * 100)}%.`]),
    ...paragraphs(found.blocks), ...(sources.length ? [element("ul", { class: "plain small" }, sources)] : []), use,
  ]);
}

form?.addEventListener("submit", async (/** @type {Event} */ event) => {
  event.preventDefault();
  const text = input.value.trim();
  if (!text) return;
  const button = form.querySelector("button");
  button.disabled = true;
  form.querySelector(".notice")?.remove();
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
    const data = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Refusal(answer.status, data);
    input.value = "";
    form.elements.namedItem("klucz").value = crypto.getRandomValues(new Uint32Array(4)).join("-");
    byId("komunikat").textContent = data.masked ? "Wysłano. Dane osobowe zostały ukryte." : "Wysłano.";
  } catch (error) {
    form.prepend(notice(error));
  }
  button.disabled = false;
  input.focus();
});
input?.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});
byId("podpowiedz")?.addEventListener("click", suggest);
log.scrollTop = log.scrollHeight;
input?.focus();
suggest();
setTimeout(look, EVERY);
