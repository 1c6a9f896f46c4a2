"""Where the parts of a release lie, and what its processes are told.

A release is what was built of one commit of the content: `var/content/<name>/` holds the snapshot with the language
pipelines and the index, `var/models/` its dialogue model. Nothing that is edited later reaches it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from zielona.settings import Settings

# Models of releases stay when old models of the working folder are cleared away.
MODEL_PREFIX = "release-"


@dataclass(frozen=True)
class ReleaseFiles:
    """Files of a release by the names that the table `releases` has."""

    settings: Settings
    content: str

    @property
    def folder(self) -> Path:
        """The snapshot: a root for `ContentPaths`."""
        return self.settings.var / "content" / self.content

    @property
    def language(self) -> Path:
        """Folder of the pipelines `app` and `bot`."""
        return self.folder / "language"

    @property
    def index_root(self) -> Path:
        return self.folder / "index"

    @property
    def config(self) -> Path:
        """The bot's configuration, which names the release's own pipeline."""
        return self.folder / "config.yml"

    @property
    def logs(self) -> Path:
        """What the programs said that built it."""
        return self.folder / "log"

    def model(self, name: str) -> Path:
        return self.settings.var / "models" / name

    @property
    def variables(self) -> dict[str, str]:
        """Environment variables that make a process serve this release: search, actions, bot and widget alike."""
        pipeline = self.settings.text("LANGUAGE_MODEL") or str(self.language / "app")
        return {"ZL_CONTENT": str(self.folder), "ZL_INDEX": str(self.index_root), "ZL_LANGUAGE_MODEL": pipeline}

    @property
    def serving(self) -> Settings:
        """The settings with which its processes run."""
        return Settings({**self.settings.values, **self.variables})
