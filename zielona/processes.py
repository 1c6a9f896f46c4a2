"""All services under supervisor (http://supervisord.org): started together, watched, stopped together."""

from __future__ import annotations

import configparser
import contextlib
import os
import signal
import subprocess
import time
from http.client import HTTPException
from pathlib import Path
from xmlrpc.client import Fault

from zielona.environments import APP_PYTHON, process_environment
from zielona.progress import say
from zielona.publishing.beginning import first_state
from zielona.publishing.slots import (
    GUNICORN,
    SLOT_SERVICES,
    Service,
    is_ready,
    port_setting,
    program,
    programs,
    why_taken,
)  # fmt: skip
from zielona.publishing.state import NAMES, State, read_state, write_state
from zielona.publishing.supervision import Supervision, socket_path
from zielona.settings import ROOT, Settings

_START_SECONDS = 600
_STOP_SECONDS = 30


class StartError(RuntimeError):
    """The services did not start; the text says why and what to do."""


WIDGET = Service("widget", "widget", "PORT", "/healthz")
SERVICES = (*SLOT_SERVICES, WIDGET)


class Stack:
    """All services of one set of settings; `run_folder` holds their configuration, logs and tracker store.

    Search, actions and bot run in slots (`zielona.publishing`): each is `search-a` or `search-b` to supervisor, and
    plain `search` here is that of the slot which answers. `model` is what slot a runs where no release is published.

    Programs that nobody waits for, such as the worker, are left out where the stack stands `alone`.
    """

    def __init__(self, settings: Settings, model: Path, run_folder: Path, *, alone: bool = False) -> None:
        self.settings = settings
        self._model = model
        self._folder = run_folder
        self._alone = alone
        self._config = run_folder / "supervisord.conf"
        self._process: subprocess.Popen[bytes] | None = None
        self._supervision = Supervision(run_folder)

    @property
    def address(self) -> str:
        return f"http://{self.settings.text('HOST')}:{self.settings.port('PORT')}"

    @property
    def logs(self) -> Path:
        """Folder of the logs of all services."""
        return self._folder / "log"

    @property
    def state(self) -> State:
        """Which release runs in which slot."""
        return read_state(self._folder) or first_state(None, self._model, self.settings)

    def log(self, service: str) -> Path:
        """The log of a service, of the slot that answers where it runs in slots."""
        return self.logs / f"{self._program(service)}.log"

    def start(self) -> None:
        """Start all services and wait until they are ready. Raises StartError."""
        state = first_state(read_state(self._folder), self._model, self.settings)
        self._check_ports(state)
        (self._folder / "log").mkdir(parents=True, exist_ok=True)
        write_state(self._folder, state)
        self._write_config(state)
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
            if (
                self._supervision.status(self._program(service.name)) in {"FATAL", "EXITED"}
                or now - started > _START_SECONDS
            ):
                raise StartError(f"Usługa „{service.label}” nie wystartowała.\n{self._log_tail(service)}")
            if now - last > 5:
                say(f"Czekam: {service.label}… {now - started:.0f} s")
                last = now
            time.sleep(0.2)
        say(f"Działa: {service.label} (port {self._port(service)})")

    def is_ready(self, service: Service) -> bool:
        return is_ready(service, self._port(service))

    def halt(self, name: str) -> None:
        """Stop one service by name and leave the others running."""
        self._supervision.stop(self._program(name))

    def restart(self, name: str) -> None:
        """Start a stopped service again and wait until it is ready. Raises StartError."""
        self._supervision.start(self._program(name))
        self.wait_ready(next(service for service in SERVICES if service.name == name))

    def wait(self) -> int:
        assert self._process is not None  # noqa: S101 - start was called
        return self._process.wait()

    def stop(self) -> None:
        """Stop everything that was started."""
        if self._process is None or self._process.poll() is not None:
            return
        running = self._running()
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(timeout=_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            # Each program is the first of a group of its own: without its manager it would go on.
            for leader in (self._process.pid, *running):
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(leader, signal.SIGKILL)
            self._process.wait()

    def _running(self) -> list[int]:
        try:
            return [*self.pids().values()]
        except (OSError, HTTPException, Fault):
            return []

    def pids(self) -> dict[str, int]:
        """Process ids by service name, of those that run; of the other slot by the name of the program."""
        names = {self._program(service.name): service.name for service in SERVICES}
        return {names.get(name, name): pid for name, pid in self._supervision.pids().items()}

    def _program(self, service: str) -> str:
        slotted = service in {item.name for item in SLOT_SERVICES}
        return program(service, self.state.live) if slotted else service

    def _port(self, service: Service) -> int:
        if service is WIDGET:
            return self.settings.port(service.port_setting)
        return self.state.slots[self.state.live].ports[service.name]

    def _check_ports(self, state: State) -> None:
        settings = self.settings
        self._check_port(WIDGET.label, WIDGET.port_setting, settings.port("PORT"), host=settings.text("HOST"))
        for slot in state.used:
            for service in SLOT_SERVICES:
                self._check_port(service.label, port_setting(service, slot), state.slots[slot].ports[service.name])

    @staticmethod
    def _check_port(label: str, setting: str, port: int, *, host: str = "127.0.0.1") -> None:
        error = why_taken(port, host)
        if error is not None:
            raise StartError(
                f"Port {port} (usługa „{label}”) jest zajęty: {error.strerror}. Być może asystent już działa. Można "
                f"zatrzymać tamten program albo wybrać inny port: ZL_{setting}=… make run"
            ) from error

    def _commands(self) -> dict[str, list[str]]:
        """By program. What runs in a slot looks up by itself what that is, see `zielona.publishing.slots.start`."""
        settings = self.settings
        slotted = {
            program(service.name, slot): [str(APP_PYTHON), "-m", "zielona.publishing.slots", service.name, slot]
            for slot in NAMES
            for service in SLOT_SERVICES
        }
        return {
            **slotted,
            "widget": [
                # Pages of the panel that wait for changes hold a thread each.
                *GUNICORN, "--threads", "40", "--bind", f"{settings.text('HOST')}:{settings.port('PORT')}",
                "widget.app:serve()",
            ],
        }  # fmt: skip

    @staticmethod
    def _helpers() -> dict[str, list[str]]:
        """Programs that are no services: nobody waits for them."""
        return {
            "retention": [str(APP_PYTHON), "-m", "zielona.cli", "retention", "--daily"],
            "worker": [str(APP_PYTHON), "-m", "widget.studio.training.worker"],
            "publisher": [str(APP_PYTHON), "-m", "zielona.cli", "publish", "--watch"],
        }

    def _write_config(self, state: State) -> None:
        config = configparser.RawConfigParser()
        config["supervisord"] = {
            "logfile": str(self._folder / "log" / "supervisord.log"),
            "pidfile": str(self._folder / "supervisord.pid"),
            "childlogdir": str(self._folder / "log"),
            "silent": "true",
        }
        config["unix_http_server"] = {"file": str(socket_path(self._folder)), "chmod": "0600"}
        config["rpcinterface:supervisor"] = {
            "supervisor.rpcinterface_factory": "supervisor.rpcinterface:make_main_rpcinterface"
        }
        idle = {name for slot in NAMES if slot not in state.used for name in programs(slot)}
        helpers = {} if self._alone else self._helpers()
        for name, command in {**self._commands(), **helpers}.items():
            config[f"program:{name}"] = self._section(name, command, autostart=name not in idle)
        with self._config.open("w", encoding="utf-8") as file:
            config.write(file)

    def _section(self, name: str, command: list[str], *, autostart: bool) -> dict[str, str]:
        # The name in logs is that of the service, whichever slot it runs in.
        service = next(
            (item.name for item in SLOT_SERVICES for slot in NAMES if program(item.name, slot) == name), name
        )
        return {
            "command": " ".join(_quoted(part) for part in command).replace("%", "%%"),
            "directory": str(ROOT).replace("%", "%%"),
            "environment": f'ZL_SERVICE="{service}"',
            "autostart": str(autostart).lower(),
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

    def _log_tail(self, service: Service) -> str:
        path = self.log(service.name)
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []
        return f"Zapis: {path}\n" + "\n".join(lines[-15:])


def _quoted(part: str) -> str:
    return f'"{part}"' if any(letter in part for letter in " ;()") else part
