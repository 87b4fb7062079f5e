"""The picture of a timeline: within its frame, in order, with room for every label."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import PartialDate
from generator.render.time_axis import LANES, LEAST_GAP, last_day, ticks_between, time_axis
from generator.views import TimelineRow


def row(date: str, end: str = "") -> TimelineRow:
    return TimelineRow(date=partial(date), end=partial(end) if end else None, text="Text", url="", own=True)


def partial(date: str) -> PartialDate:
    return PartialDate(*(int(part) for part in date.split("-")))


def year_and_more(draw: st.DrawFn, day: dt.date) -> PartialDate:
    parts = draw(st.integers(1, 3))
    return PartialDate(*(day.year, day.month, day.day)[:parts])


@st.composite
def timelines(draw: st.DrawFn) -> list[TimelineRow]:
    first = draw(st.dates(dt.date(1, 1, 1), dt.date(9000, 1, 1)))
    reach = draw(st.sampled_from([0, 20, 400, 4000, 300_000]))
    found = []
    for _ in range(draw(st.integers(1, 12))):
        start = first + dt.timedelta(days=draw(st.integers(0, reach)))
        date = year_and_more(draw, start)
        end = start + dt.timedelta(days=draw(st.integers(0, reach)))
        found.append(
            TimelineRow(
                date=date, end=PartialDate(end.year) if draw(st.booleans()) else None, text="", url="", own=True
            )
        )
    return sorted(found, key=lambda row: row.date.first_day)


@given(timelines())
def test_everything_is_in_the_frame_in_order_and_in_scale(rows: list[TimelineRow]) -> None:
    axis = time_axis(rows)
    if axis is None:
        assert len(rows) == 1 or len({row.date.first_day for row in rows}) == 1
        return
    assert 0 <= axis.top < axis.bottom <= 100
    assert len(axis.marks) == len(rows)
    for mark, given_row in zip(axis.marks, rows, strict=True):
        assert axis.top <= mark.at <= (mark.at if mark.end is None else mark.end) <= axis.bottom
        assert (mark.end is None) == (given_row.end is None) == (mark.lane == 0)
        assert 0 <= mark.row <= 100
        assert mark.lane <= LANES
    for before, after in pairwise(axis.marks):
        assert before.at <= after.at
        assert before.row < after.row
    assert all(axis.top <= tick.at <= axis.bottom for tick in axis.ticks)
    a_row = 100 / len(rows)
    for tick, following in pairwise(axis.ticks):
        assert following.at - tick.at >= LEAST_GAP * a_row - 0.02, "labels overlap"
    assert time_axis(rows) == axis


@given(timelines())
def test_spans_that_overlap_stand_side_by_side(rows: list[TimelineRow]) -> None:
    axis = time_axis(rows)
    if axis is None:
        return
    spans = [
        (mark.lane, row.date.first_day, last_day(row.end))
        for mark, row in zip(axis.marks, rows, strict=True)
        if row.end is not None
    ]
    for index, (lane, start, _) in enumerate(spans):
        for other_lane, _, other_end in spans[:index]:
            assert lane != other_lane or other_end < start or lane == LANES


def test_distances_are_true() -> None:
    axis = time_axis([row("1900"), row("1925"), row("2000")])
    assert axis is not None
    first, second, third = axis.marks
    assert (first.at, third.at) == (axis.top, axis.bottom) == (first.row, third.row)
    assert (second.at - first.at) / (third.at - first.at) == pytest.approx(0.25, abs=0.001)


def test_no_distance_no_picture() -> None:
    assert time_axis([]) is None
    assert time_axis([row("2021-03-01", "2022")]) is None
    assert time_axis([row("2021-03-01"), row("2021-03-01")]) is None


@pytest.mark.parametrize(
    ("first", "last", "gap", "expected"),
    [
        ("1969-03-02", "2021-12-15", 3650, ["1970", "1980", "1990", "2000", "2010", "2020"]),
        ("1054-01-01", "2022-02-24", 60_000, ["1200", "1400", "1600", "1800", "2000"]),
        ("2021-11-03", "2022-02-24", 20, ["2021-12", "2022-01", "2022-02"]),
        ("2021-03-01", "2021-03-09", 2, ["2021-03-01", "2021-03-03", "2021-03-05", "2021-03-07", "2021-03-09"]),
        ("2020-02-25", "2020-03-02", 1, ["2020-02-25", "2020-02-26", "2020-02-27", "2020-02-28", "2020-02-29"]),
        ("0001-02-01", "0001-12-01", 4000, []),
    ],
)
def test_ticks_are_round(first: str, last: str, gap: float, expected: list[str]) -> None:
    days = [partial(date).first_day.toordinal() for date in (first, last)]
    ticks = [str(tick).lstrip("0") for tick in ticks_between(days[0], days[1], gap)]
    assert ticks[: len(expected)] == expected
    assert len(ticks) <= len(expected) + 2


@pytest.mark.parametrize(
    ("date", "last"),
    [("2021", "2021-12-31"), ("2020-02", "2020-02-29"), ("2021-12", "2021-12-31"), ("9999", "9999-12-31")],
)
def test_a_span_until_a_year_takes_all_of_it(date: str, last: str) -> None:
    assert last_day(partial(date)).isoformat() == last
