"""Staying and closing: one hover area, no timeout in use, and all the ways out."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visit
from tests.browser.reader import (
    ALPHA,
    BETA,
    LEAVE,
    READING,
    REST,
    box,
    focused,
    middle,
    open_by_hover,
    point_at,
    point_away,
    popup,
    scroll_to,
    shown,
    until,
    wait,
)


def test_it_closes_a_moment_after_the_pointer_has_left(visit: Visit) -> None:
    page = visit(READING)
    open_by_hover(page, ALPHA)
    point_away(page)
    wait(page, LEAVE - 1)
    assert shown(page) == ["Alpha Union"]
    wait(page, 1)
    assert shown(page) == []


def test_coming_back_in_time_keeps_it(visit: Visit) -> None:
    page = visit(READING)
    open_by_hover(page, ALPHA)
    point_away(page)
    wait(page, LEAVE - 1)
    point_at(page, ALPHA)
    wait(page, 20 * LEAVE)
    assert shown(page) == ["Alpha Union"]


def test_the_popup_can_be_hovered_for_ever(visit: Visit) -> None:
    page = visit(READING)
    open_by_hover(page, ALPHA)
    page.mouse.move(*middle(page, "#term--popup-1"))
    wait(page, 60_000)
    assert shown(page) == ["Alpha Union"]


def test_the_way_from_the_mention_to_a_corner_is_safe(visit: Visit) -> None:
    page = visit(READING, size=(600, 900))  # a sheet, far from its mention
    x, y = middle(page, ALPHA)
    open_by_hover(page, ALPHA)
    sheet = box(page, "#term--popup-1")
    assert sheet["top"] - y > 100
    for step in range(1, 9):
        page.mouse.move(x + (sheet["right"] - 20 - x) * step / 8, y + (sheet["top"] + 2 - y) * step / 8)
        wait(page, LEAVE)
        assert shown(page) == ["Alpha Union"], step


def test_beside_that_way_is_outside(visit: Visit) -> None:
    page = visit(READING, size=(600, 900))
    x, y = middle(page, ALPHA)
    open_by_hover(page, ALPHA)
    page.mouse.move(x + 200, y + 40)
    wait(page, LEAVE)
    assert shown(page) == []


def test_the_window_can_be_left(visit: Visit) -> None:
    page = visit(READING)
    open_by_hover(page, ALPHA)
    page.evaluate("document.documentElement.dispatchEvent(new PointerEvent('pointerleave', {pointerType: 'mouse'}))")
    wait(page, LEAVE)
    assert shown(page) == []


def test_focus_inside_keeps_it(visit: Visit) -> None:
    page = visit(READING)
    open_by_hover(page, ALPHA)
    popup(page).get_by_role("link", name="Full entry").focus()
    point_away(page)
    wait(page, 60_000)
    assert shown(page) == ["Alpha Union"]
    page.get_by_role("link", name="A way out").focus()
    wait(page, LEAVE)
    assert shown(page) == []


def test_selecting_text_inside_never_closes(visit: Visit) -> None:
    page = visit(READING)
    open_by_hover(page, ALPHA)
    text = box(page, "#term--popup-1 .card-text p")
    page.mouse.move(text["left"] + 2, text["top"] + 8)
    page.mouse.down()
    page.mouse.move(text["left"] + 60, text["top"] + 8, steps=3)
    page.mouse.move(900, 700, steps=3)
    wait(page, 5 * LEAVE)
    page.mouse.up()
    assert page.evaluate("getSelection().toString().length") > 3
    point_away(page)
    wait(page, 60_000)
    assert shown(page) == ["Alpha Union"]
    page.mouse.click(3, 3)
    assert shown(page) == []


def test_a_click_outside_closes(visit: Visit) -> None:
    page = visit(READING)
    page.click(ALPHA)
    page.mouse.click(3, 700)
    assert shown(page) == []


def test_a_mention_in_a_card_opens_one_child(visit: Visit) -> None:
    page = visit(READING)
    open_by_hover(page, ALPHA)
    page.mouse.move(*middle(page, "#term--popup-1 .term"))
    wait(page, REST - 1)
    assert shown(page) == ["Alpha Union"]
    wait(page, 1)
    assert shown(page) == ["Alpha Union", "Beta Pact"]
    page.mouse.move(*middle(page, "#term--popup-2"))
    wait(page, 60_000)
    assert shown(page) == ["Alpha Union", "Beta Pact"]
    links = popup(page, 2).locator(".card-text a")
    assert links.all_text_contents() == ["Gamma Court", "Alpha Union"]
    assert popup(page, 2).locator(".term, [aria-haspopup]").count() == 0
    edge = box(page, "#term--popup-1")
    page.mouse.move(edge["left"] + 4, edge["top"] + 4)
    wait(page, LEAVE)
    assert shown(page) == ["Alpha Union"]
    point_away(page)
    wait(page, LEAVE)
    assert shown(page) == []


def test_a_link_within_the_page_closes_and_leads_there(visit: Visit) -> None:
    page = visit(READING)
    page.click(ALPHA)
    popup(page).locator(".term").click()
    popup(page, 2).get_by_role("link", name="Gamma Court", exact=True).click()
    assert shown(page) == []
    assert page.url.endswith("#term-gamma")
    assert page.evaluate("scrollY") > 100


@pytest.mark.parametrize("event", ["pagehide", "beforeprint"])
def test_it_closes_when_the_page_is_left_or_printed(visit: Visit, event: str) -> None:
    page = visit(READING)
    page.click(ALPHA)
    page.evaluate("type => dispatchEvent(new Event(type))", event)
    assert shown(page) == []


def test_printing_closes(visit: Visit) -> None:
    page = visit(READING)
    page.click(ALPHA)
    page.pdf()
    assert shown(page) == []


def test_back_closes(visit: Visit) -> None:
    page = visit(READING, clock=False)
    page.evaluate("history.pushState(null, '', '#ref-alpha-1')")
    page.click(BETA)
    assert shown(page) == ["Beta Pact"]
    page.go_back()
    until(page, "!document.querySelector(':popover-open')")


def test_nothing_is_open_when_one_comes_back_to_the_page(visit: Visit) -> None:
    page = visit(READING, clock=False)
    page.click(ALPHA)
    popup(page).get_by_role("link", name="Full entry").click()
    page.wait_for_url("**/glossary/alpha/")
    page.go_back()
    page.wait_for_url(f"**/{READING}")
    assert shown(page) == []
    page.click(ALPHA)
    assert shown(page) == ["Alpha Union"]
    assert focused(page) == "term--popup-1"


def test_scrolling_keeps_it_at_its_mention_until_that_is_gone(visit: Visit) -> None:
    page = visit(READING, size=(1280, 900))
    page.click(ALPHA)
    before = box(page, "#term--popup-1")["top"] - box(page, ALPHA)["bottom"]
    scroll_to(page, 60)
    assert box(page, "#term--popup-1")["top"] - box(page, ALPHA)["bottom"] == pytest.approx(before, abs=1)
    page.keyboard.press("Escape")
    scroll_to(page, 0)
    open_by_hover(page, BETA)
    page.mouse.move(*middle(page, "#term--popup-1"))
    scroll_to(page, 1500)
    assert shown(page) == []


def test_resting_in_a_sheet_replaces_nothing(visit: Visit) -> None:
    page = visit(READING, size=(600, 900))
    open_by_hover(page, ALPHA)
    page.mouse.move(*middle(page, "#term--popup-1 .term"))
    wait(page, 5 * REST)
    assert shown(page) == ["Alpha Union"]
    popup(page).locator(".term").click()
    assert shown(page) == ["Beta Pact"]
