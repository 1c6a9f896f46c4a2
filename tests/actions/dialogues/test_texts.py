"""Texts and rules of dialogues fit each other."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.calculators.annual_leave import School
from actions.calculators.dates import Span
from actions.calculators.notice_period import Contract as NoticeContract
from actions.cases import foreigner, job_offer, person
from actions.cases.benefit import Ended
from actions.cases.common import Interval
from actions.dialogues import kinds
from actions.dialogues.kinds import Birth, Born, Choice, FromTo, Kind, Several, Text, YesNo
from actions.dialogues.registry import DIALOGUES
from knowledge_base.content.dialogues import MIN_START_EXAMPLES
from knowledge_base.content.store import Content
from knowledge_base.content.text import normalised
from tests.actions.dialogues.talk import TODAY, form_on

# The options of a question are the members of what its rules read, or some of them.
ENUMS: dict[tuple[str, str], type[Enum]] = {
    ("benefit", "ended"): Ended,
    ("notice_period", "contract"): NoticeContract,
    ("annual_leave", "school"): School,
    ("registration", "stay"): person.Stay,
    ("registration", "work"): person.Work,
    ("registration", "study"): person.Study,
    ("registration", "business"): person.Business,
    ("registration", "income"): person.Income,
    ("registration", "sex"): person.Sex,
    ("foreigner", "citizenship"): foreigner.Citizenship,
    ("foreigner", "kind"): foreigner.Work,
    ("job_offer", "contract"): job_offer.Contract,
    ("job_offer", "pay_per"): job_offer.Per,
}
EVERY = [(name, question.name) for name, dialogue in DIALOGUES.items() for question in dialogue.questions]


def test_every_dialogue_has_its_texts(content: Content) -> None:
    assert set(content.dialogues) == set(DIALOGUES)
    for name, dialogue in DIALOGUES.items():
        assert [question.name for question in dialogue.questions] == list(content.dialogues[name].questions)


def test_slots_of_all_dialogues_differ(content: Content) -> None:
    slots = [content.dialogues[name].slot(question) for name, question in EVERY]
    assert len(slots) == len(set(slots))


def test_what_begins_a_dialogue_begins_no_other_and_is_no_question(content: Content) -> None:
    taken = {normalised(example) for topic in content.topics.values() for example in topic.examples}
    for dialogue in content.dialogues.values():
        examples = {normalised(example) for example in dialogue.start}
        assert len(examples) >= MIN_START_EXAMPLES
        assert not examples & taken
        taken |= examples


@pytest.mark.parametrize(("name", "question"), ENUMS)
def test_options_are_those_of_the_rules(content: Content, name: str, question: str) -> None:
    options = {option.value for option in content.dialogues[name].questions[question].options}
    assert options == {member.value for member in ENUMS[name, question]}


@pytest.mark.parametrize(("name", "question"), EVERY)
def test_every_button_is_understood_as_its_option(content: Content, name: str, question: str) -> None:
    form = form_on(name, content)
    asked = form.dialogue.question(question)
    for option in form.options(asked):
        found = asked.kind.read(option.title, form.options(asked), TODAY)
        assert found is not None
        if isinstance(asked.kind, (Choice, Several)):
            assert found.whole
            assert found.value == (option.value if isinstance(asked.kind, Choice) else (option.value,))


@pytest.mark.parametrize(("name", "question"), EVERY)
def test_synonyms_are_understood_as_their_option(content: Content, name: str, question: str) -> None:
    form = form_on(name, content)
    asked = form.dialogue.question(question)
    if isinstance(asked.kind, Choice):
        for option in form.options(asked):
            for synonym in option.synonyms:
                found = asked.kind.read(synonym, form.options(asked), TODAY)
                assert found is not None, synonym
                assert found.value == option.value, synonym


@pytest.mark.parametrize("topic", ["zasilek_prawo", "okres_wypowiedzenia", "urlop_wymiar", "oferta_pracy_zgloszenie"])
def test_topics_offer_their_dialogue(content: Content, topic: str) -> None:
    assert content.topics[topic].dialog in DIALOGUES


_AMOUNTS = st.decimals(1, 99_999, places=2)
_DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2050, 1, 1))
_FEW = st.integers(0, 18)
_KINDS: list[tuple[Kind, st.SearchStrategy[Any]]] = [
    (YesNo(), st.booleans()),
    (kinds.Whole(), st.integers(0, 100_000)),
    (kinds.Hours(), st.integers(0, 2976).map(lambda quarters: Decimal(quarters) / 4)),
    (kinds.Money(), _AMOUNTS),
    (kinds.Part(), st.fractions(Fraction(1, 8), 1, max_denominator=16)),
    (kinds.Period(), st.builds(Span, st.integers(0, 700), st.integers(0, 29))),
    (kinds.Between(kinds.MONTHS, 18), st.tuples(_FEW, _FEW).map(lambda pair: Interval(min(pair), max(pair)))),
    (kinds.Day(), _DAYS),
    (FromTo(), st.tuples(_DAYS, _DAYS).map(lambda pair: (min(pair), max(pair)))),
    (Birth(), st.dates(dt.date(1930, 1, 1), dt.date(2020, 1, 1)).map(Born)),
    (Text(), st.from_regex(r"[a-zż]{1,20}( [a-zż]{1,20}){0,5}", fullmatch=True)),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "values"), _KINDS, ids=lambda item: type(item).__name__)
def test_a_value_as_the_form_shows_it_is_read_back(kind: Kind, values: st.SearchStrategy[Any]) -> None:
    @given(values)
    def check(value: Any) -> None:
        found = kind.read(kind.show(value, ()), (), TODAY)
        assert found is not None
        assert found.value == value
        assert kind.load(kind.dump(value)) == value

    check()
