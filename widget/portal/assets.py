"""The scripts of the web component, read, freed of comments and compressed once per process."""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

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
        self.modules = {path.name: read_asset(path) for path in sorted((folder / "chat").glob("*.js"))}
        digest = hashlib.sha256()
        for name, asset in self.modules.items():
            digest.update(name.encode() + b"\0" + asset.plain)
        self.version = digest.hexdigest()[:12]

    @property
    def weight(self) -> dict[str, int]:
        """Compressed bytes of everything that a visitor's browser fetches, by file."""
        return {LOADER: len(self.files[LOADER].packed)} | {
            name: len(asset.packed) for name, asset in self.modules.items()
        }


def read_asset(path: Path) -> Asset:
    content = path.read_bytes()
    if path.suffix == ".js":
        content = _COMMENTS.sub("", content.decode()).encode()
    return Asset(content, gzip.compress(content, mtime=0), _TYPES.get(path.suffix, "application/octet-stream"))
