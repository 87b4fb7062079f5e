"""Fingers and pens: a tap opens, a tap outside closes and does nothing else, a child replaces its card."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.reader import ALPHA, BETA, DELTA, READING, box, covers, focused, popup, put_at, shown, wait

PHONE = {"size": (390, 780), "has_touch": True, "is_mobile": True}


def phone(visit: Visit) -> Page:
    return visit(READING, **PHONE)


def test_the_first_tap_opens_a_sheet(visit: Visit) -> None:
    page = phone(visit)
    page.tap(ALPHA)
    assert shown(page) == ["Alpha Union"]
    assert focused(page) == "term--popup-1"
    assert popup(page).get_by_role("button", name="Close").is_visible()
    sheet = box(page, "#term--popup-1")
    assert (sheet["left"], sheet["right"], sheet["bottom"]) == (0, 390, 780)
    assert not covers(page, "#term--popup-1", ALPHA)
    wait(page, 60_000)
    assert shown(page) == ["Alpha Union"]


def test_a_tall_sheet_scrolls_inside(visit: Visit) -> None:
    page = phone(visit)
    put_at(page, DELTA, 100)
    page.tap(DELTA)
    assert box(page, "#term--popup-1")["height"] <= 0.6 * 780 + 1
    assert popup(page).evaluate("e => e.scrollHeight > e.clientHeight")
    assert popup(page).evaluate("e => getComputedStyle(e).overscrollBehaviorY") == "contain"


def test_a_sheet_never_covers_its_mention(visit: Visit) -> None:
    page = phone(visit)
    for where in (20, 380, 740):
        put_at(page, DELTA, where)
        page.tap(DELTA)
        assert shown(page) == ["Delta"]
        assert not covers(page, "#term--popup-1", DELTA)
        page.get_by_role("button", name="Close").tap()
        assert shown(page) == []


def test_a_tap_outside_closes_and_activates_nothing(visit: Visit) -> None:
    page = phone(visit)
    page.locator(DELTA).scroll_into_view_if_needed()
    page.tap(DELTA)
    address = page.url
    page.get_by_role("link", name="A way out").tap()
    assert shown(page) == []
    assert page.url == address
    page.get_by_role("link", name="A way out").tap()
    page.wait_for_url("**/notes/")


def test_a_tap_on_another_mention_closes_first(visit: Visit) -> None:
    page = phone(visit)
    page.tap(ALPHA)
    page.tap(BETA)
    assert shown(page) == []
    page.tap(BETA)
    assert shown(page) == ["Beta Pact"]
    page.tap(BETA)
    assert shown(page) == []


def test_a_tap_inside_keeps_it(visit: Visit) -> None:
    page = phone(visit)
    page.tap(ALPHA)
    popup(page).locator(".card-text").tap(position={"x": 4, "y": 4})
    wait(page, 60_000)
    assert shown(page) == ["Alpha Union"]


def test_a_child_replaces_its_card_with_a_way_back(visit: Visit) -> None:
    page = phone(visit)
    page.tap(ALPHA)
    back = popup(page).get_by_role("button", name="Back")
    assert not back.is_visible()
    popup(page).get_by_role("link", name="Beta Pact", exact=True).tap()
    assert shown(page) == ["Beta Pact"]
    assert page.get_by_role("dialog", name="Beta Pact").is_visible()
    assert popup(page).locator(".term").count() == 0, "two deep, and no deeper"
    back.tap()
    assert shown(page) == ["Alpha Union"]
    assert not back.is_visible()
    popup(page).get_by_role("link", name="Beta Pact", exact=True).tap()
    page.keyboard.press("Escape")
    assert shown(page) == ["Alpha Union"]
    page.keyboard.press("Escape")
    assert shown(page) == []
    assert focused(page) == ALPHA[1:]


PEN = """([selector, type]) => {
  const target = document.querySelector(selector), {left, top} = target.getBoundingClientRect();
  const at = {pointerType: type, clientX: left + 5, clientY: top + 5, bubbles: true, cancelable: true, composed: true};
  const follow = (name, more) => target.dispatchEvent(new PointerEvent(name, {...at, ...more}));
  if (follow('pointerdown', {button: 0, buttons: 1})) target.dispatchEvent(new MouseEvent('mousedown', at));
  follow('pointerup', {button: 0});
  return follow('click', {detail: 1});
}"""


@pytest.mark.parametrize(("kind", "is_sheet"), [("pen", False), ("touch", True)])
def test_the_event_decides_not_the_device(visit: Visit, kind: str, is_sheet: bool) -> None:
    page = visit(READING)  # a desktop's window, without a touch screen
    assert page.evaluate(PEN, [ALPHA, kind]) is False
    assert shown(page) == ["Alpha Union"]
    assert popup(page).evaluate("e => e.classList.contains('sheet')") is is_sheet
    assert popup(page).get_by_role("button", name="Close").is_visible()
    assert page.evaluate(PEN, [BETA, kind]) is False
    assert shown(page) == [], "a tap outside closes and does no more"


def test_a_resting_pen_opens_nothing(visit: Visit) -> None:
    page = visit(READING)
    page.locator(ALPHA).evaluate(
        """e => e.dispatchEvent(
          new PointerEvent('pointermove', {pointerType: 'pen', clientX: 9, clientY: 9, bubbles: true}))"""
    )
    wait(page, 5_000)
    assert shown(page) == []
