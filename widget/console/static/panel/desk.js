// @ts-check
/** The phone desk: search while typing, the list by arrow keys, the answer beside it, tabs. */
import { afterPause, ask, badge, byId, element, link, notice, paragraphs, polishDate, standingBadge } from "./desk_nodes.js";

const PAUSE = 60;
const PREVIEW = 120;
const TABS = ["odpowiedzi", "kalkulatory", "urzedy", "kwoty"];

const input = byId("szukaj");
const day = byId("dzien");
const list = byId("wyniki");
const empty = byId("brak-wynikow");
const place = byId("odpowiedz");
/** @type {{kind: string, id: string, title: string, about: string, standing: string}[]} */
let hits = [];
let chosen = -1;
let asking = new AbortController();
let opening = new AbortController();

async function search() {
  asking.abort();
  asking = new AbortController();
  const text = input.value.trim();
  if (text.length < 2) return show([], "Wystarczy zacząć pisać. Wyniki pojawiają się od dwóch liter.");
  try {
    const query = new URLSearchParams({ q: input.value, dzien: day.value });
    const found = await ask(`/panel/telefon/szukaj?${query}`, { signal: asking.signal });
    show(found.hits, `Nic nie pasuje do „${text}”. Może pomóc inne słowo albo mniej słów.`);
  } catch (error) {
    if (!(error instanceof DOMException)) {
      show([], "");
      empty.replaceChildren(notice(error));
    }
  }
}

/** @param {typeof hits} found @param {string} otherwise */
function show(found, otherwise) {
  hits = found;
  list.hidden = !hits.length;
  empty.hidden = Boolean(hits.length);
  empty.replaceChildren(otherwise);
  input.setAttribute("aria-expanded", String(Boolean(hits.length)));
  list.replaceChildren(
    ...hits.map((hit, index) => {
      const about = [hit.kind === "temat" ? "Gotowa odpowiedź" : "Przepis", hit.about].filter(Boolean).join(" · ");
      const item = element("li", { role: "option", id: `wynik-${index}`, "aria-selected": "false" }, [
        element("b", {}, [hit.title]), element("span", { class: "soft small" }, [about]),
      ]);
      if (hit.standing !== "obowiązuje") item.append(" ", badge(hit.standing, "bad"));
      item.addEventListener("click", () => {
        choose(index);
        input.focus();
      });
      return item;
    }),
  );
  choose(hits.length ? 0 : -1);
}

/** @param {number} index */
function choose(index) {
  chosen = index;
  list.querySelectorAll("li").forEach((/** @type {Element} */ item, /** @type {number} */ at) => {
    item.setAttribute("aria-selected", String(at === index));
    if (at === index) item.scrollIntoView({ block: "nearest" });
  });
  if (index < 0) input.removeAttribute("aria-activedescendant");
  else input.setAttribute("aria-activedescendant", `wynik-${index}`);
  preview();
}

const preview = afterPause(() => {
  const hit = hits[chosen];
  if (hit) open(hit.kind, hit.id);
}, PREVIEW);

/** @param {string} kind @param {string} id @returns {Promise<void>} */
async function open(kind, id) {
  opening.abort();
  opening = new AbortController();
  try {
    const query = new URLSearchParams({ rodzaj: kind, id, dzien: day.value });
    draw(await ask(`/panel/telefon/odpowiedz?${query}`, { signal: opening.signal }));
  } catch (error) {
    if (!(error instanceof DOMException)) place.replaceChildren(notice(error));
  }
  place.hidden = false;
}

/** @param {any} found */
function draw(found) {
  place.dataset.kind = found.kind;
  place.dataset.id = found.id;
  const marks = element("p", { class: "badges" }, [standingBadge(found.standing)]);
  if (!found.verified) marks.append(badge("niesprawdzone", "warn"));
  marks.append(element("span", { class: "soft small" }, [`sprawdzono ${polishDate(found.checked_on)}`]));
  place.replaceChildren(element("h2", {}, [found.title]), marks, element("div", { class: "text" }, paragraphs(found.blocks)));
  if (found.amounts.length) place.append(...amounts(found.amounts));
  if (found.sources.length) place.append(...sources(found.sources));
  if (found.related.length) place.append(...related(found.related));
  if (found.topic) place.dispatchEvent(new CustomEvent("temat", { bubbles: true, detail: found.topic }));
}

