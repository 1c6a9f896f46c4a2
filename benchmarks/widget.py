"""Size and load of the widget in Chromium: `python -m benchmarks.widget`.

Printed, not asserted: times depend on the machine. The limit of 20 kB is a test.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from benchmarks.table import show
from tests.end_to_end.chat import ask, bot, launcher
from tests.end_to_end.conftest import FLAGS, chromium
from tests.end_to_end.sites import World, world
from widget.app import create_app
from widget.languages.catalogue import NAMES
from widget.portal.assets import Assets
from zielona.sandbox import running_stack
from zielona.settings import Settings

_OBSERVE = """
window.seen = { tasks: [0], shifts: [0] };
new PerformanceObserver((list) => seen.tasks.push(...list.getEntries().map(({ duration }) => duration)))
  .observe({ type: "longtask", buffered: true });
new PerformanceObserver((list) => seen.shifts.push(...list.getEntries().map(({ value }) => value)))
  .observe({ type: "layout-shift", buffered: true });
"""
_SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}


def sizes() -> None:
    """Scripts, and for each language the configuration that comes with them."""
    assets = Assets()
    scripts = sum(assets.weight.values())
    rows = [[name, str(size), ""] for name, size in assets.weight.items()]
    for language, words in configurations().items():
        rows.append([f"configuration, {language}", str(words), str(scripts + words)])
    rows += [[f"{name} (when needed)", str(size), ""] for name, size in assets.later.items()]
    show("What a visitor fetches, bytes with gzip; the limit is 20 000", ["file", "bytes", "all"], rows)


def configurations() -> dict[str, int]:
    """Compressed bytes of the answer of `/api/v1/widget` by language."""
    client = create_app(Settings({"ZL_SECRET": "x" * 32, "ZL_DATABASE_URL": "sqlite://"})).test_client()
    return {
        language: len(client.get(f"/api/v1/widget?language={language}", headers={"Accept-Encoding": "gzip"}).data)
        for language in NAMES
    }


def load(browser: Browser, sites: World, label: str, *, slow: bool) -> list[str]:
    """One visit to a partner's page: milliseconds to the button, the open panel and the first answer."""
    page = browser.new_context(locale="pl-PL").new_page()
    page.add_init_script(_OBSERVE)
    if slow:
        session = page.context.new_cdp_session(page)
        session.send("Network.emulateNetworkConditions", _SLOW)
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(sites.partner.put("/", f"<!doctype html><title>x</title><h1>x</h1>{sites.script()}"))
    times = [page.evaluate("performance.now()")]
    for step in (
        lambda: expect(launcher(page)).to_be_visible(timeout=30_000),
        lambda: (launcher(page).click(), expect(bot(page)).to_have_count(1, timeout=30_000)),
        lambda: ask(page, "ile wynosi zasiłek"),
    ):
        step()
        times.append(page.evaluate("performance.now()"))
    seen = page.evaluate("seen")
    page.context.close()
    button = times[1]
    return [
        label, f"{button:.0f}", f"{times[2] - times[1]:.0f}", f"{times[3] - times[2]:.0f}",
        f"{max(seen['tasks']):.0f}", f"{sum(seen['shifts']):.3f}",
    ]  # fmt: skip


def main() -> None:
    sizes()
    with (
        tempfile.TemporaryDirectory() as name,
        running_stack(Path(name)) as running,
        world(running, Path(name)) as sites,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS, headless=True)
        load(browser, sites, "warm-up", slow=False)
        rows = [
            load(browser, sites, "no limits", slow=False),
            load(browser, sites, "3G (400 kbit/s, 400 ms), CPU ÷ 4", slow=True),
        ]
        browser.close()
    head = ["network", "button, ms", "open, ms", "answer, ms", "longest task, ms", "layout shift"]
    show("A visit to a partner's page (0: no task of 50 ms or more)", head, rows)


if __name__ == "__main__":
    main()
