// @ts-check
/**
 * The loader of Zielona Linia's chat: the element `<zielona-linia-chat>` with its button. The conversation itself is
 * fetched when somebody opens it.
 *
 *   <script src="https://asystent.example/widget/zielona-linia.js" data-site="klucz-witryny" async></script>
 *
 * With `data-site` the element is added at the end of the page; without it, the page places it:
 *
 *   <zielona-linia-chat site="klucz-witryny"></zielona-linia-chat>
 *
 * Attributes: `site` (key of the partner), `api` (address of the server; default: where this script came from),
 * `open` (start unfolded on wide screens), `mode="page"` (fill the place of the element), `topic` or, on the script,
 * `data-topic` (what the page is about: decides which questions are proposed), `lang` or `data-lang` (language of the
 * interface to begin with: pl, uk, en, ru).
 * Nothing that comes from the server or the visitor is ever parsed as HTML.
 */
(() => {
  "use strict";

  /**
   * @typedef {{site: string|null, name: string|null, greeting: string|null, module: string, message_limit: number,
   *   theme: {brand: string, on_brand: string}, hotline: {number: string, hours: string}, contact_form: string,
   *   statement: string, suggestions: {title: string, payload: string, translation?: string}[],
   *   retention_days: number, consultants: {open: boolean, opens?: string}|null, language: string, languages: Record<string, string>,
   *   words: Record<string, string>}} Config
   */

  const NAME = "zielona-linia-chat";
  const SCRIPT = /** @type {HTMLScriptElement|null} */ (document.currentScript);
  const BASE = SCRIPT ? new URL(SCRIPT.src).origin : location.origin;
  const COLOUR = /^#[0-9a-f]{6}$/i;

  // The element itself has no size, so that opening it is no layout shift.
  // `all: initial` with `!important` inside a shadow tree outranks whatever the page says, its own `!important` too.
  const STYLE = `
    :host { all: initial !important; display: block !important; position: fixed !important;
      right: 16px !important; bottom: 16px !important; width: 0 !important; height: 0 !important; z-index: 2147483000 !important;
      font: medium/1.5 system-ui, sans-serif !important; color-scheme: light dark !important; }
    :host([mode="page"]) { position: relative !important; inset: auto !important; width: auto !important;
      height: 100% !important; z-index: auto !important; }
    :host([hidden]) { display: none !important; }
    @media print { :host { display: none !important; } }
    :host([mode="page"]) .root { height: 100%; }
    .root { direction: ltr; text-align: left; --brand: #1b6b3a; --on-brand: #ffffff; --focus: #9a3412; --halo: #fff; }
    @media (prefers-color-scheme: dark) { .root { --focus: #fdba74; --halo: #000; } }
    .launcher { position: absolute; right: 0; bottom: 0; width: max-content; font: inherit; font-weight: 600; background: var(--brand); color: var(--on-brand);
      border: 2px solid var(--on-brand); border-radius: 24px; padding: .7em 1.25em; min-height: 48px; cursor: pointer;
      box-shadow: 0 4px 14px rgba(0, 0, 0, .35); max-width: calc(100vw - 32px); }
    .launcher[hidden] { display: none; }
    .launcher:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; box-shadow: 0 0 0 8px var(--halo); }
  `;

  /** @param {() => void} work */
  const whenIdle = (work) =>
    "requestIdleCallback" in window ? requestIdleCallback(work, { timeout: 1500 }) : setTimeout(work, 200);

  class ZielonaLiniaChat extends HTMLElement {
    /** @type {string} */ base;
    /** @type {string} */ storageKey;
    /** @type {HTMLElement} */ root;
    /** @type {HTMLButtonElement} */ launcher;
    /** @type {Config|undefined} */ config;
    /** @type {Promise<any>|undefined} the panel */ loading;

    connectedCallback() {
      if (this.shadowRoot) return;
      this.base = (this.getAttribute("api") || BASE).replace(/\/+$/, "");
      this.site = this.getAttribute("site") || SCRIPT?.dataset.site || "";
      this.topic = this.getAttribute("topic") || SCRIPT?.dataset.topic || "";
      this.language = this.getAttribute("lang") || SCRIPT?.dataset.lang || "pl";
      this.isPage = this.getAttribute("mode") === "page";
      /** The one key of the visitor's browser that the widget uses. */
      this.storageKey = `zielona-linia:${this.base}:${this.site}`;
      this.build(this.attachShadow({ mode: "open" }));
      whenIdle(() => this.begin());
    }

    /** @param {ShadowRoot} shadow */
    build(shadow) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      shadow.adoptedStyleSheets = [sheet];
      this.root = document.createElement(this.isPage ? "div" : "section");
      this.root.className = "root";
      this.root.lang = "pl";
      this.launcher = document.createElement("button");
      this.launcher.type = "button";
      this.launcher.className = "launcher";
      this.launcher.hidden = true;
      this.launcher.setAttribute("aria-haspopup", "dialog");
      this.launcher.addEventListener("click", () => this.unfold(true));
      for (const name of ["pointerenter", "focus"]) {
        // Whoever comes near the button will probably open it.
        this.launcher.addEventListener(name, () => this.panel().catch(() => {}), { once: true });
      }
      this.root.append(this.launcher);
      shadow.append(this.root);
    }

    async begin() {
      try {
        this.config = await this.fetchConfig();
      } catch (error) {
        console.error(`Zielona Linia: ${error instanceof Error ? error.message : error}`);
        return;
      }
      const { brand, on_brand } = this.config.theme;
      if (COLOUR.test(brand)) this.root.style.setProperty("--brand", brand);
      if (COLOUR.test(on_brand)) this.root.style.setProperty("--on-brand", on_brand);
      this.name();
      const opens = this.isPage || this.opensItself();
      this.launcher.hidden = opens;
      if (opens) await this.unfold(false);
    }

    /** @returns {Promise<Config>} */
    async fetchConfig() {
      const query = new URLSearchParams();
      if (this.site) query.set("site", this.site);
      if (this.topic) query.set("topic", this.topic);
      query.set("language", this.recall().language || this.language);
      const answer = await fetch(`${this.base}/api/v1/widget?${query}`, { credentials: "omit" });
      const body = await answer.json().catch(() => ({}));
      if (!answer.ok) throw new Error(body.detail || `HTTP ${answer.status}`);
      return body;
    }

    /**
     * Start again in another language; the conversation stays.
     * @param {string} language @param {object} [notice] what the visitor is told where they did not ask for it
     */
    async useLanguage(language, notice) {
      this.remember({ language });
      this.config = await this.fetchConfig();
      this.name();
      (await this.panel()).remove();
      this.loading = undefined;
      (await this.panel()).open(true, notice);
    }

    /** The button in the language of the interface. */
    name() {
      const words = this.config?.words || {};
      this.launcher.replaceChildren(words["Zapytaj asystenta"] || "Zapytaj asystenta");
      if (this.config) this.root.lang = this.config.language;
      const label = words["Asystent Zielonej Linii"] || "Asystent Zielonej Linii";
      if (!this.isPage) this.root.setAttribute("aria-label", label);
    }

    /** A small screen would be covered whole, so there the visitor opens the conversation. */
    opensItself() {
      const small = matchMedia("(max-width: 30em), (max-height: 30em)").matches;
      return !small && (this.hasAttribute("open") || this.remembersOpen());
    }

    /** The panel, fetched once. @returns {Promise<any>} */
    panel() {
      const config = this.config;
      if (!config) return Promise.reject(new Error("no configuration"));
      if (!this.loading) {
        this.loading = import(this.base + config.module).then(({ Panel }) => new Panel(this, config));
        // A failed fetch may be tried again with the next click.
        this.loading.catch(() => (this.loading = undefined));
      }
      return this.loading;
    }

    /** @param {boolean} asked whether the visitor asked for it: only then the focus moves */
    async unfold(asked) {
      this.launcher.setAttribute("aria-busy", "true");
      try {
        (await this.panel()).open(asked);
      } catch (error) {
        console.error("Zielona Linia:", error);
        this.launcher.hidden = false;
      } finally {
        this.launcher.removeAttribute("aria-busy");
      }
    }

    /** Conversation, language and size of text: kept for all pages of the site. @returns {Record<string, any>} */
    recall() {
      try {
        return JSON.parse(localStorage.getItem(this.storageKey) || "{}") || {};
      } catch {
        return this.kept || {};
      }
    }

    /** @param {Record<string, any>} changes */
    remember(changes) {
      /** For browsers that forbid storage: then it lives as long as the page. */
      this.kept = { ...this.recall(), ...changes };
      try {
        localStorage.setItem(this.storageKey, JSON.stringify(this.kept));
      } catch {
        /* See above. */
      }
    }

    remembersOpen() {
      try {
        return sessionStorage.getItem(this.storageKey) === "open";
      } catch {
        return false;
      }
    }

    /** In this tab only. @param {boolean} open */
    rememberOpen(open) {
      try {
        if (open) sessionStorage.setItem(this.storageKey, "open");
        else sessionStorage.removeItem(this.storageKey);
      } catch {
        /* Storage may be forbidden: then it is not remembered. */
      }
    }
  }

  if (!customElements.get(NAME)) customElements.define(NAME, ZielonaLiniaChat);

  function addElement() {
    if (!document.querySelector(NAME)) document.body.append(document.createElement(NAME));
  }
  if (SCRIPT?.hasAttribute("data-site")) {
    if (document.body && document.readyState !== "loading") addElement();
    else document.addEventListener("DOMContentLoaded", addElement);
  }
})();
