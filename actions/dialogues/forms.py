"""The dialogues as Rasa sees them: one form each, validated by the engine, and the actions around it.

The answers live in slots of the form, the engine's state in one slot more; neither influences predictions. The
validating action asks the next question itself, as Rasa's forms allow, so that a turn is one call.
"""

from __future__ import annotations

import datetime as dt
from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import fallback
from actions.dialogues.commands import asks, wants_to_know
from actions.dialogues.engine import DONE, SWITCHED, Form, Heard, State
from actions.dialogues.messages import cancelled_message, question_message, result_message, sayer
from actions.dialogues.model import Answers, Facts
from actions.dialogues.registry import DIALOGUES
from actions.dialogues.texts import texts_on
from actions.reasoning import InputError
from actions.services import client, content
from knowledge_base.content.answers import answer_on, dialogue_buttons, line
from knowledge_base.language.days import assumed_day
from zielona.clock import WARSAW, today
from zielona.settings import current_settings

STATE_SLOT = "dialog_stan"
START_SLOT = "dialog"
_REQUESTED = "requested_slot"
_PREFIX = "dialog_"
# After these the form waits in silence: what comes next is not about it.
_PAUSES = frozenset({"kryzys"})
# Said in passing they are no questions: "tak" and "nie" are answers, or nothing.
_NO_ASIDE = frozenset({"potwierdzenie", "zaprzeczenie", "nie_rozumiem"})
# Heard however they are put; of other topics a statement ("dostałem wypowiedzenie") is rather an answer gone wrong.
_ALWAYS_ASIDE = frozenset({"kryzys", "obraza", "rozmowa_z_czlowiekiem", "powitanie", "podziekowanie"})
Events = list[dict[str, Any]]


def form_of(name: str) -> Form:
    """The form of a dialogue as of today."""
    constants = current_settings().constants
    stock, day = content(), today()
    return Form(
        DIALOGUES[name],
        texts_on(name, stock, day=day, constants=constants),
        Facts(day, stock.amounts),
        sayer(stock, today=day, constants=constants),
    )


def answers_in(slots: Mapping[str, Any], form: Form) -> Answers:
    """The answers that slots hold, in the order of the questions."""
    found = {}
    for question in form.dialogue.questions:
        raw = slots.get(form.texts.slot(question.name))
        if raw is not None:
            found[question.name] = None if raw["v"] is None else question.kind.load(raw["v"])
    return found


def slot_events(answers: Answers, form: Form) -> Events:
    """Events that make the slots hold these answers and no others."""
    events = []
    for question in form.dialogue.questions:
        value = None
        if question.name in answers:
            known = answers[question.name]
            value = {"v": None if known is None else question.kind.dump(known)}
        events.append(SlotSet(form.texts.slot(question.name), value))
    return events


def state_in(slots: Mapping[str, Any]) -> tuple[str, State]:
    """The dialogue that goes on, empty where there is none, and the state of its form."""
    raw = slots.get(STATE_SLOT) or {}
    return raw.get("dialog") or "", State.from_dict(raw.get("state"))


def heard_from(parsed: Mapping[str, Any]) -> Heard:
    """A message as the engine takes it.

    Its topic counts where the message asks something or wishes to know; what the classifier made of it together with
    an earlier question, or found out of scope, only where it asks.
    """
    text = parsed.get("text") or ""
    intent = (parsed.get("intent") or {}).get("name") or ""
    button = text.startswith("/")
    follow_up = bool((parsed.get("reading") or {}).get("follow_up"))
    starts = intent.removeprefix(_PREFIX) if intent.startswith(_PREFIX) else None
    if intent == "rozpocznij":
        starts = next((item["value"] for item in parsed.get("entities") or [] if item["entity"] == START_SLOT), None)
    topic = content().topics.get(intent)
    # Nonsense is surely out of our scope too; that makes it no question.
    doubtful = follow_up or (topic is not None and topic.out_of_scope)
    put = button or asks(text) or (not doubtful and (intent in _ALWAYS_ASIDE or wants_to_know(text)))
    known = topic is not None and intent not in _NO_ASIDE and put
    return Heard(
        text=text,
        now=dt.datetime.now(tz=WARSAW),
        topic=intent if known else None,
        starts=starts if starts in DIALOGUES else None,
        button=button,
    )


