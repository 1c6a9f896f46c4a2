"""The rules are those of the passages: same act, same article, and never surer than they are."""

from __future__ import annotations

import re

import pytest

from actions import basis
from actions.reasoning import Basis, InputError, step
from knowledge_base.content.store import ROOT, Content

RULES = {name: rule for name, rule in vars(basis).items() if isinstance(rule, Basis)}


@pytest.mark.parametrize("name", RULES)
def test_rule_is_what_its_passage_says(name: str, content: Content) -> None:
    rule = RULES[name]
    source = content.passages[rule.passage].source
    assert (rule.act, rule.article, rule.sure) == (source.act, source.article, source.verified)
    assert source.valid_to is None


def test_every_rule_is_used() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "actions").rglob("*.py"))
    assert [name for name in RULES if not re.search(rf"\bbasis\.{name}\b", code)] == []


def test_a_step_is_never_surer_than_its_basis() -> None:
    firm, shaky = Basis("a/b", "DU/1974/141", "art. 1"), Basis("a/b", "DU/1974/141", "art. 1", sure=False)
    assert step(firm, "x").sure
    assert not step(firm, "x", sure=False).sure
    assert not step(shaky, "x").sure


def test_input_errors_name_the_field_and_speak_to_the_visitor() -> None:
    error = InputError("day", "Ta data jest zbyt odległa.")
    assert isinstance(error, ValueError)
    assert (error.field, str(error)) == ("day", "Ta data jest zbyt odległa.")