/** @param {any[]} rows */
function amounts(rows) {
  const items = rows.map((row) =>
    element("li", {}, [
      `${row.title}: `, element("strong", {}, [row.value || "kwota nieznana na ten dzień"]),
      ...(row.valid_from ? [element("span", { class: "soft small" }, [` od ${polishDate(row.valid_from)}`])] : []),
      ...(row.value && !row.verified ? [" ", badge("niesprawdzone", "warn")] : []),
    ]),
  );
  return [element("h3", {}, [`Kwoty na dzień ${polishDate(day.value)}`]), element("ul", { class: "plain" }, items)];
}

/** @param {any[]} rows */
function sources(rows) {
  const items = rows.map((row) => {
    const until = row.valid_to ? ` do ${polishDate(row.valid_to)}` : "";
    const period = row.valid_from ? `od ${polishDate(row.valid_from)}${until}, ` : "";
    return element("li", {}, [
      link(row.url, row.name), " ",
      element("span", { class: "soft small" }, [`${period}${row.verified ? `sprawdzono ${polishDate(row.checked_on)}` : "przepis jeszcze niesprawdzony"}`]),
      ...(row.standing === "obowiązuje" ? [] : [" ", badge(row.standing, "bad")]),
    ]);
  });
  return [element("h3", {}, ["Podstawa prawna"]), element("ul", { class: "plain" }, items)];
}

/** @param {{id: string, title: string}[]} rows */
function related(rows) {
  const buttons = rows.map(({ id, title }) => {
    const made = element("button", { type: "button", class: "button small" }, [title]);
    made.addEventListener("click", () => open("temat", id).then(() => place.focus()));
    return made;
  });
  return [element("h3", {}, ["Zobacz też"]), element("div", { class: "actions" }, buttons)];
}

/** @param {string} name */
function tab(name) {
  for (const other of TABS) {
    const button = byId(`zakladka-${other}`);
    button.setAttribute("aria-selected", String(other === name));
    button.tabIndex = other === name ? 0 : -1;
    byId(`panel-${other}`).hidden = other !== name;
  }
  document.dispatchEvent(new CustomEvent("zakladka", { detail: name }));
}

input.addEventListener("input", () => tab("odpowiedzi"));
input.addEventListener("input", afterPause(search, PAUSE));
input.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step && hits.length) {
    event.preventDefault();
    choose((chosen + step + hits.length) % hits.length);
  } else if (event.key === "Enter" && hits[chosen]) {
    event.preventDefault();
    open(hits[chosen].kind, hits[chosen].id).then(() => place.focus());
  }
});
day.addEventListener("change", () => {
  day.classList.toggle("other", day.value !== day.dataset.today);
  if (!day.value) day.value = day.dataset.today;
  search();
  if (place.dataset.id) open(place.dataset.kind, place.dataset.id);
});
for (const name of TABS) byId(`zakladka-${name}`).addEventListener("click", () => tab(name));
byId("zakladka-odpowiedzi").parentElement.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
  const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (!step) return;
  const at = TABS.findIndex((name) => byId(`zakladka-${name}`).tabIndex === 0);
  const next = TABS[(at + step + TABS.length) % TABS.length];
  tab(next);
  byId(`zakladka-${next}`).focus();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    if (document.activeElement === input) input.value = "";
    tab("odpowiedzi");
    input.focus();
    input.select();
    if (!input.value) search();
  } else if (event.altKey && "1234".includes(event.key)) {
    event.preventDefault();
    const name = TABS[Number(event.key) - 1];
    tab(name);
    const first = byId(`panel-${name}`).querySelector("input, select, button");
    (name === "odpowiedzi" ? input : first || byId(`zakladka-${name}`)).focus();
  }
});
