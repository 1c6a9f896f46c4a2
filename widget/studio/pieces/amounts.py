"""What editors do with amounts. All lie in one file; two people who change two of them are still in no conflict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge_base.check.rules import Loadable, check_amounts, check_periods
from knowledge_base.content.amounts import Amounts, Parameter, Period, UnknownAmountError, format_amount
from knowledge_base.content.template import placeholders
from widget.studio.catalogue import Catalogue
from widget.studio.checks import Note
from widget.studio.pieces.amount_file import PeriodEdit, same_parameter, with_parameter_of, with_periods
from widget.studio.pieces.faults import AMOUNTS, UnreadableError, read_amounts
from widget.studio.pieces.passages import NoPieceError
from widget.studio.repository import Author, Change, ConflictError, ContentRepository, Revision, Stored
from widget.studio.service import RefusedError, Saves


@dataclass(frozen=True)
class OpenedAmount:
    """An amount as it lies on disk, with the content around it."""

    parameter: Parameter
    stored: Stored
    content: Loadable
    path: str = AMOUNTS


@dataclass(frozen=True)
class AmountRow:
    """A line of the list: the period of today and the next one, if there are such."""

    parameter: Parameter
    now: Period | None
    next: Period | None


@dataclass(frozen=True)
class AmountDesk:
    """Raises RepositoryError and ContentError besides what the methods say."""

    repository: ContentRepository
    catalogue: Catalogue

    def rows(self, *, today: dt.date) -> list[AmountRow]:
        amounts = self.catalogue.now().amounts
        return [
            AmountRow(one, _on(amounts, one, today), _next(amounts, one, today)) for one in amounts.parameters.values()
        ]

    def open(self, name: str) -> OpenedAmount:
        """Raises NoPieceError."""
        content = self.catalogue.now()
        if name not in content.amounts:
            raise NoPieceError(name)
        return OpenedAmount(content.amounts.parameters[name], self.repository.read(AMOUNTS), content)

    def edited(self, opened: OpenedAmount, periods: Sequence[PeriodEdit]) -> str:
        return with_periods(opened.stored.text, opened.parameter.name, periods)

    def draft(self, opened: OpenedAmount, periods: Sequence[PeriodEdit]) -> Amounts:
        """The table that the form would make. Raises RefusedError."""
        return self._read(self.edited(opened, periods))

    def remarks(self, name: str, amounts: Amounts, content: Loadable, *, today: dt.date) -> list[Note]:
        """What is wrong with one amount in the table."""
        found = check_amounts(replace(content, amounts=amounts), today=today)
        return [Note(one.message, one.warning) for one in found if f"„{name}”" in one.message]

    def used_in(self, opened: OpenedAmount) -> list[tuple[str, str]]:
        """Topics (name, title) whose answers name the amount, or one that is worked out of it."""
        names = {opened.parameter.name}
        names |= {one.name for one in opened.content.amounts.parameters.values() if one.of == opened.parameter.name}
        topics = [topic for topic in opened.content.topics if names & placeholders(topic.answer)]
        return [(topic.name, topic.title) for topic in topics]

    def derived(self, opened: OpenedAmount, amounts: Amounts, *, day: dt.date) -> list[tuple[str, str]]:
        """This amount and those worked out of it, as they are written on that day; a dash where there is none."""
        name = opened.parameter.name
        found = [one for one in amounts.parameters.values() if one.name == name or one.of == name]
        return [(one.title, written_on(amounts, one, day)) for one in found]

    def save(self, name: str, periods: Sequence[PeriodEdit], *, version: str, author: Author, to: Saves) -> None:
        """Raises RefusedError, ConflictError, NoPieceError."""
        opened = self.open(name)
        self._same_version(opened, version)
        text = self.edited(opened, periods)
        amounts = self._read(text)
        wrong = [one.message for one in check_periods(self.catalogue.paths.amounts, amounts.parameters[name])]
        if wrong:
            raise RefusedError(wrong)
        subject = f"Kwota {name}: zmiana"
        to.save([Change(AMOUNTS, text, opened.stored.version)], author=author, subject=subject[:72])

    def restore(self, name: str, older: str, *, found: Revision, version: str, author: Author, to: Saves) -> None:
        """Makes this one amount as it was. Raises as `save`."""
        opened = self.open(name)
        self._same_version(opened, version)
        try:
            text = with_parameter_of(opened.stored.text, older, name)
        except (KeyError, ValueError) as error:
            raise RefusedError(["Tej kwoty nie było w tamtej wersji."]) from error
        self._read(text)
        subject = f"Kwota {name}: powrót do wersji z {found.at:%d.%m.%Y}"
        to.save([Change(AMOUNTS, text, opened.stored.version)], author=author, subject=subject[:72])

    def _same_version(self, opened: OpenedAmount, version: str) -> None:
        """A change of other amounts is no conflict. Raises ConflictError."""
        if version == opened.stored.version:
            return
        seen = self.repository.blob(version)
        if seen is None or not same_parameter(seen, opened.stored.text, opened.parameter.name):
            raise ConflictError(AMOUNTS, opened.stored.text, opened.stored.version)

    def _read(self, text: str) -> Amounts:
        try:
            return read_amounts(text)
        except UnreadableError as error:
            raise RefusedError(error.reasons) from error


def written_on(amounts: Amounts, parameter: Parameter, day: dt.date) -> str:
    period = _on(amounts, parameter, day)
    return format_amount(period.value, parameter.unit) if period else "–"


def _on(amounts: Amounts, parameter: Parameter, day: dt.date) -> Period | None:
    try:
        return amounts.period_on(parameter.name, day)
    except UnknownAmountError:
        return None


def _next(amounts: Amounts, parameter: Parameter, today: dt.date) -> Period | None:
    """The period that begins next."""
    base = amounts.parameters[parameter.of] if parameter.of else parameter
    begins = min((one.valid_from for one in base.periods if one.valid_from > today), default=None)
    return _on(amounts, parameter, begins) if begins else None
