"""What happened, over all channels, without anything that identifies a person."""

from __future__ import annotations

from typing import Any

from flask import current_app

from widget.events.recorder import Recorder


def recorder() -> Recorder:
    """The recorder of the running application."""
    found: Recorder = current_app.extensions["zielona_events"]
    return found


def record(kind: str, **facts: Any) -> None:
    """Note one event, see `widget.events.kinds` and `widget.events.facts.Facts`; never raises and never waits."""
    recorder().record(kind, **facts)
