"""What the service says of an act (`/acts/DU/2025/620`), read with distrust: any field may be missing."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from knowledge_base.acts.eli import parse_eli
from knowledge_base.acts.errors import ActError

_CONSOLIDATED = "Inf. o tekście jednolitym"
_ANNOUNCES = "Tekst jednolity dla aktu"
_AMENDING = "Akty zmieniające"
# `texts` lists files by type: O as published, T consolidated by a notice, U kept up to date by the Sejm's office.
_UP_TO_DATE = "U"


@dataclass(frozen=True)
class Metadata:
    """The fields that matter here; `raw` keeps the rest as it came."""

    eli: str
    title: str
    status: str
    valid_from: dt.date
    valid_to: dt.date | None
    in_force: bool
    has_html: bool
    has_pdf: bool
    text_date: dt.date | None
    up_to_date_file: str | None
    consolidated: tuple[str, ...]
    is_amended: bool
    amended_on: tuple[dt.date, ...]
    raw: dict[str, Any]


def read_metadata(data: bytes, eli: str) -> Metadata:
    """Read the JSON of the act `eli`. Raises ActError."""
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ActError(
            f"Opis aktu {eli} nie jest poprawnym plikiem JSON (serwis mógł oddać stronę z błędem)."
        ) from error
    if not isinstance(raw, dict):
        raise ActError(f"Opis aktu {eli} ma inną budowę, niż oczekiwano: brak pól aktu.")
    return metadata_from(raw, eli)


def metadata_from(raw: dict[str, Any], eli: str) -> Metadata:
    """Take the fields out of the service's JSON object. Raises ActError."""
    stated = raw.get("ELI")
    if isinstance(stated, str) and not stated.upper().rstrip("/").endswith(eli):
        raise ActError(f"Opis dotyczy innego aktu ({stated}) niż podany ({eli}).")
    title = raw.get("title")
    if not isinstance(title, str) or not title.strip():
        raise ActError(f"Opis aktu {eli} nie ma tytułu – to nie jest opis aktu z serwisu ELI.")
    valid_from = _first_date(raw, "entryIntoForce", "validFrom")
    references = raw.get("references")
    references = references if isinstance(references, dict) else {}
    announced = _newest_first(references.get(_ANNOUNCES))
    if announced:
        raise ActError(
            f"{eli} to obwieszczenie z tekstem jednolitym, a nie akt. Zaimportuj akt, którego dotyczy: {announced[0]}."
        )
    if valid_from is None:
        raise ActError(f"Opis aktu {eli} nie podaje, kiedy akt wszedł w życie (entryIntoForce); uzupełnij go ręcznie.")
    # Both name the first day on which the act is law no more.
    ended = _first_date(raw, "repealDate", "expirationDate")
    return Metadata(
        eli=eli,
        title=" ".join(title.split()),
        status=str(raw.get("status") or ""),
        valid_from=valid_from,
        valid_to=ended - dt.timedelta(days=1) if ended else None,
        in_force=raw.get("inForce") != "NOT_IN_FORCE",
        has_html=raw.get("textHTML") is True,
        has_pdf=raw.get("textPDF") is not False,
        text_date=_first_date(raw, "legalStatusDate", "changeDate", "announcementDate"),
        up_to_date_file=_file(raw.get("texts"), _UP_TO_DATE),
        consolidated=_newest_first(references.get(_CONSOLIDATED)),
        is_amended=bool(references.get(_AMENDING)),
        amended_on=_days(references.get(_AMENDING)),
        raw=raw,
    )


def _first_date(raw: dict[str, Any], *names: str) -> dt.date | None:
    for name in names:
        value = raw.get(name)
        if isinstance(value, str):
            try:
                return dt.date.fromisoformat(value[:10])
            except ValueError:
                continue
    return None


def _days(items: Any) -> tuple[dt.date, ...]:
    days = (_first_date(item, "date") for item in (items if isinstance(items, list) else []) if isinstance(item, dict))
    return tuple(sorted(day for day in days if day))


def _file(texts: Any, kind: str) -> str | None:
    for item in texts if isinstance(texts, list) else []:
        name = item.get("fileName") if isinstance(item, dict) and item.get("type") == kind else None
        # The name becomes a part of an address and of nothing else.
        if (
            isinstance(name, str)
            and name.isascii()
            and name.replace(".", "").replace("_", "").replace("-", "").isalnum()
        ):
            return name
    return None


def _newest_first(items: Any) -> tuple[str, ...]:
    found = set()
    for item in items if isinstance(items, list) else []:
        act = item.get("act") if isinstance(item, dict) else None
        name = item.get("id") if isinstance(item, dict) else None
        name = name or (act.get("ELI") if isinstance(act, dict) else None)
        try:
            found.add(parse_eli(str(name)))
        except ActError:
            continue
    return tuple(sorted(found, key=lambda eli: tuple(int(part) for part in eli.split("/")[1:]), reverse=True))
