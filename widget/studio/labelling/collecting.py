"""Which messages of visitors editors should look at, and how much a label of each would teach."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from knowledge_base.content.text import normalised
from widget.chat.inputs import has_words
from widget.languages.catalogue import POLISH
from widget.languages.recognition import language_of
from widget.studio.labelling.models import SCORE_BY_PERSON, UNHELPFUL, UNKNOWN, UNSURE, VISITOR
from widget.studio.labelling.repository import Candidate, LabelRepository
from zielona.settings import Settings

# On both sides of the threshold of answers: a little less and the decision would have been another one.
BAND = 0.1


def collect(repository: LabelRepository, settings: Settings) -> int:
    """Put what is new into the queue; returns how many messages. May be called at any time, as often as one likes.

    Raises SQLAlchemyError.
    """
    threshold = settings.number("ANSWER_THRESHOLD")
    found = repository.candidates(low=threshold - BAND, high=threshold + BAND)
    settled = {normalised(text) for text in repository.put_aside()}
    return repository.add([_item(one) for one in found if not _is_settled(one, settled) and _is_teachable(one.text)])


def informativeness(ranking: object, *, by_person: bool) -> float:
    """0 to 1: how near the two likeliest topics are (margin sampling); more where a person said it was wrong.

    >>> informativeness([["kfs", 0.5], ["szkolenia", 0.5]], by_person=False)
    1.0
    """
    chances = sorted(_chances(ranking), reverse=True)
    doubt = 1.0 - (chances[0] - (chances[1] if len(chances) > 1 else 0.0)) if chances else 1.0
    return round(SCORE_BY_PERSON + doubt / 2 if by_person else doubt, 4)


def _chances(ranking: object) -> list[float]:
    pairs = ranking if isinstance(ranking, list) else []
    return [float(pair[1]) for pair in pairs if isinstance(pair, (list, tuple)) and len(pair) == 2]


def _item(found: Candidate) -> Mapping[str, Any]:
    reason = UNHELPFUL if found.unhelpful else UNKNOWN if found.unknown else UNSURE
    return {
        "turn_id": found.turn_id, "text": found.text, "source": VISITOR, "reason": reason, "topic": found.topic,
        "created_at": found.at,
        "score": informativeness(found.trace.get("ranking"), by_person=found.unhelpful),
    }  # fmt: skip


def _is_settled(found: Candidate, settled: Set[str]) -> bool:
    """The assistant refuses what an editor said is not ours or teaches nothing, and nobody minded."""
    return found.unknown and not found.unhelpful and bool(settled) and normalised(found.text) in settled


def _is_teachable(text: str) -> bool:
    """Topics are taught in Polish; see `data/translations` for other languages."""
    return has_words(text) and language_of(text) == POLISH
