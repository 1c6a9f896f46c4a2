"""What every calculator and case hands back: how it was reckoned, and on what basis."""

from __future__ import annotations

from dataclasses import dataclass


class InputError(ValueError):
    """A value that is impossible, or that these rules cannot answer for.

    `str(error)` is a Polish sentence for the visitor; `field` is the name of the parameter it is about, so that a form
    knows which question to ask again.
    """

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


@dataclass(frozen=True)
class Basis:
    """A rule as a passage states it; `sure` is false where nobody has confirmed the passage against the act."""

    passage: str
    act: str
    article: str
    sure: bool = True


@dataclass(frozen=True)
class Step:
    """One sentence of the reasoning with the act (ELI) and the article it stands on.

    `sure` is false where the passage is not verified, or where the sentence reads the rule in a way that the passage
    does not spell out. `passage` is the id of the passage to show behind it.
    """

    text: str
    act: str
    article: str
    sure: bool
    passage: str


def step(basis: Basis, text: str, *, sure: bool = True) -> Step:
    """Return the sentence on its basis; it is never surer than the basis."""
    return Step(text=text, act=basis.act, article=basis.article, sure=basis.sure and sure, passage=basis.passage)
