"""The registry of partners changed from a form: one entry is replaced, the rest of the file stays as it was written."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from knowledge_base.content.errors import ContentError
from widget.forms import FormError
from widget.locks import alone
from widget.partners.registry import Partner, load_partners

# Fields of the form; those with a dot lie in a mapping of the entry.
FIELDS = (
    "name", "kind", "county", "origins", "theme.brand", "theme.on_brand", "greeting", "office", "logo",
    "contact.name", "contact.email", "contact.phone",
)  # fmt: skip
_FIELD_OF_LINE = re.compile(r"\s+(\w+):|\s+-")


def form_of(partner: Partner) -> dict[str, str]:
    """The entry as the form shows it; origins one a line."""
    return {
        "key": partner.key,
        "name": partner.name,
        "kind": partner.kind,
        "county": partner.county,
        "origins": "\n".join(sorted(partner.origins)),
        "theme.brand": partner.theme.brand,
        "theme.on_brand": partner.theme.on_brand,
        "greeting": partner.greeting,
        "office": partner.office,
        "logo": partner.logo,
        "contact.name": partner.contact.name,
        "contact.email": partner.contact.email,
        "contact.phone": partner.contact.phone,
    }


def save(path: Path, form: Mapping[str, str], *, key: str | None) -> Partner:
    """Write the entry of the form; `key` names the entry that is changed, None makes a new one.

    The file is replaced as a whole and only if all of it is sound: a theme that cannot be read is refused with its
    contrast. Raises FormError.
    """
    name = key or _new_key(form.get("key", ""))
    with alone(path.parent):
        if key is None and name in load_partners(path):
            raise FormError({"key": f"Partner o kluczu „{name}” już jest."})
        text = _with_entry(path.read_text(encoding="utf-8"), name, _entry(form))
        part = path.with_name(f".{path.name}.{os.getpid()}")
        part.write_text(text, encoding="utf-8")
        try:
            found = load_partners(part)[name]
        except ContentError as error:
            part.unlink()
            raise FormError(_by_field(error, text)) from error
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(path)
    return found


def _new_key(value: str) -> str:
    key = value.strip()
    # YAML would read some words and all digits as something else than text.
    if not re.fullmatch(r"[a-z][a-z0-9-]{2,39}", key) or yaml.safe_load(key) != key:
        raise FormError({"key": "Klucz musi mieć od 3 do 40 małych liter, cyfr i łączników i zaczynać się od litery."})
    return key


def _entry(form: Mapping[str, str]) -> dict[str, Any]:
    """The entry without empty fields."""
    entry: dict[str, Any] = {}
    for name in FIELDS:
        value: Any = form.get(name, "").strip()
        if name == "origins":
            value = value.split()
        if not value:
            continue
        outer, _, inner = name.partition(".")
        if inner:
            entry.setdefault(outer, {})[inner] = value
        else:
            entry[outer] = value
    return entry


def _with_entry(text: str, key: str, entry: dict[str, Any]) -> str:
    """The file with the entry in place of its former self, or at the end."""
    dumped = yaml.safe_dump({key: entry}, allow_unicode=True, sort_keys=False, width=1000)
    fresh = [f"  {line}" for line in dumped.splitlines()]
    lines = text.rstrip("\n").splitlines()
    if f"  {key}:" not in [line.rstrip() for line in lines]:
        return "\n".join([*lines, *fresh]) + "\n"
    start = [line.rstrip() for line in lines].index(f"  {key}:")
    end = start + 1
    while end < len(lines) and (lines[end].startswith("   ") or not lines[end].strip()):
        end += 1
    return "\n".join([*lines[:start], *fresh, *lines[end:]]) + "\n"


def _by_field(error: ContentError, text: str) -> dict[str, str]:
    """Findings by the field on whose line they are."""
    lines = text.splitlines()
    found: dict[str, str] = {}
    for finding in error.findings:
        match = _FIELD_OF_LINE.match(lines[finding.line - 1])
        word = (match[1] if match else None) or ""
        names = [name for name in FIELDS if name.rpartition(".")[2] == word] if match and match[1] else ["origins"]
        message = finding.message[:1].upper() + finding.message[1:] + "."
        field = next((name for name in names if f"„{name}”" in finding.message), names[0] if names else "name")
        missing = next((name for name in FIELDS if f"„{name}”" in finding.message), None)
        found.setdefault(missing or field, message)
    return found
