// @ts-check
import { printPage, printText, saveText } from "./files.js";
import { button, element } from "./nodes.js";
import { t } from "./words.js";

/** Print and share a list of what to do or bring. */
export class Checklist {
  /** @param {import("./panel.js").Panel} panel @param {{title: string, lines: string[]}} list */
  constructor(panel, { title, lines }) {
    this.panel = panel;
    this.title = title;
    this.text = [title, "", ...lines.map((line) => `☐ ${line}`)].join("\n") + "\n";
    this.node = element("div", { class: "buttons", role: "group", "aria-label": title });
    this.node.append(
      button(t("Drukuj listę"), () => this.print()),
      "share" in navigator
        ? button(t("Udostępnij listę"), () => this.share())
        : button(t("Zapisz listę w pliku"), () => this.save()),
    );
  }

  print() {
    const page = printPage();
    if (page) printText(page, this.title, this.text);
    else this.panel.showError(t("Przeglądarka nie pozwoliła otworzyć wydruku."));
  }

  async share() {
    try {
      await navigator.share({ title: this.title, text: this.text });
    } catch (error) {
      // Who changes their mind needs no file; a browser that cannot share gives one.
      if (!(error instanceof DOMException && error.name === "AbortError")) this.save();
    }
  }

  save() {
    saveText("lista-zielona-linia.txt", this.text);
    this.panel.announcer.say(t("Lista jest zapisana w pliku."));
  }
}
