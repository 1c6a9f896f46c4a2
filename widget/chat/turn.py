"""One turn of a conversation: a short list of named steps over one context.

Each step takes the context and returns it; a step that ends the turn sets the outcome, and the ones that only make an
answer are then passed over.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from knowledge_base.content.acts import Act
from knowledge_base.content.answers import line, topic_buttons
from knowledge_base.content.store import Content
from knowledge_base.content.text import normalised
from widget.chat.clients import AwayError, BotClient, SearchClient
from widget.chat.inputs import has_words, without_command
from widget.chat.masking import mask, without_hidden
from widget.chat.outcomes import OF_TYPE, Outcome
from widget.console.live.service import LiveDesk
from widget.languages.catalogue import POLISH
from widget.languages.recognition import language_of
from widget.problems import ProblemError
from widget.storage.models import Message
from widget.storage.repository import Repository
from widget.tickets.effects import Effects
from zielona.clock import today, utc_now

log = logging.getLogger(__name__)

LEASE = dt.timedelta(seconds=30)
_WAIT_SECONDS = 10.0
_POLL_SECONDS = 0.02
_SHOWN_PASSAGES = 3
# A follow-up may come after a thank-you; further back nobody remembers what was asked.
_REMEMBERED_TURNS = 3
_REMEMBERED_LETTERS = 300
# Better once too often than once too rarely.
_CRISIS = "kryzys"


@dataclass
class Context:
    """What the steps of a turn hand on; `timings` are milliseconds by step.

    `topic` is what a message in another language was taken for, `foreign` why.
    """

    conversation_id: str
    client_id: str
    text: str
    shown: str = ""
    masked: bool = False
    payload: str | None = None
    topic: str | None = None
    foreign: dict[str, Any] = field(default_factory=dict)
    turn_id: str | None = None
    stored: bool = True
    outcome: Outcome | None = None
    messages: list[dict[str, Any]] = field(default_factory=list)
    versions: dict[str, str | None] = field(default_factory=dict)
    timings: dict[str, float] = field(default_factory=dict)


Step = Callable[[Context], Context]
Observer = Callable[[Context], None]
# The name of the office to which visitors of a partner's page belong, by the partner's key.
OfficeOf = Callable[[str], str | None]


class Turns:
    """Answers messages. `stored` of the result is False where the database was away."""

    def __init__(
        self,
        repository: Repository,
        bot: BotClient,
        search: SearchClient,
        content: Content,
        constants: dict[str, str],
        effects: Effects,
        observe: Observer | None = None,
        live: LiveDesk | None = None,
        office_of: OfficeOf | None = None,
    ) -> None:
        self._repository = repository
        self._bot = bot
        self._search = search
        self._content = content
        self._constants = constants
        self._effects = effects
        self._observe = observe
        self._live = live
        self._office_of = office_of
        self._titles = {normalised(topic.title): name for name, topic in content.topics.items() if topic.is_faq}
        self._steps: tuple[Step, ...] = (
            self.resolve_button,
            self.mask_text,
            self.store_question,
            self.pass_to_consultant,
            self.refuse_without_words,
            self.recognise_title,
            self.understand_language,
            self.ask_bot,
            self.ask_search,
            self.say_unavailable,
            self.carry_out_effects,
            self.store_answer,
            self.note_event,
        )

    def answer(self, conversation_id: str, text: str, client_id: str | None) -> Context:
        """Answer one message, or give again the answer that its client id already has.

        Raises ProblemError (409) while another turn of the conversation is going on.
        """
        context = Context(conversation_id, client_id or str(uuid.uuid4()), text)
        held = self._acquire(context)
        try:
            answered = self._answered_before(context)
            if answered is not None:
                return answered
            started = time.perf_counter()
            context.timings["start"] = started
            for step in self._steps:
                begun = time.perf_counter()
                context = step(context)
                context.timings[step.__name__] = (time.perf_counter() - begun) * 1000
            return context
        finally:
            if held:
                self._release(conversation_id)

    # Steps, in their order

    def resolve_button(self, context: Context) -> Context:
        """A slash payload counts only as a button offered in this conversation; typed, it is just text."""
        context.shown = context.text
        if context.text.startswith("/"):
            try:
                title = self._repository.offered_buttons(context.conversation_id).get(context.text)
            except SQLAlchemyError:
                title = None
            if title is not None:
                context.payload = context.text
                context.shown = title
                return context
        context.text = without_command(context.text)
        return context

    def mask_text(self, context: Context) -> Context:
        if context.payload is None:
            shown = mask(context.shown)
            context.masked = shown != context.shown
            context.shown = shown
            context.text = without_hidden(mask(context.text))
        return context

    def store_question(self, context: Context) -> Context:
        if not context.stored:
            return context
        try:
            context.turn_id = self._repository.begin_turn(
                context.conversation_id, context.client_id, text=context.shown, payload=context.payload, now=utc_now()
            )
        except SQLAlchemyError as error:
            log.error("question not stored: %s", type(error).__name__)
            context.stored = False
        return context

    def pass_to_consultant(self, context: Context) -> Context:
        """While a consultant leads the conversation they answer, and the assistant is silent."""
        if self._live is None or not context.stored:
            return context
        try:
            takeover = self._live.leads(context.conversation_id)
            if takeover is not None:
                self._live.spoken_in(takeover, now=utc_now())
                self._end(context, Outcome.HANDED_OVER, [])
        except SQLAlchemyError as error:
            log.error("takeover not read: %s", type(error).__name__)
        return context

    def refuse_without_words(self, context: Context) -> Context:
        if context.outcome is None and not has_words(context.text):
            self._end(context, Outcome.UNREADABLE, [self._line("unreadable", "unknown")])
        return context

    def recognise_title(self, context: Context) -> Context:
        """Suggestions to begin with send the title of a topic: there is nothing to guess."""
        if context.outcome is None and context.payload is None:
            context.topic = self._titles.get(normalised(context.text))
        return context

    def understand_language(self, context: Context) -> Context:
        """A message in another language: the search service knows which topic it is about, the model does not."""
        written = POLISH if context.payload else language_of(context.text)
        if context.outcome is not None or context.topic is not None or written == POLISH:
            return context
        try:
            found = self._search.topics(context.text, written)
        except AwayError as error:
            log.error("search is away: %s", error)
            return context
        names = [name for name in found["topics"] if name in self._content.topics]
        context.foreign = {"language": written, "topics": names, "probability": found["probability"]}
        if not names or found["decision"] == "unknown":
            return context
        if found["decision"] == "answer" or names[0] == _CRISIS:
            context.topic = names[0]
            return context
        offered = self._line("choices", "choice")
        offered["buttons"] = topic_buttons(names, self._content)
        offered["trace"]["foreign"] = context.foreign
        self._end(context, Outcome.CHOICES, [offered])
        return context

    def ask_bot(self, context: Context) -> Context:
        if context.outcome is not None:
            return context
        try:
            asked = context.payload or (f"/{context.topic}" if context.topic else None)
            previous = None if asked else self._previous_question(context.conversation_id)
            office = self._office(context.conversation_id)
            said = asked or context.text
            messages, model = self._bot.send(context.conversation_id, said, previous=previous, office=office)
        except AwayError as error:
            log.error("bot is away: %s", error)
            context.timings["bot_away"] = 1
            return context
        context.versions["model"] = model
        if not messages:
            log.error("bot gave no answer")
            self._end(context, Outcome.FAILED_ACTIONS, [self._line("unavailable", "unknown")])
            return context
        for message in messages:
            trace = message.setdefault("trace", {})
            if context.foreign:
                trace["foreign"] = context.foreign
            context.versions["content"] = trace.get("content") or context.versions.get("content")
            context.versions["index"] = trace.get("index") or context.versions.get("index")
        last = messages[-1].get("type") or "answer"
        self._end(context, OF_TYPE.get(last, Outcome.ANSWERED), messages)
        return context

    def ask_search(self, context: Context) -> Context:
        """With the bot away, the best passages, marked as search results."""
        if context.outcome is not None or context.payload is not None:
            return context
        try:
            text = self._content.topics[context.topic].title if context.topic else context.text
            found = self._search.search({"q": text, "limit": _SHOWN_PASSAGES})
        except AwayError as error:
            log.error("search is away: %s", error)
            return context
        context.versions["index"] = found["index"]
        if found["decision"] == "unknown" or not found["results"]:
            self._end(context, Outcome.FAILED_BOT, [self._line("unavailable", "unknown")])
            return context
        parts = [self._text("bot_away")]
        parts += [f"**{result['title']}**\n{result['text']}" for result in found["results"]]
        if not all(result["verified"] for result in found["results"]):
            parts.append(self._text("unverified"))
        message = {
            "type": "search",
            "text": "\n\n".join(parts),
            "sources": [result["source"] for result in found["results"]],
            "confidence": found["probability"],
            "trace": {"index": found["index"], "probability": found["probability"], "bot": "away"},
        }
        self._end(context, Outcome.FAILED_BOT, [message])
        return context

    def say_unavailable(self, context: Context) -> Context:
        if context.outcome is None:
            self._end(context, Outcome.FAILED_ALL, [self._line("unavailable", "unknown")])
        return context

    def carry_out_effects(self, context: Context) -> Context:
        """What the bot asked for besides its words; see `widget.tickets.effects`."""
        now = utc_now()
        context.messages = [
            self._effects.carry_out(context.conversation_id, message, now=now) for message in context.messages
        ]
        return context

    def store_answer(self, context: Context) -> Context:
        assert context.outcome is not None  # noqa: S101 - every way through the steps sets it
        context.versions.setdefault("content", self._content.version)
        if context.turn_id is None:
            return context
        elapsed = (time.perf_counter() - context.timings.pop("start")) * 1000
        try:
            self._repository.finish_turn(
                context.turn_id,
                outcome=context.outcome.value,
                versions=context.versions,
                milliseconds=round(elapsed),
                messages=context.messages,
            )
        except SQLAlchemyError as error:
            log.error("answer not stored: %s", type(error).__name__)
            context.stored = False
        return context

    def note_event(self, context: Context) -> Context:
        """For the statistics; a turn that was answered before does not come here again."""
        if self._observe is not None:
            self._observe(context)
        return context

    # What the steps use

    def _previous_question(self, conversation_id: str) -> str | None:
        """What the visitor last asked about a matter of ours; of a follow-up, as it was read in its context."""
        try:
            turns = self._repository.latest_turns(conversation_id, count=_REMEMBERED_TURNS)
        except SQLAlchemyError:
            return None
        for turn in turns:
            for message in turn.messages:
                topic = self._content.topics.get(message.topic or "")
                if (topic and topic.is_faq) or message.type in {"search", "choice"}:
                    reading = (message.trace or {}).get("reading") or {}
                    return str(reading.get("text") or turn.text)[-_REMEMBERED_LETTERS:]
        return None

    def _office(self, conversation_id: str) -> str | None:
        """The office of the partner on whose page the conversation began."""
        if self._office_of is None:
            return None
        try:
            partner = self._repository.partner_of(conversation_id)
        except SQLAlchemyError:
            return None
        return self._office_of(partner) if partner else None

    def _acquire(self, context: Context) -> bool:
        deadline = time.monotonic() + _WAIT_SECONDS
        try:
            while not self._repository.acquire(context.conversation_id, now=utc_now(), lease=LEASE):
                if not self._repository.exists(context.conversation_id):
                    raise ProblemError(404)
                if time.monotonic() > deadline:
                    raise ProblemError(409)
                time.sleep(_POLL_SECONDS)
        except SQLAlchemyError as error:
            log.error("database is away: %s", type(error).__name__)
            context.stored = False
            return False
        return True

    def _release(self, conversation_id: str) -> None:
        try:
            self._repository.release(conversation_id, now=utc_now())
        except SQLAlchemyError as error:
            log.error("conversation not released, its lease will end: %s", type(error).__name__)

    def _answered_before(self, context: Context) -> Context | None:
        if not context.stored:
            return None
        try:
            turn = self._repository.turn_by_client_id(context.conversation_id, context.client_id)
        except SQLAlchemyError:
            return None
        if turn is None or turn.outcome is None:
            return None
        context.outcome = Outcome(turn.outcome)
        context.shown = turn.text
        context.masked = turn.payload is None and turn.text != context.text
        context.messages = [stored_message(message) for message in turn.messages]
        return context

    def _end(self, context: Context, outcome: Outcome, messages: list[dict[str, Any]]) -> None:
        context.outcome = outcome
        context.messages = [_whole(message) for message in messages]

    def _text(self, name: str) -> str:
        return line(name, self._content, day=today(), constants=self._constants)

    def _line(self, name: str, kind: str) -> dict[str, Any]:
        return {"type": kind, "text": self._text(name), "trace": {"content": self._content.version, "line": name}}


def _whole(message: dict[str, Any]) -> dict[str, Any]:
    """Every field of the contract, whatever the bot left out."""
    return {
        "id": str(uuid.uuid4()),
        "type": message.get("type") or "answer",
        "text": message.get("text") or "",
        "buttons": [{"title": item["title"], "payload": item["payload"]} for item in message.get("buttons") or []],
        "sources": message.get("sources") or [],
        "topic": message.get("topic"),
        "confidence": float(message.get("confidence") or 0.0),
        "trace": message.get("trace") or {},
        "extra": {},
        "effect": message.get("effect"),
    }


def stored_message(message: Message) -> dict[str, Any]:
    names = ("id", "type", "text", "buttons", "sources", "topic", "confidence", "trace", "extra")
    return {name: getattr(message, name) for name in names}


def public_message(message: dict[str, Any], acts: Mapping[str, Act], *, explained: bool = False) -> dict[str, Any]:
    """The message with the short name of each source's act; its trace, which is for staff, only if `explained`.

    `form` and `checklist` are null where it came with none.
    """
    hidden = {"extra"} if explained else {"trace", "extra"}
    shown = {name: value for name, value in message.items() if name not in hidden}
    extra = message["extra"] or {}
    shown |= {"form": extra.get("form"), "checklist": extra.get("checklist")}
    shown["sources"] = [
        {**source, "act_name": acts[source["act"]].short if source["act"] in acts else source["act"]}
        for source in message["sources"]
    ]
    return shown
