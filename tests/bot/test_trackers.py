"""A conversation that one model began is read by another; in the bot's own environment, where Rasa is."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from zielona.environments import BOT_PYTHON
from zielona.settings import ROOT

SCRIPT = """
import asyncio, json, sys
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from bot.trackers import SharedTrackerStore

FORM = {"forms": {"urlop_form": {"required_slots": []}}, "intents": ["urlop", "stary_temat"]}
FORMER, SAME, OTHER = Domain.from_dict(FORM), Domain.from_dict(FORM), Domain.from_dict({"intents": ["urlop"]})


async def read(domain):
    store = SharedTrackerStore(domain=domain, dialect="sqlite", db=sys.argv[1])
    tracker = await store.retrieve("c")
    before = len(tracker.events)
    tracker.update(UserUttered("dalej", {"name": "urlop", "confidence": 1.0}), domain)
    await store.save(tracker)
    again = await store.retrieve("c")
    return {"loop": tracker.active_loop_name, "asked": tracker.get_slot("requested_slot"), "events": before,
            "kept": len(again.events), "nobody": await store.retrieve("x") is None}


async def main():
    store = SharedTrackerStore(domain=FORMER, dialect="sqlite", db=sys.argv[1])
    tracker = DialogueStateTracker.from_events("c", [
        UserUttered("x", {"name": "stary_temat", "confidence": 1.0}), ActionExecuted("utter_stary_temat"),
        ActiveLoop("urlop_form"), SlotSet("requested_slot", "rok"), ActionExecuted("action_listen"),
    ], slots=FORMER.slots)
    await store.save(tracker)
    print(json.dumps([await read(SAME), await read(OTHER), await read(OTHER)]))

asyncio.run(main())
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    path: Path = tmp_path_factory.mktemp("trackers") / "tracker.db"
    command = [str(BOT_PYTHON), "-W", "ignore", "-c", SCRIPT, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    read: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return read


@pytest.mark.timeout(300)
def test_form_goes_on_where_the_model_knows_it(found: list[dict[str, Any]]) -> None:
    assert found[0]["loop"] == "urlop_form"
    assert found[0]["asked"] == "rok"


def test_form_that_the_model_does_not_know_is_left(found: list[dict[str, Any]]) -> None:
    assert [read["loop"] for read in found[1:]] == [None, None]
    assert found[1]["asked"] is None


def test_leaving_is_kept_once(found: list[dict[str, Any]]) -> None:
    """Two events more the first time, none the next."""
    assert found[1]["events"] == found[0]["kept"] + 2
    assert found[2]["events"] == found[1]["kept"]
    assert all(read["nobody"] for read in found)
