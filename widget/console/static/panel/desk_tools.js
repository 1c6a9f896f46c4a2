// @ts-check
/** Tabs of the phone desk: calculators (forms made of JSON Schemas), offices, amounts of the day. */
import { afterPause, ask, badge, byId, element, link, notice, polishDate } from "./desk_nodes.js";

/** @typedef {Record<string, any>} Schema */

const day = byId("dzien");
let made = 0;

/** A control with its label, a place for an error, and `read`. @typedef {{node: HTMLElement, read: () => any}} Field */

/** @param {string} name @param {Schema} schema @param {boolean} needed @returns {Field} */
function field(name, schema, needed) {
  if (schema.type === "array") return rows(name, schema, needed);
  if (schema.type === "object") return schema.format ? parts(name, schema, needed) : group(name, schema);
  return control(name, schema, needed);
}

/** @param {string} name @param {HTMLElement} inside @param {string} label @param {boolean} needed @param {string} id */
function labelled(name, inside, label, needed, id) {
  const optional = needed ? [] : [" ", element("span", { class: "optional" }, ["(nieobowiązkowe)"])];
  return element("div", { class: "field", "data-field": name }, [element("label", { for: id }, [label, ...optional]), inside]);
}

/** @param {string} name @param {Schema} schema @param {boolean} needed @returns {Field} */
function control(name, schema, needed) {
  const id = `liczone-${(made += 1)}`;
  const choices = options(schema);
  const input = /** @type {any} */ (element(choices ? "select" : "input", { id, class: "input" }));
  if (choices) {
    if (schema.default === undefined) choices.unshift(["", needed ? "– proszę wybrać –" : "nie wiadomo"]);
    input.append(...choices.map(([value, text]) => element("option", { value }, [text])));
  } else {
    input.type = schema.format === "date" ? "date" : "text";
    input.autocomplete = "off";
    if (schema.format !== "date") input.inputMode = schema.type === "integer" ? "numeric" : "text";
  }
  if (schema.default !== undefined) input.value = String(schema.default);
  const isFlag = [schema.type].flat().includes("boolean");
  const read = () => (input.value === "" ? null : isFlag ? input.value === "true" : input.value);
  return { node: labelled(name, input, schema.title, needed || schema.default !== undefined, id), read };
}

/** @param {Schema} schema @returns {[string, string][]|null} */
function options(schema) {
  if (schema.oneOf) return schema.oneOf.map((/** @type {any} */ item) => [item.const, item.title]);
  return [schema.type].flat().includes("boolean") ? [["false", "nie"], ["true", "tak"]] : null;
}

/** Years, months and days, or from and to, in one line. @param {string} name @param {Schema} schema @param {boolean} needed @returns {Field} */
function parts(name, schema, needed) {
  const fields = Object.entries(schema.properties).map(([part, inner]) => {
    const id = `liczone-${(made += 1)}`;
    const input = /** @type {HTMLInputElement} */ (element("input", { id, class: "input", inputmode: "numeric", autocomplete: "off" }));
    return { part, input, node: element("div", {}, [element("label", { for: id }, [inner.title]), input]) };
  });
  const legend = element("legend", { class: "legend" }, [schema.title + (needed ? "" : " (nieobowiązkowe)")]);
  const node = element("fieldset", { class: "parts", "data-field": name }, [legend, ...fields.map((item) => item.node)]);
  const read = () => {
    const given = fields.filter(({ input }) => input.value.trim());
    if (!given.length) return needed ? {} : null;
    return Object.fromEntries(given.map(({ part, input }) => [part, input.value.trim()]));
  };
  return { node, read };
}

/** @param {string} name @param {Schema} schema @returns {Field} */
function group(name, schema) {
  const { nodes, read } = object(schema);
  const legend = schema.title ? [element("legend", { class: "legend" }, [schema.title])] : [];
  return { node: element("fieldset", { "data-field": name }, [...legend, ...nodes]), read };
}

