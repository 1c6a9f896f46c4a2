"""The registry of partners, `data/partners.yml`: who may carry the assistant, on which addresses, in which colours."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from knowledge_base.content.errors import ContentError
from knowledge_base.content.files import Record, read_yaml
from knowledge_base.content.offices import VOIVODESHIPS
from widget.partners.contrast import TEXT_RATIO, contrast, is_colour

log = logging.getLogger(__name__)
KINDS = {
    "pup": "powiatowy urząd pracy",
    "wup": "wojewódzki urząd pracy",
    "ohp": "Ochotnicze Hufce Pracy",
    "biuro_karier": "akademickie biuro karier",
    "stowarzyszenie": "stowarzyszenie lub fundacja",
    "inny": "inna instytucja",
}
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{2,39}")
_LOCAL = {"localhost", "127.0.0.1"}


@dataclass(frozen=True)
class Theme:
    """Two colours: `brand` of the header and the main buttons, `on_brand` of the text on it."""

    brand: str = "#1b6b3a"
    on_brand: str = "#ffffff"


@dataclass(frozen=True)
class Contact:
    """Who answers for the embedding at the partner; for the administrator only, never shown to visitors."""

    name: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Partner:
    """A partner: `key` goes into the embed code, `origins` are the addresses from which it may be used."""

    key: str
    name: str
    kind: str
    county: str
    origins: frozenset[str]
    theme: Theme
    greeting: str
    office: str
    logo: str
    contact: Contact
    voivodeship: str = ""


DEFAULT_THEME = Theme()


def load_partners(path: Path) -> dict[str, Partner]:
    """Read all partners by key. Raises ContentError with every finding, by file and line."""
    root = read_yaml(path)
    values = root.values.get("partners") or {}
    if not isinstance(values, dict):
        root.report("partners", "pole „partners” musi mieć wpisy „klucz: dane partnera”")
        values = {}
    found = {}
    for record, key in _records(root, values):
        found[key] = _partner(record, key)
        root.findings += record.findings
    if root.findings:
        raise ContentError(root.findings)
    return found


class PartnerFile:
    """The registry as it is now: read again when the file has changed; of a broken file the last good one stays."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._seen = self._stamp()
        self._partners = load_partners(path)

    @property
    def partners(self) -> dict[str, Partner]:
        stamp = self._stamp()
        if stamp != self._seen:
            with self._lock:
                self._seen = stamp
                try:
                    self._partners = load_partners(self.path)
                except (ContentError, OSError) as error:
                    log.error("registry of partners not taken: %s", error)
        return self._partners

    def office_of(self, key: str) -> str | None:
        """The office to which visitors of a partner's pages belong."""
        partner = self.partners.get(key)
        return partner.office or None if partner else None

    def _stamp(self) -> tuple[int, int] | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino


def _records(root: Record, values: dict[str, object]) -> Iterator[tuple[Record, str]]:
    """Each partner as a record that knows its own lines, so that findings point into it."""
    lines = root.text.splitlines()
    starts = {key: number for number, line in enumerate(lines) for key in values if line.rstrip() == f"  {key}:"}
    for key, value in values.items():
        start = starts.get(str(key), 0)
        end = min((other for other in starts.values() if other > start), default=len(lines))
        record = Record(root.path, value if isinstance(value, dict) else {}, "\n".join(lines[start:end]), start + 1)
        yield record, str(key)


def _partner(record: Record, key: str) -> Partner:
    if not _KEY.fullmatch(key):
        record.report(key, f"klucz „{key}” musi mieć od 3 do 40 małych liter, cyfr i łączników")
    kind = record.string("kind")
    if kind and kind not in KINDS:
        record.report("kind", f"nieznany rodzaj „{kind}”; dozwolone: {', '.join(KINDS)}")
    logo = record.values.get("logo") or ""
    if logo and not (isinstance(logo, str) and logo.startswith("https://")):
        record.report("logo", "adres logo musi zaczynać się od https://")
    return Partner(
        key=key,
        name=record.string("name"),
        kind=kind,
        county=_optional(record, "county"),
        origins=frozenset(_origins(record)),
        theme=_theme(record),
        greeting=_optional(record, "greeting"),
        office=_optional(record, "office"),
        logo=str(logo),
        contact=_contact(record),
        voivodeship=_voivodeship(record),
    )


def _optional(record: Record, key: str) -> str:
    return record.string(key) if record.values.get(key) is not None else ""


def _voivodeship(record: Record) -> str:
    name = _optional(record, "voivodeship")
    if name and name not in VOIVODESHIPS:
        record.report("voivodeship", f"nieznane województwo „{name}”; dozwolone: {', '.join(VOIVODESHIPS)}")
    return name


def _origins(record: Record) -> Iterator[str]:
    origins = record.strings("origins")
    if not origins:
        record.report("origins", "partner musi mieć co najmniej jeden adres w polu „origins”")
    for origin in origins:
        parts = urlsplit(origin)
        secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL)
        if not secure or origin != f"{parts.scheme}://{parts.netloc}" or origin != origin.lower() or "@" in origin:
            record.report("origins", f"„{origin}” to nie adres witryny w postaci https://nazwa (bez ścieżki)")
        yield origin


def _theme(record: Record) -> Theme:
    """The partner's colours. A pair whose text cannot be read well (WCAG 2.2, 1.4.3) is refused."""
    values = record.values.get("theme")
    if values is None:
        return DEFAULT_THEME
    colours = {name: values.get(name) for name in ("brand", "on_brand")} if isinstance(values, dict) else {}
    bad = [name for name in ("brand", "on_brand") if not is_colour(colours.get(name))]
    for name in bad:
        record.report(name if colours.get(name) else "theme", f'kolor „{name}” musi mieć postać "#1b6b3a"')
    if bad:
        return DEFAULT_THEME
    theme = Theme(brand=str(colours["brand"]).lower(), on_brand=str(colours["on_brand"]).lower())
    ratio = contrast(theme.brand, theme.on_brand)
    if ratio < TEXT_RATIO:
        record.report("brand", f"kontrast {theme.brand} i {theme.on_brand} to {ratio:.2f}, a musi być co najmniej 4,5")
    return theme


def _contact(record: Record) -> Contact:
    values = record.values.get("contact") or {}
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        record.report("contact", "pole „contact” musi mieć teksty „name”, „email”, „phone”")
        return Contact()
    unknown = set(values) - {"name", "email", "phone"}
    if unknown:
        record.report("contact", f"nieznane pola kontaktu: {', '.join(sorted(unknown))}")
        return Contact()
    return Contact(**values)
