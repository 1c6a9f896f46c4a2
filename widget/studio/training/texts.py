"""Figures as the pages say them."""

from __future__ import annotations

import datetime as dt


def spent(time: dt.timedelta) -> str:
    minutes, seconds = divmod(round(time.total_seconds()), 60)
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
