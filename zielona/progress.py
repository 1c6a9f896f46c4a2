"""Telling somebody at a terminal what is going on."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from zielona.settings import ROOT

_TICK_SECONDS = 5


class StepError(RuntimeError):
    """A step failed; the text says what to do."""


def say(text: str) -> None:
    sys.stdout.write(f"[zielona] {text}\n")
    sys.stdout.flush()


def run_step(
    label: str,
    command: Sequence[str],
    *,
    log: Path,
    environment: dict[str, str],
    detail: Callable[[str], str] = lambda _: "",
) -> str:
    """Run a long command with a line of progress every few seconds; return the last line it printed.

    Everything it prints goes to `log`; `detail` reads the log so far for more to say. Raises StepError with the end of
    the log.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    say(f"{label}…")
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT)
        try:
            while True:
                try:
                    code = process.wait(timeout=_TICK_SECONDS)
                    break
                except subprocess.TimeoutExpired:
                    said = detail(log.read_text(encoding="utf-8", errors="replace"))
                    say(f"{label}… {time.monotonic() - started:.0f} s{said}")
        except BaseException:
            process.terminate()
            process.wait()
            raise
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    if code != 0:
        tail = "\n".join(lines[-15:])
        raise StepError(f"{label}: nie powiodło się. Cały zapis: {log}\n{tail}")
    say(f"{label}: gotowe ({time.monotonic() - started:.0f} s)")
    return lines[-1] if lines else ""
