"""Turns over a real database, with services that answer as they are told."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, select
from sqlalchemy.orm import Session

from knowledge_base.content.store import Content
from widget.chat.clients import AwayError
from widget.chat.outcomes import LABELS, OF_TYPE, Outcome
from widget.chat.turn import OfficeOf, Turns
from widget.problems import ProblemError
from widget.storage.engine import database_engine, migrate
from widget.storage.models import Base, Message, Turn
from widget.storage.repository import Repository
from widget.tickets.counties import counties
from widget.tickets.effects import Effects
from widget.tickets.hours import business_hours
from widget.tickets.repository import TicketRepository
from widget.tickets.service import TicketDesk
from zielona.settings import Settings

CONVERSATION = "11111111-1111-4111-8111-111111111111"
BUTTON = {"title": "Okres wypowiedzenia", "payload": "/okres_wypowiedzenia"}


class Bot:
    """Answers with the messages it was given, or is away."""

    def __init__(self, *messages: dict[str, Any], away: bool = False, seconds: float = 0.0) -> None:
        self.messages = list(messages)
        self.away = away
        self.seconds = seconds
        self.heard: list[str] = []
        self.remembered: list[str | None] = []
        self.offices: list[str | None] = []
        self.at_once = 0
        self._inside = 0

    def send(
        self, conversation_id: str, text: str, *, previous: str | None = None, office: str | None = None
    ) -> tuple[list[dict[str, Any]], str | None]:
        self.remembered.append(previous)
        self.offices.append(office)
        self._inside += 1
        self.at_once = max(self.at_once, self._inside)
        self.heard.append(text)
        time.sleep(self.seconds)
        self._inside -= 1
        if self.away:
            raise AwayError("away")
        return [dict(message) for message in self.messages], "model-1"


class Search:
    """Finds one passage, nothing, or is away."""

    def __init__(self, decision: str = "answer", *, away: bool = False, topics: tuple[str, ...] = ()) -> None:
        self.decision = decision
        self.away = away
        self.known = topics
        self.asked = ""

    def topics(self, text: str, language: str) -> dict[str, Any]:
        if self.away:
            raise AwayError("away")
        return {"decision": self.decision, "probability": 0.8, "topics": list(self.known), "language": language}

    def search(self, query: dict[str, Any]) -> dict[str, Any]:
        if self.away:
            raise AwayError("away")
        self.asked = query["q"]
        result = {"title": "Urlop", "text": "Treść.", "verified": True, "source": {"act": "DU/1974/141"}}
        return {"index": "index-1", "decision": self.decision, "probability": 0.8, "results": [result]}


ANSWER = {"type": "answer", "text": "Tak.", "topic": "staz_warunki", "confidence": 0.9, "trace": {"content": "c-1"},
          "buttons": [BUTTON]}  # fmt: skip


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    url = f"sqlite:///{tmp_path / 'turns.db'}"
    migrate(url)
    made = database_engine(url)
    yield made
    made.dispose()


@pytest.fixture
def repository(engine: Engine) -> Repository:
    made = Repository(engine)
    made.create_conversation(CONVERSATION, now=dt.datetime.now(tz=dt.timezone.utc))
    return made


def turns(
    repository: Repository,
    content: Content,
    settings: Settings,
    bot: Bot,
    search: Search | None = None,
    office_of: OfficeOf | None = None,
) -> Turns:
    desk = TicketDesk(
        TicketRepository(repository._engine), repository, counties(), business_hours(settings), answer_hours=20
    )
    effects = Effects(desk, repository, content, settings.constants)
    return Turns(
        repository, bot, search or Search(), content, settings.constants, effects, office_of=office_of  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize(("partner", "office"), [("lomza", "PUP w Łomży"), ("kariera", None), (None, None)])
def test_bot_hears_to_which_office_visitors_of_the_page_belong(
    repository: Repository, content: Content, settings: Settings, partner: str | None, office: str | None
) -> None:
    begun = "22222222-2222-4222-8222-222222222222"
    repository.create_conversation(begun, now=dt.datetime.now(tz=dt.timezone.utc), partner=partner)
    bot = Bot(ANSWER)
    turns(repository, content, settings, bot, office_of={"lomza": "PUP w Łomży"}.get).answer(begun, "Dzień dobry", None)
    assert bot.offices == [office]


def test_migrations_and_models_agree(engine: Engine) -> None:
    inspector = inspect(engine)
    for table in Base.metadata.sorted_tables:
        assert {column["name"] for column in inspector.get_columns(table.name)} == set(table.columns.keys())


def test_answer_is_stored_with_its_outcome_and_versions(
    repository: Repository, content: Content, settings: Settings, engine: Engine
) -> None:
    result = turns(repository, content, settings, Bot(ANSWER)).answer(CONVERSATION, "czy mogę?", "klient-0001")
    assert result.outcome is Outcome.ANSWERED
    with Session(engine) as session:
        turn = session.scalars(select(Turn)).one()
        assert (turn.text, turn.outcome, turn.model, turn.content) == ("czy mogę?", "answered", "model-1", "c-1")
        assert turn.milliseconds is not None
        assert session.scalars(select(Message)).one().text == "Tak."


@pytest.mark.parametrize(("kind", "outcome"), OF_TYPE.items())
def test_type_of_the_last_message_is_the_outcome(
    repository: Repository, content: Content, settings: Settings, kind: str, outcome: Outcome
) -> None:
    bot = Bot(ANSWER, {**ANSWER, "type": kind})
    assert turns(repository, content, settings, bot).answer(CONVERSATION, "pytanie", None).outcome is outcome


def test_every_outcome_has_a_label() -> None:
    assert set(LABELS) == set(Outcome)


def test_same_client_id_is_answered_once(repository: Repository, content: Content, settings: Settings) -> None:
    bot = Bot(ANSWER)
    way = turns(repository, content, settings, bot)
    first = way.answer(CONVERSATION, "pytanie", "klient-0001")
    again = way.answer(CONVERSATION, "pytanie", "klient-0001")
    assert bot.heard == ["pytanie"]
    assert [message["id"] for message in again.messages] == [message["id"] for message in first.messages]
    assert len(repository.history(CONVERSATION)) == 1


def test_retry_at_the_same_time_is_answered_once(repository: Repository, content: Content, settings: Settings) -> None:
    bot = Bot(ANSWER, seconds=0.2)
    way = turns(repository, content, settings, bot)
    threads = [threading.Thread(target=way.answer, args=(CONVERSATION, "pytanie", "klient-0001")) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert bot.heard == ["pytanie"]
    assert len(repository.history(CONVERSATION)) == 1


def test_one_turn_at_a_time(repository: Repository, content: Content, settings: Settings) -> None:
    bot = Bot(ANSWER, seconds=0.1)
    way = turns(repository, content, settings, bot)
    threads = [threading.Thread(target=way.answer, args=(CONVERSATION, f"pytanie {n}", None)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert bot.at_once == 1
    assert [turn.number for turn in repository.history(CONVERSATION)] == [1, 2, 3, 4]


def test_unknown_conversation_is_refused(repository: Repository, content: Content, settings: Settings) -> None:
    with pytest.raises(ProblemError) as refused:
        turns(repository, content, settings, Bot(ANSWER)).answer(
            "22222222-2222-4222-8222-222222222222", "pytanie", None
        )
    assert refused.value.status == 404


@pytest.mark.parametrize(
    "typed", ["/restart", "/okres_wypowiedzenia", " //session_start", '/pokaz_fragment{"fragment": "x"}']
)
def test_typed_command_reaches_the_bot_as_text(
    repository: Repository, content: Content, settings: Settings, typed: str
) -> None:
    bot = Bot(ANSWER)
    turns(repository, content, settings, bot).answer(CONVERSATION, typed.strip(), None)
    assert not bot.heard[0].startswith("/")


def test_offered_button_reaches_the_bot_as_command_and_is_shown_by_its_title(
    repository: Repository, content: Content, settings: Settings
) -> None:
    bot = Bot(ANSWER)
    way = turns(repository, content, settings, bot)
    way.answer(CONVERSATION, "pytanie", None)
    way.answer(CONVERSATION, BUTTON["payload"], None)
    assert bot.heard == ["pytanie", "/okres_wypowiedzenia"]
    assert repository.history(CONVERSATION)[1].text == "Okres wypowiedzenia"


def test_button_of_another_conversation_is_just_text(
    repository: Repository, content: Content, settings: Settings
) -> None:
    other = "33333333-3333-4333-8333-333333333333"
    repository.create_conversation(other, now=dt.datetime.now(tz=dt.timezone.utc))
    bot = Bot(ANSWER)
    way = turns(repository, content, settings, bot)
    way.answer(CONVERSATION, "pytanie", None)
    way.answer(other, BUTTON["payload"], None)
    assert bot.heard[1] == "okres_wypowiedzenia"


@pytest.mark.parametrize("spaced", ["{}", " {}?", "{}."])
def test_the_title_of_a_topic_needs_no_guess(
    repository: Repository, content: Content, settings: Settings, spaced: str
) -> None:
    bot = Bot(ANSWER)
    title = content.topics["oferta_pracy_zgloszenie"].title
    turns(repository, content, settings, bot).answer(CONVERSATION, spaced.format(title), None)
    assert bot.heard == ["/oferta_pracy_zgloszenie"]


def test_personal_data_reach_neither_bot_nor_database(
    repository: Repository, content: Content, settings: Settings
) -> None:
    bot = Bot(ANSWER)
    turns(repository, content, settings, bot).answer(CONVERSATION, "mam PESEL 44051401359, co dalej", None)
    assert bot.heard == ["co dalej"]
    assert repository.history(CONVERSATION)[0].text == "mam PESEL [PESEL], co dalej"


def test_bot_away_gives_passages_and_says_so(repository: Repository, content: Content, settings: Settings) -> None:
    result = turns(repository, content, settings, Bot(away=True)).answer(CONVERSATION, "ile mam urlopu", None)
    assert result.outcome is Outcome.FAILED_BOT
    assert result.messages[0]["type"] == "search"
    assert "przerwę techniczną" in result.messages[0]["text"]


def test_bot_away_and_nothing_found_is_honest(repository: Repository, content: Content, settings: Settings) -> None:
    way = turns(repository, content, settings, Bot(away=True), Search("unknown"))
    result = way.answer(CONVERSATION, "pogoda", None)
    assert result.outcome is Outcome.FAILED_BOT
    assert "19524" in result.messages[0]["text"]


def test_everything_away_still_gives_the_phone(repository: Repository, content: Content, settings: Settings) -> None:
    way = turns(repository, content, settings, Bot(away=True), Search(away=True))
    result = way.answer(CONVERSATION, "ile mam urlopu", None)
    assert result.outcome is Outcome.FAILED_ALL
    assert "19524" in result.messages[0]["text"]


def test_silent_bot_is_a_failure_of_the_actions(repository: Repository, content: Content, settings: Settings) -> None:
    result = turns(repository, content, settings, Bot()).answer(CONVERSATION, "ile mam urlopu", None)
    assert result.outcome is Outcome.FAILED_ACTIONS
    assert result.messages[0]["type"] == "unknown"


def test_emoji_alone_are_not_sent_to_the_bot(repository: Repository, content: Content, settings: Settings) -> None:
    bot = Bot(ANSWER)
    result = turns(repository, content, settings, bot).answer(CONVERSATION, "🙂🙂", None)
    assert result.outcome is Outcome.UNREADABLE
    assert bot.heard == []


def test_database_away_still_answers_and_says_not_stored(content: Content, settings: Settings, tmp_path: Path) -> None:
    broken = Repository(database_engine(f"sqlite:///{tmp_path / 'missing' / 'folder.db'}"))
    result = turns(broken, content, settings, Bot(ANSWER)).answer(CONVERSATION, "pytanie", None)
    assert result.outcome is Outcome.ANSWERED
    assert not result.stored


def test_lease_of_a_dead_process_ends(repository: Repository) -> None:
    now = dt.datetime.now(tz=dt.timezone.utc)
    lease = dt.timedelta(seconds=30)
    assert repository.acquire(CONVERSATION, now=now, lease=lease)
    assert not repository.acquire(CONVERSATION, now=now + dt.timedelta(seconds=29), lease=lease)
    assert repository.acquire(CONVERSATION, now=now + dt.timedelta(seconds=31), lease=lease)


def test_bot_is_told_what_was_asked_before(repository: Repository, content: Content, settings: Settings) -> None:
    bot = Bot(ANSWER)
    way = turns(repository, content, settings, bot)
    way.answer(CONVERSATION, "ile trwa staż", None)
    bot.messages = [{**ANSWER, "topic": "podziekowanie"}]
    way.answer(CONVERSATION, "dziękuję", None)
    way.answer(CONVERSATION, "a jak mam 50 lat?", None)
    assert bot.remembered == [None, "ile trwa staż", "ile trwa staż"]


def test_follow_up_of_a_follow_up_keeps_its_context(
    repository: Repository, content: Content, settings: Settings
) -> None:
    bot = Bot({**ANSWER, "trace": {"reading": {"text": "ile trwa staż – jak mam 50 lat?"}}})
    way = turns(repository, content, settings, bot)
    way.answer(CONVERSATION, "a jak mam 50 lat?", None)
    way.answer(CONVERSATION, "a za granicą?", None)
    assert bot.remembered[1] == "ile trwa staż – jak mam 50 lat?"


FOREIGN = "How much is the unemployment benefit?"


def test_message_in_another_language_is_asked_by_its_topic(
    repository: Repository, content: Content, settings: Settings
) -> None:
    bot = Bot(ANSWER)
    search = Search(topics=("zasilek_wysokosc", "zasilek_prawo"))
    result = turns(repository, content, settings, bot, search).answer(CONVERSATION, FOREIGN, None)
    assert bot.heard == ["/zasilek_wysokosc"]
    assert result.shown == FOREIGN
    assert result.messages[0]["trace"]["foreign"]["language"] == "en"
    turns(repository, content, settings, bot, search).answer(CONVERSATION, "ile teraz wynosi zasiłek", None)
    assert bot.heard[-1] == "ile teraz wynosi zasiłek"


def test_topics_that_are_not_sure_are_offered(repository: Repository, content: Content, settings: Settings) -> None:
    bot = Bot(ANSWER)
    search = Search("choices", topics=("zasilek_wysokosc", "zasilek_prawo", "nie_ma_takiego"))
    result = turns(repository, content, settings, bot, search).answer(CONVERSATION, FOREIGN, None)
    assert bot.heard == []
    assert result.outcome is Outcome.CHOICES
    [message] = result.messages
    assert [button["payload"] for button in message["buttons"]] == ["/zasilek_wysokosc", "/zasilek_prawo"]
    chosen = turns(repository, content, settings, bot, search).answer(CONVERSATION, "/zasilek_prawo", None)
    assert (bot.heard, chosen.shown) == (["/zasilek_prawo"], content.topics["zasilek_prawo"].title)


def test_a_crisis_is_answered_even_where_it_is_not_sure(
    repository: Repository, content: Content, settings: Settings
) -> None:
    bot = Bot(ANSWER)
    search = Search("choices", topics=("kryzys", "zasilek_prawo"))
    turns(repository, content, settings, bot, search).answer(CONVERSATION, "I do not want to live any more", None)
    assert bot.heard == ["/kryzys"]


@pytest.mark.parametrize("search", [Search("unknown", topics=("zasilek_prawo",)), Search(away=True)])
def test_what_nobody_understands_goes_to_the_bot_as_it_is(
    repository: Repository, content: Content, settings: Settings, search: Search
) -> None:
    bot = Bot(ANSWER)
    turns(repository, content, settings, bot, search).answer(CONVERSATION, FOREIGN, None)
    assert bot.heard == [FOREIGN]


def test_with_the_bot_away_the_topic_is_searched_in_polish(
    repository: Repository, content: Content, settings: Settings
) -> None:
    search = Search(topics=("urlop_wymiar",))
    way = turns(repository, content, settings, Bot(away=True), search)
    assert way.answer(CONVERSATION, FOREIGN, None).outcome is Outcome.FAILED_BOT
    assert search.asked == content.topics["urlop_wymiar"].title
