"""What is left of the limits of fixed-term contracts."""

from __future__ import annotations

from collections.abc import Callable

from actions import wording
from actions.calculators.fixed_term import CONTRACTS_LIMIT, MONTHS_LIMIT, FixedTerm, Kind, fixed_term_limits
from actions.dialogues.kinds import Day, FromTo, Several, Whole
from actions.dialogues.model import Answers, Dialogue, Facts, Outcome, Question
from zielona import plurals

# The fourth contract is the one that breaks the limit; nobody needs to tell of a fifth.
_MOST = CONTRACTS_LIMIT + 1
_NAMES = ("first", "second", "third", "fourth")


def _has(number: int) -> Callable[[Answers], bool]:
    return lambda answers: answers.get("count", 0) >= number


def finish(answers: Answers, facts: Facts) -> Outcome:
    """Raises InputError."""
    excluded = answers.get("excluded") or ()
    contracts = [
        FixedTerm(answers[name][0], answers[name][1], Kind.OBJECTIVE_REASONS if name in excluded else Kind.ORDINARY)
        for name in _NAMES[: answers["count"]]
    ]
    limits = fixed_term_limits(contracts, next_start=answers["next_start"])
    used = f"Wykorzystano {plurals.counted(limits.contracts_used, 'umowę', 'umowy', 'umów')} z {CONTRACTS_LIMIT}, "
    used += f"razem {limits.used} z dopuszczalnych {MONTHS_LIMIT} miesięcy."
    if limits.open_ended_since is not None:
        text = f"**Od {wording.day(limits.open_ended_since)} umowa jest z mocy prawa na czas nieokreślony.** {used}"
    elif limits.last_allowed_day is None:
        text = f"**Kolejna umowa na czas określony nie jest już możliwa w limicie.** {used}"
    else:
        text = (
            f"**Następna umowa od {wording.day(limits.next_start)} może trwać najdłużej do "
            f"{wording.day(limits.last_allowed_day)}.** {used}"
        )
        if limits.safe_last_day is not None and limits.safe_last_day != limits.last_allowed_day:
            text += (
                f" Licząc każdy miesiąc jako 30 dni, bezpieczny ostatni dzień to {wording.day(limits.safe_last_day)}."
            )
    return Outcome(text, limits.steps)


DIALOGUE = Dialogue(
    name="fixed_term",
    questions=(
        Question("count", Whole(0, _MOST, ("umowa", "umowy", "umów"))),
        *(Question(name, FromTo(), when=_has(number)) for number, name in enumerate(_NAMES, 1)),
        Question("excluded", Several(), when=_has(1)),
        Question("next_start", Day(future=None)),
    ),
    finish=finish,
    about=4,
    asks={"contracts": "first"},
)
