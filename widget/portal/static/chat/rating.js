// @ts-check
import { button, element } from "./nodes.js";
import { t } from "./words.js";

const REASONS = {
  off_topic: "Nie na temat", unclear: "Niezrozumiałe", too_little: "Za mało szczegółów", outdated: "Nieaktualne",
};

const RESULTS = { yes: "Tak", partly: "Częściowo", no: "Nie" };

/** The question whether an answer helped, and why not. Buttons only: nobody writes personal data here. */
export class Rating {
  /** @param {(rating: {helpful: boolean, reason?: string}) => void} send */
  constructor(send) {
    this.send = send;
    this.node = element("div", { class: "buttons rating", role: "group", "aria-label": t("Ocena odpowiedzi") });
    this.node.append(
      element("span", {}, [t("Czy to pomogło?")]),
      button(t("Tak"), () => this.finish({ helpful: true })), button(t("Nie"), () => this.askWhy()),
    );
  }

  askWhy() {
    this.send({ helpful: false });
    const reasons = Object.entries(REASONS).map(([reason, label]) =>
      button(t(label), () => this.finish({ helpful: false, reason })),
    );
    this.node.replaceChildren(element("span", {}, [t("Dlaczego?")]), ...reasons);
    reasons[0].focus();
  }

  /** The buttons go away; the focus stays where they were. @param {{helpful: boolean, reason?: string}} rating */
  finish(rating) {
    this.send(rating);
    const thanks = element("span", { tabindex: "-1" }, [t("Dziękujemy za ocenę.")]);
    this.node.replaceChildren(thanks);
    thanks.focus();
  }
}

/** The question whether the conversation settled the matter. @param {(result: string) => void} send */
export function wholeRating(send) {
  const node = element("div", { class: "rating whole", role: "group", "aria-label": t("Ocena rozmowy") }, [
    element("span", {}, [t("Czy ta rozmowa wyjaśniła sprawę?")]),
  ]);
  for (const [result, label] of Object.entries(RESULTS)) {
    node.append(
      button(t(label), () => {
        send(result);
        const thanks = element("span", { tabindex: "-1" }, [t("Dziękujemy za ocenę.")]);
        node.replaceChildren(thanks);
        thanks.focus();
      }, { class: "plain" }),
    );
  }
  return node;
}
