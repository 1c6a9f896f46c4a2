"""Whether an answer stands on law that is in force: looks at its sources and at what its text names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from knowledge_base.content.acts import Act
from knowledge_base.content.amounts import UnknownAmountError, format_amount
from knowledge_base.content.store import Content
from knowledge_base.content.text import fold

_ARTICLE = re.compile(r"art\.?\s*(\d+[a-z]{0,2})\b")
_MONEY = re.compile(r"(?<![\d,.])(\d{1,3}(?:[ \u00a0.]\d{3})+|\d+)(?:,(\d{1,2}))?\s*(?:zl|zlotych|pln)\b")
_CODE = re.compile(r"\bkodeks\w*")
_TITLE = re.compile(r"\bo\s.+$")
# As far from an article as its act may stand: "art. 71 ust. 1 pkt 2 lit. a ustawy o …".
_REACH = 60
_DAY = "%d.%m.%Y"


@dataclass(frozen=True)
class Flag:
    """Something to look at before sending: what was found, and why it may be wrong."""

    found: str
    why: str


@dataclass(frozen=True)
class _ActName:
    act: Act
    name: str
    position: re.Pattern[str]

    def is_in(self, folded: str) -> bool:
        return self.name in folded or bool(self.position.search(folded))


class LawCheck:
    """Checks texts against acts, passages and amounts of the content."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._names = [_name(act) for act in content.acts.values()]

    def flags(self, text: str, sources: Sequence[Mapping[str, Any]], *, on: dt.date) -> list[Flag]:
        """Everything in the answer that is not, or no more, law on that day; each thing once."""
        # Acts are named in every case: "Kodeksu pracy" is the act "Kodeks pracy".
        folded = _CODE.sub("kodeks", fold(text))
        found = [
            *self._of_sources(sources, on), *self._of_acts(folded, on), *self._of_articles(folded, on),
            *self._of_amounts(folded, on),
        ]  # fmt: skip
        return list({flag.found: flag for flag in found}.values())

    def _of_sources(self, sources: Sequence[Mapping[str, Any]], on: dt.date) -> Iterator[Flag]:
        for source in sources:
            act = self._content.acts.get(str(source.get("act")))
            name = ", ".join(filter(None, [source.get("article"), act.short if act else source.get("act")]))
            ends = dt.date.fromisoformat(source["valid_to"]) if source.get("valid_to") else None
            if act is not None and act.valid_to is not None:
                ends = min(ends or act.valid_to, act.valid_to)
            if ends is not None and ends < on:
                yield Flag(name, f"Ta podstawa prawna obowiązywała do {ends:{_DAY}}.")
            elif dt.date.fromisoformat(str(source["valid_from"])) > on:
                yield Flag(name, f"Ta podstawa prawna zacznie obowiązywać {source['valid_from']}.")

    def _of_acts(self, folded: str, on: dt.date) -> Iterator[Flag]:
        for item in self._names:
            ends = item.act.valid_to
            if ends is None or ends >= on or not item.is_in(folded):
                continue
            newer = self._content.acts.get(item.act.replaced_by or "")
            instead = f" Zastąpiła ją: {newer.short}." if newer else ""
            yield Flag(item.act.short, f"Ten akt obowiązywał do {ends:{_DAY}}.{instead}")

    def _of_articles(self, folded: str, on: dt.date) -> Iterator[Flag]:
        """Articles named together with their act: repealed ones, and numbers that the act does not have."""
        ended = self._ended_articles(on)
        for match in _ARTICLE.finditer(folded):
            after = folded[match.end() : match.end() + _REACH]
            following = _ARTICLE.search(after)
            after = after[: following.start()] if following else after
            for item in self._names:
                if item.name not in after or (item.act.valid_to and item.act.valid_to < on):
                    continue
                number, last = match[1], item.act.last_article
                if last is not None and int(re.sub(r"\D", "", number)) > last:
                    yield Flag(f"art. {number}, {item.act.short}", f"Ten akt kończy się na art. {last}.")
                elif day := ended.get((item.act.eli, number)):
                    yield Flag(f"art. {number}, {item.act.short}", f"Ten przepis obowiązywał do {day:{_DAY}}.")

    def _ended_articles(self, on: dt.date) -> dict[tuple[str, str], dt.date]:
        """Articles of which no passage is in force any more, with their last day."""
        last: dict[tuple[str, str], dt.date] = {}
        for passage in self._content.passages.values():
            number = _ARTICLE.match(fold(passage.source.article))
            if number is None:
                continue
            key, ends = (passage.source.act, number[1]), passage.source.valid_to or dt.date.max
            last[key] = max(last.get(key, dt.date.min), ends)
        return {key: day for key, day in last.items() if day < on}

    def _of_amounts(self, folded: str, on: dt.date) -> Iterator[Flag]:
        named = {_number(match) for match in _MONEY.finditer(folded)}
        if not named:
            return
        now = {period.value for name in self._content.amounts.parameters if (period := self._period(name, on))}
        for parameter in self._content.amounts.parameters.values():
            for period in parameter.periods:
                if period.value in named - now and period.valid_to is not None and period.valid_to < on:
                    current = self._period(parameter.name, on)
                    newer = f" Teraz: {format_amount(current.value, parameter.unit)}." if current else ""
                    yield Flag(
                        format_amount(period.value, parameter.unit),
                        f"Tyle wynosiło do {period.valid_to:{_DAY}}: {parameter.title}.{newer}",
                    )

    def _period(self, name: str, on: dt.date) -> Any:
        try:
            return self._content.amounts.period_on(name, on)
        except UnknownAmountError:
            return None


def _name(act: Act) -> _ActName:
    """How a text names an act, folded: "o promocji zatrudnienia", "kodeks pracy", or by its place in the journal."""
    short = fold(act.short)
    about = _TITLE.search(short)
    name = about[0] if about else short
    _, year, number = [*act.eli.split("/"), "", ""][:3]
    position = re.compile(
        rf"\b{re.escape(year)}\b.{{0,30}}?\bpoz\.?\s*{re.escape(number)}\b|{re.escape(fold(act.eli))}\b"
    )
    return _ActName(act, name, position)


def _number(match: re.Match[str]) -> Decimal:
    whole = re.sub(r"\D", "", match[1])
    return Decimal(f"{whole}.{match[2] or '0'}")
