"""Which release runs in which slot: a small file that the publisher writes and everybody else reads.

A slot is the search service, the action server and the dialogue model of one release, on ports of their own. Only the
standard library, since the starter of every service reads this.
"""

from __future__ import annotations

import json
import os
import threading
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from zielona.settings import Settings

NAMES = ("a", "b")
FILE = "releases.json"


@dataclass(frozen=True)
class Slot:
    """What a slot runs. `release` is None where it runs what was built of the working folder of the settings.

    `model` is a path below ZL_VAR, `content` the name of the release's folder (see `zielona.releases.ReleaseFiles`),
    `index` the version of its index. `ports` are by service: search, actions, bot.
    """

    model: str
    ports: dict[str, int]
    release: int | None = None
    content: str = ""
    index: str = ""


@dataclass(frozen=True)
class Trial:
    """The release in `slot` answers a `share` (0 to 1) of the conversations begun after `since` (Unix time)."""

    id: int
    slot: str
    share: float
    since: float


@dataclass(frozen=True)
class Beginning:
    """The commit of the content that was built of the working folder; without one `why`, for editors: because …"""

    commit: str = ""
    why: str = "nie zapisano, z której treści powstała"


@dataclass(frozen=True)
class State:
    """The slot that answers, what the slots run, and the trial that goes on.

    `beginning` is what answered before anything was published.
    """

    live: str
    slots: dict[str, Slot] = field(default_factory=dict)
    trial: Trial | None = None
    beginning: Beginning = field(default_factory=Beginning)

    @property
    def spare(self) -> str:
        """The slot that does not answer visitors at large."""
        return next(name for name in NAMES if name != self.live)

    @property
    def used(self) -> tuple[str, ...]:
        """Slots that answer; any other that stands here is being started or stopped."""
        return (self.live, self.trial.slot) if self.trial else (self.live,)

    def with_slot(self, name: str, slot: Slot) -> State:
        return replace(self, slots={**self.slots, name: slot})

    def tidied(self) -> State:
        """Without slots that answer nobody."""
        return replace(self, slots={name: slot for name, slot in self.slots.items() if name in self.used})


def write_state(folder: Path, state: State) -> None:
    """Replace the file in one step, so that a reader sees the old state or the new one."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f".{FILE}.{os.getpid()}"
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(asdict(state), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / FILE)


def read_state(folder: Path) -> State | None:
    """The state, or None where nobody wrote one that can be read."""
    try:
        return _state(json.loads((folder / FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _state(data: dict[str, Any]) -> State:
    slots = {name: Slot(**slot) for name, slot in data["slots"].items() if name in NAMES}
    if data["live"] not in slots:
        raise ValueError("the slot that answers runs nothing")
    trial = Trial(**data["trial"]) if data["trial"] else None
    beginning = Beginning(**data.get("beginning", {}))
    return State(data["live"], slots, trial if trial and trial.slot in slots else None, beginning)


class Watched:
    """The state as it is now; the file is read again only when it was replaced."""

    def __init__(self, settings: Settings) -> None:
        """Only where the settings name the folder (ZL_RUN), as those of all started services do."""
        self._folder = settings.run_folder if settings.text("RUN") else None
        self._lock = threading.Lock()
        self._mark: tuple[int, int] | None = None
        self._state: State | None = None

    def now(self) -> State | None:
        """None where there is no file: then the addresses of the settings hold."""
        if self._folder is None:
            return None
        try:
            found = (self._folder / FILE).stat()
            mark = (found.st_mtime_ns, found.st_ino)
        except OSError:
            mark = None
        with self._lock:
            if mark != self._mark:
                # A file that cannot be read for a moment is no reason to forget who answers.
                self._state = (read_state(self._folder) or self._state) if mark else None
                self._mark = mark
            return self._state
