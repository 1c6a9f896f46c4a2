// @ts-check
import { Announcer } from "./announcer.js";
import { Client, RefusalError } from "./client.js";
import { button, element, link, spoken } from "./nodes.js";
import { Options } from "./options.js";
import { Rating, wholeRating } from "./rating.js";
import { STYLE } from "./style.js";
import { hotlineTime } from "./times.js";
import { Transcript } from "./transcript.js";
import { addWords, t, useWords } from "./words.js";

/** @typedef {import("./client.js").Button} Button */
/** @typedef {{text: string, shown: string, clientId: string, bubble?: HTMLElement}} Pending a question on its way */
/** @typedef {{language: string, text: string, offer: string}} Notice */

// From when a wait is admitted, and from when the visitor may end it.
const SLOW_MS = 3000;
const VERY_SLOW_MS = 10000;
const GOODBYES = ["podziekowanie", "pozegnanie"];
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
  /** @type {Notice|undefined} */ changed;
  /** @type {HTMLElement|undefined} the choice between waiting and giving up */ patience;
  /** @type {HTMLElement|undefined} the trouble that keeps the questions waiting */ problem;
  /** @type {Set<string>} client ids of the questions that the server has */ arrived = new Set();
  cancelled = false;
  /** @type {Options} */ options;
  /** @type {import("./live.js").Live|undefined} waiting for a consultant, and the chat with them */ live;
  /** @type {HTMLElement} who is speaking */ speaker;
  /** @type {ReturnType<typeof setTimeout>[]} */ slow = [];

  /** @param {any} host the element `zielona-linia-chat` @param {any} config see the loader */
  constructor(host, config) {
    this.host = host;
    this.config = config;
    useWords(config.words);
    host.root.lang = config.language;
    this.client = new Client(host, config.language);
    this.announcer = new Announcer();
    this.transcript = new Transcript(
      (item) => this.ask(item.payload, item.translation || item.title),
      (message, turn, isNew) => this.addExtra(message, turn, isNew),
    );
    this.narrow = matchMedia(NARROW);
    this.stop = new AbortController();
    this.busy = false;
    // Polish is written in the modules themselves.
    this.hasAllWords = config.language === "pl";
    this.loaded = false;
    /** @type {(() => void)|null} what to try again when the network is back */
    this.waiting = null;
    /** @type {Pending[]} questions that are not answered yet, in their order */
    this.queue = [];
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
    this.speaker = element("p", {}, [t("Automatyczny asystent – odpowiada program, nie człowiek")]);
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
          this.speaker,
        ]),
        element("div", { class: "tools" }, tools),
      ]),
      this.options.node, this.transcript.node, this.typing, this.form,
      element("footer", {}, [
        element("p", { id: "uwaga" }, [t("Nie podawaj danych osobowych, np. numeru PESEL. To nie jest porada prawna.")]),
        element("p", {}, [this.consultants]),
        element("p", {}, [link(this.config.statement, t("Deklaracja dostępności"))]),
      ]),
      this.announcer.news, this.announcer.alerts,
    ]);
    this.options.applySize();
    this.host.root.append(this.node);
  }

  /** When somebody answers the phone. */
  get consultants() {
    const { hotline, consultants } = this.config;
    const hours = t("Konsultant: telefon {0}, {1}.", hotline.number, t(hotline.hours));
    if (!consultants) return hours;
    const { open, opens } = consultants;
    const from = opens && hotlineTime(opens, this.config.language);
    return `${hours} ${open ? t("Teraz odbiera.") : t("Teraz nie odbiera, odbierze: {0}.", from)}`;
  }

  /** What happens to what is said here. */
  get kept() {
    const days = this.config.retention_days;
    const hidden = t("Rozpoznane dane osobowe ukrywamy w zapisie. Rozmowę można usunąć w każdej chwili w opcjach.");
    return days ? `${hidden} ${t("Sami usuwamy ją po {0} dniach.", days)}` : hidden;
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

  /**
   * @param {boolean} asked whether the visitor asked for it: only then the focus moves
   * @param {Notice} [notice] why the language has changed
   */
  open(asked, notice) {
    this.changed = notice;
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
    let opened = false;
    try {
      const conversation = this.client.conversation;
      if (!(conversation && (await this.restore(conversation)))) {
        this.transcript.addAnswer(await this.client.start());
        this.suggest();
      }
      opened = true;
    } catch (error) {
      this.loaded = false;
      const reason = error instanceof RefusalError ? error.message : t("Nie udało się połączyć z asystentem.");
      this.showError(reason, () => this.load());
    } finally {
      this.wait("");
    }
    if (opened && this.takeUp()) await this.flush();
  }

  /** @returns {Pending[]} what an earlier page kept */
  get waitingElsewhere() {
    const { queue } = this.host.recall();
    // Old libraries of a page may have changed how lists are written as JSON.
    return Array.isArray(queue) ? queue : [];
  }

  /** Questions that an earlier page could not send; those that did arrive are in the history. @returns {boolean} */
  takeUp() {
    for (const item of this.waitingElsewhere.filter(({ clientId }) => !this.arrived.has(clientId))) {
      this.queue.push({ ...item, bubble: this.transcript.addQuestion(item.shown) });
    }
    return this.queue.length > 0;
  }

  /** @param {import("./client.js").Conversation} conversation @returns {Promise<boolean>} */
  async restore(conversation) {
    try {
      const { greeting, turns, live } = await this.client.history(conversation);
      this.take(greeting, turns, live);
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

  /**
   * @param {import("./client.js").Message} greeting @param {import("./client.js").Turn[]} turns
   * @param {import("./client.js").LiveHistory} live
   */
  take(greeting, turns, live) {
    const answered = turns.filter((turn) => turn.messages.length);
    this.arrived = new Set(answered.map((turn) => turn.client_id));
    const waiting = new Set(this.waitingElsewhere.map(({ clientId }) => clientId));
    // A question that the server has without an answer is asked again, if it still waits here.
    const shown = turns.filter((turn) => turn.messages.length || !waiting.has(turn.client_id));
    this.transcript.restore(greeting, shown, live.messages);
    const seen = live.messages.at(-1)?.id || 0;
    if (this.live) this.live.last = seen;
    if (live.open) this.withLive((chat) => chat.ask(), seen);
    const last = turns.at(-1);
    if (!this.changed || !last) return;
    // The old window is gone, and with it what it was going to read out.
    this.transcript.node.append(this.noticeBox(this.changed));
    this.transcript.showEnd();
    this.announcer.say([spoken(last.messages), this.changed.text].join("\n"));
    this.changed = undefined;
  }

  /** What one should know before the first message, and questions to begin with by what the page is about. */
  suggest() {
    this.transcript.addNote(this.kept);
    const { suggestions } = this.config;
    if (suggestions.length) this.transcript.node.append(this.transcript.buttonRow(suggestions));
  }

  /** Take over what happened to the conversation on another page of the site. */
  async follow() {
    if (!this.loaded || this.busy || !this.isOpen || this.queue.length) return;
    // What somebody is just writing to a human must not go away.
    if (this.transcript.node.querySelector("form")) return;
    const conversation = this.client.conversation;
    if (!conversation) return;
    const history = await this.client.history(conversation).catch(() => null);
    if (!history || this.busy || this.queue.length) return;
    const { turns, answers } = this.transcript;
    const answered = history.turns.filter((turn) => turn.messages.length).length;
    // The greeting is no answer to anything.
    if (history.turns.length !== turns || answered !== answers - 1) this.take(history.greeting, history.turns, history.live);
  }

  async restart() {
    if (this.busy) return;
    this.input.focus();
    this.live?.leave();
    this.client.conversation = null;
    this.queue = [];
    this.keepQueue();
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
    const random = crypto.getRandomValues(new Uint32Array(4));
    const clientId = Array.from(random, (part) => part.toString(16).padStart(8, "0")).join("");
    this.queue.push({ text, shown, clientId, bubble: this.transcript.addQuestion(shown) });
    this.flush();
  }

  /** Send what waits, in its order. The same client id goes with every attempt, so the server answers each once. */
  async flush() {
    if (this.busy) return;
    this.problem?.remove();
    this.waiting = null;
    this.wait(this.live?.state === "active" ? t("Wysyłam…") : t("Asystent pisze…"));
    /** @type {Notice|null} */
    let notice = null;
    try {
      while (this.queue.length) {
        notice = (await this.deliver(this.queue[0])) || notice;
        this.queue.shift();
      }
    } catch (error) {
      this.explain(error);
    } finally {
      this.wait("");
      this.keepQueue();
    }
    if (notice) this.changeLanguage(notice);
  }

  /** For the next page, where this one is left before the network is back. */
  keepQueue() {
    const queue = this.queue.map(({ text, shown, clientId }) => ({ text, shown, clientId }));
    // The moment tells other tabs that there is something to look at.
    this.host.remember({ queue: queue.length ? queue : undefined, at: Date.now() });
  }

  /** @param {Pending} item @returns {Promise<Notice|null>} what to tell who writes another language */
  async deliver({ text, clientId, bubble }) {
    if (!this.client.conversation) await this.client.start();
    const conversation = this.client.conversation;
    if (!conversation) return null;
    const answer = await this.client.send(conversation, text, clientId);
    if (answer.masked && bubble) this.transcript.showMasked(bubble, answer.text);
    // A consultant reads it, and answers when they have.
    if (!answer.messages.length) return null;
    const turn = this.transcript.addAnswer(answer.messages, { question: bubble, isNew: true });
    const rated = answer.messages.at(-1);
    // "Tak" and "Nie" under a question would be taken for its answers.
    if (answer.stored && rated && rated.type !== "question") {
      turn.append(
        GOODBYES.includes(rated.topic || "")
          ? wholeRating((result) => this.rateAll(result))
          : new Rating((rating) => this.client.rate(conversation, rated.id, rating).catch(() => {})).node,
      );
    }
    if (answer.notice?.text && answer.notice.language !== this.config.language) turn.prepend(this.noticeBox(answer.notice));
    this.transcript.showStartOf(turn);
    this.announcer.say([answer.notice?.text, spoken(answer.messages)].filter(Boolean).join("\n"));
    return answer.notice;
  }

  /**
   * Do something with the chat with consultants, whose module is fetched when somebody needs it.
   * @param {(live: import("./live.js").Live) => void} use @param {number} [seen] the last message that is shown already
   */
  withLive(use, seen = 0) {
    const made = this.live ? Promise.resolve(this.live) : this.later(import("./live.js")).then(({ Live }) => (this.live ||= new Live(this, seen)));
    made.then(use, () => this.showError(t("Nie udało się połączyć z asystentem."), () => this.withLive(use, seen)));
  }

  /** Say at the top who is speaking. @param {string|null} consultant null: the assistant */
  speaks(consultant) {
    this.speaker.replaceChildren(
      consultant === null ? t("Automatyczny asystent – odpowiada program, nie człowiek") : t("Odpowiada człowiek: konsultant {0}", consultant),
    );
  }

  /** The form for who would rather write. */
  openContact() {
    const place = this.transcript.node.appendChild(element("div", { class: "turn" }));
    this.addExtra({ form: { kind: "pytanie", open: true, question: "", topic: null, draft: null, county: null } }, place, true);
    this.transcript.showEnd();
  }

  /** @param {string} result */
  rateAll(result) {
    const conversation = this.client.conversation;
    if (conversation) this.client.rateAll(conversation, result).catch(() => {});
  }

  /** Say why a question was not answered, and what can be done. @param {unknown} error */
  explain(error) {
    const again = () => this.flush();
    if (error instanceof RefusalError) {
      // What the server will never take must not keep back what comes after it.
      if (!error.isPassing) this.queue.shift();
      return this.showError(error.message, error.isPassing ? again : undefined);
    }
    if (this.cancelled) return this.showError(t("Przerwane. Pytanie nie zginęło, można je wysłać jeszcze raz."), again);
    return this.showError(
      navigator.onLine
        ? t("Nie udało się wysłać wiadomości.")
        : t("Nie ma połączenia z internetem. Wiadomość wyśle się sama, gdy połączenie wróci."),
      again,
    );
  }

  /** @param {Notice} notice @returns {HTMLElement} */
  noticeBox({ language, text, offer }) {
    const box = element("div", { class: "error", lang: language }, text ? [element("p", {}, [text])] : []);
    const changed = language === this.config.language;
    const [code, label] = changed ? ["pl", this.config.languages.pl] : [language, offer];
    box.append(button(label, () => this.host.useLanguage(code), { class: "plain", lang: code }));
    return box;
  }

  /**
   * A module that few people need, with its words.
   * @template T @param {Promise<T>} module @returns {Promise<T>}
   */
  async later(module) {
    const [found] = await Promise.all([module, this.hasAllWords || this.client.laterWords().then(addWords)]);
    this.hasAllWords = true;
    return found;
  }

  /**
   * The form or the list that a message came with. Their modules are fetched when somebody needs them.
   * @param {Pick<import("./client.js").Message, "form"|"checklist">} message @param {HTMLElement} turn @param {boolean} isNew
   */
  addExtra({ form, checklist }, turn, isNew) {
    if (checklist) {
      const place = turn.appendChild(element("div"));
      this.later(import("./checklist.js")).then(({ Checklist }) => place.replaceWith(new Checklist(this, checklist).node));
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
      place.setAttribute("aria-busy", "true");
      try {
        const { ContactForm } = await this.later(import("./contact.js"));
        const { heading } = await ContactForm.open(this, form, place, title, close);
        if (asked) heading.focus();
      } catch {
        if (!place.hasChildNodes()) place.append(opener);
        this.showError(t("Nie udało się otworzyć formularza."), () => show(true));
      } finally {
        place.removeAttribute("aria-busy");
      }
    };
    if (form.live) {
      const talk = button(t("Porozmawiaj z konsultantem"), () => this.withLive((live) => live.wait()));
      place.before(element("div", { class: "buttons" }, [talk]));
    }
    // A button that the form replaces a moment later would be one that a click misses.
    if (form.open && isNew) show(false);
    else place.append(opener);
  }

  /**
   * Who writes another language gets the interface in it: once, unless they chose one, and only while they are at the
   * field they write in, so that nothing changes under somebody's hands. Otherwise there is the offer.
   * @param {Notice} notice
   */
  changeLanguage(notice) {
    if (notice.language === this.config.language) return;
    const writes = this.host.shadowRoot.activeElement === this.input;
    if (writes && !this.host.recall().language) this.host.useLanguage(notice.language, notice);
    else if (!notice.text) this.transcript.node.append(this.noticeBox(notice));
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
    this.cancelled = false;
    for (const timer of this.slow.splice(0)) clearTimeout(timer);
    this.patience?.remove();
    this.sendButton.setAttribute("aria-disabled", String(this.busy));
    this.typing.replaceChildren(...(label ? [element("i"), element("i"), element("i"), label] : []));
    if (label) {
      this.slow.push(setTimeout(() => this.admitSlowness(), SLOW_MS), setTimeout(() => this.askPatience(), VERY_SLOW_MS));
    }
  }

  admitSlowness() {
    const text = t("To trwa dłużej niż zwykle. Połączenie może być wolne, nadal czekam na odpowiedź.");
    this.typing.lastChild?.replaceWith(text);
    this.announcer.say(text);
  }

  /** The visitor decides how long to wait. The question is not lost either way. */
  askPatience() {
    const done = () => {
      if (this.patience?.contains(this.host.shadowRoot.activeElement)) this.input.focus();
      this.patience?.remove();
    };
    const text = t("Odpowiedzi nadal nie ma. Można czekać dalej albo przerwać.");
    this.patience = this.transcript.addError(text, [
      [t("Czekam dalej"), () => (done(), this.slow.push(setTimeout(() => this.askPatience(), VERY_SLOW_MS)))],
      [t("Przerwij"), () => (done(), (this.cancelled = true), this.client.cancel())],
    ]);
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
    const box = this.transcript.addError(text, again ? [[t("Spróbuj ponownie"), again]] : []);
    if (again) this.problem = box;
    this.waiting = again || null;
    this.announcer.warn(text);
  }
}
