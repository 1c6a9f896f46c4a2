"""Shares, intervals, how numbers are written, themes, and the map."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge_base.content.offices import VOIVODESHIPS
from widget.chat.outcomes import Outcome
from widget.events.kinds import GROUP_LABELS, GROUPS
from widget.statistics.charts import columns, nice_step, poland
from widget.statistics.figures import FIGURES
from widget.statistics.measures import MEASURES
from widget.statistics.poland import REGIONS
from widget.statistics.proportions import Share, change, rise, share
from widget.statistics.report import HEADLINES
from widget.statistics.themes import themes
from widget.statistics.writing import NO_DATA, written

shares = st.integers(1, 10_000).flatmap(lambda whole: st.builds(Share, st.integers(0, whole), st.just(whole)))


@given(shares)
def test_the_interval_holds_its_share_and_stays_within_bounds(found: Share) -> None:
    assert 0 <= found.low <= found.value + 1e-9
    assert found.value - 1e-9 <= found.high <= 1


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    # By hand from Wilson's formula at z = 1.959964; also in R: prop.test(x, n, correct = FALSE).
    [(0, 10, 0.0, 0.2775), (8, 10, 0.4902, 0.9433), (50, 100, 0.4038, 0.5962), (95, 100, 0.8882, 0.9785)],
)
def test_known_intervals(part: int, whole: int, low: float, high: float) -> None:
    found = Share(part, whole)
    assert found.low == pytest.approx(low, abs=1e-4)
    assert found.high == pytest.approx(high, abs=1e-4)


def test_nothing_to_take_a_part_of_is_no_data() -> None:
    assert share(0, 0) is None
    assert change(5, 0) is None
    assert written(None, "share") == NO_DATA


@given(shares, shares)
def test_a_rise_one_way_is_a_fall_the_other(one: Share, other: Share) -> None:
    assert rise(one, other) == pytest.approx(-rise(other, one))
    if one.value > other.value:
        assert rise(one, other) > 0


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1234567, "count", "1 234 567"),
        (Share(1, 8), "share", "12,5%"),
        (Share(95, 100), "interval", "95,0% (88,8%–97,8%)"),
        (0.5, "change", "+50,0%"),
        (-0.25, "change", "−25,0%"),
        (19.0, "change", "20 razy więcej"),
        (85.4, "milliseconds", "0,09 s"),
        (2.25, "decimal", "2,2"),
    ],
)
def test_numbers_are_written_as_in_polish(value: object, unit: str, text: str) -> None:
    assert written(value, unit) == text


def test_every_outcome_is_in_exactly_one_group() -> None:
    grouped = [outcome for outcomes in GROUPS.values() for outcome in outcomes]
    assert sorted(grouped) == sorted(outcome.value for outcome in Outcome)
    assert GROUP_LABELS.keys() == GROUPS.keys()


def test_every_figure_takes_empty_counts() -> None:
    empty = dict.fromkeys(MEASURES, 0)
    assert all(figure.value(empty) in (None, 0) for figure in FIGURES.values())
    assert set(HEADLINES) <= FIGURES.keys()


@given(st.integers(0, 10**9))
def test_axes_have_few_round_steps(highest: int) -> None:
    step = nice_step(highest)
    assert step == 1 or math.ceil(highest / step) <= 5
    assert str(step).rstrip("0") in {"1", "2", "5"}


# Nothing of one series in a column, nothing of the other in the next.
@example([(1, 0), (0, 1)])
@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=1, max_size=400))
def test_columns_stay_inside_and_stand_on_each_other(stacks: list[tuple[int, int]]) -> None:
    chart = columns("", [str(number) for number in range(len(stacks))], stacks, ["a", "b"])
    assert len(chart.across) <= 12
    for box in chart.boxes:
        assert 0 <= box.y <= box.y + box.height <= chart.bottom + 0.2
        assert chart.left <= box.x <= box.x + box.width <= chart.width + 0.2
    for lower, upper in pairwise(chart.boxes):
        if upper.x == lower.x:
            assert upper.y + upper.height == pytest.approx(lower.y, abs=0.2)


def test_the_map_has_all_voivodeships_and_no_gap_between_neighbours() -> None:
    assert sorted(region.name for region in REGIONS) == sorted(VOIVODESHIPS)
    edges: dict[frozenset[tuple[float, float]], int] = {}
    for region in REGIONS:
        for one, other in zip(region.corners, (*region.corners[1:], region.corners[0]), strict=True):
            edges[frozenset((one, other))] = edges.get(frozenset((one, other)), 0) + 1
    # A line belongs to two neighbours or to the border of the country, which is one ring.
    border = [edge for edge, number in edges.items() if number == 1]
    assert max(edges.values()) == 2
    ends = [corner for edge in border for corner in edge]
    assert all(ends.count(corner) == 2 for corner in ends)


# Pairs that share a border (Główny Urząd Geodezji i Kartografii, państwowy rejestr granic).
@pytest.mark.parametrize(
    ("name", "neighbours"),
    [
        ("opolskie", {"dolnośląskie", "wielkopolskie", "łódzkie", "śląskie"}),
        ("podlaskie", {"warmińsko-mazurskie", "mazowieckie", "lubelskie"}),
        ("świętokrzyskie", {"mazowieckie", "łódzkie", "śląskie", "małopolskie", "podkarpackie", "lubelskie"}),
        ("lubuskie", {"zachodniopomorskie", "wielkopolskie", "dolnośląskie"}),
    ],
)
def test_neighbours_on_the_map_are_neighbours(name: str, neighbours: set[str]) -> None:
    by_name = {region.name: region for region in REGIONS}

    def lines(region: str) -> set[frozenset[tuple[float, float]]]:
        corners = by_name[region].corners
        return {frozenset(pair) for pair in zip(corners, (*corners[1:], corners[0]), strict=True)}

    assert {other for other in by_name if other != name and lines(other) & lines(name)} == neighbours


def test_relative_sizes_on_the_map_are_those_of_the_country() -> None:
    """Areas by GUS (2024), in thousands of square kilometres; the drawing may be off by a sixth."""
    real = {"mazowieckie": 35.6, "wielkopolskie": 29.8, "lubelskie": 25.1, "opolskie": 9.4, "świętokrzyskie": 11.7}
    scale = sum(region.area for region in REGIONS) / 312.7
    for region in REGIONS:
        if region.name in real:
            assert region.area / scale == pytest.approx(real[region.name], rel=0.17), region.name


@given(st.dictionaries(st.sampled_from(VOIVODESHIPS), st.integers(0, 1000)))
def test_levels_of_the_map_follow_the_numbers(numbers: dict[str, int]) -> None:
    found = {shade.region.name: shade for shade in poland(numbers).shades}
    assert all((shade.level == 0) == (shade.number == 0) for shade in found.values())
    ranked = sorted(found.values(), key=lambda shade: shade.number)
    assert [shade.level for shade in ranked] == sorted(shade.level for shade in ranked)


def test_questions_of_one_matter_are_one_theme() -> None:
    found = themes(["ile kosztuje paszport", "gdzie złożyć wniosek o paszporty", "PASZPORTU nie dostałem", "pogoda"])
    assert [(theme.label, len(theme.questions)) for theme in found] == [("paszport", 3), ("", 1)]


@given(st.lists(st.text("abcdefąęó ", max_size=40), max_size=20))
def test_themes_hold_each_question_once(questions: list[str]) -> None:
    assert sorted(question for theme in themes(questions) for question in theme.questions) == sorted(questions)
