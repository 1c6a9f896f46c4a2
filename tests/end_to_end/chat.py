"""What tests do with the widget in a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

SCREENSHOTS = Path(__file__).resolve().parents[2] / "var" / "screenshots"
AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
ROOT = "document.querySelector('zielona-linia-chat').shadowRoot"


def launcher(page: Page) -> Locator:
    return page.get_by_role("button", name="Zapytaj asystenta")


def question_field(page: Page) -> Locator:
    return page.get_by_label("Pytanie do asystenta")


def open_chat(page: Page) -> None:
    launcher(page).click()
    expect(bot(page).first).to_contain_text("automatyczny asystent")


def bot(page: Page) -> Locator:
    return page.locator("zielona-linia-chat .bubble.bot")


def visitor(page: Page) -> Locator:
    return page.locator("zielona-linia-chat .bubble.visitor")


def ask(page: Page, question: str) -> Locator:
    """Type a question, send it with Enter, and return the answer."""
    before = bot(page).count()
    question_field(page).fill(question)
    question_field(page).press("Enter")
    expect(bot(page)).to_have_count(before + 1, timeout=20_000)
    return bot(page).last


def form_of(page: Page) -> Locator:
    return page.locator("zielona-linia-chat form.contact")


def opened_form(page: Page) -> Locator:
    """The form for a human: opened at its button or, while nobody could talk, by itself."""
    expect(page.locator("zielona-linia-chat [aria-busy=true]")).to_have_count(0)
    if not form_of(page).count():
        page.get_by_role("button", name="Napisz do konsultanta").last.click()
    expect(form_of(page)).to_be_visible()
    return form_of(page)


def focused(page: Page) -> str:
    """Name of what has the focus, in the widget or in the page."""
    found: str = page.evaluate(
        """() => {
          let node = document.activeElement;
          while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
          return node.getAttribute("aria-label") || node.labels?.[0]?.textContent || node.textContent || node.tagName;
        }"""
    )
    return found.strip()


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe-core finds in the page, best practices included: rule, where, and what to do."""
    page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate(
        """async () => (await axe.run()).violations.map(({ id, nodes }) => (
          { rule: id, where: nodes.map(({ target }) => target), what: nodes[0].failureSummary }))"""
    )
    return found


STYLES = (
    "fontSize", "fontWeight", "color", "display", "direction", "letterSpacing", "textTransform", "cursor", "position",
    "opacity", "borderTopWidth", "marginTop", "paddingLeft", "textAlign", "visibility",
)  # fmt: skip
PARTS = ("header", ".bubble", ".buttons button", "textarea", "form button", ".panel", "a", ".icon", "footer", ".note")


def looks(page: Page) -> list[Any]:
    """How the parts of an open conversation look: the same on every page, or something leaks in."""
    found: list[Any] = page.evaluate(
        f"""([parts, names]) => parts.map((part) => {{
          const node = {ROOT}.querySelector(part);
          const style = getComputedStyle(node);
          return [part, node.clientWidth, ...names.map((name) => style[name])];
        }})""",
        [list(PARTS), list(STYLES)],
    )
    return found
