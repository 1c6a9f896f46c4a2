"""Chromium, and a page with the widget on it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.end_to_end.chat import SCREENSHOTS
from tests.end_to_end.sites import World, world
from zielona.sandbox import Running

FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run"
).split()


def chromium() -> str:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.fail(
            "Testy w przeglądarce potrzebują Chromium. W systemie Debian: apt-get install chromium; "
            "gdzie indziej ścieżkę do programu podaje zmienna CHROMIUM."
        )
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=FLAGS, headless=True)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, running: Running) -> Iterator[Page]:
    """The demo page on a wide screen; the test fails where a script fails or breaks the page's CSP."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    context = browser.new_context(locale="pl-PL", viewport={"width": 1100, "height": 850})
    made = context.new_page()
    errors: list[str] = []
    made.on("pageerror", lambda error: errors.append(str(error)))
    made.on("console", lambda message: errors.append(message.text) if "Content Security" in message.text else None)
    made.goto(f"{running.address}/demo")
    yield made
    context.close()
    assert errors == []


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor of a partner's site; `broken` holds what the page's policy stopped."""
    made = browser.new_context(locale="pl-PL", viewport={"width": 1100, "height": 850})
    made.add_init_script(
        "window.broken = []; addEventListener('securitypolicyviolation', (event) => broken.push(event.blockedURI))"
    )
    yield made
    made.close()


@pytest.fixture(scope="session")
def sites(running: Running, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Partners' sites on other origins than the widget's."""
    with world(running, tmp_path_factory.mktemp("sites")) as made:
        yield made
