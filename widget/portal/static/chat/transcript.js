// @ts-check
import { button, element, paragraphs, sourceList } from "./nodes.js";
import { t } from "./words.js";

/** @typedef {import("./client.js").Message} Message */
/** @typedef {import("./client.js").Button} Button */
/** @typedef {import("./client.js").Turn} Turn */

const KINDS = /** @type {Record<string, string>} */ ({
  search: "Znalezione w przepisach",
  unknown: "Bez odpowiedzi",
  handover: "Kontakt z człowiekiem",
});

/** An answer; where there is a translation that comes first, the Polish text it was made of is one step away. @param {Message} message */
function answer({ id, text, translation }) {
  const polish = element("div", id === "greeting" ? {} : { lang: "pl" }, paragraphs(text));
  if (!translation) return [polish];
  return [
    element("div", { lang: translation.language }, paragraphs(translation.text)),
    element("details", {}, [element("summary", {}, [t("Tłumaczenie. Liczy się tekst polski: pokaż go")]), polish]),
  ];
}

/** What happened, by its name. @param {string} text @param {string} name */
const notice = (text, name) =>
  ({
    taken: t("Rozmowę prowadzi konsultant: {0}. Asystent milczy.", name),
    requeued: t("Połączenie z konsultantem się urwało. Czekanie trwa dalej."),
    returned: t("Konsultant oddał rozmowę. Odpowiada znów automatyczny asystent."),
    left: t("Odpowiada znów automatyczny asystent."),
  })[text] || "";

/** @param {{title: string, lines: string[]}} checklist */
const list = ({ title, lines }) =>
  element("div", { lang: "pl" }, [
    element("p", {}, [element("strong", {}, [title])]),
    element("ul", {}, lines.map((line) => element("li", {}, [line]))),
  ]);

/** The conversation as one sees it. It is no live region: what is new is read out by the Announcer. */
export class Transcript {
  /**
   * @param {(button: Button) => void} onButton what a proposed question does
   * @param {(message: Message, place: HTMLElement, isNew: boolean) => void} onExtra shows the form or the list of one
   */
  constructor(onButton, onExtra) {
    this.onButton = onButton;
    this.onExtra = onExtra;
    this.turns = this.answers = 0;
    this.node = element("div", { class: "log", role: "region", "aria-label": t("Rozmowa"), tabindex: "0" });
  }

  clear() {
    this.turns = this.answers = 0;
    this.node.replaceChildren();
  }

  /** @param {Message} greeting @param {Turn[]} turns @param {import("./client.js").LiveMessage[]} live what consultants said */
  restore(greeting, turns, live) {
    this.clear();
    this.addAnswer([greeting]);
    const said = [...live];
    for (const turn of turns) {
      while (said.length && said[0].created_at < turn.created_at) this.addLive(said.splice(0, 1)[0]);
      this.addQuestion(turn.text, new Date(turn.created_at));
      if (turn.messages.length) this.addAnswer(turn.messages);
    }
    for (const message of said) this.addLive(message);
    this.showEnd();
  }

  /** @param {string} text @param {Date} [at] @returns {HTMLElement} */
  addQuestion(text, at = new Date()) {
    this.turns += 1;
    const clock = at.toLocaleTimeString("pl-PL", { hour: "2-digit", minute: "2-digit" });
    const bubble = element("div", { class: "bubble visitor" }, [
      element("span", { class: "sr" }, [`${t("Pytanie:")} `]), element("span", { class: "said" }, [text]),
      element("time", { datetime: at.toISOString() }, [clock]),
    ]);
    this.node.append(bubble);
    this.showEnd();
    return bubble;
  }

  /** What a consultant said, or what happened. @param {import("./client.js").LiveMessage} message @returns {HTMLElement} */
  addLive({ who, name, text }) {
    const said = `${t("Konsultant")} ${name}: `;
    const shown = who === "konsultant"
      ? element("div", { class: "bubble bot human" }, [element("p", { class: "kind" }, [said]), ...paragraphs(text)])
      : element("p", { class: "note event" }, [notice(text, name)]);
    this.node.append(shown);
    this.showEnd();
    return shown;
  }

  /** A line of the assistant that is no answer. @param {string} text */
  addNote(text) {
    this.node.append(element("p", { class: "note kept" }, [text]));
  }

  /** Show what the server kept where it hid personal data. @param {HTMLElement} bubble @param {string} kept */
  showMasked(bubble, kept) {
    bubble.querySelector(".said")?.replaceChildren(kept);
    bubble.after(element("p", { class: "note" }, [t("Ukryliśmy dane osobowe. Nie zapisujemy ich.")]));
  }

  /**
   * @param {Message[]} messages @param {{question?: Element, isNew?: boolean}} [place] what it answers, else it comes
   * last; and whether it was not shown before
   * @returns {HTMLElement}
   */
  addAnswer(messages, { question, isNew = false } = {}) {
    this.answers += 1;
    const turn = element("div", { class: "turn" });
    for (const message of messages) {
      const bubble = element("div", { class: `bubble bot ${message.type}` }, [
        element("span", { class: "sr" }, [`${t("Asystent:")} `]),
      ]);
      if (KINDS[message.type]) bubble.append(element("p", { class: "kind" }, [t(KINDS[message.type])]));
      bubble.append(...answer(message));
      if (message.checklist) bubble.append(list(message.checklist));
      if (message.sources.length) bubble.append(sourceList(message.sources));
      turn.append(bubble);
      // A list or an open form is what the dialogue led to, so it stands before what could be asked next.
      const first = message.checklist || message.form?.open;
      if (first) this.onExtra(message, turn, isNew);
      if (message.buttons.length) turn.append(this.buttonRow(message.buttons));
      if (message.form && !first) this.onExtra(message, turn, isNew);
    }
    const note = question?.nextElementSibling;
    if (question) (note?.matches(".note") ? note : question).after(turn);
    else this.node.append(turn);
    return turn;
  }

  /** @param {Button[]} buttons */
  buttonRow(buttons) {
    const row = element("div", { class: "buttons", role: "group", "aria-label": t("Propozycje pytań") });
    row.append(
      ...buttons.map((item) => {
        const attributes = item.translation ? {} : { lang: "pl" };
        return button(item.translation || item.title, () => this.onButton(item), attributes);
      }),
    );
    return row;
  }

  /** @param {string} text @param {[string, () => void][]} [ways] what can be done about it @returns {HTMLElement} */
  addError(text, ways = []) {
    const buttons = ways.map(([label, action]) => button(label, action, { class: "plain" }));
    const box = element("div", { class: "error" }, [element("p", {}, [text]), ...buttons]);
    this.node.append(box);
    this.showEnd();
    return box;
  }

  /** Scroll inside the widget only, never the page around it. @param {HTMLElement} node */
  showStartOf(node) {
    const scroller = this.scroller();
    scroller.scrollTop += node.getBoundingClientRect().top - scroller.getBoundingClientRect().top - 60;
  }

  showEnd() {
    const scroller = this.scroller();
    scroller.scrollTop += this.node.lastElementChild
      ? this.node.lastElementChild.getBoundingClientRect().bottom - scroller.getBoundingClientRect().bottom + 12
      : 0;
  }

  /** In a low window the panel scrolls as a whole. @returns {Element} */
  scroller() {
    const panel = this.node.closest(".panel");
    return panel && getComputedStyle(this.node).overflowY === "visible" ? panel : this.node;
  }
}
