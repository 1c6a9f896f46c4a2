"""Networks as people have them: gone and back, slow, and two tabs at once. Nothing is lost and nothing comes twice."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.end_to_end.chat import (
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
from tests.end_to_end.sites import World

pytestmark = pytest.mark.timeout(300)

HOST = "<!doctype html><html lang=pl><title>Urząd</title><main><h1>Urząd</h1></main>"
# Fast 3G of Chromium's developer tools is 1.6 Mbit/s; this is the slow one: 400 kbit/s and 400 ms each way.
THIRD_GENERATION = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}


def write(page: Page, text: str) -> None:
    question_field(page).fill(text)
    question_field(page).press("Enter")


def begin(sites: World, context: BrowserContext, path: str) -> Page:
    page = context.new_page()
    page.goto(sites.partner.put(path, HOST + sites.script()))
    open_chat(page)
    return page


def test_questions_wait_for_the_network_and_are_answered_once_in_their_order(
    sites: World, context: BrowserContext
) -> None:
    page = begin(sites, context, "/siec")
    context.set_offline(True)
    write(page, "ile wynosi zasiłek")
    expect(page.locator("zielona-linia-chat .error")).to_contain_text("wyśle się sama")
    write(page, "ile mam urlopu po 12 latach pracy")
    expect(visitor(page)).to_have_count(2)
    expect(page.locator("zielona-linia-chat .error")).to_have_count(1)
    assert violations(page) == []
    page.screenshot(path=SCREENSHOTS / "bez-sieci.png")
    context.set_offline(False)
    expect(bot(page)).to_have_count(3, timeout=30_000)
    expect(page.locator("zielona-linia-chat .error")).to_have_count(0)
    order = page.locator("zielona-linia-chat .bubble").evaluate_all("all => all.map(({ className }) => className)")
    assert [name.split()[1] for name in order] == ["bot", "visitor", "bot", "visitor", "bot"]
    page.reload()
    expect(bot(page)).to_have_count(3)
    expect(visitor(page)).to_have_count(2)


def test_a_question_survives_leaving_the_page_without_network(sites: World, context: BrowserContext) -> None:
    page = begin(sites, context, "/kolejka")
    page.route("**/messages", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    write(page, "ile wynosi zasiłek")
    expect(page.get_by_role("button", name="Spróbuj ponownie")).to_be_visible()
    page.unroute_all()
    page.reload()
    expect(visitor(page)).to_have_count(1)
    expect(bot(page)).to_have_count(2, timeout=20_000)
    kept = page.evaluate("Object.values(localStorage).map((value) => JSON.parse(value).queue ?? null)")
    assert kept == [None]


def test_an_answer_lost_on_the_way_back_is_not_asked_for_twice(sites: World, context: BrowserContext) -> None:
    page = begin(sites, context, "/powrot")
    sent: list[dict[str, Any]] = []

    def lose(route: Any) -> None:
        sent.append(json.loads(route.request.post_data or "{}"))
        route.fetch()
        route.abort()

    page.route("**/messages", lose, times=1)
    write(page, "ile wynosi zasiłek")
    page.get_by_role("button", name="Spróbuj ponownie").click()
    expect(bot(page)).to_have_count(2, timeout=20_000)
    assert len(sent) == 1
    page.reload()
    expect(visitor(page)).to_have_count(1)


def test_slowness_is_admitted_and_the_visitor_decides_how_long_to_wait(sites: World, context: BrowserContext) -> None:
    page = begin(sites, context, "/wolno")
    page.clock.install()
    held: list[Any] = []
    page.route("**/messages", lambda route: held.append(route))
    write(page, "ile wynosi zasiłek")
    typing = page.locator("zielona-linia-chat .typing")
    expect(typing).to_contain_text("Asystent pisze")
    page.clock.run_for(3_100)
    expect(typing).to_contain_text("trwa dłużej niż zwykle")
    expect(page.get_by_role("button", name="Przerwij")).to_have_count(0)
    page.clock.run_for(7_000)
    assert focused(page) == "Pytanie do asystenta"
    assert violations(page) == []
    page.screenshot(path=SCREENSHOTS / "wolna-siec.png")
    page.get_by_role("button", name="Czekam dalej").click()
    expect(page.get_by_role("button", name="Przerwij")).to_have_count(0)
    assert focused(page) == "Pytanie do asystenta"
    page.clock.run_for(10_100)
    page.get_by_role("button", name="Przerwij").click()
    expect(page.locator("zielona-linia-chat .error")).to_contain_text("Pytanie nie zginęło")
    expect(typing).to_be_empty()
    page.unroute_all()
    page.clock.resume()
    page.get_by_role("button", name="Spróbuj ponownie").click()
    expect(bot(page)).to_have_count(2, timeout=20_000)
    expect(visitor(page)).to_have_count(1)


def test_two_tabs_show_one_conversation(sites: World, context: BrowserContext) -> None:
    first = begin(sites, context, "/karta-1")
    second = context.new_page()
    second.goto(sites.partner.put("/karta-2", HOST + sites.script()))
    launcher(second).click()
    expect(bot(second)).to_have_count(1)
    ask(first, "ile wynosi zasiłek")
    expect(bot(second)).to_have_count(2)
    ask(second, "ile mam urlopu po 12 latach pracy")
    expect(bot(first)).to_have_count(3)
    first.get_by_role("button", name="Opcje").click()
    first.get_by_role("button", name="Usuń rozmowę").click()
    first.get_by_role("button", name="Tak, usuń").click()
    expect(visitor(first)).to_have_count(0)
    expect(visitor(second)).to_have_count(0)


def test_a_slow_phone_network_is_enough(sites: World, browser: Browser) -> None:
    context = browser.new_context(locale="pl-PL", viewport={"width": 360, "height": 640}, has_touch=True)
    page = context.new_page()
    context.new_cdp_session(page).send("Network.emulateNetworkConditions", THIRD_GENERATION)
    page.goto(sites.partner.put("/3g", HOST + sites.script()))
    launcher(page).tap()
    expect(bot(page)).to_have_count(1, timeout=20_000)
    ask(page, "ile wynosi zasiłek")
    context.close()


def test_no_task_of_the_widget_holds_the_page_for_fifty_milliseconds(sites: World, browser: Browser) -> None:
    """By the processor's time, which a busy machine does not change."""
    context = browser.new_context(locale="pl-PL", viewport={"width": 1100, "height": 850})
    page = context.new_page()
    browser.start_tracing(
        page=page, categories=["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"]
    )
    page.goto(sites.partner.put("/czas", HOST + sites.script()))
    launcher(page).click()
    expect(bot(page)).to_have_count(1, timeout=20_000)
    ask(page, "ile wynosi zasiłek")
    page.get_by_role("button", name="Opcje").click()
    trace = json.loads(browser.stop_tracing())["traceEvents"]
    context.close()
    address = sites.widget
    ours = {event["tid"] for event in trace if address in json.dumps(event.get("args", {})) and event.get("tdur")}
    assert ours
    tasks = [event for event in trace if event.get("name", "").endswith("RunTask") and event["tid"] in ours]
    assert tasks
    assert max(event.get("tdur", 0) for event in tasks) / 1000 < 50
