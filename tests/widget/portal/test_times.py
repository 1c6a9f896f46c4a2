"""Times in the visitors' chat, run as the browser's script would be."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from zielona.settings import ROOT

TIMES = ROOT / "widget" / "portal" / "static" / "chat" / "times.js"


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Europe/Warsaw"])
@pytest.mark.parametrize(("moment", "shown"), [("2026-11-27T07:00:00Z", "08:00"), ("2026-07-03T06:00:00Z", "08:00")])
def test_hotline_opens_at_polish_time(zone: str, moment: str, shown: str) -> None:
    script = f"import {{ hotlineTime }} from '{TIMES.as_uri()}'; console.log(hotlineTime('{moment}', 'pl'));"
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", script],
        env={**os.environ, "TZ": zone}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == f"piątek, {shown}" or done.stdout.strip() == f"piątek {shown}"
