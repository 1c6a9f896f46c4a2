"""The accessibility statement: what the act of 4 April 2019 on digital accessibility asks for (art. 10, 12 and 18).

Headings and identifiers are those of the ministry's technical conditions, version 2.0 of 31 July 2024. Facts of the
operator come from the settings; what is not set is shown as missing, never made up.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from zielona.settings import SettingError, Settings

STATUSES = {
    "zgodna": "w pełni zgodna",
    "czesciowo": "częściowo zgodna",
    "niezgodna": "niezgodna",
}
MONTHS = "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia".split()


@dataclass(frozen=True)
class Day:
    """A date of the statement, for a `time` element."""

    iso: str
    text: str


@dataclass(frozen=True)
class Statement:
    """The facts; an empty text or None is one that the operator still has to give."""

    entity: str
    published: Day | None
    updated: Day | None
    status: str
    faults: tuple[str, ...]
    prepared: Day | None
    reviewed: Day | None
    contact: str
    email: str
    phone: str
    complaints: str
    building_url: str
    communication: str

    @property
    def is_complete(self) -> bool:
        """Whether everything is given that the act asks for; a review is due only later."""
        return all((
            self.entity, self.published, self.updated, self.status, self.prepared, self.contact, self.email, self.phone,
            self.complaints, self.building_url, self.communication,
        ))  # fmt: skip


def statement(settings: Settings) -> Statement:
    """Read the facts. Raises SettingError for a date or a status that cannot be used."""
    status = settings.text("A11Y_STATUS")
    if status and status not in STATUSES:
        raise SettingError(f"ZL_A11Y_STATUS musi być jednym z: {', '.join(STATUSES)}, a jest: {status!r}")
    return Statement(
        entity=settings.text("A11Y_ENTITY"),
        published=_day("A11Y_PUBLISHED", settings.text("A11Y_PUBLISHED")),
        updated=_day("A11Y_UPDATED", settings.text("A11Y_UPDATED")),
        status=STATUSES.get(status, ""),
        faults=tuple(part.strip() for part in settings.text("A11Y_FAULTS").split(";") if part.strip()),
        prepared=_day("A11Y_PREPARED", settings.text("A11Y_PREPARED")),
        reviewed=_day("A11Y_REVIEWED", settings.text("A11Y_REVIEWED")),
        contact=settings.text("A11Y_CONTACT"),
        email=settings.text("A11Y_EMAIL"),
        phone=settings.text("A11Y_PHONE"),
        complaints=settings.text("A11Y_COMPLAINTS"),
        building_url=settings.text("A11Y_BUILDING_URL"),
        communication=settings.text("A11Y_COMMUNICATION"),
    )


def _day(name: str, value: str) -> Day | None:
    if not value:
        return None
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise SettingError(f"ZL_{name} musi być datą rrrr-mm-dd, a jest: {value!r}")
    try:
        day = dt.date.fromisoformat(value)
    except ValueError as error:
        raise SettingError(f"ZL_{name} nie jest istniejącą datą: {value!r}") from error
    return Day(day.isoformat(), f"{day.day} {MONTHS[day.month - 1]} {day.year} r.")