/** A list of groups that can be made longer and shorter. @param {string} name @param {Schema} schema @param {boolean} needed @returns {Field} */
function rows(name, schema, needed) {
  /** @type {Field[]} */
  let items = [];
  const place = element("div", { class: "form" });
  const add = () => {
    const item = group(`${name}[]`, schema.items);
    const remove = element("button", { type: "button", class: "button small quiet" }, ["Usuń"]);
    remove.addEventListener("click", () => {
      items = items.filter((other) => other !== item);
      item.node.remove();
      more.focus();
    });
    item.node.append(remove);
    items.push(item);
    place.append(item.node);
    return item;
  };
  const more = element("button", { type: "button", class: "button small" }, ["Dodaj"]);
  more.addEventListener("click", () => /** @type {any} */ (add().node.querySelector("input, select")).focus());
  if (needed) add();
  const legend = element("legend", { class: "legend" }, [schema.title]);
  return {
    node: element("fieldset", { "data-field": name }, [legend, place, more]), read: () => items.map((item) => item.read()),
  };
}

/** @param {Schema} schema */
function object(schema) {
  const fields = Object.entries(schema.properties).map(([name, inner]) => ({
    name, ...field(name, inner, schema.required.includes(name)),
  }));
  const read = () => Object.fromEntries(fields.map(({ name, read: value }) => [name, value()]).filter(([, value]) => value !== null));
  return { nodes: fields.map(({ node }) => node), read };
}

/** @param {Schema} schema */
function calculator(schema) {
  const { nodes, read } = object(schema);
  const result = element("div", { class: "card desk-result", "aria-live": "polite" }, [
    element("p", { class: "soft" }, ["Wynik z uzasadnieniem pokaże się tutaj."]),
  ]);
  const form = element("form", { class: "card form", novalidate: "", "aria-label": schema.title }, [
    ...nodes, element("div", { class: "actions end" }, [element("button", { class: "button primary" }, ["Oblicz"])]),
  ]);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    form.querySelectorAll("p.error").forEach((old) => old.remove());
    form.querySelectorAll("[aria-invalid]").forEach((old) => old.removeAttribute("aria-invalid"));
    try {
      draw(result, await ask(`/panel/telefon/kalkulatory/${schema.$id}`, { body: read() }));
    } catch (/** @type {any} */ error) {
      const [name] = Object.keys(error.errors || {});
      if (!name || !refuse(form, name, error.errors[name])) result.replaceChildren(notice(error));
    }
  });
  return element("div", { class: "desk-calculator" }, [form, result]);
}

/** Tell at the field what is wrong. @param {HTMLElement} form @param {string} name @param {string} text */
function refuse(form, name, text) {
  const place = form.querySelector(`[data-field="${CSS.escape(name)}"]`);
  const control = /** @type {HTMLElement|null} */ (place?.querySelector("input, select") || null);
  if (!place || !control) return false;
  const id = `blad-${(made += 1)}`;
  place.append(element("p", { class: "error", id }, [text]));
  control.setAttribute("aria-invalid", "true");
  control.setAttribute("aria-describedby", id);
  control.focus();
  return true;
}

/** @param {HTMLElement} place @param {any} result */
function draw(place, result) {
  const facts = result.facts.flatMap((/** @type {any} */ fact) => [
    element("dt", {}, [fact.label]),
    element("dd", {}, fact.lines.map((/** @type {string} */ line) => element("p", {}, [line]))),
  ]);
  const reasons = result.reasons.map((/** @type {any} */ reason) =>
    element("li", {}, [
      `${reason.text} `, element("span", { class: "small" }, [link(reason.url, reason.basis)]),
      ...(reason.sure ? [] : [" ", badge("do potwierdzenia", "warn")]),
    ]),
  );
  place.replaceChildren(
    element("h2", {}, [result.title]), element("dl", { class: "facts" }, facts),
    element("h3", {}, ["Skąd ten wynik"]), element("ol", {}, reasons),
  );
}

