"""Maps of places: within their frame, true to the outlines, the same every time."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.render.clip import clip, signed_area
from generator.render.land import Box, near, rings
from generator.render.locator import HEIGHT, LONGEST_PATH, WIDTH, locator, window_around

PLACES = st.tuples(st.floats(-90, 90), st.floats(-180, 180))

RINGS = st.lists(st.tuples(st.floats(-10, 10), st.floats(-10, 10)), min_size=3, max_size=12)


def drawn(path: str) -> list[list[tuple[int, int]]]:
    """Return the points of a path's rings."""
    found = []
    for ring in re.findall(r"M([^Mz]+)z", path):
        start, _, deltas = ring.partition("l")
        x, y = map(int, re.findall(r"-?\d+", start))
        points = [(x, y)]
        numbers = [int(number) for number in re.findall(r"-?\d+", deltas)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        found.append(points)
    return found


def is_land(path: str, x: float, y: float) -> bool:
    """Say whether a point is in an odd number of a path's rings, as `fill-rule: evenodd` has it."""
    inside = False
    for ring in drawn(path):
        for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (ay > y) != (by > y) and x < ax + (bx - ax) * (y - ay) / (by - ay):
                inside = not inside
    return inside


@settings(max_examples=60)
@given(PLACES)
@example((90.0, 0.0))
@example((-90.0, 180.0))
@example((0.0, -180.0))
@example((-25.0, -130.0))
def test_nothing_is_outside_the_frame(place: tuple[float, float]) -> None:
    found = locator(place)
    assert 0 < found.x < WIDTH
    assert 0 < found.y < HEIGHT
    for ring in drawn(found.land):
        assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in ring)
    for kind, number in re.findall(r"M(0 |)(\d+)", found.lines):
        assert int(number) <= (HEIGHT if kind else WIDTH)
    assert len(found.land) <= LONGEST_PATH
    assert locator(place) == found


@pytest.mark.parametrize(
    ("place", "land"),
    [
        ((45.3, 34.4), True),  # Crimea
        ((55.75, 37.6), True),  # Moscow
        ((12.0, 113.0), False),  # South China Sea
        ((66.0, -175.0), True),  # Chukotka, east of the antimeridian
        ((65.0, 170.0), True),  # and west of it
        ((-80.0, 0.0), True),  # Antarctica, around the pole
        ((-80.0, -120.0), True),
        ((-78.0, 180.0), False),  # the Ross Sea
        ((42.0, 50.5), False),  # the Caspian Sea, a hole in Eurasia
        ((0.0, -30.0), False),  # the Atlantic
    ],
)
def test_land_is_land_and_sea_is_sea(place: tuple[float, float], land: bool) -> None:
    found = locator(place)
    assert is_land(found.land, found.x + 0.5, found.y + 0.25) is land


def test_every_map_shows_a_coast() -> None:
    for latitude in range(-60, 76, 15):
        for longitude in range(-180, 180, 30):
            found = locator((latitude, longitude))
            share = abs(sum(signed_area(ring) for ring in drawn(found.land))) / (WIDTH * HEIGHT)
            assert 0.05 < share < 0.95, (latitude, longitude)


def test_a_place_on_either_side_of_the_antimeridian_has_the_same_map() -> None:
    assert locator((-17.0, 180.0)) == locator((-17.0, -180.0))


@given(RINGS)
def test_what_is_cut_lies_within_the_window(ring: list[tuple[float, float]]) -> None:
    for x, y in clip(ring, -5, -4, 5, 4):
        assert -5.000001 <= x <= 5.000001
        assert -4.000001 <= y <= 4.000001


def test_a_square_is_cut_to_its_corner() -> None:
    square = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)]
    assert signed_area(clip(square, 2, 2, 9, 9)) == 4
    assert clip(square, 5, 5, 9, 9) == []
    assert clip(square, -1, -1, 9, 9) == square
    assert clip([], 0, 0, 1, 1) == []


@settings(max_examples=40)
@given(PLACES, st.sampled_from([5, 20, 60]))
def test_a_ring_near_a_window_is_cut_to_the_same_shape(place: tuple[float, float], half_height: float) -> None:
    window = window_around(*place, half_height)
    edges = window.left, window.bottom, window.right, window.top
    for ring in rings()[:40]:
        whole = [point for run in ring.runs for point in run.points]
        assert signed_area(clip(near(ring, window), *edges)) == pytest.approx(
            signed_area(clip(whole, *edges)), abs=1e-6
        )


def test_the_outlines_are_the_earths() -> None:
    assert all(ring.box.bottom >= -90 and ring.box.top <= 90 for ring in rings())
    earth = Box(-180, -90, 180, 90)
    whole = 0.0
    for turn in (-360, 0, 360):
        for ring in rings():
            box = earth.moved(turn)
            shape = clip(near(ring, box), box.left, box.bottom, box.right, box.top)
            whole += signed_area(shape)
    assert abs(whole) / (360 * 180) == pytest.approx(0.336, abs=0.02), "land's share of an equirectangular map"
