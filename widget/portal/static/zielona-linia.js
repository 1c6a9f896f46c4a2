// @ts-check
/**
 * <zielona-linia-chat>: the chat of Zielona Linia as one web component without dependencies.
 *
 *   <script src="https://portal.example/widget/zielona-linia.js" defer></script>
 *   <zielona-linia-chat></zielona-linia-chat>
 *
 * Attributes: `api` (address of the server; default: where this script came from), `open` (start unfolded),
 * `form` and `phone` (contact shown in the footer).
 * Nothing that comes from the server or the visitor is ever parsed as HTML.
 */
(() => {
  "use strict";

  /** @typedef {{title: string, payload: string}} Button */
  /** @typedef {{act: string, article: string, title: string, url: string, valid_from: string, valid_to: string|null, checked_on: string}} Source */
  /** @typedef {{id: string, type: string, text: string, buttons: Button[], sources: Source[], topic: string|null, confidence: number}} Message */
  /** @typedef {{id: string, token: string}} Conversation */

  const SCRIPT = /** @type {HTMLScriptElement|null} */ (document.currentScript);
  const STORAGE_KEY = "zielona-linia-rozmowa";
  const MAX_LENGTH = 2000;
  const TIMEOUT_MS = 20000;
  const ACT_NAMES = /** @type {Record<string, string>} */ ({
    "DU/2025/620": "ustawa o rynku pracy",
    "DU/2004/1001": "dawna ustawa o promocji zatrudnienia",
    "DU/1974/141": "Kodeks pracy",
    "DU/2025/621": "ustawa o pracy cudzoziemców",
  });

  const STYLE = `
    :host { --zl-green: #1b6b3a; --zl-dark: #14532d; --zl-line: #c9d6cd; --zl-back: #f4f8f5; --zl-text: #17211b;
      position: fixed; right: 1rem; bottom: 1rem; z-index: 2147483000; font: 16px/1.5 system-ui, sans-serif;
      color: var(--zl-text); }
    * { box-sizing: border-box; }
    [hidden] { display: none !important; }
    button, textarea { font: inherit; color: inherit; }
    button:focus-visible, a:focus-visible, textarea:focus-visible, [tabindex]:focus-visible {
      outline: 3px solid #f59e0b; outline-offset: 2px; }
    .launcher { background: var(--zl-green); color: #fff; border: 0; border-radius: 999px; padding: .8rem 1.3rem;
      min-height: 48px; font-weight: 600; cursor: pointer; box-shadow: 0 4px 14px rgba(0,0,0,.25); }
    .panel { display: flex; flex-direction: column; width: min(26rem, calc(100vw - 2rem));
      height: min(42rem, calc(100vh - 2rem)); height: min(42rem, calc(100dvh - 2rem)); background: #fff;
      border: 1px solid var(--zl-line); border-radius: 14px; overflow: hidden; box-shadow: 0 10px 40px rgba(0,0,0,.25); }
    header { background: var(--zl-green); color: #fff; padding: .7rem .6rem .7rem 1rem; display: flex; gap: .5rem;
      align-items: start; }
    header div { flex: 1; }
    h2 { font-size: 1.05rem; margin: 0; }
    header p { margin: .1rem 0 0; font-size: .85rem; }
    .icon { background: transparent; border: 0; color: #fff; min-width: 44px; min-height: 44px; font-size: 1.2rem;
      cursor: pointer; border-radius: 8px; }
    .log { flex: 1; overflow-y: auto; padding: 1rem; background: var(--zl-back); display: flex;
      flex-direction: column; gap: .7rem; }
    .turn { display: flex; flex-direction: column; gap: .5rem; align-items: flex-start; }
    .bubble { max-width: 90%; padding: .6rem .85rem; border-radius: 14px; overflow-wrap: anywhere; }
    .bubble p, .bubble ul { margin: 0 0 .5rem; } .bubble > :last-child { margin-bottom: 0; }
    .bubble ul { padding-left: 1.2rem; }
    .bot { background: #fff; border: 1px solid var(--zl-line); border-bottom-left-radius: 4px; }
    .visitor { background: #dcefe2; align-self: flex-end; border-bottom-right-radius: 4px; white-space: pre-wrap; }
    .bot.unknown, .bot.handover { border-left: 4px solid #b45309; }
    .bot.search { border-left: 4px solid #2563a8; }
    .kind { font-size: .8rem; color: #3c4a41; margin: 0 0 .3rem; font-weight: 600; }
    .sources { margin-top: .5rem; border-top: 1px solid var(--zl-line); padding-top: .4rem; font-size: .85rem; }
    .sources ul { list-style: none; padding: 0; }
    .sources li { margin-bottom: .3rem; }
    a { color: #0b5a8a; }
    .dates { color: #3c4a41; display: block; }
    .buttons { display: flex; flex-wrap: wrap; gap: .4rem; max-width: 100%; }
    .buttons button { background: #fff; border: 1px solid var(--zl-green); color: var(--zl-dark); border-radius: 999px;
      padding: .45rem .9rem; min-height: 44px; cursor: pointer; text-align: left; }
    .buttons button:hover { background: #e7f3eb; }
    .typing { display: flex; gap: .3rem; align-items: center; color: #3c4a41; font-size: .9rem; padding: 0 1rem .6rem;
      background: var(--zl-back); min-height: 1.9rem; }
    .typing i { width: 7px; height: 7px; border-radius: 50%; background: var(--zl-green); animation: zl 1.2s infinite; }
    .typing i:nth-child(2) { animation-delay: .2s; } .typing i:nth-child(3) { animation-delay: .4s; }
    @keyframes zl { 0%, 60%, 100% { opacity: .25 } 30% { opacity: 1 } }
    @media (prefers-reduced-motion: reduce) { .typing i { animation: none; } }
    .error { background: #fff4e5; border: 1px solid #b45309; border-radius: 10px; padding: .6rem .8rem; }
    form { display: flex; gap: .5rem; padding: .6rem; border-top: 1px solid var(--zl-line); align-items: flex-end; }
    textarea { flex: 1; resize: none; border: 1px solid #6b7a70; border-radius: 10px; padding: .55rem .7rem;
      min-height: 44px; max-height: 8rem; }
    form button { background: var(--zl-green); color: #fff; border: 0; border-radius: 10px; min-height: 44px;
      padding: 0 1rem; font-weight: 600; cursor: pointer; }
    form button[aria-disabled="true"] { background: #6b7a70; }
    footer { font-size: .78rem; color: #3c4a41; padding: 0 .8rem .6rem; }
    .sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    @media (max-width: 480px) {
      :host([open]) { right: 0; bottom: 0; left: 0; }
      .panel { width: 100vw; height: 100vh; height: 100dvh; border-radius: 0; border: 0; }
    }
  `;

  /** A refusal of the server, with a text for the visitor. */
  class RefusalError extends Error {
    /** @param {number} status @param {string} detail */
    constructor(status, detail) {
      super(detail);
      this.status = status;
    }
  }

  /** Talks to the chat API and keeps the conversation across page loads. */
  class Client {
    /** @param {string} base */
    constructor(base) {
      this.base = base.replace(/\/+$/, "");
      this.key = `${STORAGE_KEY}:${this.base}`;
    }

    /** @returns {Conversation|null} */
    saved() {
      try {
        const value = JSON.parse(localStorage.getItem(this.key) || "null");
        return value && typeof value.id === "string" && typeof value.token === "string" ? value : null;
      } catch {
        return null;
      }
    }

    forget() {
      try {
        localStorage.removeItem(this.key);
      } catch {
        /* Storage may be forbidden: the conversation then lives as long as the page. */
      }
    }

    /** @returns {Promise<{conversation: Conversation, messages: Message[]}>} */
    async start() {
      const body = await this.request("POST", "/api/v1/conversations", null, {});
      const conversation = { id: body.id, token: body.token };
      try {
        localStorage.setItem(this.key, JSON.stringify(conversation));
      } catch {
        /* See forget(). */
      }
      return { conversation, messages: body.messages };
    }

    /** @param {Conversation} conversation */
    history(conversation) {
      return this.request("GET", `/api/v1/conversations/${conversation.id}/messages`, conversation.token);
    }

    /** @param {Conversation} conversation @param {string} text @param {string} clientId */
    send(conversation, text, clientId) {
      const path = `/api/v1/conversations/${conversation.id}/messages`;
      return this.request("POST", path, conversation.token, { text, client_id: clientId });
    }

    /**
     * @param {string} method @param {string} path @param {string|null} token @param {object} [body]
     * @returns {Promise<any>}
     */
    async request(method, path, token, body) {
      const abort = new AbortController();
      const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
      /** @type {Record<string, string>} */
      const headers = body ? { "Content-Type": "application/json" } : {};
      if (token) headers.Authorization = `Bearer ${token}`;
      try {
        const answer = await fetch(this.base + path, {
          method, headers, signal: abort.signal, credentials: "omit", body: body ? JSON.stringify(body) : undefined,
        });
        const data = await answer.json().catch(() => ({}));
        if (!answer.ok) throw new RefusalError(answer.status, data.detail || "Serwer nie przyjął wiadomości.");
        return data;
      } finally {
        clearTimeout(timer);
      }
    }
  }

  /**
   * @param {string} name @param {Record<string, string>} [attributes] @param {(Node|string)[]} [children]
   * @returns {HTMLElement}
   */
  function element(name, attributes = {}, children = []) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  /** Only web addresses become links. @param {string} address */
  function safeAddress(address) {
    try {
      const url = new URL(address);
      return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
    } catch {
      return null;
    }
  }

  /** @param {string} address @param {string} label */
  function link(address, label) {
    const href = safeAddress(address);
    if (!href) return document.createTextNode(label);
    const made = element("a", { href, target: "_blank", rel: "noopener noreferrer" }, [label]);
    made.append(element("span", { class: "sr" }, [" (otwiera się w nowej karcie)"]));
    return made;
  }

  /** Bold and addresses of one line, as nodes. @param {string} text @returns {Node[]} */
  function inline(text) {
    /** @type {Node[]} */
    const nodes = [];
    for (const part of text.split(/(\*\*[^*]+\*\*|https?:\/\/[^\s)]+[^\s).,;:!?])/)) {
      if (part.startsWith("**") && part.endsWith("**") && part.length > 4) {
        nodes.push(element("strong", {}, [part.slice(2, -2)]));
      } else if (/^https?:\/\//.test(part)) {
        nodes.push(link(part, part.replace(/^https?:\/\//, "")));
      } else if (part) {
        nodes.push(document.createTextNode(part));
      }
    }
    return nodes;
  }

  /** Paragraphs and lists of a message, as nodes. @param {string} text @returns {HTMLElement[]} */
  function paragraphs(text) {
    /** @type {HTMLElement[]} */
    const blocks = [];
    /** @type {HTMLElement|null} */
    let list = null;
    /** @type {HTMLElement|null} */
    let paragraph = null;
    for (const line of text.split("\n")) {
      const item = line.match(/^\s*[-•]\s+(.*)$/);
      if (item) {
        if (!list) blocks.push((list = element("ul")));
        list.append(element("li", {}, inline(item[1])));
        paragraph = null;
      } else if (!line.trim()) {
        list = paragraph = null;
      } else {
        list = null;
        if (paragraph) paragraph.append(" ", ...inline(line));
        else blocks.push((paragraph = element("p", {}, inline(line))));
      }
    }
    return blocks;
  }

  /** @param {string} iso */
  const polishDate = (iso) => iso.split("-").reverse().join(".");

  /** @param {Source[]} sources */
  function sourceList(sources) {
    const items = sources.map((source) => {
      const act = ACT_NAMES[source.act] || source.act;
      const validity = source.valid_to
        ? `obowiązywało od ${polishDate(source.valid_from)} do ${polishDate(source.valid_to)}`
        : `obowiązuje od ${polishDate(source.valid_from)}`;
      return element("li", {}, [
        link(source.url, `${source.article} – ${act}`),
        element("span", { class: "dates" }, [`${validity}, sprawdzono ${polishDate(source.checked_on)}`]),
      ]);
    });
    return element("div", { class: "sources" }, [
      element("p", { class: "kind" }, ["Podstawa prawna"]),
      element("ul", {}, items),
    ]);
  }

  const KINDS = /** @type {Record<string, string>} */ ({
    search: "Znalezione w przepisach",
    unknown: "Bez odpowiedzi",
    handover: "Kontakt z człowiekiem",
  });

  class ZielonaLiniaChat extends HTMLElement {
    constructor() {
      super();
      const base = this.getAttribute("api") || (SCRIPT ? new URL(SCRIPT.src).origin : location.origin);
      this.client = new Client(base);
      /** @type {Conversation|null} */
      this.conversation = null;
      this.busy = false;
      this.loaded = false;
      this.build(this.attachShadow({ mode: "open" }));
    }

    connectedCallback() {
      if (this.hasAttribute("open") || this.wasOpen()) this.unfold(false);
    }

    /** @param {ShadowRoot} root */
    build(root) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
      this.launcher = element("button", { class: "launcher", type: "button", "aria-expanded": "false" }, [
        "Zapytaj asystenta",
      ]);
      this.log = element("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": "Rozmowa", tabindex: "0" });
      this.typing = element("div", { class: "typing", role: "status" });
      this.input = /** @type {HTMLTextAreaElement} */ (element("textarea", {
        rows: "1", id: "pytanie", maxlength: String(MAX_LENGTH), placeholder: "Napisz pytanie…", enterkeyhint: "send",
      }));
      this.sendButton = element("button", { type: "submit" }, ["Wyślij"]);
      const form = element("form", {}, [
        element("label", { class: "sr", for: "pytanie" }, ["Pytanie do asystenta"]), this.input, this.sendButton,
      ]);
      const restart = element("button", { class: "icon", type: "button", "aria-label": "Zacznij nową rozmowę", title: "Nowa rozmowa" }, ["↻"]);
      const close = element("button", { class: "icon", type: "button", "aria-label": "Zamknij rozmowę", title: "Zamknij" }, ["✕"]);
      this.panel = element("section", { class: "panel", "aria-label": "Asystent Zielonej Linii" }, [
        element("header", {}, [
          element("div", {}, [
            element("h2", {}, ["Zielona Linia"]),
            element("p", {}, ["Automatyczny asystent – odpowiada program, nie człowiek"]),
          ]),
          restart, close,
        ]),
        this.log, this.typing, form,
        element("footer", {}, ["Nie podawaj danych osobowych, np. numeru PESEL. Odpowiedzi nie są poradą prawną."]),
      ]);
      this.panel.hidden = true;
      root.append(this.launcher, this.panel);

      this.launcher.addEventListener("click", () => this.unfold(true));
      close.addEventListener("click", () => this.fold());
      restart.addEventListener("click", () => this.restart());
      form.addEventListener("submit", (event) => {
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
      this.panel.addEventListener("keydown", (event) => {
        if (event.key === "Escape") this.fold();
      });
    }

    wasOpen() {
      try {
        return sessionStorage.getItem(`${STORAGE_KEY}:otwarta`) === "1";
      } catch {
        return false;
      }
    }

    /** @param {boolean} open */
    rememberOpen(open) {
      try {
        sessionStorage.setItem(`${STORAGE_KEY}:otwarta`, open ? "1" : "0");
      } catch {
        /* Not remembered, then. */
      }
    }

    /** @param {boolean} focus */
    unfold(focus) {
      this.panel.hidden = false;
      this.launcher.hidden = true;
      this.launcher.setAttribute("aria-expanded", "true");
      this.setAttribute("open", "");
      this.rememberOpen(true);
      if (focus) this.input.focus();
      if (!this.loaded) this.load();
    }

    fold() {
      this.panel.hidden = true;
      this.launcher.hidden = false;
      this.launcher.setAttribute("aria-expanded", "false");
      this.removeAttribute("open");
      this.rememberOpen(false);
      this.launcher.focus();
    }

    grow() {
      this.input.style.height = "auto";
      this.input.style.height = `${this.input.scrollHeight + 2}px`;
    }

    async load() {
      this.loaded = true;
      this.wait(true, "Otwieram rozmowę…");
      try {
        this.conversation = this.client.saved();
        if (this.conversation && (await this.restore(this.conversation))) return;
        const started = await this.client.start();
        this.conversation = started.conversation;
        this.log.append(...started.messages.map((message) => this.botTurn([message])));
      } catch {
        this.loaded = false;
        this.showError("Nie udało się połączyć z asystentem.", () => this.load());
      } finally {
        this.wait(false);
      }
    }

    /** @param {Conversation} conversation @returns {Promise<boolean>} */
    async restore(conversation) {
      let history;
      try {
        history = await this.client.history(conversation);
      } catch (error) {
        // Only a conversation that is gone is replaced; trouble with the network is no reason to lose it.
        if (error instanceof RefusalError && [401, 404].includes(error.status)) {
          this.client.forget();
          return false;
        }
        throw error;
      }
      this.log.append(this.botTurn([history.greeting]));
      for (const turn of history.turns) {
        this.log.append(this.visitorBubble(turn.text));
        if (turn.messages.length) this.log.append(this.botTurn(turn.messages));
      }
      this.log.scrollTop = this.log.scrollHeight;
      return true;
    }

    async restart() {
      if (this.busy) return;
      this.client.forget();
      this.conversation = null;
      this.log.replaceChildren();
      await this.load();
      this.input.focus();
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
      this.log.append(this.visitorBubble(shown));
      this.log.scrollTop = this.log.scrollHeight;
      const random = crypto.getRandomValues(new Uint32Array(4));
      this.deliver(text, Array.from(random, (part) => part.toString(16).padStart(8, "0")).join(""));
    }

    /** The same client id goes with every attempt, so the server answers once. @param {string} text @param {string} clientId */
    async deliver(text, clientId) {
      this.wait(true, "Asystent pisze…");
      try {
        if (!this.conversation) this.conversation = (await this.client.start()).conversation;
        const answer = await this.client.send(this.conversation, text, clientId);
        const turn = this.botTurn(answer.messages);
        this.log.append(turn);
        turn.scrollIntoView({ block: "nearest" });
      } catch (error) {
        if (error instanceof RefusalError && error.status < 500 && error.status !== 409 && error.status !== 429) {
          this.showError(error.message);
        } else {
          const reason = error instanceof RefusalError ? error.message : "Nie udało się wysłać wiadomości.";
          this.showError(reason, () => this.deliver(text, clientId));
        }
      } finally {
        this.wait(false);
      }
    }

    /** @param {boolean} busy @param {string} [label] */
    wait(busy, label = "") {
      this.busy = busy;
      this.sendButton.setAttribute("aria-disabled", String(busy));
      this.typing.replaceChildren(...(busy ? [element("i"), element("i"), element("i"), label] : []));
    }

    /** @param {string} text @param {() => void} [retry] */
    showError(text, retry) {
      const box = element("div", { class: "error", role: "alert" }, [text, " "]);
      if (retry) {
        const again = element("button", { type: "button" }, ["Spróbuj ponownie"]);
        again.addEventListener("click", () => {
          box.remove();
          retry();
        });
        box.append(again);
      }
      this.log.append(box);
      this.log.scrollTop = this.log.scrollHeight;
    }

    /** @param {string} text */
    visitorBubble(text) {
      return element("div", { class: "bubble visitor" }, [element("span", { class: "sr" }, ["Ty: "]), text]);
    }

    /** @param {Message[]} messages */
    botTurn(messages) {
      const turn = element("div", { class: "turn" });
      for (const message of messages) {
        const bubble = element("div", { class: `bubble bot ${message.type}` }, [
          element("span", { class: "sr" }, ["Asystent: "]),
        ]);
        if (KINDS[message.type]) bubble.append(element("p", { class: "kind" }, [KINDS[message.type]]));
        bubble.append(...paragraphs(message.text));
        if (message.sources.length) bubble.append(sourceList(message.sources));
        turn.append(bubble);
        if (message.buttons.length) turn.append(this.buttonRow(message.buttons));
      }
      return turn;
    }

    /** @param {Button[]} buttons */
    buttonRow(buttons) {
      const row = element("div", { class: "buttons", role: "group", "aria-label": "Propozycje pytań" });
      for (const { title, payload } of buttons) {
        const button = element("button", { type: "button" }, [title]);
        button.addEventListener("click", () => {
          if (this.busy) return;
          this.ask(payload, title);
          this.input.focus();
        });
        row.append(button);
      }
      return row;
    }
  }

  if (!customElements.get("zielona-linia-chat")) customElements.define("zielona-linia-chat", ZielonaLiniaChat);
})();
