"""A small ELI service on 127.0.0.1: documents with validators, ranges, and faults on demand."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CUT = "cut"
HANG = "hang"


@dataclass
class Service:
    """What is served, what goes wrong before that, and what was asked for."""

    documents: dict[str, tuple[bytes, str | None]] = field(default_factory=dict)
    faults: dict[str, list[int | str]] = field(default_factory=lambda: defaultdict(list))
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    url: str = ""

    def serve(self, path: str, body: bytes, etag: str | None = None) -> None:
        self.documents[path] = (body, etag)

    def headers_of(self, path: str) -> list[dict[str, str]]:
        return [headers for asked, headers in self.asked if asked == path]


def start(service: Service) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args: Any) -> None:
            """Quiet."""

        def do_GET(self) -> None:
            path = self.path.removeprefix("/eli")
            service.asked.append((path, {key.lower(): value for key, value in self.headers.items()}))
            fault = service.faults[path].pop(0) if service.faults[path] else None
            if isinstance(fault, int):
                return self._send(fault, b"<html>error</html>", {"Retry-After": "0"})
            if fault == HANG:
                time.sleep(1.5)
                self.close_connection = True
                return None
            if path not in service.documents:
                return self._send(404, b"", {})
            body, etag = service.documents[path]
            headers = {"ETag": etag} if etag else {}
            if etag and self.headers.get("If-None-Match") == etag:
                return self._send(304, b"", headers)
            start_at, status = 0, 200
            if self.headers.get("Range") and self.headers.get("If-Range") == etag:
                start_at, status = int(self.headers["Range"].removeprefix("bytes=").rstrip("-")), 206
            return self._send(status, body[start_at:], headers, cut=fault == CUT)

        def _send(self, status: int, body: bytes, headers: dict[str, str], *, cut: bool = False) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if cut else body)
            self.close_connection = self.close_connection or cut

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    service.url = f"http://127.0.0.1:{server.server_port}/eli"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    return server
