// @ts-check

/** @typedef {{title: string, payload: string}} Button */
/** @typedef {{act: string, act_name: string, article: string, title: string, url: string, valid_from: string, valid_to: string|null, checked_on: string}} Source */
/** @typedef {{id: string, type: string, text: string, buttons: Button[], sources: Source[], topic: string|null, confidence: number}} Message */
/** @typedef {{text: string, created_at: string, messages: Message[]}} Turn */
/** @typedef {{id: string, token: string}} Conversation */

const TIMEOUT_MS = 20000;

/** A refusal of the server, with a text for the visitor. */
export class RefusalError extends Error {
  /** @param {number} status @param {string} detail */
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }

  /** Whether the same request may succeed later. */
  get isPassing() {
    return this.status >= 500 || this.status === 409 || this.status === 429;
  }
}

/** Talks to the chat API and keeps the conversation in the browser, for all pages of the site. */
export class Client {
  /** @param {string} base @param {string} site @param {string} storageKey */
  constructor(base, site, storageKey) {
    this.base = base;
    this.site = site;
    this.key = storageKey;
    /** @type {Conversation|null} for browsers that keep nothing */
    this.current = null;
  }

  /** @returns {Conversation|null} */
  get conversation() {
    try {
      const value = JSON.parse(localStorage.getItem(this.key) || "null");
      if (value && typeof value.id === "string" && typeof value.token === "string") this.current = value;
      else if (value === null) this.current = null;
    } catch {
      /* Storage may be forbidden: the conversation then lives as long as the page. */
    }
    return this.current;
  }

  /** @param {Conversation|null} value */
  set conversation(value) {
    this.current = value;
    try {
      if (value) localStorage.setItem(this.key, JSON.stringify(value));
      else localStorage.removeItem(this.key);
    } catch {
      /* See above. */
    }
  }

  /** @returns {Promise<Message[]>} the first messages of a new conversation */
  async start() {
    const body = await this.request("POST", "/api/v1/conversations", null, this.site ? { site: this.site } : {});
    this.conversation = { id: body.id, token: body.token };
    return body.messages;
  }

  /** @param {Conversation} conversation @returns {Promise<{greeting: Message, turns: Turn[]}>} */
  history(conversation) {
    return this.request("GET", `/api/v1/conversations/${conversation.id}/messages`, conversation.token);
  }

  /**
   * @param {Conversation} conversation @param {string} text @param {string} clientId
   * @returns {Promise<{text: string, masked: boolean, messages: Message[]}>}
   */
  send(conversation, text, clientId) {
    const path = `/api/v1/conversations/${conversation.id}/messages`;
    return this.request("POST", path, conversation.token, { text, client_id: clientId });
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
