"""What day it is where the law applies, and what moment it is."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

WARSAW = ZoneInfo("Europe/Warsaw")


def today() -> dt.date:
    return dt.datetime.now(tz=WARSAW).date()


def utc_now() -> dt.datetime:
    return dt.datetime.now(tz=dt.timezone.utc)
