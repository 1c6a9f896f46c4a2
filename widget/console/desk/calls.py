"""Records of phone calls: begun, ended with one click, corrected for a quarter of an hour, then told to statistics."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from knowledge_base.content.offices import VOIVODESHIPS
from knowledge_base.content.store import Content
from knowledge_base.content.topics import AUDIENCES
from widget.console.desk.models import OUTCOMES, Call
from widget.console.desk.repository import CallRepository
from widget.problems import ProblemError
from widget.tickets.counties import Counties, place_of

CORRECTION = dt.timedelta(minutes=15)
# Nobody talks for longer; a start that was forgotten is no duration.
LONGEST = dt.timedelta(hours=3)
AUDIENCE_LABELS = {
    "bezrobotny": "bezrobotny", "poszukujacy_pracy": "poszukujący pracy", "pracownik": "pracownik",
    "pracodawca": "pracodawca", "cudzoziemiec": "cudzoziemiec", "wszyscy": "ktoś inny",
}  # fmt: skip
SATISFIED = {"": None, "tak": True, "nie": False}
_LATEST = 12
_BATCH = 200
# Told the facts of a call: `record("call", **facts)` of the event store.
Record = Callable[..., None]


class CallDesk:
    """The calls of consultants. Raises SQLAlchemyError where the database is away."""

    def __init__(
        self, calls: CallRepository, content: Content, counties: Counties, record: Callable[[], Record | None]
    ) -> None:
        self._calls = calls
        self._content = content
        self._counties = counties
        self._record = record

    def begin(self, user_id: str, *, now: dt.datetime) -> Call:
        """Start counting; a call that goes on is gone on with."""
        return self._calls.open_call(user_id) or self._calls.begin(user_id, now=now)

    def going_on(self, user_id: str) -> Call | None:
        return self._calls.open_call(user_id)

    def drop(self, user_id: str) -> None:
        """Forget the call that goes on: a wrong number. Raises ProblemError (409) where there is none."""
        call = self._calls.open_call(user_id)
        if call is None or not self._calls.drop(call.id):
            raise ProblemError(409, "Nie trwa żadna rozmowa.")

    def end(self, user_id: str, form: Mapping[str, str], *, now: dt.datetime) -> Call:
        """Store how the call ended; without a start its length stays unknown. Sent twice it is one call."""
        facts = self.facts(form)
        call = self._calls.open_call(user_id)
        if call is None:
            return self._calls.add(_id(form.get("klucz", "")), user_id, {**facts, "ended_at": now})
        length = now - call.started_at if call.started_at else LONGEST
        seconds = int(length.total_seconds()) if length < LONGEST else None
        self._calls.change(call.id, {**facts, "ended_at": now, "seconds": seconds})
        return call

    def own(self, call_id: str, user_id: str) -> Call:
        """An ended call of this consultant. Raises ProblemError (404)."""
        call = self._calls.call(call_id, user_id)
        if call is None or call.ended_at is None:
            raise ProblemError(404, "Nie ma takiego zapisu rozmowy.")
        return call

    def correct(self, call: Call, form: Mapping[str, str], *, now: dt.datetime) -> None:
        """Raises ProblemError (409) where the call is too old."""
        if not self.is_open(call, now) or not self._calls.change(call.id, self.facts(form)):
            raise ProblemError(409, "Zapis można poprawić tylko przez 15 minut od końca rozmowy.")

    def is_open(self, call: Call, now: dt.datetime) -> bool:
        """Whether the record may still be corrected."""
        return call.ended_at is not None and call.reported_at is None and now - call.ended_at < CORRECTION

    def latest(self, user_id: str) -> list[Call]:
        return self._calls.latest(user_id, count=_LATEST)

    def report(self, *, now: dt.datetime) -> int:
        """Tell the statistics of calls that can no longer be corrected; return how many."""
        record = self._record()
        if record is None:
            return 0
        due = self._calls.take_unreported(before=now - CORRECTION, now=now, count=_BATCH)
        for call in due:
            record(
                "call", channel="phone", at=call.ended_at, outcome=call.outcome, topic=call.topic,
                audience=call.audience, voivodeship=call.voivodeship,
                county=place_of(call.county)[1], helpful=call.satisfied,
                milliseconds=None if call.seconds is None else call.seconds * 1000,
            )  # fmt: skip
        return len(due)

    def facts(self, form: Mapping[str, str]) -> dict[str, Any]:
        """The form as columns. Raises ProblemError (422) for what is on none of the lists."""
        county = form.get("powiat") or None
        voivodeship = place_of(county)[0] if county else form.get("wojewodztwo") or None
        given = {
            "outcome": (form.get("wynik"), OUTCOMES),
            "topic": (form.get("temat") or None, {None, *self._content.topics}),
            "audience": (form.get("grupa") or None, {None, *AUDIENCES}),
            "voivodeship": (voivodeship, {None, *VOIVODESHIPS}),
            "county": (county, {None, *self._counties.titles}),
            "satisfied": (form.get("zadowolenie", ""), SATISFIED),
        }
        wrong = [name for name, (value, known) in given.items() if value not in known]
        if wrong:
            raise ProblemError(422, "Zapis rozmowy ma nieznaną wartość. Proszę odświeżyć stronę i wybrać z listy.")
        facts: dict[str, Any] = {name: value for name, (value, _) in given.items()}
        return {**facts, "satisfied": SATISFIED[form.get("zadowolenie", "")]}


def _id(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError as error:
        raise ProblemError(422, "Formularz jest niepełny. Proszę odświeżyć stronę.") from error
