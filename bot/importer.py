"""Feeds Rasa from the topic files, so that editors keep one file per intent."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge_base.content.store import Content, load_content


def response_name(topic: str) -> str:
    return f"utter_{topic}"


class TopicImporter(TrainingDataImporter):
    """Each topic becomes an intent, its examples, a response and the rule that joins them."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: Any = None,
        **_: Any,
    ) -> None:
        self._content: Content = load_content()

    def get_domain(self) -> Domain:
        topics = self._content.topics.values()
        return Domain.from_dict(
            {
                "intents": [topic.name for topic in topics],
                # The text is a stand-in of the domain's format: bot.answers renders the answer of the day.
                "responses": {
                    response_name(topic.name): [{"text": topic.title, "metadata": {"topic": topic.name}}]
                    for topic in topics
                },
            }
        )

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        rules = "".join(
            f"- rule: {name}\n  steps:\n  - intent: {name}\n  - action: {response_name(name)}\n"
            for name in self._content.topics
        )
        reader = YAMLStoryReader()
        return StoryGraph(reader.read_from_string(f'version: "3.1"\nrules:\n{rules}'))

    def get_conversation_tests(self) -> StoryGraph:
        return StoryGraph([])

    def get_config(self) -> dict[str, Any]:
        return {}

    def get_config_file_for_auto_config(self) -> str | None:
        return None

    def get_nlu_data(self, language: str | None = "pl") -> TrainingData:
        return TrainingData(
            [
                Message.build(text=example, intent=topic.name)
                for topic in self._content.topics.values()
                for example in topic.examples
            ]
        )
