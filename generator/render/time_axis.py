"""A timeline to scale: the numbers of the picture beside its list, drawn by templates/partials/timeline.html.

The list's rows are of one height, so the picture needs no more than their number: everything is a percentage of its
height, downwards from the top. Days stand on an axis at their true distance, and a line leads from each to its row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise

from generator.model import PartialDate, Value
from generator.views import TimelineRow

LEAST_GAP = 0.5
"""In rows, the least distance of two ticks: a row is at least two lines of their labels high."""
MOST_TICKS = 8
YEARS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)
MONTHS = (1, 2, 3, 6)
DAYS = (1, 2, 5, 10)
"""What may lie between two ticks. Months are counted from January, days from the first of a month."""
LANES = 3
"""Spans that overlap stand beside each other; in a fourth lane they would stand on the lines to the rows."""


class Tick(Value, frozen=True):
    """A label of the axis."""

    date: PartialDate
    at: float


class Mark(Value, frozen=True):
    """A row of the timeline: where it stands on the axis, and where in the list."""

    at: float
    end: float | None
    """Where a span ends."""
    lane: int
    """0 for what stands on the axis itself; spans that overlap have 1, 2, ..."""
    row: float


class TimeAxis(Value, frozen=True):
    """A timeline's picture."""

    top: float
    bottom: float
    """Where the axis begins and ends."""
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    """One a row, in their order."""


def time_axis(rows: Sequence[TimelineRow]) -> TimeAxis | None:
    """Return the picture of rows that are in the order of their dates; None where there is no distance to show."""
    starts = [row.date.first_day.toordinal() for row in rows]
    ends = [
        max(start, last_day(row.end).toordinal()) if row.end else None for start, row in zip(starts, rows, strict=True)
    ]
    if len(rows) < 2:
        return None
    first, last = starts[0], max(starts[-1], *(end for end in ends if end is not None), 0)
    if first == last:
        return None
    top, bottom = _middle(0, len(rows)), _middle(len(rows) - 1, len(rows))

    def at(day: int) -> float:
        return _rounded(top + (bottom - top) * (day - first) / (last - first))

    gap = (last - first) * max(LEAST_GAP / (len(rows) - 1), 1 / MOST_TICKS)
    return TimeAxis(
        top=_rounded(top),
        bottom=_rounded(bottom),
        ticks=tuple(Tick(date, at(date.first_day.toordinal())) for date in ticks_between(first, last, gap)),
        marks=tuple(
            Mark(at(start), None if end is None else at(end), lane, _rounded(_middle(index, len(rows))))
            for index, (start, end, lane) in enumerate(zip(starts, ends, _lanes(starts, ends), strict=True))
        ),
    )


def last_day(date: PartialDate) -> dt.date:
    """Return the last day that a date may mean: a span until a year takes all of it."""
    if date.day is not None:
        return date.first_day
    year, month = (date.year, date.month + 1) if date.month and date.month < 12 else (date.year + 1, 1)
    return dt.date(year, month, 1) - dt.timedelta(days=1) if year <= dt.MAXYEAR else dt.date.max


def ticks_between(first: int, last: int, gap: float) -> tuple[PartialDate, ...]:
    """Return round dates within a range of days that are at least `gap` days apart, as many as can be."""
    for finest in (_days, _months, _years):
        for ticks in finest(dt.date.fromordinal(first), dt.date.fromordinal(last), gap):
            days = [date.first_day.toordinal() for date in ticks]
            if all(after - before >= gap for before, after in pairwise(days)):
                return ticks
    return ()


def _days(first: dt.date, last: dt.date, gap: float) -> Iterator[tuple[PartialDate, ...]]:
    if gap > DAYS[-1]:
        return
    days = [dt.date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)]
    for step in DAYS:
        chosen = (day for day in days if (day.day - 1) % step == 0 and (step == 1 or day.day + step <= 32))
        yield tuple(PartialDate(day.year, day.month, day.day) for day in chosen)


def _months(first: dt.date, last: dt.date, gap: float) -> Iterator[tuple[PartialDate, ...]]:
    if gap > MONTHS[-1] * 30:
        return
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    for step in MONTHS:
        months = (PartialDate(month // 12, month % 12 + 1) for month in range(start, end + 1) if month % step == 0)
        yield tuple(month for month in months if month.first_day >= first)


def _years(first: dt.date, last: dt.date, gap: float) -> Iterator[tuple[PartialDate, ...]]:
    for step in YEARS:
        if step * 366 >= gap:
            begin = max(-(-first.year // step) * step, step)
            years = (PartialDate(year) for year in range(begin, last.year + 1, step))
            yield tuple(year for year in years if year.first_day >= first)


def _lanes(starts: Sequence[int], ends: Sequence[int | None]) -> Iterator[int]:
    """Yield each row's lane: 0 for days, for spans the first that is free."""
    taken: list[int] = []
    for start, end in zip(starts, ends, strict=True):
        if end is None:
            yield 0
            continue
        lane = next((lane for lane, until in enumerate(taken) if until < start), len(taken))
        lane = min(lane, LANES - 1)
        taken[lane : lane + 1] = [max(end, *taken[lane : lane + 1], 0)]
        yield lane + 1


def _middle(index: int, count: int) -> float:
    return (index + 0.5) / count * 100


def _rounded(value: float) -> float:
    return round(value, 2)
