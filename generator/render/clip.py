"""Polygons cut by a window (Sutherland and Hodgman, 1974)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

Point = tuple[float, float]


def clip(ring: Sequence[Point], left: float, bottom: float, right: float, top: float) -> list[Point]:
    """Return the part of a closed ring within a window; parts that fall apart stay joined along the window's edge."""
    points = list(ring)
    for inside, crossing in (
        (lambda p: p[0] >= left, lambda a, b: _at_x(a, b, left)),
        (lambda p: p[0] <= right, lambda a, b: _at_x(a, b, right)),
        (lambda p: p[1] >= bottom, lambda a, b: _at_y(a, b, bottom)),
        (lambda p: p[1] <= top, lambda a, b: _at_y(a, b, top)),
    ):
        points = _cut(points, inside, crossing)
    return points


def _cut(
    points: Sequence[Point], inside: Callable[[Point], bool], crossing: Callable[[Point, Point], Point]
) -> list[Point]:
    found: list[Point] = []
    before = points[-1] if points else (0.0, 0.0)
    was_inside = bool(points) and inside(before)
    for point in points:
        is_inside = inside(point)
        if is_inside != was_inside:
            found.append(crossing(before, point))
        if is_inside:
            found.append(point)
        before, was_inside = point, is_inside
    return found


def _at_x(a: Point, b: Point, x: float) -> Point:
    return (x, a[1] + (b[1] - a[1]) * (x - a[0]) / (b[0] - a[0]))


def _at_y(a: Point, b: Point, y: float) -> Point:
    return (a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]), y)


def signed_area(ring: Sequence[Point]) -> float:
    """Return the area within a closed ring, negative where it runs clockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], *ring[:1]], strict=True)) / 2
