"""WCAG 2.2 AA and EN 301 549 in a real Chromium: axe-core over every state, keyboard, live region, zoom, spacing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.end_to_end.chat import (
    ROOT,
    SCREENSHOTS,
    ask,
    bot,
    focused,
    launcher,
    open_chat,
    question_field,
    violations,
    visitor,
)
from zielona.sandbox import Running

pytestmark = pytest.mark.timeout(300)

APPEARANCES: dict[str, dict[str, Any]] = {
    "jasny": {"viewport": {"width": 1100, "height": 850}},
    "ciemny": {"viewport": {"width": 1100, "height": 850}, "color_scheme": "dark"},
    "wymuszone-kolory": {"viewport": {"width": 1100, "height": 850}, "forced_colors": "active"},
    "telefon": {"viewport": {"width": 320, "height": 640}, "has_touch": True},
    "ciemny-telefon": {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"},
    # 1280 × 1024 at 400% (WCAG 1.4.10).
    "powiekszenie-400": {"viewport": {"width": 320, "height": 256}},
}
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
    p { margin-bottom: 2em !important; }"""


def break_network(page: Page) -> None:
    # A question that the page before could not send may still be on its way.
    expect(page.get_by_role("button", name="Wyślij", exact=True)).to_have_attribute("aria-disabled", "false")
    page.route("**/messages", lambda route: route.abort())
    question_field(page).fill("ile wynosi zasiłek")
    question_field(page).press("Enter")
    expect(page.get_by_role("button", name="Spróbuj ponownie")).to_be_visible()


def restore(page: Page) -> None:
    ask(page, "ile wynosi zasiłek")
    page.reload()
    # On a small screen the conversation covers the page, so it does not open by itself.
    if page.viewport_size["width"] < 480:  # type: ignore[index]
        launcher(page).click()
    expect(bot(page)).to_have_count(2)


def translate(page: Page) -> None:
    question_field(page).fill("How much is the unemployment benefit?")
    question_field(page).press("Enter")
    expect(page.locator("zielona-linia-chat [lang=en] ul").first).to_be_visible(timeout=20_000)
    page.locator("zielona-linia-chat summary").last.click()


def wait_long(page: Page) -> None:
    page.clock.install()
    page.route("**/messages", lambda route: None)
    question_field(page).fill("ile wynosi zasiłek")
    question_field(page).press("Enter")
    expect(page.locator("zielona-linia-chat .typing")).to_contain_text("Asystent pisze")
    page.clock.run_for(10_500)
    expect(page.get_by_role("button", name="Przerwij")).to_be_visible()
    page.clock.resume()


STATES: dict[str, Callable[[Page], object]] = {
    "otwarta": lambda page: None,
    "odpowiedz": lambda page: ask(page, "ile wynosi zasiłek"),
    "bez-odpowiedzi": lambda page: ask(page, "przepis na sernik z rodzynkami"),
    "ukryte-dane": lambda page: ask(page, "mój PESEL to 44051401359, ile wynosi zasiłek?"),
    "opcje": lambda page: page.get_by_role("button", name="Opcje").click(),
    "usuwanie": lambda page: (
        page.get_by_role("button", name="Opcje").click(),
        page.get_by_role("button", name="Usuń rozmowę").click(),
    ),
    "co-o-mnie-wiecie": lambda page: (
        ask(page, "ile wynosi zasiłek"),
        page.get_by_role("button", name="Opcje").click(),
        page.get_by_role("button", name="Co o mnie wiecie").click(),
        expect(page.get_by_role("heading", name="Co o mnie wiecie")).to_be_visible(),
    ),
    "ocena-rozmowy": lambda page: ask(page, "dziękuję"),
    "tlumaczenie": translate,
    "wolna-siec": wait_long,
    "blad": break_network,
    "przywrocona": restore,
}


def start(browser: Browser, running: Running, appearance: str) -> Page:
    page = browser.new_context(locale="pl-PL", **APPEARANCES[appearance]).new_page()
    page.goto(f"{running.address}/demo")
    expect(launcher(page)).to_be_visible()
    return page


