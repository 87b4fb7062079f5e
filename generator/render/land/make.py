"""Makes land.json from npm's world-atlas: `python make.py land-50m.json > land.json`. See README.md."""

from __future__ import annotations

import itertools
import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Point = tuple[float, float]

UNITS = 20
"""To a degree: 0.05 degrees are 5.5 km, less than half a unit of the closest map drawn."""
TOLERANCE = 0.16
"""In degrees of latitude: how far a simplified coast may lie from the real one."""
SMALLEST = 0.04
"""In square degrees (about 500 square kilometres): islands below it are left out."""


def main(path: Path) -> None:
    """Print the outlines of all land as JSON: rings of deltas, the first point of each from 0, 0."""
    topology = json.loads(path.read_text("utf-8"))
    rings = [encoded for ring in rings_of(topology) if (encoded := encode(simplify(ring)))]
    json.dump({"units": UNITS, "rings": rings}, sys.stdout, separators=(",", ":"))
    print()


def rings_of(topology: dict[str, Any]) -> Iterator[list[Point]]:
    """Yield the rings of a TopoJSON file of land, as longitudes and latitudes."""
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale_x + left, y * scale_y + bottom))
        arcs.append(points)
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]:
            for ring in polygon:
                points = []
                for index in ring:
                    arc = arcs[index] if index >= 0 else arcs[~index][::-1]
                    points += arc[1:] if points else arc
                yield unwrapped(points)


def unwrapped(ring: list[Point]) -> list[Point]:
    """Return a closed ring without jumps from 180 to -180 degrees; one around the south pole is closed along it."""
    points = ring[:1]
    for x, y in ring[1:]:
        points.append((x - round((x - points[-1][0]) / 360) * 360, y))
    if abs(points[-1][0] - points[0][0]) > 180:
        points += [(points[-1][0], -90.0), (points[0][0], -90.0), points[0]]
    return points


def simplify(ring: list[Point]) -> list[Point]:
    """Return a closed ring without the points that matter least (Douglas and Peucker, 1973); empty where too small."""
    if area(ring) < SMALLEST:
        return []
    far = max(range(len(ring)), key=lambda i: math.dist(ring[0], ring[i]))
    kept = {0, far, len(ring) - 1}
    open_runs = [(0, far), (far, len(ring) - 1)]
    while open_runs:
        start, end = open_runs.pop()
        if end - start < 2:
            continue
        middle = max(range(start + 1, end), key=lambda i: distance(ring[i], ring[start], ring[end]))
        if distance(ring[middle], ring[start], ring[end]) > TOLERANCE:
            kept.add(middle)
            open_runs += [(start, middle), (middle, end)]
    return [ring[i] for i in sorted(kept)]


def distance(point: Point, start: Point, end: Point) -> float:
    """Return how far a point is from a segment, in degrees of latitude."""
    shrink = max(math.cos(math.radians(point[1])), 0.2)
    (px, py), (sx, sy), (ex, ey) = ((x * shrink, y) for x, y in (point, start, end))
    length = (ex - sx) ** 2 + (ey - sy) ** 2
    along = max(0.0, min(1.0, ((px - sx) * (ex - sx) + (py - sy) * (ey - sy)) / length)) if length else 0.0
    return math.hypot(px - sx - along * (ex - sx), py - sy - along * (ey - sy))


def area(ring: list[Point]) -> float:
    """Return the area within a ring in square degrees of latitude."""
    shrink = max(math.cos(math.radians(ring[0][1])), 0.2)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))) / 2 * shrink


def encode(ring: list[Point]) -> list[int]:
    """Return a ring as integer deltas, without its last point, which is its first; empty where nothing is left."""
    points = [(round(x * UNITS), round(y * UNITS)) for x, y in ring]
    open_ring = [p for i, p in enumerate(points[:-1]) if i == 0 or p != points[i - 1]]
    if len(open_ring) < 3:
        return []
    before = [(0, 0), *open_ring]
    return [d for (x0, y0), (x, y) in zip(before, open_ring, strict=False) for d in (x - x0, y - y0)]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
