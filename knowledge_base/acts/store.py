"""The operator's folder of official texts, `var/acts/`.

`DU-2025-620` is a link to a whole import (`metadata.json`, `articles.jsonl`, `etag`, the source as it came). A new
import is written beside it and the link is replaced in one step, so a reader sees the old act or the new one and
nothing between, and whatever goes wrong before that step leaves the old one in use.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge_base.acts.eli import folder_name
from knowledge_base.acts.errors import ActError
from knowledge_base.acts.metadata import Metadata, metadata_from
from knowledge_base.acts.tree import Unit

HTML = "html"
PDF = "pdf"


@dataclass(frozen=True)
class Source:
    """Where the text came from: an act of the service (a notice may carry the text of another act), or a file."""

    eli: str
    form: str
    address: str
    data: bytes
    text_date: dt.date | None
    read_on: dt.date


@dataclass(frozen=True)
class StoredAct:
    """One imported act."""

    metadata: Metadata
    units: tuple[Unit, ...]
    source: Source
    etags: dict[str, str]
    code: str


class ActStore:
    """Reads and replaces imported acts below `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def parts(self) -> Path:
        """Downloads that were cut off."""
        return self.root / ".parts"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One import at a time. Raises ActError where another one runs."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / ".lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise ActError("Trwa już inny import aktu; poczekaj, aż się skończy.") from error
            yield

    def names(self) -> list[str]:
        if not self.root.exists():
            return []
        return sorted(path.name for path in self.root.iterdir() if path.is_symlink() and path.exists())

    def load(self, eli: str) -> StoredAct | None:
        """Return the act as last imported, or None. Raises ActError where its files are damaged."""
        return self.load_folder(folder_name(eli))

    def load_folder(self, name: str) -> StoredAct | None:
        link = self.root / name
        return self._read(link.resolve(), name) if link.exists() else None

    def _read(self, folder: Path, name: str) -> StoredAct:
        try:
            data = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
            source = data["source"]
            lines = (folder / "articles.jsonl").read_text(encoding="utf-8").split("\n")
            return StoredAct(
                metadata=metadata_from(data["act"], data["eli"]),
                units=tuple(Unit.from_dict(json.loads(line)) for line in lines if line),
                source=Source(
                    eli=source["eli"],
                    form=source["form"],
                    address=source["address"],
                    data=(folder / f"source.{source['form']}").read_bytes(),
                    text_date=_date(source["text_date"]),
                    read_on=dt.date.fromisoformat(source["read_on"]),
                ),
                etags=json.loads((folder / "etag").read_text(encoding="utf-8")),
                code=data["code"],
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ActError(f"Zapisany akt {name} jest uszkodzony ({folder}): usuń go i zaimportuj ponownie.") from error

    def save(self, act: StoredAct) -> Path:
        """Write the act beside what is there and switch to it in one step."""
        name = folder_name(act.metadata.eli)
        articles = "".join(json.dumps(unit.as_dict(), ensure_ascii=False) + "\n" for unit in act.units)
        described = json.dumps(_described(act), ensure_ascii=False, indent=1)
        etags = json.dumps(act.etags)
        digest = hashlib.sha256("\0".join((articles, described, etags)).encode()).hexdigest()[:12]
        folder = self.root / f".{name}.{digest}"
        while folder.exists() and not self._is_whole(folder, act):
            folder = folder.with_name(f"{folder.name}~")
        if not folder.exists():
            # What a killed import left; nobody else writes while this one holds the lock.
            for left in self.root.glob(".new.*"):
                shutil.rmtree(left, ignore_errors=True)
            fresh = self.root / f".new.{os.getpid()}"
            fresh.mkdir(parents=True)
            (fresh / "metadata.json").write_text(described, encoding="utf-8")
            (fresh / "articles.jsonl").write_text(articles, encoding="utf-8")
            (fresh / "etag").write_text(etags, encoding="utf-8")
            (fresh / f"source.{act.source.form}").write_bytes(act.source.data)
            fresh.rename(folder)
        self._switch(name, folder)
        return self.root / name

    def _is_whole(self, folder: Path, act: StoredAct) -> bool:
        try:
            return self._read(folder, folder.name) == act
        except ActError:
            return False

    def _switch(self, name: str, folder: Path) -> None:
        link = self.root / name
        before = link.resolve() if link.is_symlink() else None
        fresh = self.root / f".link.{os.getpid()}"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(folder.name)
        fresh.replace(link)
        # The one before stays: a reader may still be in it.
        for old in self.root.glob(f".{name}.*"):
            if old not in (folder, before):
                shutil.rmtree(old, ignore_errors=True)


def _described(act: StoredAct) -> dict[str, Any]:
    source = act.source
    return {
        "eli": act.metadata.eli,
        "act": act.metadata.raw,
        "code": act.code,
        "source": {
            "eli": source.eli,
            "form": source.form,
            "address": source.address,
            "sha256": hashlib.sha256(source.data).hexdigest(),
            "text_date": source.text_date.isoformat() if source.text_date else None,
            "read_on": source.read_on.isoformat(),
        },
    }


def _date(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None
