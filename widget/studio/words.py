"""Numbers with their nouns, the Polish way."""

from __future__ import annotations

from knowledge_base.content.topics import Topic
from zielona.plurals import counted

# Where what is not ours and fits no other topic of that kind is taught; visitors read another title of it.
GENERAL = "poza_zakresem"
NOT_OURS = "Nie dla nas"


def title_of(topic: Topic) -> str:
    """A topic's title for editors; one name for what is not ours, whichever way a message gets there."""
    return NOT_OURS if topic.name == GENERAL else topic.title


def examples(number: int) -> str:
    return counted(number, "przykład", "przykłady", "przykładów")
