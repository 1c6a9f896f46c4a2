"""The switch with pretended programs: whatever fails, and wherever, the state is clean and what answers goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.zielona.publishing.test_state import PLAIN, PORTS_B, files_of
from tests.zielona.publishing.test_state import settings as settings
from zielona.publishing.publisher import Candidate, Publisher, PublishError
from zielona.publishing.slots import Service, programs
from zielona.publishing.state import Slot, State, Trial, read_state, write_state
from zielona.sandbox import PORTS, free_ports
from zielona.settings import Settings

ONE = Candidate(1, "models/release-one.tar.gz", "one", "i1")
TWO = Candidate(2, "models/release-two.tar.gz", "two", "i2")


@dataclass
class Pretended:
    """Programs that run as soon as they are started; `dying` end at the first look."""

    running: dict[str, int] = field(default_factory=dict)
    dying: set[str] = field(default_factory=set)
    told: list[str] = field(default_factory=list)
    counter: int = 100

    def start(self, program: str) -> None:
        self.counter += 1
        self.running.setdefault(program, self.counter)
        self.told.append(f"start {program}")

    def stop(self, program: str) -> None:
        if self.running.pop(program, None):
            self.told.append(f"stop {program}")

    def status(self, program: str) -> str:
        if program in self.dying:
            return "BACKOFF"
        return "RUNNING" if program in self.running else "STOPPED"

    def pid(self, program: str) -> int:
        return self.running.get(program, 0)


@dataclass
class Scene:
    settings: Settings
    programs: Pretended
    publisher: Publisher
    examined: list[tuple[str, Slot]]
    wrong: list[Exception]
    at_examination: list[Callable[[], None]]
    at_pause: list[Callable[[], None]]
    slow: set[str] = field(default_factory=set)
    steps: list[str] = field(default_factory=list)

    @property
    def state(self) -> State:
        found = read_state(self.settings.run_folder)
        assert found is not None
        return found

    def publish(self, candidate: Candidate) -> int | None:
        return self.publisher.publish(candidate, self.steps.append)

    def try_out(self, candidate: Candidate, share: float = 0.2) -> None:
        self.publisher.begin_trial(candidate, lambda: Trial(5, "", share, 1.0), self.steps.append)


@pytest.fixture
def scene(settings: Settings, tmp_path: Path) -> Scene:
    ports = {f"ZL_{name}": str(port) for name, port in zip(PORTS, free_ports(len(PORTS)), strict=True)}
    settings = Settings({**settings.values, **ports})
    pretended = Pretended({name: number for number, name in enumerate(programs("a"), 1)})
    for candidate in (ONE, TWO):
        files_of(settings, Slot(candidate.model, {}, candidate.release, candidate.content))
    write_state(settings.run_folder, State("a", {"a": PLAIN}))
    examined: list[tuple[str, Slot]] = []
    wrong: list[Exception] = []
    at_examination: list[Callable[[], None]] = []

    def examine(name: str, slot: Slot) -> None:
        examined.append((name, slot))
        for act in at_examination:
            act()
        if wrong:
            raise wrong[0]

    at_pause: list[Callable[[], None]] = []

    def pause(seconds: float) -> None:
        for act in at_pause:
            act()

    def ready(service: Service, port: int) -> bool:
        return service.name not in made.slow

    publisher = Publisher(settings, pretended, examine, ready=ready, pause=pause, patience=0.5)
    made = Scene(settings, pretended, publisher, examined, wrong, at_examination, at_pause)
    return made


def is_clean(scene: Scene, live: str, release: int | None) -> None:
    assert scene.state.live == live
    assert set(scene.state.slots) == {live}
    assert scene.state.slots[live].release == release
    assert scene.state.trial is None
    assert set(scene.programs.running) == set(programs(live))


def test_the_new_release_answers_and_the_old_one_ends(scene: Scene) -> None:
    assert scene.publish(ONE) is None
    is_clean(scene, "b", 1)
    assert scene.examined[0][0] == "b"
    assert scene.state.slots["b"].content == "one"
    # Only once nobody is asked any more is the old one stopped.
    assert scene.steps.index("Przełączanie rozmów na nową wersję") < len(scene.steps) - 1
    assert scene.publish(TWO) == 1
    is_clean(scene, "a", 2)
    assert scene.publish(ONE) == 2
    is_clean(scene, "b", 1)


def test_publishing_what_answers_already_does_nothing(scene: Scene) -> None:
    scene.publish(ONE)
    told = len(scene.programs.told)
    assert scene.publish(ONE) == 1
    assert len(scene.programs.told) == told


def test_steps_are_told_in_words_of_editors(scene: Scene) -> None:
    scene.publish(ONE)
    assert [step for step in scene.steps if "część" in step] == [
        "Uruchamianie nowej wersji, część 1 z 3: wyszukiwanie w przepisach",
        "Uruchamianie nowej wersji, część 2 z 3: kalkulatory i urzędy",
        "Uruchamianie nowej wersji, część 3 z 3: rozpoznawanie pytań",
    ]


@pytest.mark.parametrize("service", ["search", "actions", "bot"])
def test_service_that_dies_while_it_starts(scene: Scene, service: str) -> None:
    scene.programs.dying.add(f"{service}-b")
    with pytest.raises(PublishError, match="zakończyła pracę"):
        scene.publish(ONE)
    is_clean(scene, "a", None)


@pytest.mark.parametrize("service", ["search", "actions", "bot"])
def test_service_that_supervisor_starts_again_is_not_trusted(scene: Scene, service: str) -> None:
    scene.at_examination.append(lambda: scene.programs.running.update({f"{service}-b": 999}))
    with pytest.raises(PublishError, match="zakończyła pracę"):
        scene.publish(ONE)
    is_clean(scene, "a", None)


@pytest.mark.parametrize("service", ["search", "actions", "bot"])
def test_service_killed_while_another_is_waited_for(scene: Scene, service: str) -> None:
    """Supervisor has it up again at once, but it is another process."""
    scene.slow = {"search"}
    scene.at_pause.append(lambda: scene.programs.running.update({f"{service}-b": 999}))
    with pytest.raises(PublishError, match="zakończyła pracę"):
        scene.publish(ONE)
    is_clean(scene, "a", None)


def test_service_that_never_gets_ready(scene: Scene) -> None:
    scene.slow = {"bot"}
    with pytest.raises(PublishError, match="„rozpoznawanie pytań” nowej wersji nie zaczęła działać"):
        scene.publish(ONE)
    is_clean(scene, "a", None)


@pytest.mark.parametrize("error", [PublishError("źle"), OSError("supervisor"), KeyboardInterrupt()])
def test_whatever_goes_wrong_at_the_questions(scene: Scene, error: Exception) -> None:
    scene.wrong.append(error)
    with pytest.raises(type(error)):
        scene.publish(ONE)
    is_clean(scene, "a", None)


def test_release_whose_model_is_gone(scene: Scene) -> None:
    (scene.settings.var / ONE.model).unlink()
    with pytest.raises(PublishError, match="modelu"):
        scene.publish(ONE)
    is_clean(scene, "a", None)


def test_port_that_somebody_else_has(scene: Scene) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", scene.settings.port("SECOND_BOT_PORT")))
        taken.listen()
        with pytest.raises(PublishError, match="zajmuje inny program"):
            scene.publish(ONE)
    is_clean(scene, "a", None)


def test_services_elsewhere_cannot_be_switched(scene: Scene, settings: Settings) -> None:
    away = Settings({**scene.settings.values, "ZL_BOT_URL": "http://bot:5005"})
    publisher = Publisher(away, scene.programs, lambda name, slot: None)
    with pytest.raises(PublishError, match="innym komputerze"):
        publisher.publish(ONE, scene.steps.append)


def test_nothing_is_published_while_nothing_runs(scene: Scene) -> None:
    (scene.settings.run_folder / "releases.json").unlink()
    with pytest.raises(PublishError, match="nie działają"):
        scene.publish(ONE)


@pytest.mark.parametrize("live", ["a", "b"])
def test_what_a_killed_publisher_left_is_tidied(scene: Scene, live: str) -> None:
    """Killed while it started the other slot (live is the old one), or before it stopped the old slot."""
    write_state(scene.settings.run_folder, State(live, {"a": PLAIN, "b": Slot(ONE.model, PORTS_B, 1, "one")}))
    for program in (*programs("a"), *programs("b")):
        scene.programs.start(program)
    scene.publisher.tidy()
    is_clean(scene, live, None if live == "a" else 1)


def test_trial_runs_beside_and_is_published_without_another_start(scene: Scene) -> None:
    scene.publish(ONE)
    scene.try_out(TWO)
    state = scene.state
    assert (state.live, state.trial) == ("b", Trial(5, "a", 0.2, 1.0))
    assert set(scene.programs.running) == {*programs("a"), *programs("b")}
    scene.publisher.tidy()
    assert scene.state == state
    starts = sum(told.startswith("start") for told in scene.programs.told)
    assert scene.publish(TWO) == 1
    is_clean(scene, "a", 2)
    assert sum(told.startswith("start") for told in scene.programs.told) == starts


def test_trial_that_is_stopped_leaves_what_answered(scene: Scene) -> None:
    scene.publish(ONE)
    scene.try_out(TWO)
    scene.publisher.end_trial(scene.steps.append)
    is_clean(scene, "b", 1)


def test_publishing_another_release_ends_the_trial(scene: Scene) -> None:
    three = Candidate(3, TWO.model, TWO.content, "i3")
    scene.publish(ONE)
    scene.try_out(TWO)
    assert scene.publish(three) == 1
    is_clean(scene, "a", 3)


def test_trial_that_cannot_start_changes_nothing(scene: Scene) -> None:
    scene.wrong.append(PublishError("źle"))
    with pytest.raises(PublishError):
        scene.try_out(ONE)
    is_clean(scene, "a", None)


def test_what_answers_everybody_is_not_tried_out(scene: Scene) -> None:
    scene.publish(ONE)
    with pytest.raises(PublishError, match="już odpowiada"):
        scene.try_out(ONE)