@pytest.mark.parametrize("appearance", APPEARANCES)
def test_axe_finds_nothing_in_any_state(browser: Browser, running: Running, appearance: str) -> None:
    page = start(browser, running, appearance)
    assert violations(page) == [], "zwinięta"
    for state, reach in STATES.items():
        page.evaluate("localStorage.clear(), sessionStorage.clear()")
        page.unroute_all()
        page.reload()
        open_chat(page)
        reach(page)
        assert violations(page) == [], state
        page.screenshot(path=SCREENSHOTS / f"wcag-{appearance}-{state}.png")
    page.context.close()


def test_whole_conversation_with_the_keyboard_alone(page: Page) -> None:
    expect(launcher(page)).to_be_visible()
    press_until(page, "Tab", "Zapytaj asystenta")
    page.keyboard.press("Enter")
    expect(bot(page)).to_have_count(1)
    assert focused(page) == "Pytanie do asystenta"
    page.keyboard.type("ile wynosi zasiłek")
    page.keyboard.press("Enter")
    expect(bot(page)).to_have_count(2, timeout=20_000)
    press_until(page, "Shift+Tab", "Rozmowa")
    page.keyboard.press("Tab")
    proposed = focused(page)
    page.keyboard.press("Enter")
    expect(bot(page)).to_have_count(3, timeout=20_000)
    expect(visitor(page).last).to_contain_text(proposed)
    assert focused(page) == proposed
    press_until(page, "Shift+Tab", "Opcje")
    page.keyboard.press("Enter")
    press_until(page, "Tab", "Większy tekst")
    before = text_size(page)
    page.keyboard.press("Enter")
    assert text_size(page) > before
    press_until(page, "Tab", "Usuń rozmowę")
    page.keyboard.press("Enter")
    assert focused(page) == "Tak, usuń"
    page.keyboard.press("Enter")
    expect(visitor(page)).to_have_count(0)
    expect(bot(page)).to_have_count(1)
    assert focused(page) == "Pytanie do asystenta"
    page.keyboard.press("Escape")
    expect(launcher(page)).to_be_focused()


def test_an_answer_is_rated_with_the_keyboard(page: Page) -> None:
    open_chat(page)
    ask(page, "ile wynosi zasiłek")
    with page.expect_response("**/rating") as first:
        press_until(page, "Shift+Tab", "Nie")
        page.keyboard.press("Enter")
    assert first.value.status == 204
    assert focused(page) == "Nie na temat"
    page.keyboard.press("Tab")
    with page.expect_response("**/rating") as second:
        page.keyboard.press("Enter")
    assert second.value.request.post_data_json == {"helpful": False, "reason": "unclear"}
    assert focused(page) == "Dziękujemy za ocenę."


def press_until(page: Page, key: str, name: str) -> None:
    seen = []
    for _ in range(25):
        page.keyboard.press(key)
        seen.append(focused(page))
        if seen[-1] == name:
            return
    pytest.fail(f"„{name}” nie dostaje fokusu; po drodze: {seen}")


def text_size(page: Page) -> float:
    return float(page.evaluate(f"parseFloat(getComputedStyle({ROOT}.querySelector('.bubble')).fontSize)"))


def test_focus_goes_through_the_panel_in_the_order_one_sees(page: Page) -> None:
    open_chat(page)
    ask(page, "przepis na sernik z rodzynkami")
    page.get_by_role("button", name="Opcje").focus()
    order = [focused(page)]
    while order[-1] != "Wyślij":
        page.keyboard.press("Tab")
        order.append(focused(page))
        assert len(order) < 20
    edges = [order[0], *order[1:4], *order[-2:]]
    assert edges == ["Opcje", "Zacznij nową rozmowę", "Zamknij rozmowę", "Rozmowa", "Pytanie do asystenta", "Wyślij"]


