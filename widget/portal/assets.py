"""The scripts of the web component, read, freed of comments and compressed once per process."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from widget.portal.bundle import ENTRY, bundle

STATIC = Path(__file__).parent / "static"
LOADER = "zielona-linia.js"
# Comments are for who reads the source, not for every visitor's browser; `/**` stands nowhere else.
_COMMENTS = re.compile(r"/\*\*.*?\*/ ?|^ *//[^\n]*\n|^ +", re.DOTALL | re.MULTILINE)
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}


@dataclass(frozen=True)
class Asset:
    """A file as it is sent: plain, and compressed for those who accept it."""

    plain: bytes
    packed: bytes
    mimetype: str


class Assets:
    """The files by name; `version` is a hash of the modules, so that their address changes when they do."""

    def __init__(self, folder: Path = STATIC) -> None:
        self.files = {path.name: read_asset(path) for path in sorted(folder.glob("*.*"))}
        sources = {path.name: _plain(path).decode() for path in sorted((folder / "chat").glob("*.js"))}
        self.modules = {name: _asset(code.encode(), ".js") for name, code in bundle(sources).items()}
        digest = hashlib.sha256()
        for name, asset in self.modules.items():
            digest.update(name.encode() + b"\0" + asset.plain)
        self.version = digest.hexdigest()[:12]
        # Every visitor's first request asks, always with the same texts.
        self._found_later = lru_cache(maxsize=8)(self._only_later)

    def only_later(self, texts: Iterable[str]) -> frozenset[str]:
        """Those of the texts that stand only in modules that are fetched when somebody needs them."""
        return self._found_later(frozenset(texts))

    def _only_later(self, texts: frozenset[str]) -> frozenset[str]:
        at_once = (self.files[LOADER].plain + self.modules[ENTRY].plain).decode()
        later = "".join(self.modules[name].plain.decode() for name in self.later)
        return frozenset(text for text in texts if f'"{text}"' in later and f'"{text}"' not in at_once)

    @property
    def weight(self) -> dict[str, int]:
        """Compressed bytes of what the browser of everybody who opens a conversation fetches, by file."""
        return {LOADER: len(self.files[LOADER].packed), ENTRY: len(self.modules[ENTRY].packed)}

    @property
    def later(self) -> dict[str, int]:
        """Compressed bytes of the modules that are fetched when somebody needs them, by file."""
        return {name: len(asset.packed) for name, asset in self.modules.items() if name != ENTRY}


def read_asset(path: Path) -> Asset:
    return _asset(_plain(path), path.suffix)


def _plain(path: Path) -> bytes:
    content = path.read_bytes()
    return _COMMENTS.sub("", content.decode()).encode() if path.suffix == ".js" else content


def _asset(content: bytes, suffix: str) -> Asset:
    return Asset(content, gzip.compress(content, mtime=0), _TYPES.get(suffix, "application/octet-stream"))
