"""The four services under supervisor (http://supervisord.org): started together, watched, stopped together."""

from __future__ import annotations

import configparser
import contextlib
import hashlib
import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any
from xmlrpc.client import Fault, ServerProxy

from supervisor.xmlrpc import SupervisorTransport

from zielona.environments import APP_PYTHON, BOT_PYTHON, process_environment
from zielona.progress import say
from zielona.settings import ROOT, Settings

_START_SECONDS = 600
_STOP_SECONDS = 30


class StartError(RuntimeError):
    """The services did not start; the text says why and what to do."""


@dataclass(frozen=True)
class Service:
    """A process: how it is started and how one sees that it is ready."""

    name: str
    label: str
    port_setting: str
    ready_path: str


SERVICES = (
    Service("search", "wyszukiwarka", "SEARCH_PORT", "/readyz"),
    Service("actions", "akcje", "ACTIONS_PORT", "/health"),
    Service("bot", "model dialogowy", "BOT_PORT", "/webhooks/portal/"),
    Service("widget", "widget", "PORT", "/healthz"),
)


class Stack:
    """All services of one set of settings; `run_folder` holds their configuration, logs and tracker store.

    Programs that nobody waits for, such as the worker, are left out where the stack stands `alone`.
    """

    def __init__(self, settings: Settings, model: Path, run_folder: Path, *, alone: bool = False) -> None:
        self.settings = settings
        self._model = model
        self._folder = run_folder
        self._alone = alone
        self._config = run_folder / "supervisord.conf"
        self._process: subprocess.Popen[bytes] | None = None
        # A socket's path may have 107 characters at most, so it cannot lie in the project's folder.
        mark = hashlib.sha256(str(run_folder).encode()).hexdigest()[:12]
        self._socket = Path(tempfile.gettempdir()) / f"zielona-{mark}.sock"

    @property
    def address(self) -> str:
        return f"http://{self.settings.text('HOST')}:{self.settings.port('PORT')}"

    @property
    def logs(self) -> Path:
        """Folder of the logs of all services."""
        return self._folder / "log"

    def start(self) -> None:
        """Start all services and wait until they are ready. Raises StartError."""
        self._check_ports()
        (self._folder / "log").mkdir(parents=True, exist_ok=True)
        self._write_config()
        self._process = subprocess.Popen(
            [str(APP_PYTHON), "-m", "supervisor.supervisord", "-n", "-c", str(self._config)],
            cwd=ROOT,
            env=process_environment(self.settings, self._folder),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            for service in SERVICES:
                self.wait_ready(service)
        except BaseException:
            self.stop()
            raise

    def wait_ready(self, service: Service) -> None:
        """Wait for one service, with a line of progress. Raises StartError."""
        started = last = time.monotonic()
        while not self.is_ready(service):
            now = time.monotonic()
            if self._process is not None and self._process.poll() is not None:
                raise StartError(f"Zarządca procesów zakończył pracę. Zapis: {self._folder / 'log'}")
            if self._status(service.name) in {"FATAL", "EXITED"} or now - started > _START_SECONDS:
                raise StartError(f"Usługa „{service.label}” nie wystartowała.\n{self._log_tail(service)}")
            if now - last > 5:
                say(f"Czekam: {service.label}… {now - started:.0f} s")
                last = now
            time.sleep(0.2)
        say(f"Działa: {service.label} (port {self.settings.port(service.port_setting)})")

    def is_ready(self, service: Service) -> bool:
        url = f"http://127.0.0.1:{self.settings.port(service.port_setting)}{service.ready_path}"
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            return False

    def halt(self, name: str) -> None:
        """Stop one service by name and leave the others running."""
        self._manage("stopProcess", name, True)

    def restart(self, name: str) -> None:
        """Start a stopped service again and wait until it is ready. Raises StartError."""
        self._manage("startProcess", name, False)
        self.wait_ready(next(service for service in SERVICES if service.name == name))

    def wait(self) -> int:
        assert self._process is not None  # noqa: S101 - start was called
        return self._process.wait()

    def stop(self) -> None:
        """Stop everything that was started."""
        if self._process is None or self._process.poll() is not None:
            return
        programs = self._running()
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(timeout=_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            # Each program is the first of a group of its own: without its manager it would go on.
            for leader in (self._process.pid, *programs):
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(leader, signal.SIGKILL)
            self._process.wait()

    def _running(self) -> list[int]:
        try:
            return [*self.pids().values()]
        except (OSError, HTTPException, Fault):
            return []

    def pids(self) -> dict[str, int]:
        """Process ids by service name, of those that run."""
        return {info["name"]: info["pid"] for info in self._manage("getAllProcessInfo") if info["pid"]}

    def _check_ports(self) -> None:
        for service in SERVICES:
            host = self.settings.text("HOST") if service.name == "widget" else "127.0.0.1"
            port = self.settings.port(service.port_setting)
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind((host, port))
                except OSError as error:
                    raise StartError(
                        f"Port {port} (usługa „{service.label}”) jest zajęty: {error.strerror}. Być może asystent już "
                        f"działa. Można zatrzymać tamten program albo wybrać inny port: "
                        f"ZL_{service.port_setting}=… make run"
                    ) from error

    def _commands(self) -> dict[str, list[str]]:
        settings = self.settings
        gunicorn = [str(APP_PYTHON), "-m", "gunicorn", "--worker-class", "gthread", "--workers", "1", "--timeout", "60",
                    "--logger-class", "zielona.gunicorn_logs.JsonLogger"]  # fmt: skip
        return {
            "search": [
                *gunicorn, "--threads", "4", "--bind", f"127.0.0.1:{settings.port('SEARCH_PORT')}",
                "knowledge_base.search.service:create_app()",
            ],
            "actions": [str(BOT_PYTHON), "-m", "actions.server"],
            "bot": [
                str(BOT_PYTHON), "-m", "rasa", "run", "--model", str(self._model), "--endpoints", "bot/endpoints.yml",
                "--credentials", "bot/credentials.yml", "-i", "127.0.0.1", "-p", str(settings.port("BOT_PORT")),
            ],
            "widget": [
                # Pages of the panel that wait for changes hold a thread each.
                *gunicorn, "--threads", "40", "--bind", f"{settings.text('HOST')}:{settings.port('PORT')}",
                "widget.app:serve()",
            ],
        }  # fmt: skip

    @staticmethod
    def _helpers() -> dict[str, list[str]]:
        """Programs that are no services: nobody waits for them."""
        return {
            "retention": [str(APP_PYTHON), "-m", "zielona.cli", "retention", "--daily"],
            "worker": [str(APP_PYTHON), "-m", "widget.studio.training.worker"],
        }

    def _write_config(self) -> None:
        config = configparser.RawConfigParser()
        config["supervisord"] = {
            "logfile": str(self._folder / "log" / "supervisord.log"),
            "pidfile": str(self._folder / "supervisord.pid"),
            "childlogdir": str(self._folder / "log"),
            "silent": "true",
        }
        config["unix_http_server"] = {"file": str(self._socket), "chmod": "0600"}
        config["rpcinterface:supervisor"] = {
            "supervisor.rpcinterface_factory": "supervisor.rpcinterface:make_main_rpcinterface"
        }
        helpers = {} if self._alone else self._helpers()
        for name, command in {**self._commands(), **helpers}.items():
            config[f"program:{name}"] = {
                "command": " ".join(_quoted(part) for part in command).replace("%", "%%"),
                "directory": str(ROOT).replace("%", "%%"),
                "environment": f'ZL_SERVICE="{name}"',
                "autorestart": "true",
                # Longer than an import that fails, so that a service which cannot start is not started for ever.
                "startsecs": "15",
                "startretries": "2",
                "stopasgroup": "true",
                "killasgroup": "true",
                "stopwaitsecs": "15",
                "redirect_stderr": "true",
                "stdout_logfile": str(self._folder / "log" / f"{name}.log").replace("%", "%%"),
                "stdout_logfile_maxbytes": "10MB",
                "stdout_logfile_backups": "2",
            }
        with self._config.open("w", encoding="utf-8") as file:
            config.write(file)

    def _manage(self, method: str, *arguments: Any) -> Any:
        """Call Supervisor's own interface (http://supervisord.org/api.html) over its socket."""
        transport = SupervisorTransport(None, None, f"unix://{self._socket}")
        try:
            return getattr(ServerProxy("http://127.0.0.1", transport=transport).supervisor, method)(*arguments)
        finally:
            transport.close()

    def _status(self, name: str) -> str:
        try:
            return str(self._manage("getProcessInfo", name)["statename"])
        except (OSError, HTTPException, Fault):
            # Supervisor itself is still starting.
            return ""

    def _log_tail(self, service: Service) -> str:
        path = self._folder / "log" / f"{service.name}.log"
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []
        return f"Zapis: {path}\n" + "\n".join(lines[-15:])


def _quoted(part: str) -> str:
    return f'"{part}"' if any(letter in part for letter in " ;()") else part
