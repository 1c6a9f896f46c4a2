// @ts-check
import { button, element, written } from "./nodes.js";

const SCALES = [1, 1.25, 1.5, 2];

/** What a visitor may do with the conversation as a whole: size of text, copy, print, file, erase. */
export class Options {
  /** @param {import("./panel.js").Panel} panel */
  constructor(panel) {
    this.panel = panel;
    this.scale = 0;
    this.node = element("div", { class: "options", id: "opcje", role: "group", "aria-label": "Opcje rozmowy" });
    this.node.hidden = true;
    this.toggle = button("Opcje", () => this.show(this.node.hidden), {
      class: "icon", "aria-expanded": "false", "aria-controls": "opcje",
    });
    const { hotline, contact_form } = panel.config;
    this.node.append(
      ...[
        button("Większy tekst", () => this.resize(1)), button("Mniejszy tekst", () => this.resize(-1)),
        button("Kopiuj rozmowę", () => this.copy()), button("Drukuj rozmowę", () => this.print()),
        button("Zapisz rozmowę w pliku", () => this.save()), button("Usuń rozmowę", () => this.askErase()),
      ].map((item) => (item.classList.add("plain"), item)),
      element("p", {}, [
        "Rozmowę zapisujemy bez danych osobowych, żeby można było do niej wrócić. Można ją usunąć w każdej chwili. " +
          `Konsultant odbiera telefon ${hotline.number} ${hotline.hours}. Formularz kontaktowy: ${contact_form}`,
      ]),
    );
  }

  /** @param {boolean} open */
  show(open) {
    this.node.hidden = !open;
    this.toggle.setAttribute("aria-expanded", String(open));
  }

  /** @param {number} step */
  resize(step) {
    this.scale = Math.max(0, Math.min(SCALES.length - 1, this.scale + step));
    this.panel.node.style.setProperty("--scale", String(SCALES[this.scale]));
    this.panel.announcer.say(`Wielkość tekstu: ${SCALES[this.scale] * 100}%.`);
  }

  /** The whole conversation as the server keeps it: what we know of the visitor. @returns {Promise<string>} */
  async text() {
    const { client } = this.panel;
    const conversation = client.conversation;
    if (!conversation) return "";
    const { greeting, turns } = await client.history(conversation);
    const parts = turns.map((turn) => {
      const at = new Date(turn.created_at).toLocaleString("pl-PL");
      return `Pytanie (${at}):\n${turn.text}\n\nAsystent:\n${turn.messages.map(written).join("\n\n")}`;
    });
    return ["Rozmowa z automatycznym asystentem Zielonej Linii", written(greeting), ...parts].join("\n\n") + "\n";
  }

  /** @param {(text: string) => Promise<void>|void} use @param {string} done */
  async withText(use, done) {
    try {
      await use(await this.text());
      if (done) this.panel.announcer.say(done);
    } catch {
      this.panel.showError("Nie udało się odczytać rozmowy. Proszę spróbować za chwilę.");
    }
  }

  copy() {
    return this.withText((text) => navigator.clipboard.writeText(text), "Rozmowa jest w schowku.");
  }

  print() {
    // Opened at once, by the click itself, or the browser would take it for an unwanted window.
    const page = window.open("", "_blank");
    if (!page) return this.panel.showError("Przeglądarka nie pozwoliła otworzyć wydruku.");
    return this.withText((text) => {
      page.document.title = "Rozmowa z asystentem Zielonej Linii";
      const lines = element("pre", {}, [text]);
      lines.style.cssText = "white-space: pre-wrap; font: 16px/1.5 sans-serif";
      page.document.body.append(lines);
      page.print();
    }, "");
  }

  save() {
    return this.withText((text) => {
      const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
      element("a", { href: address, download: "rozmowa-zielona-linia.txt" }).click();
      setTimeout(() => URL.revokeObjectURL(address), 10000);
    }, "Rozmowa jest zapisana w pliku.");
  }

  /** Erasing cannot be undone, so it takes a second click. */
  askErase() {
    if (this.question) return;
    const close = () => {
      this.question?.remove();
      this.question = undefined;
    };
    const yes = button("Tak, usuń", () => (close(), this.erase()), { class: "plain" });
    const no = button("Nie", () => (close(), this.toggle.focus()), { class: "plain" });
    this.question = element("div", { class: "error", role: "group", "aria-label": "Potwierdzenie" }, [
      element("p", {}, ["Usunąć całą rozmowę? Tego nie da się cofnąć."]), yes, " ", no,
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
      announcer.say("Rozmowa jest usunięta.");
    } catch {
      showError.call(this.panel, "Nie udało się usunąć rozmowy. Proszę spróbować za chwilę.");
    }
  }
}
