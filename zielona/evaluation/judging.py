"""Whether an answer is right: one judgement for each message of a set, kept as a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from knowledge_base.content.store import Content
from knowledge_base.search.calibration import article_key
from zielona.evaluation.asking import Reply, Said
from zielona.evaluation.sets import Asked

RIGHT_ANSWER, RIGHT_PASSAGE, RIGHT_CHOICE = "right answer", "right passage", "right among choices"
WRONG_ANSWER, WRONG_PASSAGE, WRONG_CHOICE = "wrong answer", "wrong passage", "wrong choices"
UNKNOWN = "unknown"
JUDGEMENTS = (RIGHT_ANSWER, RIGHT_PASSAGE, RIGHT_CHOICE, WRONG_CHOICE, UNKNOWN, WRONG_PASSAGE, WRONG_ANSWER)
RIGHT = frozenset({RIGHT_ANSWER, RIGHT_PASSAGE})
CONFIDENTLY_WRONG = frozenset({WRONG_ANSWER, WRONG_PASSAGE})


@dataclass(frozen=True)
class Record:
    """A message with what became of it.

    `judgement` is one of JUDGEMENTS; `answered` how many of `both` got their answer; `topic` what was answered, or the
    likeliest topic; `sure` its probability; `inside` how surely the message is ours to answer.
    """

    set: str
    text: str
    group: str
    wanted: tuple[str, ...]
    both: tuple[str, ...]
    judgement: str
    answered: int
    topic: str | None
    ranking: tuple[str, ...]
    sure: float
    topic_right: bool
    inside: float

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Record:
        values: dict[str, Any] = {name: tuple(item) if isinstance(item, list) else item for name, item in data.items()}
        return cls(**values)

    @property
    def right(self) -> bool:
        return self.judgement in RIGHT

    @property
    def confidently_wrong(self) -> bool:
        return self.judgement in CONFIDENTLY_WRONG


class Judge:
    """Knows of each topic its articles, and which topics are ours to answer."""

    def __init__(self, content: Content) -> None:
        self._rules = {
            name: {article_key(source.as_dict()) for source in topic.sources} for name, topic in content.topics.items()
        }
        self.ours = {name for name, topic in content.topics.items() if topic.is_faq and not topic.out_of_scope}
        self._refusing = {name for name, topic in content.topics.items() if topic.out_of_scope}

    def record(self, item: Asked, reply: Reply) -> Record:
        answers = [said for said in reply.said if said.kind in {"answer", "question", "handover"}]
        likeliest, sure = next(iter(reply.ranking), (None, 0.0))
        return Record(
            set=item.set,
            text=item.text,
            group=item.group,
            wanted=item.wanted,
            both=item.both,
            judgement=self.judge(item, reply),
            answered=len({said.topic for said in answers} & set(item.both)),
            topic=next((said.topic for said in answers if said.topic), likeliest),
            ranking=tuple(name for name, _ in reply.ranking),
            sure=sure,
            topic_right=likeliest in item.wanted if item.wanted else likeliest not in self.ours,
            inside=self.inside(reply),
        )

    def judge(self, item: Asked, reply: Reply) -> str:
        """Of what is out of scope, every answer or passage about a topic of ours is wrong."""
        verdicts = [self._verdict(item, said) for said in reply.said]
        # A visitor who gets two answers has the right one if it is among them.
        for good in (RIGHT_ANSWER, RIGHT_PASSAGE):
            if good in verdicts:
                return good
        return verdicts[-1]

    def _verdict(self, item: Asked, said: Said) -> str:
        wanted = {*item.wanted, *item.both}
        if said.topic is not None and said.topic in wanted:
            return RIGHT_ANSWER
        if said.kind == "choice":
            return RIGHT_CHOICE if wanted & set(said.offered) else WRONG_CHOICE
        if said.kind == "search":
            return RIGHT_PASSAGE if self._is_right_passage(item, said, wanted) else WRONG_PASSAGE
        if said.kind == "unknown" or said.topic in self._refusing or (not wanted and said.topic not in self.ours):
            return UNKNOWN
        return WRONG_ANSWER

    def _is_right_passage(self, item: Asked, said: Said, wanted: set[str]) -> bool:
        """The passage belongs to the topic, or stands on one of its articles or of the question's."""
        rules = {article_key({"act": act, "article": article}) for act, article in item.articles}
        rules = rules.union(*(self._rules.get(name, set()) for name in wanted))
        first = said.offered[:1]
        act, article = next(iter(said.sources), ("", ""))
        return bool(wanted & set(first)) or article_key({"act": act, "article": article}) in rules

    def inside(self, reply: Reply) -> float:
        """How surely a message is ours: the likeliest topic of ours, or a passage no other topic claims."""
        likeliest, sure = next(iter(reply.ranking), (None, 0.0))
        if likeliest in self.ours:
            return max(sure, reply.found or 0.0)
        return (1.0 - sure) * (reply.found or 0.0)


def of_set(records: Sequence[Record], name: str) -> list[Record]:
    return [record for record in records if record.set == name]
