"""What day it is where the law applies."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

WARSAW = ZoneInfo("Europe/Warsaw")


def today() -> dt.date:
    return dt.datetime.now(tz=WARSAW).date()
