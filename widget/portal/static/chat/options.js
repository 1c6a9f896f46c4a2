// @ts-check
import { printPage, printText, saveText } from "./files.js";
import { button, element, written } from "./nodes.js";
import { wholeRating } from "./rating.js";
import { t } from "./words.js";

const SCALES = [1, 1.25, 1.5, 2];

/** What a visitor may do with the conversation as a whole: size of text, copy, print, file, erase. */
export class Options {
  /** @param {import("./panel.js").Panel} panel */
  constructor(panel) {
    this.panel = panel;
    this.scale = Math.max(0, SCALES.indexOf(panel.host.recall().scale));
    this.node = element("div", { class: "options", id: "opcje", role: "group", "aria-label": t("Opcje rozmowy") });
    this.node.hidden = true;
    this.toggle = button(t("Opcje"), () => this.show(this.node.hidden), {
      class: "icon", "aria-expanded": "false", "aria-controls": "opcje",
    });
    const { contact_form } = panel.config;
    this.node.append(
      ...[
        button(t("Większy tekst"), () => this.resize(1)), button(t("Mniejszy tekst"), () => this.resize(-1)),
        button(t("Kopiuj rozmowę"), () => this.copy()), button(t("Drukuj rozmowę"), () => this.print()),
        button(t("Zapisz rozmowę w pliku"), () => this.save()), button(t("Co o mnie wiecie"), () => this.showOwnData()),
        button(t("Usuń rozmowę"), () => this.askErase()),
      ].map((item) => (item.classList.add("plain"), item)),
      this.languages(), wholeRating((result) => panel.rateAll(result)),
      element("p", {}, [
        [
          panel.kept, panel.consultants, t("Formularz kontaktowy: {0}", contact_form),
        ].join(" "),
      ]),
    );
  }

  /** The languages of the interface, each by its own name. */
  languages() {
    const { languages, language } = this.panel.config;
    const row = element("div", { class: "tools", role: "group", "aria-label": t("Język") });
    for (const [code, name] of Object.entries(languages)) {
      const attributes = { class: "plain", lang: code, "aria-pressed": String(code === language) };
      row.append(button(String(name), () => this.panel.host.useLanguage(code), attributes));
    }
    return row;
  }

  /** @param {boolean} open */
  show(open) {
    this.node.hidden = !open;
    this.toggle.setAttribute("aria-expanded", String(open));
  }

  /** @param {number} step */
  resize(step) {
    this.scale = Math.max(0, Math.min(SCALES.length - 1, this.scale + step));
    this.panel.host.remember({ scale: SCALES[this.scale] });
    this.applySize();
    this.panel.announcer.say(t("Wielkość tekstu: {0}%.", SCALES[this.scale] * 100));
  }

  applySize() {
    this.panel.node.style.setProperty("--scale", String(SCALES[this.scale]));
  }

  /** The whole conversation as the server keeps it: what we know of the visitor. @returns {Promise<string>} */
  async text() {
    const { client } = this.panel;
    const conversation = client.conversation;
    if (!conversation) return "";
    const { greeting, turns, live } = await client.history(conversation);
    const asked = turns.map((turn) => {
      const at = new Date(turn.created_at).toLocaleString("pl-PL");
      const answer = turn.messages.length ? `\n\n${t("Asystent:")}\n${turn.messages.map(written).join("\n\n")}` : "";
      return { at: turn.created_at, text: `${t("Pytanie:")} (${at})\n${turn.text}${answer}` };
    });
    const said = live.messages
      .filter(({ who }) => who === "konsultant")
      .map(({ name, text, created_at: at }) => ({ at, text: `${t("Konsultant")} ${name}:\n${text}` }));
    const parts = [...asked, ...said].sort((one, other) => (one.at < other.at ? -1 : 1)).map(({ text }) => text);
    return [t("Rozmowa z asystentem Zielonej Linii"), written(greeting), ...parts].join("\n\n") + "\n";
  }

  /** @param {(text: string) => Promise<void>|void} use @param {string} done */
  async withText(use, done) {
    try {
      await use(await this.text());
      if (done) this.panel.announcer.say(done);
    } catch {
      this.panel.showError(t("Nie udało się odczytać rozmowy. Proszę spróbować za chwilę."));
    }
  }

  copy() {
    return this.withText((text) => navigator.clipboard.writeText(text), t("Rozmowa jest w schowku."));
  }

  print() {
    const page = printPage();
    if (!page) return this.panel.showError(t("Przeglądarka nie pozwoliła otworzyć wydruku."));
    return this.withText((text) => printText(page, t("Rozmowa z asystentem Zielonej Linii"), text), "");
  }

  save() {
    const name = "rozmowa-zielona-linia.txt";
    return this.withText((text) => saveText(name, text), t("Rozmowa jest zapisana w pliku."));
  }

  /** Fetched when asked for: few people ask. */
  async showOwnData() {
    try {
      const { OwnData } = await this.panel.later(import("./own.js"));
      await new OwnData(this).show();
    } catch {
      this.panel.showError(t("Nie udało się odczytać rozmowy. Proszę spróbować za chwilę."));
    }
  }

  /** Erasing cannot be undone, so it takes a second click. */
  askErase() {
    if (this.question) return;
    const close = () => {
      this.question?.remove();
      this.question = undefined;
    };
    const yes = button(t("Tak, usuń"), () => (close(), this.erase()), { class: "plain" });
    const no = button(t("Nie"), () => (close(), this.toggle.focus()), { class: "plain" });
    this.question = element("div", { class: "error", role: "group", "aria-label": t("Potwierdzenie") }, [
      element("p", {}, [t("Usunąć całą rozmowę? Tego nie da się cofnąć.")]), yes, " ", no,
    ]);
    this.node.append(this.question);
    yes.focus();
  }

  async erase() {
    const { client, input, announcer, showError } = this.panel;
    const conversation = client.conversation;
    input.focus();
    this.show(false);
    try {
      if (conversation) await client.erase(conversation);
      await this.panel.restart();
      announcer.say(t("Rozmowa jest usunięta."));
    } catch {
      showError.call(this.panel, t("Nie udało się usunąć rozmowy. Proszę spróbować za chwilę."));
    }
  }
}
