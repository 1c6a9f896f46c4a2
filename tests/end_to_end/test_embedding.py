"""The widget on other people's pages: strict policies, hostile styles, refused origins, frames, no scripts."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
import requests
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from tests.end_to_end.chat import SCREENSHOTS, ask, bot, launcher, open_chat, violations, visitor
from tests.end_to_end.sites import KEY, OTHER_KEY, World

pytestmark = pytest.mark.timeout(300)

CALM = "<!doctype html><html lang=pl><title>Urząd</title><main><h1>Urząd</h1></main>"
SIZE_LIMIT = 20_000


def policies(sites: World) -> dict[str, tuple[str, str]]:
    """Policy and attributes of the script, by how the page allows it."""
    common = f"default-src 'none'; connect-src {sites.widget}; base-uri 'none'; require-trusted-types-for 'script'"
    return {
        "adres": (f"{common}; script-src {sites.widget}", ""),
        "nonce": (f"{common}; script-src 'nonce-abc123'", 'nonce="abc123"'),
        "nonce-i-strict-dynamic": (f"{common}; script-src 'nonce-abc123' 'strict-dynamic'", 'nonce="abc123"'),
    }


@pytest.mark.parametrize("name", ["adres", "nonce", "nonce-i-strict-dynamic"])
def test_strict_policy_on_another_origin_carries_a_whole_conversation(
    sites: World, context: BrowserContext, name: str
) -> None:
    policy, attributes = policies(sites)[name]
    script = sites.script(f'data-site="{KEY}" {attributes}')
    page = context.new_page()
    page.goto(sites.partner.put(f"/csp-{name}", CALM + script, policy))
    open_chat(page)
    expect(bot(page).first).to_contain_text("To asystent Urzędu Testowego.")
    answer = ask(page, "ile wynosi zasiłek")
    expect(answer.locator(".sources a").first).to_contain_text("art. 224")
    page.get_by_role("button", name="Podatek od zasiłku").click()
    expect(bot(page)).to_have_count(3, timeout=20_000)
    assert page.evaluate("window.broken") == []
    assert context.cookies() == []
    keys = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    assert set(keys) == {f"zielona-linia:{sites.widget}:{KEY}"}
    assert page.evaluate("[...document.body.children].map((node) => node.localName)") == [
        "main", "script", "zielona-linia-chat",
    ]  # fmt: skip


def test_pages_of_one_site_share_one_conversation(sites: World, context: BrowserContext) -> None:
    first, second = context.new_page(), context.new_page()
    first.goto(sites.partner.put("/a", CALM + sites.script()))
    open_chat(first)
    ask(first, "ile wynosi zasiłek")
    second.goto(sites.partner.put("/b/c", CALM + sites.script()))
    launcher(second).click()
    expect(visitor(second)).to_contain_text("ile wynosi zasiłek")
    ask(second, "dziękuję")
    # Nobody has to come back to a tab for it to show what happened in another.
    expect(visitor(first)).to_have_count(2)
    ask(first, "ile mam urlopu po 12 latach pracy")
    expect(visitor(second)).to_have_count(3)


def test_the_next_page_shows_the_open_conversation_without_taking_the_focus(
    sites: World, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(sites.partner.put("/pierwsza", CALM + sites.script()))
    open_chat(page)
    ask(page, "ile wynosi zasiłek")
    page.goto(sites.partner.put("/druga", CALM + "<input id=szukaj autofocus>" + sites.script()))
    expect(visitor(page)).to_have_count(1)
    assert page.evaluate("document.activeElement.id") == "szukaj"


def test_a_page_that_nobody_registered_is_refused_and_told_why(sites: World, context: BrowserContext) -> None:
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    with page.expect_response("**/api/v1/widget?*") as answered:
        page.goto(sites.stranger.put("/", CALM + sites.script()))
    assert answered.value.status == 403
    expect(launcher(page)).to_be_hidden()
    page.wait_for_function("() => true")
    assert any(sites.stranger.address in text and "nie obejmuje" in text for text in said), said


@pytest.mark.parametrize("body", [{}, {"site": KEY}, {"site": "nieznany-klucz"}])
def test_the_api_refuses_other_origins_with_a_problem(sites: World, body: dict[str, str]) -> None:
    headers = {"Origin": sites.stranger.address}
    answer = requests.post(f"{sites.widget}/api/v1/conversations", json=body, headers=headers, timeout=10)
    assert answer.status_code == 403
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert sites.stranger.address in answer.json()["detail"]
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_partner_may_not_use_the_key_of_another(sites: World) -> None:
    for origin, key, status in (
        (sites.partner.address, KEY, 201),
        (sites.partner.address, OTHER_KEY, 403),
        (sites.partner.address, "", 403),
        (sites.widget, OTHER_KEY, 201),
        ("null", KEY, 403),
    ):
        answer = requests.post(
            f"{sites.widget}/api/v1/conversations", json={"site": key}, headers={"Origin": origin}, timeout=10
        )
        assert answer.status_code == status, (origin, key)


def test_frame_works_on_the_partners_page_and_on_no_other(sites: World, context: BrowserContext) -> None:
    frame = f'<iframe src="{sites.widget}/okno/{KEY}" title="Asystent" width=420 height=640></iframe>'
    page = context.new_page()
    page.goto(sites.partner.put("/ramka", CALM + frame, f"default-src 'none'; frame-src {sites.widget}"))
    inside = page.frame_locator("iframe")
    expect(inside.locator(".bubble.bot")).to_have_count(1)
    inside.get_by_label("Pytanie do asystenta").fill("ile wynosi zasiłek")
    inside.get_by_role("button", name="Wyślij").click()
    expect(inside.locator(".bubble.bot")).to_have_count(2, timeout=20_000)
    page.screenshot(path=SCREENSHOTS / "osadzenie-ramka.png")
    other = context.new_page()
    other.goto(sites.stranger.put("/ramka", CALM + frame))
    expect(other.frame_locator("iframe").locator(".bubble.bot")).to_have_count(0)
    assert all("okno" not in child.url for child in other.frames)


@pytest.mark.parametrize("key", [KEY, OTHER_KEY])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_theme(sites: World, browser: Browser, key: str, scheme: str) -> None:
    site = sites.partner if key == KEY else sites.career
    context = browser.new_context(locale="pl-PL", color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(site.put("/kolory", CALM + sites.script(f'data-site="{key}"')))
    expect(launcher(page)).to_be_visible()
    assert violations(page) == []
    open_chat(page)
    ask(page, "ile wynosi zasiłek")
    page.get_by_role("button", name="Opcje").click()
    assert violations(page) == []
    page.screenshot(path=SCREENSHOTS / f"motyw-{key}-{scheme}.png")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_around(sites: World, browser: Browser, scheme: str) -> None:
    context = browser.new_context(locale="pl-PL", color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    for path in ("/demo", "/czat", f"/czat/{OTHER_KEY}", f"/okno/{KEY}", f"/pytanie/{KEY}", "/deklaracja-dostepnosci"):
        answer = page.goto(sites.widget + path)
        assert answer is not None
        assert answer.status == 200, path
        if path.startswith(("/czat", "/okno")):
            expect(bot(page)).to_have_count(1)
        assert violations(page) == [], path
    context.close()


def test_without_scripts_a_form_answers_with_sources(sites: World, browser: Browser) -> None:
    context = browser.new_context(locale="pl-PL", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{sites.widget}/czat/{KEY}")
    page.get_by_label("Pytanie do asystenta").fill("ile wynosi zasiłek, mój PESEL to 44051401359")
    page.get_by_role("button", name="Wyślij pytanie").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("1783,90")
    expect(main).not_to_contain_text("44051401359")
    expect(main.get_by_role("link", name="art. 224")).to_have_attribute(
        "href", "https://eli.gov.pl/eli/DU/2025/620/ogl"
    )
    expect(page.get_by_role("contentinfo")).to_contain_text("19524")
    expect(page.get_by_role("contentinfo").get_by_role("link", name="Formularz kontaktowy")).to_be_visible()
    # The first one begins a dialogue, in which recipes are no questions.
    proposed = page.locator(".choices button").nth(1)
    title = proposed.inner_text()
    proposed.click()
    expect(page.get_by_role("heading", level=2).first).to_have_text(title)
    expect(main).to_contain_text("Wcześniej w tej rozmowie")
    page.get_by_label("Pytanie do asystenta").fill("<b>przepis na sernik</b>")
    page.get_by_role("button", name="Wyślij pytanie").click()
    expect(page.get_by_role("heading", level=2).first).to_have_text("<b>przepis na sernik</b>")
    expect(main).to_contain_text("19524")
    context.close()


def test_without_scripts_a_bad_form_says_what_is_wrong(sites: World) -> None:
    for data, status, text in (
        ({"text": "  "}, 422, "Wiadomość jest pusta"),
        ({"text": "a" * 5000}, 413, "za długa"),
        ({"text": "x", "conversation": "11111111-1111-4111-8111-111111111111", "token": "zły"}, 401, "klucza rozmowy"),
        ({"text": "x", "client_id": "?"}, 422, "client_id"),
    ):
        answer = requests.post(f"{sites.widget}/pytanie", data=data, timeout=10)
        assert answer.status_code == status
        assert text in answer.text
        assert answer.headers["Content-Type"].startswith("text/html")


def name_of(request: Request) -> str:
    return urlsplit(request.url).path.rsplit("/", 1)[1]


@pytest.mark.parametrize("language", ["pl", "uk"])
def test_everything_weighs_at_most_twenty_kilobytes_and_nothing_shifts(
    sites: World, context: BrowserContext, language: str
) -> None:
    page = context.new_page()
    fetched: list[Request] = []
    page.on("requestfinished", lambda request: fetched.append(request) if is_part(request.url) else None)

    def is_part(address: str) -> bool:
        return address.startswith(sites.widget) and "/conversations" not in address

    page.goto(sites.partner.put("/waga", CALM + sites.script(f'data-site="{KEY}" data-lang="{language}"')))
    launcher_of = page.locator("zielona-linia-chat .launcher")
    expect(launcher_of).to_be_visible()
    assert [name_of(request) for request in fetched] == ["zielona-linia.js", "widget"]
    launcher_of.click()
    expect(bot(page)).to_have_count(1)
    weight = {name_of(request): request.sizes()["responseBodySize"] for request in fetched}
    assert set(weight) == {"zielona-linia.js", "widget", "panel.js"}
    assert sum(weight.values()) <= SIZE_LIMIT, weight
    assert shifts(page) == []
    page.reload()
    expect(bot(page)).to_have_count(1)
    assert shifts(page) == []


def shifts(page: Page) -> list[float]:
    found: list[float] = page.evaluate(
        """() => new Promise((done) => {
          const seen = [];
          new PerformanceObserver((list) => seen.push(...list.getEntries().map(({ value }) => value)))
            .observe({ type: "layout-shift", buffered: true });
          setTimeout(() => done(seen), 300);
        })"""
    )
    return found
