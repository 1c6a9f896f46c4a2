"""Feeds Rasa from the files of topics and dialogues, so that editors keep one file per intent."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method

from bot.dialogues import dialogue_domain, dialogue_rules
from knowledge_base.content.store import Content, load_content
from knowledge_base.content.text import normalised
from zielona.clock import today

# A question about a passage is only near its topic: it teaches less than an example. Chosen by cross-validation.
PASSAGE_WEIGHT = 0.5


def response_name(topic: str) -> str:
    return f"utter_{topic}"


def passage_questions(content: Content) -> list[tuple[str, str]]:
    """Lay questions of passages in force, each with the topic that the passage belongs to.

    Two passages that are asked about in the same words, or in those of a topic's example, teach nothing.
    """
    taken = {normalised(example) for topic in content.topics.values() for example in topic.examples}
    found: dict[str, tuple[str, str]] = {}
    for passage in content.passages.values():
        if not passage.related or not passage.source.in_force(today()):
            continue
        for question in passage.questions:
            key = normalised(question)
            if key not in taken:
                found.setdefault(key, (question, passage.related[0]))
    return list(found.values())


class TopicImporter(RasaFileImporter):
    """Adds topics and dialogues to what Rasa's own files say.

    A topic is an intent, its examples, a response and their rule; a dialogue an intent, its examples, a form with its
    slots, and the rules to begin and to finish it.
    """

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: Any = None,
        **_: Any,
    ) -> None:
        super().__init__(config_file, domain_path, training_data_paths)
        self._content: Content = load_content()

    def get_domain(self) -> Domain:
        topics = self._content.topics.values()
        ours = {
            "intents": [topic.name for topic in topics],
            # The text only keeps to the format: bot.answers renders the answer of the day.
            "responses": {
                response_name(topic.name): [{"text": topic.title, "metadata": {"topic": topic.name}}]
                for topic in topics
            },
        }
        dialogues = Domain.from_dict(dialogue_domain(self._content.dialogues.values()))
        return super().get_domain().merge(Domain.from_dict(ours)).merge(dialogues)

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        rules = "".join(
            f"- rule: {name}\n  steps:\n  - intent: {name}\n  - action: {topic.action or response_name(name)}\n"
            for name, topic in self._content.topics.items()
        )
        rules += dialogue_rules(self._content.dialogues.values())
        ours = YAMLStoryReader().read_from_string(f'version: "3.1"\nrules:\n{rules}')
        return super().get_stories(exclusion_percentage).merge(StoryGraph(ours))

    # Rasa asks for it more than once, and copies what it gets.
    @cached_method
    def get_nlu_data(self, language: str | None = "pl") -> TrainingData:
        ours = [
            Message.build(
                text=example, intent=topic.name, example_metadata={"out_of_scope": True} if topic.out_of_scope else None
            )
            for topic in self._content.topics.values()
            for example in topic.examples
        ]
        ours += [
            Message.build(text=example, intent=dialogue.intent)
            for dialogue in self._content.dialogues.values()
            for example in dialogue.start
        ]
        ours += [
            Message.build(text=text, intent=topic, example_metadata={"weight": PASSAGE_WEIGHT})
            for text, topic in passage_questions(self._content)
        ]
        found = super().get_nlu_data(language)
        return TrainingData(
            [*found.training_examples, *ours],
            found.entity_synonyms,
            found.regex_features,
            found.lookup_tables,
            found.responses,
        )
