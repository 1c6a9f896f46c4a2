"""Checks that every result of a calculator or case has to pass."""

from __future__ import annotations

import re
from collections.abc import Iterable

from actions.reasoning import Step
from knowledge_base.content.store import Content

_LEFT_OVER = re.compile(r"\{|\}|None|Fraction|Decimal|\b0[1-9]?\d\.\d\d\.0|  ")


def check_steps(steps: Iterable[Step], content: Content) -> None:
    """Each step is a Polish sentence on a passage that exists, and is marked where that is not verified."""
    for item in steps:
        source = content.passages[item.passage].source
        assert (item.act, item.article) == (source.act, source.article)
        assert source.verified or not item.sure
        assert item.text[0].isupper() or item.text[0].isdigit(), item.text
        assert item.text.endswith((".", "?")), item.text
        assert not _LEFT_OVER.search(item.text), item.text
