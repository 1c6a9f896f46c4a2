"""Questions to a release before visitors may ask it: each service of the slot has to take part in some answer."""

from __future__ import annotations

import uuid
from typing import Any

from knowledge_base.content.store import Content, ContentPaths, load_content
from knowledge_base.content.topics import Topic
from widget.chat.clients import AwayError, BotClient, SearchClient
from zielona.publishing.publisher import PublishError
from zielona.publishing.slots import variables
from zielona.publishing.state import Slot
from zielona.settings import Settings

# Nobody asks for this: the model hands it to the actions, and they to the search.
_NONSENSE = "Ile waży kilogram niebieskich trójkątów?"
# Who asks first waits for what is loaded only when it is needed.
_SECONDS = 60.0


class Examiner:
    """Asks the model directly, in a conversation that is erased afterwards."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __call__(self, name: str, slot: Slot) -> None:
        """Raises PublishError."""
        told = Settings({**self._settings.values, **variables(slot, self._settings)})
        try:
            content = load_content(ContentPaths(told.content_root))
        except (OSError, ValueError) as error:
            raise PublishError("Treści nowej wersji nie da się odczytać.") from error
        topic = next((topic for topic in content.topics.values() if topic.is_faq and not topic.action), None)
        if topic is None:
            raise PublishError("W nowej wersji nie ma żadnego tematu z odpowiedzią.")
        bot = BotClient(self._settings, name)
        sender = str(uuid.uuid4())
        try:
            SearchClient(self._settings, name).search({"q": topic.title}, timeout=_SECONDS)
            _check_topic(bot.send(sender, f"/{topic.name}", staff=True, timeout=_SECONDS)[0], topic, content)
            for text in (topic.examples[0], _NONSENSE):
                messages = bot.send(sender, text, staff=True, timeout=_SECONDS)[0]
                if not any(message.get("text") for message in messages):
                    raise PublishError("Nowa wersja nie odpowiada na pytania kontrolne.")
            bot.forget(sender=sender)
        except AwayError as error:
            raise PublishError("Nowa wersja przestała odpowiadać w czasie pytań kontrolnych.") from error


def _check_topic(messages: list[dict[str, Any]], topic: Topic, content: Content) -> None:
    trace = messages[0].get("trace") or {} if messages else {}
    if not messages or messages[0].get("topic") != topic.name or trace.get("content") != content.version:
        raise PublishError(f"Na pytanie kontrolne o temat „{topic.title}” nowa wersja odpowiada czym innym.")
