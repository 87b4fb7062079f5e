"""What changes with the reader's wishes: motion, colours, print, no script, a file on disk."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visit
from tests.browser.reader import ALPHA, READING, open_by_hover, popup, shown, wait

DURATION = """e => {
  const {transitionDuration, animationName} = getComputedStyle(e);
  return animationName === 'none' ? Math.max(...transitionDuration.split(',').map(parseFloat)) : NaN;
}"""


def test_it_fades_in_quickly(visit: Visit) -> None:
    page = visit(READING)
    open_by_hover(page, ALPHA)
    assert 0 < popup(page).evaluate(DURATION) <= 0.12


def test_no_motion_where_the_reader_wants_none(visit: Visit) -> None:
    page = visit(READING, reduced_motion="reduce")
    open_by_hover(page, ALPHA)
    assert popup(page).evaluate(DURATION) == 0
    assert popup(page).evaluate("e => getComputedStyle(e).opacity") == "1"


def test_forced_colours_keep_the_edge_and_the_marks(visit: Visit) -> None:
    page = visit(READING, forced_colors="active")
    open_by_hover(page, ALPHA)
    edge = popup(page).evaluate("e => [getComputedStyle(e).borderTopStyle, getComputedStyle(e).borderTopColor]")
    paper = popup(page).evaluate("e => getComputedStyle(e).backgroundColor")
    assert edge[0] == "solid"
    assert edge[1] != paper
    assert "underline" in page.locator("#ref-beta-1").evaluate("e => getComputedStyle(e).textDecorationLine")


CONTRAST = """([one, other]) => {
  const context = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const light = colours => {
    context.clearRect(0, 0, 1, 1);
    for (const colour of colours) { context.fillStyle = colour; context.fillRect(0, 0, 1, 1); }
    const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].slice(0, 3)
      .map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const [dark, bright] = [light([other, one]), light([other])].sort((a, b) => a - b);
  return (bright + .05) / (dark + .05);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_underline_can_be_seen(visit: Visit, scheme: str) -> None:
    page = visit(READING, color_scheme=scheme)
    line = page.locator("#ref-beta-1").evaluate("e => getComputedStyle(e).textDecorationColor")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert page.evaluate(CONTRAST, [line, paper]) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_popup_wears_the_scheme(visit: Visit, scheme: str) -> None:
    page = visit(READING, color_scheme=scheme)
    page.click(ALPHA)
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert popup(page).evaluate("e => getComputedStyle(e).backgroundColor") == paper


def test_without_script_mentions_lead_to_the_cards(visit: Visit) -> None:
    page = visit(READING, clock=False, java_script_enabled=False)
    assert page.get_by_role("switch").count() == 0 or not page.get_by_role("switch").is_visible()
    page.click(ALPHA)
    assert page.url.endswith("#term-alpha")
    assert page.locator("#term-alpha").is_visible()
    page.get_by_role("link", name="1: back to mention of Alpha Union").click()
    assert page.url.endswith(ALPHA)


def test_it_works_from_disk(visit: Visit) -> None:
    page = visit(READING, disk=True)
    assert page.url.startswith("file:")
    open_by_hover(page, ALPHA)
    assert shown(page) == ["Alpha Union"]
    page.mouse.move(3, 3)
    wait(page, 1000)
    page.get_by_role("switch", name="Explain terms").click()
    page.click(ALPHA)
    assert shown(page) == []


def test_in_print_there_is_the_list_and_nothing_to_press(visit: Visit) -> None:
    page = visit(READING, clock=False)
    page.click(ALPHA)
    page.emulate_media(media="print")
    assert not popup(page).is_visible()
    assert not page.locator(".explain-switch").is_visible()
    assert page.locator("#term-alpha .card-text").is_visible()
