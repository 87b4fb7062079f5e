"""Where a place is: the numbers of a small map, drawn at build time by templates/partials/locator.html.

The window is centred on the place, as close as it can be while it shows a coast to tell the region by. The projection
is equirectangular with the place's own parallel true to scale. Everything is in whole units of a drawing of
`WIDTH` by `HEIGHT`.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence

from generator.model import Value
from generator.render.clip import Point, clip, signed_area
from generator.render.land import Box, near, rings

WIDTH, HEIGHT = 400, 300

HALF_HEIGHTS = (9, 14, 22, 34, 50, 70)
"""In degrees of latitude: the windows that are tried, the closest first."""
LAND_SHARE = (0.12, 0.86)
"""A window with less or more land than this shows no coast worth the name."""
NARROWEST = 0.35
"""The least width of a degree of longitude, in degrees of latitude: without it a map at a pole would have none."""

LONGEST_PATH = 3000
"""In characters: a page is not to pay for a coast of fjords."""
MESHES = (1, 2, 5, 10, 15, 30, 45)
"""In degrees: how far apart the lines of latitude and longitude may be."""


class Locator(Value, frozen=True):
    """A map of where a place is, y downwards."""

    width: int
    height: int
    x: int
    """Where the place is."""
    y: int
    land: str
    """The data of an SVG path: all land in the window, with `fill-rule: evenodd`."""
    lines: str
    """The data of an SVG path: lines of latitude and longitude."""


def locator(coordinates: tuple[float, float]) -> Locator:
    """Return the map of a place, given as degrees north and east; the same map for the same place."""
    latitude, longitude = coordinates
    low, high = LAND_SHARE
    for half_height in HALF_HEIGHTS:
        window = window_around(latitude, longitude, half_height)
        shapes = list(_land_in(window))
        whole = (window.right - window.left) * (window.top - window.bottom)
        if low <= abs(sum(map(signed_area, shapes))) / whole <= high:
            break
    x, y = _project((longitude, latitude), window)
    return Locator(WIDTH, HEIGHT, x, y, _path_of(shapes, window), _lines_in(window))


def window_around(latitude: float, longitude: float, half_height: float) -> Box:
    """Return the window with a place in its middle, moved where it would reach far over a pole."""
    reach = 90 + half_height / 4 - half_height
    middle = max(-reach, min(reach, latitude))
    shrink = max(math.cos(math.radians(latitude)), NARROWEST)
    half_width = min(half_height * WIDTH / HEIGHT / shrink, 180)
    return Box(longitude - half_width, middle - half_height, longitude + half_width, middle + half_height)


def _land_in(window: Box) -> Iterator[list[Point]]:
    for turn in (-360, 0, 360):
        here = window.moved(-turn)
        for ring in rings():
            points = near(ring, here)
            if points and (shape := clip(points, here.left, here.bottom, here.right, here.top)):
                yield [(x + turn, y) for x, y in shape]


def _project(point: Point, window: Box) -> tuple[int, int]:
    x = (point[0] - window.left) / (window.right - window.left) * WIDTH
    y = (window.top - point[1]) / (window.top - window.bottom) * HEIGHT
    return round(x), round(y)


def _path_of(shapes: Sequence[Sequence[Point]], window: Box) -> str:
    """Return shapes as one path, drawn more coarsely the longer it would be."""
    projected = [[_project(point, window) for point in shape] for shape in shapes]
    step = 2
    while True:
        path = "".join(_ring_path(_thinned(shape, step)) for shape in projected)
        if len(path) <= LONGEST_PATH or step > WIDTH:
            return path
        step += 1


def _thinned(shape: Sequence[tuple[int, int]], step: int) -> list[tuple[int, int]]:
    """Return a shape without points that are closer than `step` to the one before; those on the window's edge stay."""
    kept: list[tuple[int, int]] = []
    for point in shape:
        on_edge = point[0] in (0, WIDTH) or point[1] in (0, HEIGHT)
        if not kept or (point != kept[-1] and (on_edge or math.dist(point, kept[-1]) >= step)):
            kept.append(point)
    return kept


def _ring_path(points: Sequence[tuple[int, int]]) -> str:
    if len(points) < 3:
        return ""
    deltas = [d for (x0, y0), (x, y) in itertools.pairwise(points) for d in (x - x0, y - y0)]
    return f"M{_numbers(points[0])}l{_numbers(deltas)}z"


def _numbers(values: Sequence[int]) -> str:
    return " ".join(map(str, values)).replace(" -", "-")


def _lines_in(window: Box) -> str:
    mesh = next((mesh for mesh in MESHES if window.top - window.bottom <= 4 * mesh), MESHES[-1])
    bottom, top = max(window.bottom, -90), min(window.top, 90)
    parallels = range(math.ceil(bottom / mesh) * mesh, math.floor(top) + 1, mesh)
    meridians = range(math.ceil(window.left / mesh) * mesh, math.floor(window.right) + 1, mesh)
    return "".join(
        [f"M0 {_project((window.left, y), window)[1]}h{WIDTH}" for y in parallels]
        + [f"M{_project((x, window.top), window)[0]} 0v{HEIGHT}" for x in meridians]
    )
