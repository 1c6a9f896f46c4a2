"""Where a topic, a passage or an amount is edited."""

from __future__ import annotations

from flask import url_for

from widget.studio.pieces.review import AMOUNT, PASSAGE, TOPIC

_PAGES = {TOPIC: "studio.topic", AMOUNT: "pieces.amount"}


def address_of(kind: str, name: str) -> str:
    """`name` as the content has it: a passage's is `folder/name`."""
    if kind == PASSAGE:
        folder, _, passage = name.partition("/")
        return url_for("pieces.passage", folder=folder, name=passage)
    return url_for(_PAGES[kind], name=name)