def listen(page: Page) -> None:
    """Keep all that the live regions ever say."""
    page.evaluate(f"""() => {{
      window.heard = [];
      for (const region of {ROOT}.querySelectorAll("[aria-live]")) {{
        new MutationObserver((records) => records.forEach(({{ addedNodes }}) =>
          addedNodes.forEach((node) => window.heard.push(node.textContent)))).observe(region,
            {{ childList: true, subtree: true, characterData: true }});
      }}
    }}""")


def test_each_new_answer_is_read_once_and_the_history_never(page: Page) -> None:
    open_chat(page)
    listen(page)
    ask(page, "ile wynosi zasiłek")
    [heard] = page.evaluate("window.heard")
    assert heard.startswith("Asystent: Podstawowy zasiłek wynosi 1783,90")
    assert "Podstawa prawna: art. 224" in heard
    ask(page, "przepis na sernik z rodzynkami")
    heard = page.evaluate("window.heard")
    assert len(heard) == 2
    assert "1783,90" not in heard[1]
    page.reload()
    expect(bot(page)).to_have_count(3)
    assert page.evaluate(f"[...{ROOT}.querySelectorAll('[aria-live]')].map((region) => region.textContent)") == ["", ""]


def test_the_transcript_is_no_live_region(page: Page) -> None:
    open_chat(page)
    transcript = page.get_by_role("region", name="Rozmowa")
    expect(transcript).to_be_visible()
    assert transcript.get_attribute("aria-live") is None
    assert transcript.evaluate("node => node.closest('[aria-live]')") is None
    assert transcript.locator("[aria-live], [role=alert], [role=status], [role=log]").count() == 0
    for name in ("Opcje", "Wyślij", "Zamknij rozmowę", "Zacznij nową rozmowę"):
        expect(page.get_by_role("button", name=name)).to_be_visible()


def test_an_arriving_answer_leaves_the_focus_alone(page: Page) -> None:
    open_chat(page)
    held: list[Route] = []
    page.route("**/messages", lambda route: held.append(route), times=1)
    question_field(page).fill("ile wynosi zasiłek")
    question_field(page).press("Enter")
    expect(page.locator("zielona-linia-chat .typing")).to_contain_text("Asystent pisze")
    page.get_by_role("button", name="Opcje").focus()
    held[0].continue_()
    expect(bot(page)).to_have_count(2, timeout=20_000)
    assert focused(page) == "Opcje"


def test_trouble_is_read_out_at_once(page: Page) -> None:
    open_chat(page)
    listen(page)
    break_network(page)
    assert page.evaluate("window.heard") == ["Nie udało się wysłać wiadomości."]


@pytest.mark.parametrize("appearance", ["jasny", "telefon", "powiekszenie-400"])
def test_targets_are_large_enough(browser: Browser, running: Running, appearance: str) -> None:
    page = start(browser, running, appearance)
    assert small_targets(page) == []
    open_chat(page)
    ask(page, "ile wynosi zasiłek")
    page.get_by_role("button", name="Opcje").click()
    assert small_targets(page) == []
    page.context.close()


def small_targets(page: Page) -> list[str]:
    """Controls and links under 24 × 24 px (WCAG 2.5.8), but for addresses inside sentences."""
    found: list[str] = page.evaluate(f"""() => [...{ROOT}.querySelectorAll("button, a, textarea, input")]
      .filter((node) => node.checkVisibility())
      .filter((node) => !node.closest(".bubble > p, .bubble > ul"))
      .filter((node) => Math.min(node.getBoundingClientRect().width, node.getBoundingClientRect().height) < 24)
      .map((node) => node.textContent)""")
    return found


@pytest.mark.parametrize("appearance", ["telefon", "powiekszenie-400"])
@pytest.mark.parametrize("spaced", [False, True], ids=["zwykłe-odstępy", "odstępy-1.4.12"])
def test_nothing_is_hidden_on_small_screens(browser: Browser, running: Running, appearance: str, spaced: bool) -> None:
    page = start(browser, running, appearance)
    open_chat(page)
    ask(page, "ile wynosi zasiłek")
    if spaced:
        space_out(page)
    for name in ("Opcje", "Zacznij nową rozmowę", "Zamknij rozmowę", "Wyślij"):
        assert is_reachable(page, f"button:is([aria-label='{name}'], :not([aria-label]))", name), name
    assert sideways(page) == []
    page.screenshot(path=SCREENSHOTS / f"wcag-{appearance}-{'odstepy' if spaced else 'zwykle'}.png")
    page.context.close()


