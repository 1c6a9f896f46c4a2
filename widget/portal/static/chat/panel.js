// @ts-check
import { Announcer } from "./announcer.js";
import { Client, RefusalError } from "./client.js";
import { button, element, link, spoken } from "./nodes.js";
import { Options } from "./options.js";
import { Rating } from "./rating.js";
import { STYLE } from "./style.js";
import { Transcript } from "./transcript.js";
import { t, useWords } from "./words.js";

/** @typedef {import("./client.js").Button} Button */

const SLOW_MS = 5000;
// What the contact form of a kind of ticket is called.
const KINDS = /** @type {Record<string, string>} */ ({
  pytanie: "Napisz do konsultanta", skarga: "Napisz skargę", oferta_pracy: "Wyślij ofertę do urzędu pracy",
});
const NARROW = "(max-width: 30em), (max-height: 30em)";

/**
 * The window of the conversation. A dialogue beside the page on wide screens; on small ones it covers the page and
 * keeps the focus inside, so that nobody ends up on something they cannot see.
 */
export class Panel {
  /** @type {HTMLElement} */ node;
  /** @type {HTMLElement} */ form;
  /** @type {HTMLTextAreaElement} */ input;
  /** @type {HTMLElement} */ sendButton;
  /** @type {HTMLElement} */ typing;
  /** @type {Options} */ options;
  /** @type {ReturnType<typeof setTimeout>|undefined} */ slow;

