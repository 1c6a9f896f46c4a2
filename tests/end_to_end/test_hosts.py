"""Pages as hostile as real ones: what they do to everything on them must not reach the widget, nor it them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.end_to_end.chat import SCREENSHOTS, ask, bot, launcher, looks, open_chat, question_field, violations
from tests.end_to_end.sites import World

pytestmark = pytest.mark.timeout(300)

CALM = "<!doctype html><html lang=pl><title>Urząd</title><main><h1>Urząd</h1><p>Treść</p></main>"
WORDPRESS = """<!doctype html><html lang=pl-PL class=no-js><title>Urząd</title>
<style>
  html, body, div, span, section, header, footer, h1, h2, p, ul, li, a, button, dialog, form, label, textarea, details,
  summary { margin: 0; padding: 0; border: 0; font-size: 100%; font: inherit; vertical-align: baseline; }
  *, *::before, *::after { box-sizing: content-box; }
  ol, ul { list-style: none; } q::before { content: ""; }
  a { color: #c0392b !important; text-decoration: none !important; box-shadow: none !important; }
  button, input, textarea, [type="submit"] { background: #222 !important; color: #eee !important;
    border-radius: 0 !important;
    text-transform: uppercase; letter-spacing: .14em; padding: 1.2em 3em !important; width: 100%; }
  .screen-reader-text { position: absolute !important; } #wpadminbar { position: fixed; top: 0; z-index: 99999; }
  .entry-content > *:not(.alignwide) { max-width: 58rem; margin-inline: auto; } section { display: none !important; }
</style><div id=wpadminbar>Panel</div><main class=entry-content><h1>Urząd</h1><p>Treść</p></main>"""
BOOTSTRAP = """<!doctype html><html lang=pl><title>Urząd</title>
<style>
  html { font-size: 10px; } body { font: 14px/1.42857143 Helvetica, Arial, sans-serif; color: #333; }
  * { box-sizing: border-box; }
  button, input, textarea { font-family: inherit; font-size: inherit; line-height: inherit; }
  .panel { margin-bottom: 20px; background: #fcc; border: 5px solid red; float: left; }
  .hidden, [hidden] { display: none !important; } .buttons { display: none !important; }
  .icon { display: none; } .error { color: #fff; } .note { visibility: hidden !important; }
  .log, .turn, .bubble { float: left !important; width: 8.33%; } .fade { opacity: 0; } label { display: inline-block; }
  header, footer, section { float: right; background: url(nie-ma.png) !important; } .root { display: none !important; }
</style><main class="container panel"><h1>Urząd</h1><p>Treść</p></main>"""
RESET = """<!doctype html><html lang=pl><title>Urząd</title>
<style>
  html { font-size: 10px; } body { font: italic 9px/3 serif; color: #ccc; text-transform: uppercase; cursor: wait; }
  * { all: unset !important; font-size: 33px !important; letter-spacing: 1em !important; color: red !important;
    display: block !important; position: static !important; text-align: right !important; }
  button, dialog, textarea { display: none !important; visibility: hidden !important; }
  zielona-linia-chat { display: none; opacity: 0; transform: scale(.1); filter: blur(9px); z-index: -1 !important; }
</style><main><h1>Urząd</h1></main>"""
# Libraries that add to what belongs to the language; the first of these breaks JSON.stringify of lists.
PROTOTYPE = """<!doctype html><html lang=pl><title>Urząd</title><script>
  Array.prototype.toJSON = function () { return "[lista]"; };
  Array.prototype.each = function (work) { for (var i = 0; i < this.length; i++) work(this[i]); };
  Object.prototype.dodane = function () {}; String.prototype.strip = function () { return this.trim(); };
  Element.prototype.hide = function () { this.style.display = "none"; };
  window.$ = window.t = window.element = "strony";
</script><main><h1>Urząd</h1></main>"""
HOSTS = {
    "wordpress": WORDPRESS,
    "bootstrap": BOOTSTRAP,
    "reset-important": RESET,
    "base": CALM.replace("<title>", '<base href="https://gdzie-indziej.example/" target="_blank"><title>'),
    "bez-jezyka": CALM.replace(" lang=pl", ""),
    "od-prawej": CALM.replace("lang=pl", 'lang=ar dir=rtl style="writing-mode: vertical-rl"'),
    "bez-doctype": CALM.replace("<!doctype html>", ""),
    "stare-biblioteki": PROTOTYPE,
}


@pytest.fixture(scope="module")
def calm(sites: World, browser: Browser) -> list[object]:
    """How the widget looks on a page that does nothing to it."""
    context = browser.new_context(locale="pl-PL", viewport={"width": 1100, "height": 850})
    page = context.new_page()
    page.goto(sites.partner.put("/spokojna", CALM + sites.script()))
    open_chat(page)
    ask(page, "ile wynosi zasiłek")
    found = looks(page)
    context.close()
    return found


@pytest.mark.parametrize("name", HOSTS)
def test_a_conversation_is_the_same_on_every_page(
    sites: World, context: BrowserContext, calm: list[object], name: str
) -> None:
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(sites.partner.put(f"/host-{name}", HOSTS[name] + sites.script()))
    open_chat(page)
    expect(bot(page).first).to_contain_text("To asystent Urzędu Testowego.")
    answer = ask(page, "ile wynosi zasiłek")
    assert looks(page) == calm
    page.screenshot(path=SCREENSHOTS / f"host-{name}.png")
    expect(answer.locator(".sources a").first).to_have_attribute("href", "https://eli.gov.pl/eli/DU/2025/620/ogl")
    page.get_by_role("button", name="Podatek od zasiłku").click()
    expect(bot(page)).to_have_count(3, timeout=20_000)
    page.reload()
    expect(bot(page)).to_have_count(3, timeout=20_000)
    assert errors == []


def test_the_page_itself_is_left_as_it_was(sites: World, context: BrowserContext) -> None:
    seen = []
    for path, script in (("/bez", ""), ("/z", sites.script())):
        page = context.new_page()
        page.goto(sites.partner.put(path, CALM + script))
        if script:
            open_chat(page)
            ask(page, "ile wynosi zasiłek")
        seen.append(
            page.evaluate(
                """() => [
                  Object.keys(window).sort().join(), document.title, document.documentElement.attributes.length,
                  document.head.innerHTML, document.body.attributes.length, document.styleSheets.length,
                  document.adoptedStyleSheets.length, getComputedStyle(document.body).overflow,
                  ...[...document.querySelectorAll("main, h1, p")].map((node) => [
                    JSON.stringify(node.getBoundingClientRect()), getComputedStyle(node).cssText])]"""
            )
        )
        page.close()
    assert seen[0] == seen[1]


def test_everything_works_by_touch(sites: World, browser: Browser) -> None:
    context = browser.new_context(
        locale="pl-PL", viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True, device_scale_factor=2
    )
    page = context.new_page()
    meta = '<meta name=viewport content="width=device-width, initial-scale=1">'
    page.goto(sites.partner.put("/dotyk", CALM.replace("<title>", f"{meta}<title>") + sites.script()))
    launcher(page).tap()
    expect(bot(page)).to_have_count(1)
    page.locator("zielona-linia-chat .buttons button").first.tap()
    expect(bot(page)).to_have_count(2, timeout=20_000)
    question_field(page).tap()
    question_field(page).fill("ile wynosi zasiłek")
    page.get_by_role("button", name="Wyślij").tap()
    expect(bot(page)).to_have_count(3, timeout=20_000)
    page.get_by_role("button", name="Opcje").tap()
    page.get_by_role("button", name="Większy tekst").tap()
    page.get_by_role("button", name="Opcje").tap()
    assert violations(page) == []
    page.screenshot(path=SCREENSHOTS / "dotyk.png")
    page.get_by_role("button", name="Zamknij rozmowę").tap()
    expect(launcher(page)).to_be_visible()
    context.close()
