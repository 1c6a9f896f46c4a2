"""Geometry of the pictures; templates draw it as SVG. Every picture has its table beside it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from widget.events.kinds import CHANNELS
from widget.statistics.periods import MONTHS, next_month
from widget.statistics.poland import REGIONS, Region
from widget.statistics.report import Report
from widget.statistics.writing import count

WIDTH, NARROW, HEIGHT = 960, 480, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 8, 12, 34
_GAP = 0.25
_TICKS = 4
_MOST_LABELS = 12
# Beyond so many days, months are shown.
_MOST_DAYS = 93
LEVELS = 5


@dataclass(frozen=True)
class Box:
    """Part of a column; `series` picks its pattern."""

    x: float
    y: float
    width: float
    height: float
    series: int


@dataclass(frozen=True)
class Tick:
    """A place on an axis with its text."""

    at: float
    text: str


@dataclass(frozen=True)
class Columns:
    """Stacked columns over time."""

    title: str
    boxes: tuple[Box, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    series: tuple[str, ...]
    width: int
    height: int = HEIGHT
    left: int = _LEFT
    bottom: int = HEIGHT - _BOTTOM


def columns(
    title: str, labels: Sequence[str], stacks: Sequence[Sequence[int]], series: Sequence[str], *, width: int = WIDTH
) -> Columns:
    """A column for each label; `stacks` has its numbers by series, drawn from the bottom up."""
    highest = max((sum(stack) for stack in stacks), default=0)
    step = nice_step(highest)
    top = max(step, math.ceil(highest / step) * step)
    scale = (HEIGHT - _TOP - _BOTTOM) / top
    place = (width - _LEFT - _RIGHT) / max(1, len(labels))
    boxes = []
    for number, stack in enumerate(stacks):
        y = float(HEIGHT - _BOTTOM)
        for index, value in enumerate(stack):
            if value:
                y -= value * scale
                x = _LEFT + (number + _GAP / 2) * place
                boxes.append(Box(_round(x), _round(y), _round(place * (1 - _GAP)), _round(value * scale), index))
    every = math.ceil(len(labels) / _MOST_LABELS)
    across = [Tick(_round(_LEFT + (number + 0.5) * place), label)
              for number, label in enumerate(labels) if number % every == 0]  # fmt: skip
    up = [Tick(_round(HEIGHT - _BOTTOM - value * scale), count(value)) for value in range(0, top + 1, step)]
    return Columns(title, tuple(boxes), tuple(across), tuple(up), tuple(series), width)


def nice_step(highest: int) -> int:
    """A round step (1, 2, 5, 10, 20…) with about four of them up to the highest."""
    wanted = max(1.0, highest / _TICKS)
    power = 10 ** math.floor(math.log10(wanted))
    return int(next(factor * power for factor in (1, 2, 5, 10) if factor * power >= wanted))


def volume(report: Report) -> Columns:
    """Contacts by day, or by month over a long period, told apart by channel."""
    used = [key for key in CHANNELS if any(counts.get(key) for counts in report.days.values())]
    if report.period.days > _MOST_DAYS:
        spans = [(month, next_month(month)) for month in report.period.months()]
        labels = [f"{MONTHS[month.month - 1][:3]} {month:%y}" for month, _ in spans]
        title = "Sprawy według miesięcy"
    else:
        spans = [(day, day + dt.timedelta(days=1)) for day in report.period]
        labels = [f"{day:%d.%m}" for day, _ in spans]
        title = "Sprawy według dni"
    sums = {start: dict.fromkeys(used, 0) for start, _ in spans}
    for day, counts in report.days.items():
        row = sums[day.replace(day=1) if report.period.days > _MOST_DAYS else day]
        for key in used:
            row[key] += counts.get(key, 0)
    stacks = [list(row.values()) for row in sums.values()]
    return columns(title, labels, stacks, [CHANNELS[key] for key in used])


def hours(rows: Sequence[Sequence[object]]) -> Columns:
    """Contacts by hour of the clock: within working hours and beyond; rows are those of the table."""
    stacks = [(int(str(row[1])) - int(str(row[2])), int(str(row[2]))) for row in rows]
    labels = [str(row[0])[:2] for row in rows]
    return columns("Sprawy według godzin", labels, stacks, ["w godzinach pracy", "poza godzinami pracy"], width=NARROW)


@dataclass(frozen=True)
class Shade:
    """A voivodeship with its number and level, from 0 (none) to LEVELS."""

    region: Region
    number: int
    level: int


@dataclass(frozen=True)
class Map:
    """The shades, and from which number on each level reaches."""

    shades: tuple[Shade, ...]
    bounds: tuple[tuple[int, int], ...]


def poland(numbers: Mapping[str, int]) -> Map:
    """Voivodeships by quantiles of their numbers, so that one large one does not make the others equal."""
    ranked = sorted(number for number in numbers.values() if number)
    bounds = _bounds(ranked)
    shades = []
    for region in REGIONS:
        number = numbers.get(region.name, 0)
        level = next((index for index, (low, high) in enumerate(bounds, 1) if low <= number <= high), 0)
        shades.append(Shade(region, number, level))
    return Map(tuple(shades), bounds)


def _bounds(ranked: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Lowest and highest number of each level that has any."""
    if not ranked:
        return ()
    highest = sorted({ranked[math.ceil(len(ranked) * part / LEVELS) - 1] for part in range(1, LEVELS + 1)})
    lowest = [ranked[0], *(bound + 1 for bound in highest)]
    return tuple(zip(lowest, highest))


def _round(value: float) -> float:
    return round(value, 1)
