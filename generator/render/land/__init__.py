"""The outlines of all land, ready to be cut: loaded once, by the first map. README.md says where they come from."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import msgspec

Point = tuple[float, float]

RUN = 24
"""Points of a ring that are looked at as one where all of them lie on the same side of a window."""


class Box(msgspec.Struct, frozen=True):
    """A window in degrees; the left side may lie west of -180, the right one east of 180."""

    left: float
    bottom: float
    right: float
    top: float

    def moved(self, degrees: float) -> Box:
        """Return the window farther east."""
        return Box(self.left + degrees, self.bottom, self.right + degrees, self.top)


class Run(msgspec.Struct, frozen=True):
    """Some neighbouring points of a ring, and the box around them."""

    points: tuple[Point, ...]
    box: Box


class Ring(msgspec.Struct, frozen=True):
    """A closed outline."""

    runs: tuple[Run, ...]
    box: Box


class _File(msgspec.Struct, frozen=True):
    units: int
    rings: tuple[tuple[int, ...], ...]


@functools.cache
def rings() -> tuple[Ring, ...]:
    """Return the outlines of all land, in degrees east and north."""
    file = msgspec.json.decode((Path(__file__).parent / "land.json").read_bytes(), type=_File)
    return tuple(_ring(deltas, file.units) for deltas in file.rings)


def _ring(deltas: tuple[int, ...], units: int) -> Ring:
    across, up = accumulate(deltas[::2]), accumulate(deltas[1::2])
    points = [(x / units, y / units) for x, y in zip(across, up, strict=True)]
    runs = (tuple(points[start : start + RUN]) for start in range(0, len(points), RUN))
    return Ring(tuple(Run(run, box_of(run)) for run in runs), box_of(points))


def box_of(points: Sequence[Point]) -> Box:
    """Return the box around points."""
    columns, rows = zip(*points, strict=True)
    return Box(min(columns), min(rows), max(columns), max(rows))


def near(ring: Ring, window: Box) -> list[Point]:
    """Return a ring in which runs that lie wholly on one side of a window are their first and last points.

    Cut by the window it gives the same shape, sooner. Empty where all of it lies on one side.
    """
    if _is_beside(ring.box, window):
        return []
    found: list[Point] = []
    for run in ring.runs:
        found += (run.points[0], run.points[-1]) if _is_beside(run.box, window) else run.points
    return found


def _is_beside(box: Box, window: Box) -> bool:
    return box.right < window.left or box.left > window.right or box.top < window.bottom or box.bottom > window.top