  /** @param {any} host the element `zielona-linia-chat` @param {any} config see the loader */
  constructor(host, config) {
    this.host = host;
    this.config = config;
    useWords(config.words);
    host.root.lang = config.language;
    this.client = new Client(host, config.language);
    this.announcer = new Announcer();
    this.transcript = new Transcript(
      (item) => this.ask(item.payload, item.title), (message, turn, isNew) => this.addExtra(message, turn, isNew),
    );
    this.narrow = matchMedia(NARROW);
    this.stop = new AbortController();
    this.busy = false;
    this.loaded = false;
    /** @type {(() => void)|null} what to try again when the network is back */
    this.waiting = null;
    if (host.shadowRoot.adoptedStyleSheets.length === 1) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      host.shadowRoot.adoptedStyleSheets.push(sheet);
    }
    this.build();
    this.listen();
  }

  build() {
    this.options = new Options(this);
    this.typing = element("p", { class: "typing" });
    this.input = /** @type {HTMLTextAreaElement} */ (element("textarea", {
      rows: "1", id: "pytanie", maxlength: String(this.config.message_limit), placeholder: t("Napisz pytanie…"),
      enterkeyhint: "send", autocomplete: "off", "aria-describedby": "uwaga",
    }));
    this.sendButton = element("button", { type: "submit" }, [t("Wyślij")]);
    this.form = element("form", {}, [
      element("label", { class: "sr", for: "pytanie" }, [t("Pytanie do asystenta")]), this.input, this.sendButton,
    ]);
    const tools = [
      this.options.toggle,
      button("↻", () => this.restart(), { class: "icon", "aria-label": t("Zacznij nową rozmowę"), title: t("Nowa rozmowa") }),
    ];
    if (!this.host.isPage) {
      tools.push(button("✕", () => this.fold(), { class: "icon", "aria-label": t("Zamknij rozmowę"), title: t("Zamknij") }));
    }
    this.node = element(this.host.isPage ? "section" : "dialog", { class: "panel", "aria-labelledby": "nazwa" }, [
      element("header", {}, [
        element("div", {}, [
          element("h2", { id: "nazwa" }, ["Zielona Linia"]),
          element("p", {}, [t("Automatyczny asystent – odpowiada program, nie człowiek")]),
        ]),
        element("div", { class: "tools" }, tools),
      ]),
      this.options.node, this.transcript.node, this.typing, this.form,
      element("footer", {}, [
        element("p", { id: "uwaga" }, [t("Nie podawaj danych osobowych, np. numeru PESEL. To nie jest porada prawna.")]),
        element("p", {}, [link(this.config.statement, t("Deklaracja dostępności"))]),
      ]),
      this.announcer.news, this.announcer.alerts,
    ]);
    this.options.applySize();
    this.host.root.append(this.node);
  }

  listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.submit();
      }
    });
    this.input.addEventListener("input", () => this.grow());
    this.node.addEventListener("keydown", (event) => {
      // The page's own shortcuts are not meant for what is written here.
      event.stopPropagation();
      if (event.key === "Escape" && !this.host.isPage) {
        event.preventDefault();
        this.fold();
      }
    });
    this.node.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.fold();
    });
    const { signal } = this.stop;
    this.narrow.addEventListener("change", () => this.isOpen && this.show(), { signal });
    addEventListener("online", () => this.waiting?.(), { signal });
    addEventListener("storage", (event) => event.key === this.host.storageKey && this.follow(), { signal });
    const follow = () => document.visibilityState === "visible" && this.follow();
    document.addEventListener("visibilitychange", follow, { signal });
  }

  get isOpen() {
    return this.host.isPage || this.node.hasAttribute("open");
  }

  /** @param {boolean} asked whether the visitor asked for it: only then the focus moves */
  open(asked) {
    this.host.launcher.hidden = true;
    this.host.rememberOpen(true);
    this.show();
    if (asked) this.input.focus();
    if (!this.loaded) this.load();
  }

  /** Show the dialogue as this width needs it; what has the focus keeps it. */
  show() {
    if (this.host.isPage) return;
    const dialog = /** @type {HTMLDialogElement} */ (this.node);
    const focused = this.host.shadowRoot.activeElement;
    dialog.removeAttribute("open");
    if (dialog.matches(":modal")) dialog.close();
    // `show()` would move the focus, the attribute does not.
    if (this.narrow.matches) dialog.showModal();
    else dialog.setAttribute("open", "");
    if (focused && dialog.contains(focused)) focused.focus();
  }

  fold() {
    const dialog = /** @type {HTMLDialogElement} */ (this.node);
    if (dialog.matches(":modal")) dialog.close();
    dialog.removeAttribute("open");
    this.host.launcher.hidden = false;
    this.host.rememberOpen(false);
    this.host.launcher.focus();
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${this.input.scrollHeight + 2}px`;
  }

  async load() {
    this.loaded = true;
    this.wait(t("Otwieram rozmowę…"));
    try {
      const conversation = this.client.conversation;
      if (!(conversation && (await this.restore(conversation)))) {
        this.transcript.addAnswer(await this.client.start());
        this.suggest();
      }
    } catch (error) {
      this.loaded = false;
      const reason = error instanceof RefusalError ? error.message : t("Nie udało się połączyć z asystentem.");
      this.showError(reason, () => this.load());
    } finally {
      this.wait("");
    }
  }

  /** @param {import("./client.js").Conversation} conversation @returns {Promise<boolean>} */
  async restore(conversation) {
    try {
      const { greeting, turns } = await this.client.history(conversation);
      this.transcript.restore(greeting, turns);
      if (!turns.length) this.suggest();
      return true;
    } catch (error) {
      // Only a conversation that is gone is replaced; trouble with the network is no reason to lose it.
      if (error instanceof RefusalError && [401, 404].includes(error.status)) {
        this.client.conversation = null;
        return false;
      }
      throw error;
    }
  }

  /** Questions to begin with, by what the page is about. */
  suggest() {
    const { suggestions } = this.config;
    if (!suggestions.length) return;
    const row = this.transcript.buttonRow(
      suggestions.map((/** @type {string} */ text) => ({ title: text, payload: text })),
    );
    this.transcript.node.lastElementChild?.append(row);
  }

  /** Take over what happened to the conversation on another page of the site. */
  async follow() {
    // What somebody is just writing to a human must not go away.
    if (!this.loaded || this.busy || !this.isOpen || this.transcript.node.querySelector("form")) return;
    const conversation = this.client.conversation;
    if (!conversation) return;
    const history = await this.client.history(conversation).catch(() => null);
    if (!history || this.busy) return;
    if (history.turns.length !== this.transcript.turns) this.transcript.restore(history.greeting, history.turns);
  }

  async restart() {
    if (this.busy) return;
    this.input.focus();
    this.client.conversation = null;
    this.transcript.clear();
    await this.load();
    this.announcer.say(t("Nowa rozmowa. Można zadać pytanie."));
  }

  submit() {
    const text = this.input.value.trim();
    if (!text || this.busy) return;
    this.input.value = "";
    this.grow();
    this.ask(text, text);
  }

  /** @param {string} text what is sent @param {string} shown what the visitor sees */
  ask(text, shown) {
    if (this.busy) return;
    const bubble = this.transcript.addQuestion(shown);
    const random = crypto.getRandomValues(new Uint32Array(4));
    this.deliver(text, Array.from(random, (part) => part.toString(16).padStart(8, "0")).join(""), bubble);
  }

  /**
   * The same client id goes with every attempt, so the server answers once.
   * @param {string} text @param {string} clientId @param {HTMLElement} bubble
   */
  async deliver(text, clientId, bubble) {
    this.wait(t("Asystent pisze…"));
    try {
      if (!this.client.conversation) await this.client.start();
      const conversation = this.client.conversation;
      if (!conversation) return;
      const answer = await this.client.send(conversation, text, clientId);
      if (answer.masked) this.transcript.showMasked(bubble, answer.text);
      const turn = this.transcript.addAnswer(answer.messages, true);
      const rated = answer.messages.at(-1);
      if (answer.stored && rated) {
        turn.append(new Rating((rating) => this.client.rate(conversation, rated.id, rating).catch(() => {})).node);
      }
      this.transcript.showStartOf(turn);
      this.announcer.say(spoken(answer.messages));
      if (answer.notice) this.offerLanguage(turn, answer.notice);
    } catch (error) {
      const again = () => this.deliver(text, clientId, bubble);
      if (!(error instanceof RefusalError)) {
        this.showError(
          navigator.onLine
            ? t("Nie udało się wysłać wiadomości.")
            : t("Nie ma połączenia z internetem. Wiadomość wyśle się sama, gdy połączenie wróci."),
          again,
        );
      } else {
        this.showError(error.message, error.isPassing ? again : undefined);
      }
    } finally {
      this.wait("");
    }
  }

  /**
   * The form or the list that a message came with. Their modules are fetched when somebody needs them.
   * @param {import("./client.js").Message} message @param {HTMLElement} turn @param {boolean} isNew
   */
  addExtra({ form, checklist }, turn, isNew) {
    if (checklist) {
      const place = turn.appendChild(element("div"));
      import("./checklist.js").then(({ Checklist }) => place.replaceWith(new Checklist(this, checklist).node));
    }
    if (!form) return;
    const place = turn.appendChild(element("div", { class: "buttons" }));
    const title = t(KINDS[form.kind]);
    const opener = button(title, () => show(true));
    const close = () => {
      place.replaceChildren(opener);
      opener.focus();
    };
    /** @param {boolean} asked only then the focus moves */
    const show = async (asked) => {
      try {
        const { ContactForm } = await import("./contact.js");
        const { heading } = await ContactForm.open(this, form, place, title, close);
        if (asked) heading.focus();
      } catch {
        this.showError(t("Nie udało się otworzyć formularza."), () => show(true));
      }
    };
    place.append(opener);
    if (form.open && isNew) show(false);
  }

  /**
   * Who writes another language is told in it what to expect, and may change the interface: it never changes by itself.
   * @param {HTMLElement} turn @param {{language: string, text: string, offer: string}} notice
   */
  offerLanguage(turn, { language, text, offer }) {
    const change = button(offer, () => this.host.useLanguage(language), { class: "plain" });
    const box = element("div", { class: "error", lang: language }, [element("p", {}, [text])]);
    if (language !== this.config.language) box.append(change);
    turn.prepend(box);
    this.announcer.say(text);
  }

  /** Make room for a panel in another language. */
  remove() {
    if (this.node.matches(":modal")) /** @type {HTMLDialogElement} */ (this.node).close();
    this.node.remove();
    this.stop.abort();
  }

  /** @param {string} label what is going on; empty: nothing */
  wait(label) {
    this.busy = label !== "";
    clearTimeout(this.slow);
    this.sendButton.setAttribute("aria-disabled", String(this.busy));
    this.typing.replaceChildren(...(label ? [element("i"), element("i"), element("i"), label] : []));
    if (label) this.slow = setTimeout(() => this.admitSlowness(), SLOW_MS);
  }

  admitSlowness() {
    const text = t("To trwa dłużej niż zwykle. Połączenie może być wolne, nadal czekam na odpowiedź.");
    this.typing.lastChild?.replaceWith(text);
    this.announcer.say(text);
  }

  /** @param {string} text @param {() => void} [retry] */
  showError(text, retry) {
    const again = retry && (() => {
      if (this.busy) return;
      // The button goes away with its box: the focus is taken to where the conversation goes on.
      if (box.contains(this.host.shadowRoot.activeElement)) this.input.focus();
      box.remove();
      this.waiting = null;
      retry();
    });
    const box = this.transcript.addError(text, again);
    this.waiting = again || null;
    this.announcer.warn(text);
  }
}
