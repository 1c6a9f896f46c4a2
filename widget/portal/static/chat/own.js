// @ts-check
import { button, element } from "./nodes.js";
import { t } from "./words.js";

/** @param {string} iso @param {string} language */
const moment = (iso, language) => new Date(iso).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });

/** „Co o mnie wiecie”: all that is stored of the conversation, to read, to take away, to erase. */
export class OwnData {
  /** @param {import("./options.js").Options} options */
  constructor(options) {
    this.options = options;
    this.panel = options.panel;
  }

  async show() {
    const { client, config } = this.panel;
    const conversation = client.conversation;
    const data = conversation ? await client.ownData(conversation) : null;
    const heading = element("h3", { tabindex: "-1" }, [t("Co o mnie wiecie")]);
    this.node = element("section", { class: "own" }, [heading]);
    if (data) this.node.append(...this.facts(data, config.language));
    else this.node.append(element("p", {}, [t("Nic. Rozmowa jeszcze się nie zaczęła.")]));
    this.node.append(button(t("Zamknij"), () => this.close(), { class: "plain" }));
    this.options.node.querySelector(".own")?.remove();
    this.options.node.append(this.node);
    heading.focus();
  }

  /** @param {any} data see `OwnData` of the API @param {string} language @returns {HTMLElement[]} */
  facts(data, language) {
    const lines = [
      t("Rozmowa zaczęła się: {0}. Ostatnia wiadomość: {1}.", moment(data.created_at, language), moment(data.updated_at, language)),
      data.partner ? t("Strona, na której się zaczęła: {0}.", data.partner) : t("Nie zaczęła się na stronie partnera."),
      data.kept_until ? t("Usuniemy ją sami: {0}.", moment(data.kept_until, language)) : "",
      t("Nie pytamy o imię ani adres i nie używamy ciasteczek. Rozpoznane dane osobowe ukrywamy, zanim cokolwiek zapiszemy."),
    ].filter(Boolean);
    const said = data.turns.map((/** @type {any} */ turn) =>
      element("li", {}, [element("q", {}, [turn.text]), ` (${moment(turn.created_at, language)})`]),
    );
    return [
      ...lines.map((line) => element("p", {}, [line])),
      element("p", {}, [said.length ? t("Zapisane pytania:") : t("Nie ma zapisanych pytań.")]),
      ...(said.length ? [element("ol", {}, said)] : []),
      button(t("Pobierz wszystko (JSON)"), () => this.download(data), { class: "plain" }),
      button(t("Usuń rozmowę"), () => this.options.askErase(), { class: "plain" }),
    ];
  }

  /** @param {any} data */
  download(data) {
    const text = JSON.stringify(data, null, 2);
    const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    element("a", { href: address, download: "moje-dane-zielona-linia.json" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    this.panel.announcer.say(t("Dane są zapisane w pliku."));
  }

  close() {
    this.node?.remove();
    this.options.toggle.focus();
  }
}