def space_out(page: Page) -> None:
    page.evaluate(
        f"""(rules) => {{
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(rules);
          {ROOT}.adoptedStyleSheets = [...{ROOT}.adoptedStyleSheets, sheet];
        }}""",
        SPACING,
    )


def is_reachable(page: Page, selector: str, name: str) -> bool:
    """Scroll to a control and tell whether its middle is on the screen, with nothing above it."""
    return bool(
        page.evaluate(
            f"""([selector, name]) => {{
              const node = [...{ROOT}.querySelectorAll(selector)].find((node) =>
                (node.getAttribute("aria-label") || node.textContent) === name);
              node.scrollIntoView({{ block: "nearest" }});
              const box = node.getBoundingClientRect();
              const top = {ROOT}.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
              return box.left >= 0 && box.right <= innerWidth && node.contains(top);
            }}""",
            [selector, name],
        )
    )


def sideways(page: Page) -> list[str]:
    """What is wider than its place: text cut off, or scrolling in two directions."""
    found: list[str] = page.evaluate(f"""() => [...{ROOT}.querySelectorAll("*")]
      .filter((node) => node.checkVisibility() && !node.closest(".sr") && node.tagName !== "TEXTAREA")
      .filter((node) => node.clientWidth && node.scrollWidth > node.clientWidth + 1)
      .map((node) => `${{node.tagName}}.${{node.className}} ${{node.scrollWidth}} > ${{node.clientWidth}}`)""")
    return found


def test_text_with_more_space_is_not_cut_off(page: Page) -> None:
    open_chat(page)
    ask(page, "ile wynosi zasiłek")
    page.get_by_role("button", name="Opcje").click()
    space_out(page)
    assert sideways(page) == []
    cut = page.evaluate(f"""() => [...{ROOT}.querySelectorAll("button, .bubble, header, footer")]
      .filter((node) => node.checkVisibility() && node.scrollHeight > node.clientHeight + 1)
      .map((node) => node.textContent)""")
    assert cut == []


def test_a_small_screen_keeps_the_focus_where_one_can_see_it(browser: Browser, running: Running) -> None:
    page = start(browser, running, "telefon")
    open_chat(page)
    names = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        names.add(page.evaluate("document.activeElement?.tagName"))
    # Chromium's own controls come between the last element and the first; the page behind does not.
    assert names <= {"ZIELONA-LINIA-CHAT", "BODY"}
    page.keyboard.press("Escape")
    expect(launcher(page)).to_be_focused()
    page.context.close()


def test_turning_the_phone_keeps_the_conversation_open(browser: Browser, running: Running) -> None:
    page = start(browser, running, "telefon")
    open_chat(page)
    question_field(page).fill("ile wynosi")
    for width, height in ((1000, 700), (320, 640)):
        page.set_viewport_size({"width": width, "height": height})
        expect(page.get_by_role("dialog", name="Zielona Linia")).to_be_visible()
        expect(question_field(page)).to_be_focused()
        expect(question_field(page)).to_have_value("ile wynosi")
    page.context.close()


def test_nothing_moves_for_those_who_asked_for_it(browser: Browser, running: Running) -> None:
    context = browser.new_context(locale="pl-PL", reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{running.address}/demo")
    open_chat(page)
    page.route("**/messages", lambda route: None)
    question_field(page).fill("ile wynosi zasiłek")
    question_field(page).press("Enter")
    dots = page.locator("zielona-linia-chat .typing i")
    expect(dots).to_have_count(3)
    assert dots.first.evaluate("node => getComputedStyle(node).animationName") == "none"
    context.close()
