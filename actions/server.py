"""Starts the action server on loopback: rasa-sdk's own starter listens on all addresses."""

from __future__ import annotations

from rasa_sdk.endpoint import create_app
from sanic.response import json

from actions.actions import content
from actions.desk.endpoints import add_desk
from actions.offices import finder
from zielona.settings import current_settings


def main() -> None:
    settings = current_settings()
    # Loaded now, so that the first visitor who asks for an office does not wait for it.
    finder()
    app = create_app("actions")
    add_desk(app, json, secret=settings.text("SECRET"), content=content)
    app.run("127.0.0.1", settings.port("ACTIONS_PORT"), workers=1, access_log=False)


if __name__ == "__main__":
    main()
