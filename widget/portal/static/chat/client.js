// @ts-check
import { t } from "./words.js";

/** @typedef {{title: string, payload: string, translation?: string}} Button */
/** @typedef {{act: string, act_name: string, article: string, title: string, url: string, valid_from: string, valid_to: string|null, checked_on: string, verified?: boolean}} Source */
/** @typedef {{kind: string, open: boolean, question: string, topic: string|null, draft: string|null, county: string|null, live?: boolean}} ContactDetails */
/** @typedef {{id: number, who: string, name: string, text: string, created_at: string}} LiveMessage what a consultant said, or a notice */
/** @typedef {{open: boolean, messages: LiveMessage[]}} LiveHistory */
/** @typedef {{id: string, type: string, text: string, buttons: Button[], sources: Source[], topic: string|null, confidence: number, translation?: {language: string, text: string}, form?: ContactDetails|null, checklist?: {title: string, lines: string[]}|null}} Message */
/** @typedef {{text: string, client_id: string, created_at: string, messages: Message[]}} Turn */
/** @typedef {{id: string, token: string}} Conversation */

// Long before, the visitor is asked whether to wait.
const TIMEOUT_MS = 60000;

/** A refusal of the server, with a text for the visitor. */
export class RefusalError extends Error {
  /** @param {number} status @param {string} detail @param {Record<string, string>} [errors] by field */
  constructor(status, detail, errors = {}) {
    super(detail);
    this.status = status;
    this.errors = errors;
  }

  /** Whether the same request may succeed later. */
  get isPassing() {
    return this.status >= 500 || this.status === 409 || this.status === 429;
  }
}

/** Talks to the chat API and keeps the conversation in the browser, for all pages of the site. */
export class Client {
  /** @param {any} host the element, which keeps the conversation @param {string} language */
  constructor(host, language) {
    this.host = host;
    this.base = host.base;
    this.site = host.site;
    this.language = language;
  }

  /** @returns {Conversation|null} */
  get conversation() {
    const { id, token } = this.host.recall();
    return typeof id === "string" && typeof token === "string" ? { id, token } : null;
  }

  /** @param {Conversation|null} value */
  set conversation(value) {
    this.host.remember(value || { id: undefined, token: undefined });
  }

  /** @returns {Promise<Record<string, string>>} the words of the modules that come later */
  async laterWords() {
    return (await this.request("GET", `/api/v1/widget/words?language=${this.language}`, null)).words;
  }

  /** @returns {Promise<Message[]>} the first messages of a new conversation */
  async start() {
    const asked = { language: this.language, ...(this.site ? { site: this.site } : {}) };
    const body = await this.request("POST", "/api/v1/conversations", null, asked);
    this.conversation = { id: body.id, token: body.token };
    return body.messages;
  }

  /**
   * How waiting for a consultant stands; with a wish it is told first.
   * @param {Conversation} conversation @param {{wish?: string, after?: number}} asked
   * @returns {Promise<import("./live.js").Standing>}
   */
  live(conversation, { wish, after }) {
    const path = `/api/v1/conversations/${conversation.id}/live`;
    if (wish) return this.request("POST", path, conversation.token, { wish });
    return this.request("GET", `${path}?after=${after}`, conversation.token);
  }

  /** @param {Conversation} conversation @returns {Promise<{greeting: Message, turns: Turn[], live: LiveHistory}>} */
  history(conversation) {
    const path = `/api/v1/conversations/${conversation.id}/messages?language=${this.language}`;
    return this.request("GET", path, conversation.token);
  }

  /**
   * @param {Conversation} conversation @param {string} text @param {string} clientId
   * @returns {Promise<{text: string, masked: boolean, stored: boolean, messages: Message[],
   *   notice: {language: string, text: string, offer: string}|null}>}
   */
  send(conversation, text, clientId) {
    const path = `/api/v1/conversations/${conversation.id}/messages`;
    return this.request("POST", path, conversation.token, { text, client_id: clientId, language: this.language });
  }

  /** @param {Conversation} conversation @param {string} messageId @param {{helpful: boolean, reason?: string}} rating */
  rate(conversation, messageId, rating) {
    const path = `/api/v1/conversations/${conversation.id}/messages/${messageId}/rating`;
    return this.request("PUT", path, conversation.token, rating);
  }

  /** @param {Conversation} conversation @param {string} result */
  rateAll(conversation, result) {
    return this.request("PUT", `/api/v1/conversations/${conversation.id}/rating`, conversation.token, { result });
  }

  /** All that is stored of the conversation. @param {Conversation} conversation */
  ownData(conversation) {
    return this.request("GET", `/api/v1/conversations/${conversation.id}`, conversation.token);
  }

  /** Give up what is being waited for. */
  cancel() {
    this.abort?.abort();
  }

  /** @param {Conversation} conversation */
  erase(conversation) {
    return this.request("DELETE", `/api/v1/conversations/${conversation.id}`, conversation.token);
  }

  /**
   * @param {string} method @param {string} path @param {string|null} token @param {object} [body]
   * @returns {Promise<any>}
   */
  async request(method, path, token, body) {
    const abort = new AbortController();
    this.abort = abort;
    const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
    /** @type {Record<string, string>} */
    const headers = body ? { "Content-Type": "application/json" } : {};
    if (token) headers.Authorization = `Bearer ${token}`;
    try {
      const answer = await fetch(this.base + path, {
        method, headers, signal: abort.signal, credentials: "omit", body: body ? JSON.stringify(body) : undefined,
      });
      const data = await answer.json().catch(() => ({}));
      if (!answer.ok) {
        throw new RefusalError(answer.status, data.detail || t("Serwer nie przyjął wiadomości."), data.errors);
      }
      return data;
    } finally {
      clearTimeout(timer);
    }
  }
}
