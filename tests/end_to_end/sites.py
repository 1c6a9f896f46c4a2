"""Sites of partners and of strangers, each on a port of its own, and a widget that knows the partners."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from werkzeug.serving import make_server

from widget.app import create_app
from widget.storage.engine import migrate
from zielona.environments import secret
from zielona.sandbox import Running, free_ports
from zielona.settings import Settings

KEY = "urzad-testowy"
OTHER_KEY = "kariera-testowa"


@dataclass(frozen=True)
class HostPage:
    """A page of a site: its HTML, and a Content Security Policy if it has one."""

    html: str
    csp: str = ""


@dataclass
class Site:
    """A site that serves the pages put into it."""

    address: str
    pages: dict[str, HostPage] = field(default_factory=dict)

    def put(self, path: str, html: str, csp: str = "") -> str:
        """Serve a page; returns its address."""
        self.pages[path] = HostPage(html, csp)
        return self.address + path


@dataclass
class World:
    """The widget's address, a partner's site, another partner's and a stranger's."""

    widget: str
    partner: Site
    career: Site
    stranger: Site

    def script(self, attributes: str = f'data-site="{KEY}"') -> str:
        return f'<script src="{self.widget}/widget/zielona-linia.js" {attributes} async></script>'


@contextmanager
def world(running: Running, folder: Path) -> Iterator[World]:
    """Serve all of it; bot and search are those of the running stack."""
    with ExitStack() as stack:
        partner, career, stranger = (stack.enter_context(_site()) for _ in range(3))
        yield World(stack.enter_context(_widget(running, folder, partner, career)), partner, career, stranger)


@contextmanager
def _site() -> Iterator[Site]:
    site = Site("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = site.pages.get(self.path)
            self.send_response(200 if page else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if page and page.csp:
                self.send_header("Content-Security-Policy", page.csp)
            self.end_headers()
            self.wfile.write(page.html.encode() if page else b"")

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the tests say what is wrong."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.address = f"http://127.0.0.1:{server.server_port}"
    with serving(server):
        yield site


@contextmanager
def _widget(running: Running, folder: Path, partner: Site, career: Site) -> Iterator[str]:
    registry = folder / "partners.yml"
    registry.write_text(
        f"""partners:
  {KEY}:
    name: Urząd Testowy
    kind: pup
    origins: ["{partner.address}"]
    theme: {{brand: "#123a6b", on_brand: "#ffffff"}}
    greeting: To asystent Urzędu Testowego.
  {OTHER_KEY}:
    name: Biuro Karier Testowe
    kind: biuro_karier
    origins: ["{career.address}"]
    theme: {{brand: "#ffd166", on_brand: "#1b1b1b"}}
""",
        encoding="utf-8",
    )
    [port] = free_ports(1)
    settings = Settings({
        **running.settings.values,
        "ZL_SECRET": secret(running.settings),
        "ZL_PORT": str(port),
        "ZL_PARTNERS": str(registry),
        "ZL_DATABASE_URL": f"sqlite:///{folder / 'sites.db'}",
    })  # fmt: skip
    migrate(settings.database_url)
    server = make_server("127.0.0.1", port, create_app(settings), threaded=True)
    with serving(server):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def serving(server: ThreadingHTTPServer) -> Iterator[None]:
    """Serve in a thread of its own."""
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
