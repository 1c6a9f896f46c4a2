// @ts-check
import { RefusalError } from "./client.js";
import { saveFile } from "./files.js";
import { button, element, link } from "./nodes.js";
import { t } from "./words.js";

/** @typedef {import("./client.js").ContactDetails} ContactDetails */
/** @typedef {{due_text: string, consent: string, offer_consent: string, consent_language: string, privacy_url: string}} Around what the server says around the form */
/** @typedef {{voivodeship: string, counties: {code: string, title: string}[]}[]} Counties */

const STYLE = `
  form.contact { display: block; width: 100%; border: 1px solid var(--edge); border-radius: 12px; padding: .8em;
    background: var(--paper); }
  .contact > div { margin-bottom: .7em; }
  .contact h3, .sent h3 { font-size: 1em; margin: 0 0 .5em; }
  .contact p { margin: .2em 0; font-size: .88em; color: var(--soft); overflow-wrap: anywhere; }
  .contact .wrong { color: var(--warn); font-weight: 600; }
  .contact label { display: block; font-weight: 600; margin-bottom: .15em; }
  .contact .tick { display: flex; gap: .6em; align-items: flex-start; font-weight: 400; }
  .contact input, .contact select, .contact textarea { font: inherit; color: inherit; background: var(--paper);
    border: 1px solid var(--edge); border-radius: 10px; width: 100%; min-height: 44px; padding: .4em .7em; }
  .contact textarea { max-height: none; resize: vertical; }
  .contact [type=checkbox] { width: 24px; min-height: 24px; height: 24px; flex: none; margin: 0;
    accent-color: var(--brand); }
  .contact [aria-invalid=true] { border: 2px solid var(--warn); }
  .contact .tools { gap: .5em; }
  .sent { border: 2px solid var(--strong); border-radius: 12px; padding: .8em; width: 100%; background: var(--paper); }
  .sent strong { white-space: nowrap; }
  .sent p { margin: 0 0 .5em; overflow-wrap: anywhere; }
`;
let made = 0;

/**
 * The form with which a visitor writes to a human. What they typed stays until it is sent; sent again after a failure
 * it has the same client id, so there is one ticket.
 */
export class ContactForm {
  /** @type {Record<string, any>} the controls by the field's name, in their order */ fields = {};
  /** @type {Record<string, HTMLElement>} */ errors = {};

  /**
   * @param {import("./panel.js").Panel} panel @param {ContactDetails} details @param {Around} around
   * @param {Counties} counties @param {string} title @param {() => void} onClose
   */
  constructor(panel, details, around, counties, title, onClose) {
    this.panel = panel;
    this.details = details;
    this.isOffer = details.draft !== null;
    this.clientId = crypto.getRandomValues(new Uint32Array(4)).join("-");
    this.prefix = `kontakt-${(made += 1)}`;
    this.heading = element("h3", { id: this.prefix, tabindex: "-1" }, [title]);
    this.sendButton = element("button", { type: "submit" }, [this.isOffer ? t("Wyślij ofertę") : t("Wyślij wiadomość")]);
    this.trouble = element("p", { class: "wrong" });
    this.node = element("form", { class: "contact", novalidate: "", "aria-labelledby": this.prefix }, [
      this.heading,
      ...this.rows(counties),
      this.consent(around),
      element("p", {}, [t("Odpowiedź przyjdzie najpóźniej:"), " ", polish("span", around.due_text)]),
      this.trouble,
      element("div", { class: "tools" }, [this.sendButton, button(t("Zamknij formularz"), onClose, { class: "plain" })]),
    ]);
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
  }

  /**
   * Fetch what the form needs and put it into its place; the counties may be missing, the consent may not.
   * @param {import("./panel.js").Panel} panel @param {ContactDetails} details @param {HTMLElement} place
   * @param {string} title @param {() => void} onClose
   */
  static async open(panel, details, place, title, onClose) {
    const { client, host } = panel;
    const [around, { voivodeships }] = await Promise.all([
      client.request("GET", `/api/v1/contact?language=${client.language}`, null),
      client.request("GET", "/api/v1/counties", null).catch(() => ({ voivodeships: [] })),
    ]);
    if (!host.shadowRoot.adoptedStyleSheets.some((/** @type {any} */ sheet) => sheet.isContact)) {
      const sheet = Object.assign(new CSSStyleSheet(), { isContact: true });
      sheet.replaceSync(STYLE);
      host.shadowRoot.adoptedStyleSheets.push(sheet);
    }
    const form = new ContactForm(panel, details, around, voivodeships, title, onClose);
    place.replaceChildren(form.node);
    return form;
  }

  /** @param {Counties} counties */
  rows(counties) {
    const optional = ` ${t("(nieobowiązkowo)")}`;
    const text = /** @type {HTMLTextAreaElement} */ (element("textarea", {
      rows: "4", maxlength: String(this.panel.config.message_limit),
    }));
    text.value = this.details.question;
    const rows = [
      ...(this.isOffer ? this.offerRows(optional) : []),
      this.row("question", this.isOffer ? t("Uwagi do oferty") + optional : t("Treść"), text,
        t("Bez numeru PESEL i innych danych, które nie są potrzebne do odpowiedzi.")),
      this.row("email", t("E-mail"), element("input", { type: "email", autocomplete: "email" }),
        t("Wystarczy jedno: e-mail albo telefon.")),
      this.row("phone", t("Telefon"), element("input", { type: "tel", autocomplete: "tel" })),
    ];
    if (!counties.length) return rows;
    const select = element("select", {}, [element("option", { value: "" }, [t("Nie wybrano")])]);
    for (const { voivodeship, counties: inside } of counties) {
      const options = inside.map(({ code, title }) => element("option", { value: code }, [title]));
      select.append(element("optgroup", { label: voivodeship, lang: "pl" }, options));
    }
    /** @type {HTMLSelectElement} */ (select).value = this.details.county || "";
    return [...rows, this.row("county", (this.isOffer ? t("Powiat miejsca pracy") : t("Powiat")) + optional, select)];
  }

