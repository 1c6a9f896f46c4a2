"""Two changes of one file, joined where they touch different lines."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

_PATIENCE = 10


def merged(base: str, current: str, proposed: str) -> str | None:
    """What `proposed` changes of `base`, upon `current`; None where both changed the same lines.

    >>> merged("a\\nb\\nc\\nd\\n", "A\\nb\\nc\\nd\\n", "a\\nb\\nc\\nD\\n")
    'A\\nb\\nc\\nD\\n'
    """
    if current == base:
        return proposed
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, text in (("current", current), ("base", base), ("proposed", proposed)):
            path = Path(folder, name)
            path.write_text(text, encoding="utf-8", newline="\n")
            paths.append(str(path))
        done = subprocess.run(  # noqa: S603 - files that were just made
            ["git", "merge-file", "--stdout", "--quiet", *paths],  # noqa: S607 - as in repository.py
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    return done.stdout.decode() if done.returncode == 0 else None
