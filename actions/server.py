"""Starts the action server on loopback: rasa-sdk's own starter listens on all addresses."""

from __future__ import annotations

from rasa_sdk.endpoint import create_app

from actions.offices import finder
from zielona.settings import current_settings


def main() -> None:
    # Loaded now, so that the first visitor who asks for an office does not wait for it.
    finder()
    app = create_app("actions")
    app.run("127.0.0.1", current_settings().port("ACTIONS_PORT"), workers=1, access_log=False)


if __name__ == "__main__":
    main()