  /** @param {string} optional */
  offerRows(optional) {
    return [
      this.row("contact_name", t("Osoba do kontaktu"), element("input", { autocomplete: "name", maxlength: "200" })),
      this.row("nip", t("NIP") + optional, element("input", { inputmode: "numeric", maxlength: "20" }),
        t("Osoba prywatna może go nie podawać.")),
    ];
  }

  /**
   * A label, its control, a hint and the place of an error, tied together for screen readers.
   * @param {string} name @param {string} label @param {HTMLElement} control @param {string} [hint]
   */
  row(name, label, control, hint) {
    this.tie(name, control, hint ? `${this.prefix}-${name}-hint` : "");
    return element("div", {}, [
      element("label", { for: control.id }, [label]),
      ...(hint ? [element("p", { id: `${control.id}-hint` }, [hint])] : []),
      control, this.errors[name],
    ]);
  }

  /** @param {string} name @param {HTMLElement} control @param {string} hint id of the hint */
  tie(name, control, hint) {
    control.id = `${this.prefix}-${name}`;
    this.fields[name] = control;
    this.errors[name] = element("p", { id: `${control.id}-error`, class: "wrong", lang: "pl" });
    control.setAttribute("aria-describedby", `${hint} ${control.id}-error`.trim());
  }

  /** @param {Around} around */
  consent({ consent, offer_consent, consent_language, privacy_url }) {
    const box = element("input", { type: "checkbox" });
    this.tie("consent", box, "");
    const label = element("label", { for: box.id, class: "tick", lang: consent_language }, [
      box, element("span", {}, [this.isOffer ? offer_consent : consent]),
    ]);
    const about = privacy_url ? [element("p", {}, [link(privacy_url, t("Informacja o danych osobowych"))])] : [];
    return element("div", {}, [label, this.errors.consent, ...about]);
  }

  async send() {
    const conversation = this.panel.client.conversation;
    if (this.busy || !conversation) return;
    this.busy = true;
    this.sendButton.setAttribute("aria-disabled", "true");
    this.show({});
    const { fields, details } = this;
    const body = {
      kind: details.kind, topic: details.topic, draft: details.draft, client_id: this.clientId,
      question: fields.question.value, email: fields.email.value, phone: fields.phone.value,
      county: fields.county?.value || null, consent: fields.consent.checked,
      ...(this.isOffer ? { contact_name: fields.contact_name.value, nip: fields.nip.value } : {}),
    };
    try {
      const path = `/api/v1/conversations/${conversation.id}/tickets`;
      this.finish(await this.panel.client.request("POST", path, conversation.token, body), path, conversation.token);
    } catch (error) {
      this.refuse(error instanceof RefusalError ? error : null);
    } finally {
      this.busy = false;
      this.sendButton.removeAttribute("aria-disabled");
    }
  }

  /** What is wrong, at each field. @param {Record<string, string>} errors */
  show(errors) {
    this.trouble.replaceChildren();
    const names = Object.keys(this.fields);
    for (const name of names) {
      this.errors[name].replaceChildren(errors[name] || "");
      if (errors[name]) this.fields[name].setAttribute("aria-invalid", "true");
      else this.fields[name].removeAttribute("aria-invalid");
    }
    this.fields[names.find((name) => errors[name]) || ""]?.focus();
  }

  /** @param {RefusalError|null} refusal null: the server was not reached */
  refuse(refusal) {
    this.show(refusal?.errors || {});
    const text = refusal?.message || t("Nie udało się wysłać. Wpisany tekst został, można spróbować jeszcze raz.");
    this.trouble.replaceChildren(text);
    this.panel.announcer.warn(text);
  }

  /** @param {any} ticket @param {string} path of the tickets @param {string} token */
  finish(ticket, path, token) {
    const heading = element("h3", { tabindex: "-1" }, [this.isOffer ? t("Oferta wysłana") : t("Wiadomość wysłana")]);
    const done = element("div", { class: "sent" }, [
      heading,
      element("p", {}, [t("Numer zgłoszenia:"), " ", element("strong", {}, [ticket.reference])]),
      polish("p", ticket.due_text),
    ]);
    if (this.isOffer) {
      done.append(...["pdf", "json"].map((kind) =>
        button(t("Pobierz ofertę ({0})", kind.toUpperCase()), () => this.download(`${path}/${ticket.reference}.${kind}`, token),
          { class: "plain" }),
      ));
    }
    this.node.replaceWith(done);
    heading.focus();
    this.panel.announcer.say(`${t("Numer zgłoszenia:")} ${ticket.reference}. ${ticket.due_text}`);
  }

  /** @param {string} path @param {string} token */
  async download(path, token) {
    try {
      const headers = { Authorization: `Bearer ${token}` };
      const answer = await fetch(this.panel.client.base + path, { headers, credentials: "omit" });
      if (!answer.ok) throw new RefusalError(answer.status, "");
      saveFile(path.split("/").pop() || "", await answer.blob());
    } catch {
      this.panel.showError(t("Nie udało się pobrać pliku. Proszę spróbować za chwilę."));
    }
  }
}

/** A text of the server, which is Polish whatever the interface is. @param {string} name @param {string} text */
const polish = (name, text) => element(name, { lang: "pl" }, [text]);