class _FormAction(FormValidationAction):
    """Validates one form; see `validation_of` for the actions that are made of it."""

    dialogue = ""

    @abstractmethod
    def name(self) -> str: ...

    async def required_slots(
        self, domain_slots: list[str], dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[str]:
        """The slots of the questions that the answers so far lead to."""
        form = form_of(self.dialogue)
        return [form.texts.slot(item.name) for item in form.dialogue.required(answers_in(tracker.slots, form))]

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        form = form_of(self.dialogue)
        paused = False
        if tracker.get_slot(_REQUESTED) is None:
            move = form.begin(dt.datetime.now(tz=WARSAW))
        else:
            _, state = state_in(tracker.slots)
            heard = heard_from(tracker.latest_message)
            move = form.hear(heard, answers_in(tracker.slots, form), state)
            if move.aside:
                paused = heard.topic in _PAUSES
                for message in await aside(heard, tracker.latest_message):
                    dispatcher.utter_message(**message)
        events = slot_events(move.answers, form)
        # Always set, so that Rasa never takes the form for rejected.
        events.append(SlotSet(STATE_SLOT, {"dialog": self.dialogue, "state": move.state.as_dict()}))
        question = form.dialogue.next_question(move.answers)
        if move.state.outcome is not None or question is None:
            return [*events, SlotSet(_REQUESTED, None)]
        if not paused:
            dispatcher.utter_message(**question_message(form, move.answers, move.state, content()))
        return [*events, SlotSet(_REQUESTED, form.texts.slot(question.name))]


def validation_of(name: str) -> type[_FormAction]:
    """The validating action of a dialogue's form."""
    members = {"dialogue": name, "name": lambda self: f"validate_{name}_form", "__module__": __name__}
    return type(f"Validate{name.title().replace('_', '')}Form", (_FormAction,), members)


VALIDATIONS = [validation_of(name) for name in DIALOGUES]


class ActionStartDialogue(Action):
    """A button asked for a dialogue: goes on with its form; where it names none, asks which."""

    def name(self) -> str:
        return "action_start_dialogue"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        wanted = tracker.get_slot(START_SLOT)
        events: Events = [SlotSet(START_SLOT, None)]
        if wanted in DIALOGUES:
            return [*events, FollowupAction(f"{wanted}_form")]
        text = line("form_which", content(), day=today(), constants=current_settings().constants)
        buttons = dialogue_buttons(DIALOGUES, content())
        dispatcher.utter_message(type="choice", text=text, buttons=buttons, trace={"content": content().version})
        return events


class ActionFinishDialogue(Action):
    """A form has closed: gives the result, or says that it was dropped; the answers are then forgotten."""

    def name(self) -> str:
        return "action_finish_dialogue"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        name, state = state_in(tracker.slots)
        if name not in DIALOGUES:
            return []
        form = form_of(name)
        events = [*slot_events({}, form), SlotSet(STATE_SLOT, None), SlotSet(START_SLOT, None)]
        if state.outcome == SWITCHED and state.target in DIALOGUES:
            return [*events, FollowupAction(f"{state.target}_form")]
        if state.outcome == DONE:
            dispatcher.utter_message(**_result(form, answers_in(tracker.slots, form)))
        else:
            dispatcher.utter_message(**cancelled_message(form, content()))
        return events


def _result(form: Form, answers: Answers) -> dict[str, Any]:
    try:
        return result_message(form, form.dialogue.finish(answers, form.facts), content())
    except InputError as error:
        # Only where midnight passed between the last answer and the result.
        text = f"{error} {form.say('form_failed')}"
        return {"type": "unknown", "text": text, "trace": {"content": content().version}}


async def aside(heard: Heard, parsed: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The answer to a question that a visitor put in between, from topics or from the search."""
    stock, constants, day = content(), current_settings().constants, today()
    asked = assumed_day(heard.text, today=day)
    trace = {"content": stock.version, "ranking": fallback.short_ranking(parsed), "reading": parsed.get("reading")}
    if heard.topic is not None:
        message = answer_on(stock.topics[heard.topic], stock, asked=asked, today=day, constants=constants)
        return [{**message, "buttons": [], "trace": trace}]
    names = [item["value"] for item in parsed.get("entities") or [] if item.get("entity") == "temat"]
    two = fallback.several(names, stock, asked=asked, today=day, constants=constants)
    if two:
        return two
    on = asked or day
    found = await client().search(heard.text, on=on.isoformat())
    if found is not None and found["decision"] == "answer" and found["results"]:
        trace.update(index=found["index"], probability=found["probability"])
        first = found["results"][0]
        message = fallback.passage_message(first, stock, day=on, today=day, constants=constants, trace=trace)
        return [{**message, "buttons": []}]
    return [{"type": "unknown", "text": line("form_aside", stock, day=day, constants=constants), "trace": trace}]
