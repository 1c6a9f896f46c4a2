"""The switch from one release to another: the new one starts in the other slot, is asked, and then answers.

Whatever goes wrong before the switch ends with the slot stopped and the state as it was; the release that answers is
never touched.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from zielona.publishing.slots import SLOT_SERVICES, Service, is_ready, ports, program, programs, why_taken
from zielona.publishing.state import NAMES, Slot, State, Trial, read_state, write_state
from zielona.settings import Settings

log = logging.getLogger(__name__)
_PATIENCE = 600.0
_LOOK_SECONDS = 0.2
_GIVEN_UP = frozenset({"FATAL", "EXITED", "BACKOFF", "STOPPED"})
# What others decide for all services cannot be switched here.
_ELSEWHERE = ("BOT_URL", "ACTIONS_URL", "SEARCH_URL")


class PublishError(RuntimeError):
    """The release could not be brought to answer; the text says why, for editors. What answered before still does."""


class Programs(Protocol):
    """What is needed of `zielona.publishing.supervision.Supervision`."""

    def start(self, program: str) -> None: ...

    def stop(self, program: str) -> None: ...

    def status(self, program: str) -> str: ...

    def pid(self, program: str) -> int: ...


# Asks the release in a slot some questions; raises PublishError.
Examine = Callable[[str, Slot], None]
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Candidate:
    """A release to bring to answer: its number, and `model`, `content` and `index` as in `Slot`."""

    release: int
    model: str
    content: str
    index: str


class Publisher:
    """Moves releases between slots. One at a time: who calls sees to that."""

    def __init__(
        self,
        settings: Settings,
        supervised: Programs,
        examine: Examine,
        *,
        ready: Callable[[Service, int], bool] = is_ready,
        pause: Callable[[float], None] = time.sleep,
        patience: float = _PATIENCE,
    ) -> None:
        self._settings = settings
        self._programs = supervised
        self._examine = examine
        self._ready = ready
        self._pause = pause
        self._patience = patience
        # A turn that began before the switch may wait this long for its answer.
        self._drain_seconds = settings.number("BOT_TIMEOUT") + 1

    def state(self) -> State:
        """Raises PublishError where nothing runs in slots."""
        found = read_state(self._settings.run_folder)
        if found is None:
            raise PublishError("Usługi asystenta nie działają, więc nie ma czego podmienić.")
        return found

    def publish(self, candidate: Candidate, tell: Tell) -> int | None:
        """Have the release answer everybody; return the one that it replaced. Raises PublishError."""
        before = self.state()
        replaced = before.slots[before.live].release
        if replaced == candidate.release:
            return replaced
        name = self._brought_up(candidate, tell)
        tell("Przełączanie rozmów na nową wersję")
        state = self.state()
        self._write(replace(state, live=name, trial=None))
        self._let_go(before.live, tell)
        return replaced

    def begin_trial(self, candidate: Candidate, make: Callable[[], Trial], tell: Tell) -> None:
        """Have the release answer a share of new conversations; `make` gives the trial, with any slot.

        Raises PublishError.
        """
        state = self.state()
        if state.slots[state.live].release == candidate.release:
            raise PublishError("Ta wersja już odpowiada wszystkim.")
        name = self._brought_up(candidate, tell)
        tell("Kierowanie części rozmów do wersji próbnej")
        self._write(replace(self.state(), trial=replace(make(), slot=name)))

    def end_trial(self, tell: Tell) -> None:
        """Have the release that answers at large answer all again."""
        state = self.state()
        if state.trial is not None:
            self._write(replace(state, trial=None))
            self._let_go(state.trial.slot, tell)

    def tidy(self) -> None:
        """Stop what somebody began and did not end, and forget it."""
        state = read_state(self._settings.run_folder)
        if state is None:
            return
        for name in NAMES:
            if name not in state.used:
                self._stop(name)
        if state != state.tidied():
            self._write(state.tidied())

    def _brought_up(self, candidate: Candidate, tell: Tell) -> str:
        """The slot in which the release runs and gave sensible answers."""
        state = self.state()
        if state.trial and state.slots[state.trial.slot].release == candidate.release:
            tell("Pytanie kontrolne")
            self._examine(state.trial.slot, state.slots[state.trial.slot])
            return state.trial.slot
        if state.trial:
            self.end_trial(tell)
        name = state.spare
        slot = Slot(candidate.model, ports(self._settings, name), candidate.release, candidate.content, candidate.index)
        try:
            self._check(name, slot)
            self._start(name, slot, tell)
        except BaseException:
            self.tidy()
            raise
        return name

    def _check(self, name: str, slot: Slot) -> None:
        if any(self._settings.text(setting) for setting in _ELSEWHERE):
            raise PublishError("Część usług działa na innym komputerze (ZL_BOT_URL, ZL_ACTIONS_URL, ZL_SEARCH_URL).")
        if not (self._settings.var / slot.model).is_file():
            raise PublishError("Nie ma już pliku modelu tej wersji.")
        self._stop(name)
        taken = next((port for port in slot.ports.values() if why_taken(port)), None)
        if taken is not None:
            raise PublishError(f"Port {taken} zajmuje inny program.")

    def _start(self, name: str, slot: Slot, tell: Tell) -> None:
        self._write(self.state().with_slot(name, slot))
        tell("Uruchamianie nowej wersji")
        for started in programs(name):
            self._programs.start(started)
        running: dict[str, int] = {}
        for number, service in enumerate(SLOT_SERVICES, start=1):
            tell(f"Uruchamianie nowej wersji, część {number} z {len(SLOT_SERVICES)}: {service.part}")
            self._await(service, name, slot, running)
        tell("Pytanie kontrolne")
        self._examine(name, slot)
        for service in SLOT_SERVICES:
            self._await(service, name, slot, running)

    def _await(self, service: Service, name: str, slot: Slot, running: dict[str, int]) -> None:
        """Wait until the service is ready."""
        deadline = time.monotonic() + self._patience
        while not (self._watch(name, running) and self._ready(service, slot.ports[service.name])):
            if time.monotonic() > deadline:
                raise PublishError(f"Część „{service.part}” nowej wersji nie zaczęła działać w {self._patience:.0f} s.")
            self._pause(_LOOK_SECONDS)

    def _watch(self, name: str, running: dict[str, int]) -> bool:
        """Whether all services of the slot run; `running` keeps their process ids.

        One that ended is not waited for again, though supervisor starts it anew: what falls over once may do so again.
        """
        for service in SLOT_SERVICES:
            started = program(service.name, name)
            status, pid = self._programs.status(started), self._programs.pid(started)
            known = running.setdefault(started, pid) or pid
            # Without a status or a process id supervisor was only too busy to answer.
            if status in _GIVEN_UP or (status and pid and pid != known):
                raise PublishError(f"Część „{service.part}” nowej wersji zakończyła pracę, zanim wersja była gotowa.")
            running[started] = known
        return all(running.values())

    def _let_go(self, name: str, tell: Tell) -> None:
        """Stop a slot that answers no new messages, once those it was asked have been answered."""
        tell("Czekanie, aż dawna wersja dokończy odpowiedzi")
        self._pause(self._drain_seconds)
        self._stop(name)
        self._write(self.state().tidied())

    def _stop(self, name: str) -> None:
        for started in programs(name):
            self._programs.stop(started)

    def _write(self, state: State) -> None:
        write_state(self._settings.run_folder, state)