async function openCalculators() {
  const place = byId("panel-kalkulatory");
  if (place.dataset.ready) return;
  place.dataset.ready = "tak";
  try {
    const { calculators } = await ask("/panel/telefon/kalkulatory");
    const select = /** @type {HTMLSelectElement} */ (element("select", { class: "input", id: "kalkulator" }));
    select.append(...calculators.map((/** @type {Schema} */ item) => element("option", { value: item.$id }, [item.title])));
    const inside = element("div");
    const change = () => inside.replaceChildren(calculator(calculators[select.selectedIndex]));
    select.addEventListener("change", change);
    place.replaceChildren(
      element("div", { class: "field" }, [element("label", { for: "kalkulator" }, ["Co policzyć"]), select]), inside,
    );
    change();
    select.focus();
  } catch (error) {
    delete place.dataset.ready;
    place.replaceChildren(notice(error));
  }
}

/** @param {any} office */
function officeCard(office) {
  const facts = office.facts.flatMap((/** @type {any} */ { label, value }) => [
    element("dt", {}, [label]), element("dd", {}, [link(value, value)]),
  ]);
  const marks = [...(office.sure ? [] : [badge("po poprawieniu literówki", "warn")]), ...(office.verified ? [] : [badge("kontakt niesprawdzony", "warn")])];
  return element("section", { class: "card" }, [
    element("header", {}, [element("h2", {}, [office.name]), element("span", { class: "badges" }, marks)]),
    element("p", { class: "soft" }, [office.label]), element("dl", { class: "facts" }, facts),
  ]);
}

const findOffice = afterPause(async () => {
  const text = byId("szukaj-urzedu").value.trim();
  const place = byId("urzedy");
  if (text.length < 2) return place.replaceChildren();
  try {
    const found = await ask(`/panel/telefon/urzedy?${new URLSearchParams({ q: text })}`);
    if (byId("szukaj-urzedu").value.trim() !== text) return;
    const rest = found.more ? [element("p", { class: "soft" }, [`Pasuje jeszcze ${found.more}. Proszę podać powiat albo województwo.`])] : [];
    const none = found.offices.length ? [] : [element("p", { class: "soft" }, [`Nie ma urzędu dla „${text}”. Może pomóc nazwa powiatu albo kod pocztowy.`])];
    place.replaceChildren(element("div", { class: "form" }, [...found.offices.map(officeCard), ...rest, ...none]));
  } catch (error) {
    place.replaceChildren(notice(error));
  }
}, 200);

async function openAmounts() {
  const place = byId("panel-kwoty");
  try {
    const { amounts } = await ask(`/panel/telefon/kwoty?${new URLSearchParams({ dzien: day.value })}`);
    const lines = amounts.map((/** @type {any} */ row) =>
      element("tr", {}, [
        element("th", { scope: "row", class: "wrap" }, [row.title]),
        element("td", { class: "number nowrap" }, [row.value || "nieznana"]),
        element("td", { "data-label": "Obowiązuje" }, row.value ? [`od ${polishDate(row.valid_from)}${row.valid_to ? ` do ${polishDate(row.valid_to)}` : ""}`] : []),
        element("td", { "data-label": "Źródło", class: "wrap" }, row.value ? [row.source, ...(row.verified ? [] : [" ", badge("niesprawdzone", "warn")])] : []),
      ]),
    );
    const heads = ["Kwota", "Wartość", "Obowiązuje", "Źródło"].map((text, at) => element("th", { scope: "col", class: at === 1 ? "number" : "" }, [text]));
    place.replaceChildren(
      element("div", { class: "card flush" }, [element("div", { class: "table-frame", tabindex: "0", role: "region", "aria-label": "Tabela kwot" }, [
        element("table", { class: "table stack" }, [
          element("caption", { class: "unseen" }, [`Kwoty na dzień ${polishDate(day.value)}`]),
          element("thead", {}, [element("tr", {}, heads)]), element("tbody", {}, lines),
        ]),
      ])]),
    );
  } catch (error) {
    place.replaceChildren(notice(error));
  }
}

document.addEventListener("zakladka", (/** @type {any} */ event) => {
  if (event.detail === "kalkulatory") openCalculators();
  if (event.detail === "kwoty") openAmounts();
});
day.addEventListener("change", () => !byId("panel-kwoty").hidden && openAmounts());
byId("szukaj-urzedu").addEventListener("input", findOffice);
