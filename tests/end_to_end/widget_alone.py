"""The widget's own server with a bot that answers as it is told: for tests about people, who need no model."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Engine

from widget.app import create_app
from widget.storage.engine import database_engine, migrate
from zielona.environments import APP_PYTHON
from zielona.sandbox import free_ports
from zielona.settings import ROOT, Settings

_START_SECONDS = 90
HANDOVER = {
    "type": "handover", "text": "Konsultant infolinii odbiera telefon 19524.", "topic": "rozmowa_z_czlowiekiem",
    "effect": {"kind": "contact_form", "reason": "rozmowa_z_czlowiekiem", "topic": "rozmowa_z_czlowiekiem"},
}  # fmt: skip
ANSWER = {
    "type": "answer", "text": "Zasiłek dostaje osoba, która przepracowała **365 dni**.", "topic": "zasilek_warunki",
    "confidence": 0.93, "sources": [],
}  # fmt: skip


class _Bot(BaseHTTPRequestHandler):
    """The portal channel: hands over to who asks for a human, else gives one answer."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or b"{}")
        if self.path.endswith("/erase"):
            return self._answer({"events": 0})
        found = HANDOVER if "człowiek" in str(body.get("message")) else ANSWER
        return self._answer({"messages": [found], "model": "proba"})

    def do_GET(self) -> None:
        self._answer({"status": "ok"})

    def _answer(self, body: dict[str, Any]) -> None:
        data = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Tests have a log of their own."""


@dataclass
class Office:
    """A running server, the same application in this process for making accounts, and its database."""

    address: str
    app: Flask
    engine: Engine


@contextmanager
def office(folder: Path, **values: str) -> Iterator[Office]:
    """Start the server over a new database in `folder`; business hours are always."""
    port, bot_port, away = free_ports(3)
    url = f"sqlite:///{folder / 'office.db'}"
    migrate(url)
    settings = {
        "SECRET": "x" * 32, "DATABASE_URL": url, "PORT": str(port), "BOT_PORT": str(bot_port), "SEARCH_PORT": str(away),
        "ACTIONS_PORT": str(away), "TICKET_DAYS": "1-7 0:00-23:59", "RATE_LIMIT": "10000 per minute",
        "SIGN_IN_LIMIT": "10000 per minute", "LIVE_LIMIT": "10000 per minute", **values,
    }  # fmt: skip
    environment = {**os.environ, **{f"ZL_{name}": value for name, value in settings.items()}}
    bot = ThreadingHTTPServer(("127.0.0.1", bot_port), _Bot)
    threading.Thread(target=bot.serve_forever, daemon=True).start()
    command = [
        str(APP_PYTHON), "-m", "gunicorn", "--worker-class", "gthread", "--threads", "24",
        "--bind", f"127.0.0.1:{port}", "widget.app:create_app()",
    ]  # fmt: skip
    with (folder / "widget.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address, server, folder)
        app = create_app(Settings(environment))
        yield Office(address, app, database_engine(url))
    finally:
        server.terminate()
        server.wait(timeout=30)
        bot.shutdown()
        bot.server_close()


def _wait_for(address: str, server: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=2).close()  # noqa: S310 - our own address
        except (OSError, urllib.error.URLError):
            time.sleep(0.2)
        else:
            return
    raise RuntimeError((folder / "widget.log").read_text(errors="replace")[-2000:])
