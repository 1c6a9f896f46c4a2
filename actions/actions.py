"""The actions that Rasa calls."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import fallback
from actions.find_office import office_answer, short_office_question, was_asked
from actions.office_messages import found_message
from actions.services import client, content
from knowledge_base.content.answers import line
from knowledge_base.language.days import assumed_day
from zielona.clock import today
from zielona.settings import current_settings


class ActionSearch(Action):
    """Low confidence: searches the passages and decides, see `actions.fallback`."""

    def name(self) -> str:
        return "action_search"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        parsed = tracker.latest_message
        text = parsed.get("text") or ""
        day = assumed_day(text, today=today()) or today()
        offices = short_office_question(text)
        if offices is not None:
            constants = current_settings().constants
            dispatcher.utter_message(**found_message(offices, content(), day=today(), constants=constants))
            return []
        found = await client().search(text, on=day.isoformat())
        answer = fallback.reply(
            fallback.ranking_of(parsed),
            found,
            content(),
            day=day,
            today=today(),
            constants=current_settings().constants,
        )
        answer["trace"]["reading"] = parsed.get("reading")
        dispatcher.utter_message(**answer)
        return []


class ActionAnswerTwo(Action):
    """Two questions in one message: both answers, each under the title of its topic."""

    def name(self) -> str:
        return "action_answer_two"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        parsed = tracker.latest_message
        names = [item["value"] for item in parsed.get("entities") or [] if item.get("entity") == "temat"]
        trace = {"ranking": fallback.short_ranking(parsed), "reading": parsed.get("reading")}
        asked = assumed_day(parsed.get("text") or "", today=today())
        constants = current_settings().constants
        for message in fallback.several(names, content(), asked=asked, today=today(), constants=constants):
            dispatcher.utter_message(**{**message, "trace": {**message["trace"], **trace}})
        return []


class ActionFindOffice(Action):
    """The labour office of a place, see `actions.find_office`."""

    def name(self) -> str:
        return "action_find_office"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        parsed = tracker.latest_message
        asked = was_asked(tracker.events)
        constants = current_settings().constants
        message = office_answer(parsed, content(), asked=asked, day=today(), constants=constants)
        trace = {**message["trace"], "ranking": fallback.short_ranking(parsed), "reading": parsed.get("reading")}
        dispatcher.utter_message(**{**message, "trace": trace})
        return []


class ActionShowPassage(Action):
    """Shows the passage that was chosen from a list."""

    def name(self) -> str:
        return "action_show_passage"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        constants = current_settings().constants
        day = today()
        wanted = tracker.get_slot("fragment")
        found = await client().passage(wanted, on=day.isoformat()) if wanted else None
        if found is None:
            text = line("passage_gone", content(), day=day, constants=constants)
            dispatcher.utter_message(type="unknown", text=text, trace={"content": content().version})
        else:
            trace = {"content": content().version, "passage": wanted, "probability": 1.0}
            message = fallback.passage_message(found, content(), day=day, today=day, constants=constants, trace=trace)
            dispatcher.utter_message(**message)
        return [SlotSet("fragment", None)]
