"""Everything editors wrote, loaded together and checked for what one file alone cannot show."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from knowledge_base.content.acts import Act, load_acts
from knowledge_base.content.amounts import Amounts, load_amounts
from knowledge_base.content.comparisons import Comparison, load_comparisons
from knowledge_base.content.dialogues import DialogueText, load_dialogues
from knowledge_base.content.messages import load_messages
from knowledge_base.content.passages import Passage, load_passages
from knowledge_base.content.topics import Topic, load_topics
from zielona.settings import current_settings

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class ContentPaths:
    """Where the content lies below a root folder."""

    root: Path = field(default_factory=lambda: current_settings().content_root)

    @property
    def acts(self) -> Path:
        return self.root / "data" / "acts.yml"

    @property
    def amounts(self) -> Path:
        return self.root / "data" / "amounts.yml"

    @property
    def messages(self) -> Path:
        return self.root / "data" / "messages.yml"

    @property
    def comparisons(self) -> Path:
        return self.root / "data" / "comparisons.yml"

    @property
    def offices(self) -> Path:
        """Labour offices, see `knowledge_base.content.offices`. Neither index nor model is made of them."""
        return self.root / "data" / "offices"

    @property
    def translations(self) -> Path:
        """Answers in other languages, see `knowledge_base.content.translations`. The model is not made of them."""
        return self.root / "data" / "translations"

    def translation_files(self) -> list[Path]:
        return sorted(self.translations.glob("*/*.yml"))

    @property
    def dialogues(self) -> Path:
        """Texts of dialogues. Only what starts one is learned, see `zielona.artifacts`."""
        return self.root / "data" / "dialogues"

    @property
    def calibration(self) -> Path:
        """See `knowledge_base.content.calibration`. The index is not made of it."""
        return self.root / "data" / "calibration.yml"

    @property
    def style(self) -> Path:
        return self.root / "data" / "style.yml"

    @property
    def topics(self) -> Path:
        return self.root / "data" / "topics"

    @property
    def passages(self) -> Path:
        return self.root / "knowledge_base" / "passages"

    def files(self) -> list[Path]:
        single = [self.acts, self.amounts, self.messages, *([self.comparisons] if self.comparisons.exists() else [])]
        return single + sorted(self.topics.glob("*/*.yml")) + sorted(self.passages.glob("*/*.md"))


@dataclass(frozen=True)
class Content:
    """The whole content of one moment; `version` is a hash of its files."""

    acts: dict[str, Act]
    amounts: Amounts
    messages: dict[str, str]
    topics: dict[str, Topic]
    passages: dict[str, Passage]
    comparisons: dict[str, Comparison]
    dialogues: dict[str, DialogueText]
    version: str


def content_version(paths: ContentPaths) -> str:
    """Twelve hex digits over names and bytes of all content files."""
    digest = hashlib.sha256()
    for path in paths.files():
        digest.update(path.relative_to(paths.root).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def load_content(paths: ContentPaths | None = None) -> Content:
    """Load all content. Raises ContentError."""
    paths = paths or ContentPaths()
    acts = load_acts(paths.acts)
    return Content(
        acts=acts,
        amounts=load_amounts(paths.amounts),
        messages=load_messages(paths.messages),
        topics=load_topics(paths.topics, acts),
        passages=load_passages(paths.passages, acts),
        comparisons=load_comparisons(paths.comparisons, acts),
        dialogues=load_dialogues(paths.dialogues),
        version=content_version(paths),
    )
