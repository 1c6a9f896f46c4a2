"""What is counted, once, as data: the columns of the roll-ups."""

from __future__ import annotations

from dataclasses import dataclass

from widget.events.kinds import CONTACTS, GROUPS, SUGGESTION_LABELS

QUICK_MILLISECONDS = 1000


@dataclass(frozen=True)
class Count:
    """Number of events of these kinds, with one of these outcomes or this rating where given."""

    kinds: tuple[str, ...]
    outcomes: tuple[str, ...] = ()
    helpful: bool | None = None


COUNTS = {
    "contacts": Count(CONTACTS),
    "questions": Count(("question",)),
    **{name: Count(("question",), outcomes) for name, outcomes in GROUPS.items()},
    "helpful": Count(("rating",), helpful=True),
    "unhelpful": Count(("rating",), helpful=False),
    "searches": Count(("search",)),
    "tickets": Count(("ticket",)),
    "calls": Count(("call",)),
    **{f"suggestions_{name}": Count(("suggestion",), (name,)) for name in SUGGESTION_LABELS},
}
# Beside counts: sum and number of response times, those below QUICK_MILLISECONDS, conversations, those that the
# assistant answered and nobody handed over, and events of `zielona demo-data`.
TIMES = ("milliseconds", "timed", "quick")
TALKS = ("talks", "solved")
MEASURES = (*COUNTS, *TIMES, *TALKS, "made_up")

# By what days and months are told apart, beside the channel; the names are columns of events.
DIMENSIONS = ("partner", "voivodeship", "county", "topic", "audience", "model", "reason")
# Of a conversation as a whole these are known.
TALK_DIMENSIONS = ("partner", "voivodeship")
# What stands for an unknown partner, place, topic…
NONE = ""
# Two voivodeships may have counties of one name.
SEPARATOR = "/"
