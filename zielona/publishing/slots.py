"""The services of a slot: their ports, their addresses, and how each is started."""

from __future__ import annotations

import os
import socket
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass

from zielona.environments import APP_PYTHON, BOT_PYTHON
from zielona.publishing.state import NAMES, Slot, Watched
from zielona.releases import ReleaseFiles
from zielona.settings import Settings, current_settings

GUNICORN = (str(APP_PYTHON), "-m", "gunicorn", "--worker-class", "gthread", "--workers", "1", "--timeout", "60",
            "--logger-class", "zielona.gunicorn_logs.JsonLogger")  # fmt: skip


class NoSlotError(RuntimeError):
    """Nobody wrote what the slot should run."""


@dataclass(frozen=True)
class Service:
    """A process: how one sees that it is ready. `port_setting` is that of slot a, where it runs in slots.

    `part` is what editors call it.
    """

    name: str
    label: str
    port_setting: str
    ready_path: str
    part: str = ""


SLOT_SERVICES = (
    Service("search", "wyszukiwarka", "SEARCH_PORT", "/readyz", "wyszukiwanie w przepisach"),
    Service("actions", "akcje", "ACTIONS_PORT", "/health", "kalkulatory i urzędy"),
    Service("bot", "model dialogowy", "BOT_PORT", "/webhooks/portal/", "rozpoznawanie pytań"),
)


def program(service: str, slot: str) -> str:
    """Name under which supervisor knows a service of a slot."""
    return f"{service}-{slot}"


def programs(slot: str) -> list[str]:
    """In the order of starting."""
    return [program(service.name, slot) for service in SLOT_SERVICES]


def port_setting(service: Service, slot: str) -> str:
    """The setting that a service's port comes from: slot b has second ones."""
    return service.port_setting if slot == NAMES[0] else f"SECOND_{service.port_setting}"


def ports(settings: Settings, slot: str) -> dict[str, int]:
    """Ports of a slot by service."""
    return {service.name: settings.port(port_setting(service, slot)) for service in SLOT_SERVICES}


def why_taken(port: int, host: str = "127.0.0.1") -> OSError | None:
    """What keeps a service from listening on a port; None where nothing does."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error
    return None


def command(service: str, slot: Slot, settings: Settings) -> list[str]:
    port = slot.ports[service]
    if service == "search":
        bind = f"127.0.0.1:{port}"
        return [*GUNICORN, "--threads", "4", "--bind", bind, "knowledge_base.search.service:create_app()"]
    if service == "actions":
        return [str(BOT_PYTHON), "-m", "actions.server"]
    return [
        str(BOT_PYTHON), "-m", "rasa", "run", "--model", str(settings.var / slot.model),
        "--endpoints", "bot/endpoints.yml", "--credentials", "bot/credentials.yml", "-i", "127.0.0.1", "-p", str(port),
    ]  # fmt: skip


def environment(slot: Slot, settings: Settings) -> dict[str, str]:
    """What a slot's processes are told beside the settings: its content, its index and each other's addresses."""
    told = {f"ZL_{name.upper()}_PORT": str(port) for name, port in slot.ports.items()}
    for name in ("actions", "search"):
        given = settings.text(f"{name.upper()}_URL")
        own = slot.ports[name] == settings.port(f"{name.upper()}_PORT")
        # A service that runs elsewhere is one for all: it belongs to slot a.
        told[f"ZL_{name.upper()}_URL"] = given if given and own else f"http://127.0.0.1:{slot.ports[name]}"
    return {**told, **variables(slot, settings)}


def variables(slot: Slot, settings: Settings) -> dict[str, str]:
    """Where the content of a slot lies, as environment variables; empty where the settings say so already."""
    return ReleaseFiles(settings, slot.content).variables if slot.release is not None else {}


class Addresses:
    """Where services are reached now; the slot is the one that answers, or one by name."""

    def __init__(self, settings: Settings, slot: str | None = None) -> None:
        self._settings = settings
        self._slot = slot
        self._watched = Watched(settings)

    def of(self, service: str) -> str:
        """Address without a slash: the one that the settings name, else the port of the slot."""
        given = self._settings.text(f"{service.upper()}_URL")
        state = self._watched.now()
        slot = state.slots.get(self._slot or state.live) if state else None
        if given or slot is None:
            return given or f"http://127.0.0.1:{ports(self._settings, self._slot or NAMES[0])[service]}"
        return f"http://127.0.0.1:{slot.ports[service]}"


def start(service: str, name: str) -> None:
    """Become a service of a slot, as the state says at this moment. Raises NoSlotError."""
    settings = current_settings()
    state = Watched(settings).now()
    slot = state.slots.get(name) if state else None
    if slot is None:
        raise NoSlotError(f"slot {name} runs nothing")
    line = command(service, slot, settings)
    os.execve(line[0], line, {**os.environ, **environment(slot, settings)})  # noqa: S606 - no shell is wanted


def is_ready(service: Service, port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{service.ready_path}", timeout=2) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


if __name__ == "__main__":
    start(sys.argv[1], sys.argv[2])
