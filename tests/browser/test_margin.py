"""Notes in the margin: at the line of their number, never over one another or over what crosses the page."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.reader import settle, until

NOTES = "reading/notes/"

BOXES = """() => [...document.querySelectorAll('.annotation')].map(note => {
  const {left, right, top, bottom} = note.getBoundingClientRect();
  const number = document.getElementById(note.querySelector('.annotation-number').hash.slice(1));
  return {left, right, top, bottom, line: number.previousElementSibling.getBoundingClientRect().top};
})"""


def check(page: Page) -> list[dict[str, float]]:
    """Assert that no note lies over another, or over a thing of the text, and return their boxes."""
    notes: list[dict[str, float]] = page.evaluate(BOXES)
    for one, next_one in pairwise(notes):
        assert next_one["top"] >= one["bottom"] - 0.5
    others = page.evaluate(
        "[...document.querySelectorAll('.spread > :not(.annotation), main section')].map(e => {"
        " const {left, right, top, bottom} = e.getBoundingClientRect(); return {left, right, top, bottom} })"
    )
    for note in notes:
        for other in others:
            assert (
                note["right"] <= other["left"] + 0.5
                or note["left"] >= other["right"] - 0.5
                or note["bottom"] <= other["top"] + 0.5
                or note["top"] >= other["bottom"] - 0.5
            ), (note, other)
    return notes


def test_notes_move_to_their_line(visit: Visit) -> None:
    page = visit(NOTES, clock=False)
    notes = check(page)
    assert len(notes) == 6
    assert notes[0]["left"] > page.locator(".prose p >> nth=0").bounding_box()["x"] + 400  # type: ignore[index]
    assert abs(notes[0]["top"] - notes[0]["line"]) < 12
    paragraph = page.locator(".prose p >> nth=0").bounding_box()
    assert paragraph is not None
    assert notes[0]["top"] > paragraph["y"] + 20, "the first stands at its line, not at its paragraph"


@pytest.mark.parametrize("width", [1100, 1400])
def test_they_keep_their_places_when_the_page_changes(visit: Visit, width: int) -> None:
    page = visit(NOTES, clock=False)
    page.set_viewport_size({"width": width, "height": 700})
    until(page, f"innerWidth === {width}")
    settle(page)
    check(page)
    before = page.evaluate(BOXES)[0]
    page.evaluate("document.querySelector('.prose p').prepend('A late line, as when a face comes late. '.repeat(6))")
    settle(page)
    after = check(page)[0]
    assert after["line"] > before["line"] + 20
    assert abs(after["top"] - after["line"]) < 12


def test_narrow_screens_have_them_below_their_block(visit: Visit) -> None:
    page = visit(NOTES, clock=False)
    page.set_viewport_size({"width": 700, "height": 700})
    until(page, "innerWidth === 700")
    notes = check(page)
    block = page.locator(".prose > p >> nth=0").bounding_box()
    assert block is not None
    assert all(note["top"] >= block["y"] + block["height"] - 1 for note in notes[:4])
    assert page.locator(".annotation >> nth=0").evaluate("e => getComputedStyle(e).translate") == "none"


def test_print_has_them_below_their_block(visit: Visit) -> None:
    page = visit(NOTES, clock=False)
    page.emulate_media(media="print")
    assert page.locator(".annotation >> nth=0").evaluate("e => getComputedStyle(e).translate") == "none"


def test_without_script_they_stand_beside_their_block(visit: Visit) -> None:
    page = visit(NOTES, clock=False, java_script_enabled=False)
    first, second = (page.locator(".annotation").nth(number).bounding_box() for number in (0, 1))
    block = page.locator(".prose > p >> nth=0").bounding_box()
    assert first is not None
    assert second is not None
    assert block is not None
    assert abs(first["y"] - block["y"]) < 12
    assert second["y"] >= first["y"] + first["height"]
