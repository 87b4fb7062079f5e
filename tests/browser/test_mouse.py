"""The mouse: rest opens, moves and presses do not, what is clicked stays."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visit
from tests.browser.reader import (
    ALPHA,
    BETA,
    GAMMA,
    LEAVE,
    QUICK_REST,
    READING,
    REST,
    focused,
    middle,
    open_by_hover,
    point_at,
    point_away,
    popup,
    scroll_to,
    shown,
    wait,
)


def test_rest_opens(visit: Visit) -> None:
    page = visit(READING)
    point_at(page, ALPHA)
    wait(page, REST - 1)
    assert shown(page) == []
    wait(page, 1)
    assert shown(page) == ["Alpha Union"]
    assert focused(page) == "BODY"


def test_moving_is_no_rest(visit: Visit) -> None:
    page = visit(READING)
    x, y = middle(page, ALPHA)
    for step in range(5):
        page.mouse.move(x - 20 + 10 * step, y)
        wait(page, REST - 50)
    assert shown(page) == []
    page.mouse.move(x + 22, y)  # a hand is never quite still
    wait(page, 50)
    assert shown(page) == ["Alpha Union"]


def test_passing_over_opens_nothing(visit: Visit) -> None:
    page = visit(READING)
    point_at(page, ALPHA)
    wait(page, REST - 1)
    point_away(page)
    wait(page, 5 * REST)
    assert shown(page) == []


def test_quicker_after_another(visit: Visit) -> None:
    page = visit(READING)
    open_by_hover(page, ALPHA)
    page.keyboard.press("Escape")
    wait(page, 299)
    point_at(page, BETA)
    wait(page, QUICK_REST - 1)
    assert shown(page) == []
    wait(page, 1)
    assert shown(page) == ["Beta Pact"]


def test_not_quicker_after_a_while(visit: Visit) -> None:
    page = visit(READING)
    open_by_hover(page, ALPHA)
    page.keyboard.press("Escape")
    wait(page, 300)
    point_at(page, BETA)
    wait(page, REST - 1)
    assert shown(page) == []
    wait(page, 1)
    assert shown(page) == ["Beta Pact"]


def test_not_quicker_for_the_same(visit: Visit) -> None:
    page = visit(READING)
    open_by_hover(page, ALPHA)
    page.keyboard.press("Escape")
    point_away(page)
    point_at(page, ALPHA)
    wait(page, REST - 1)
    assert shown(page) == []
    wait(page, 1)
    assert shown(page) == ["Alpha Union"]


def test_one_root_at_a_time(visit: Visit) -> None:
    page = visit(READING)
    open_by_hover(page, ALPHA)
    point_at(page, BETA)
    wait(page, LEAVE - 1)
    assert shown(page) == ["Alpha Union"]
    wait(page, 1)  # it closes, and the rest on the other has been long enough
    assert shown(page) == []
    wait(page, 1)
    assert shown(page) == ["Beta Pact"]


def test_scrolling_opens_nothing_until_the_pointer_moves(visit: Visit) -> None:
    page = visit(READING)
    x, y = 400, 300
    page.mouse.move(x, y)
    top = page.locator(GAMMA).evaluate("(e, [x, y]) => e.getBoundingClientRect().top + 8 - y", [x, y])
    x = page.locator(GAMMA).evaluate("e => e.getBoundingClientRect().left + 20")
    page.mouse.move(x, y)
    scroll_to(page, top)
    wait(page, 5 * REST)
    assert page.evaluate("([x, y]) => document.elementFromPoint(x, y).id", [x, y]) == GAMMA[1:]
    assert shown(page) == []
    page.mouse.move(x + 1, y)
    wait(page, REST)
    assert shown(page) == ["Gamma Court"]


def test_scrolling_cancels(visit: Visit) -> None:
    page = visit(READING)
    point_at(page, ALPHA)
    wait(page, REST - 100)
    scroll_to(page, 3)
    wait(page, 5 * REST)
    assert shown(page) == []


def test_pressing_cancels(visit: Visit) -> None:
    page = visit(READING)
    point_at(page, ALPHA)
    wait(page, REST - 100)
    page.mouse.down(button="right")
    wait(page, 5 * REST)
    assert shown(page) == []
    page.mouse.up(button="right")
    x, y = middle(page, ALPHA)
    page.mouse.move(x + 8, y)
    wait(page, 5 * REST)
    assert shown(page) == []


def test_dragging_a_selection_opens_nothing(visit: Visit) -> None:
    page = visit(READING)
    x, y = middle(page, ".prose p >> nth=0")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(*middle(page, ALPHA), steps=4)
    wait(page, 5 * REST)
    assert shown(page) == []
    page.mouse.up()


def test_click_opens_at_once_and_stays(visit: Visit) -> None:
    page = visit(READING)
    page.click(ALPHA)
    assert shown(page) == ["Alpha Union"]
    assert popup(page).get_by_role("button", name="Close").is_visible()
    point_away(page)
    wait(page, 10 * LEAVE)
    assert shown(page) == ["Alpha Union"]
    page.click(ALPHA)
    assert shown(page) == []


def test_hover_has_no_close_button_until_clicked(visit: Visit) -> None:
    page = visit(READING)
    open_by_hover(page, ALPHA)
    close = popup(page).get_by_role("button", name="Close")
    assert not close.is_visible()
    page.click(ALPHA)
    assert shown(page) == ["Alpha Union"]
    close.click()
    assert shown(page) == []
    assert focused(page) == ALPHA[1:]


@pytest.mark.parametrize("keys", [["Control"], ["Meta"], ["Shift"]])
def test_clicks_with_a_key_are_the_links(visit: Visit, keys: list[str]) -> None:
    page = visit(READING)
    page.evaluate("addEventListener('click', e => { window.followed = !e.defaultPrevented; e.preventDefault() })")
    page.click(ALPHA, modifiers=keys)  # type: ignore[arg-type]
    assert page.evaluate("followed") is True
    assert shown(page) == []


def test_the_middle_button_is_the_links(visit: Visit) -> None:
    page = visit(READING)
    page.evaluate("addEventListener('auxclick', e => { window.followed = !e.defaultPrevented; e.preventDefault() })")
    page.click(ALPHA, button="middle")
    assert page.evaluate("followed") is True
    wait(page, 5 * REST)
    assert shown(page) == []
