"""The keyboard and the screen reader: focus opens, Enter goes inside, Esc comes back."""

from __future__ import annotations

from tests.browser.conftest import Visit
from tests.browser.reader import (
    ALPHA,
    BETA,
    LEAVE,
    READING,
    REST,
    box,
    focus_by_keyboard,
    focused,
    open_by_hover,
    point_at,
    point_away,
    popup,
    shown,
    state,
    wait,
)


def test_what_a_mention_and_its_popup_say(visit: Visit) -> None:
    page = visit(READING)
    assert state(page, ALPHA) == ["dialog", "false", "term--popup-1"]
    page.click(ALPHA)
    assert state(page, ALPHA) == ["dialog", "true", "term--popup-1"]
    dialog = page.get_by_role("dialog", name="Alpha Union")
    assert dialog.is_visible()
    assert dialog.get_attribute("popover") == ""
    assert dialog.get_attribute("aria-modal") is None
    assert dialog.get_by_role("heading", name="Alpha Union").get_attribute("aria-level") == "2"
    page.keyboard.press("Escape")
    assert state(page, ALPHA) == ["dialog", "false", "term--popup-1"]


def test_a_card_is_copied_without_its_ids_and_its_ways_back(visit: Visit) -> None:
    page = visit(READING)
    page.click(ALPHA)
    assert (
        page.evaluate(
            "[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i)"
        )
        == []
    )
    assert page.locator("#term-alpha .card-mentions").count() == 1
    assert popup(page).locator(".card-mentions").count() == 0
    full = popup(page).get_by_role("link", name="Full entry: Alpha Union")
    assert full.get_attribute("href") == page.locator("#term-alpha .card-entry").get_attribute("href")


def test_focus_opens_after_a_rest_and_stays_where_it_is(visit: Visit) -> None:
    page = visit(READING)
    focus_by_keyboard(page, ALPHA)
    wait(page, REST - 1)
    assert shown(page) == []
    wait(page, 1)
    assert shown(page) == ["Alpha Union"]
    assert focused(page) == ALPHA[1:]
    wait(page, 20 * LEAVE)
    assert shown(page) == ["Alpha Union"]


def test_tab_goes_on_into_the_popup_and_out_of_it(visit: Visit) -> None:
    page = visit(READING)
    focus_by_keyboard(page, BETA)
    wait(page, REST)
    page.keyboard.press("Tab")
    assert popup(page).evaluate("e => e.contains(document.activeElement)")
    wait(page, 20 * LEAVE)
    assert shown(page)[:1] == ["Beta Pact"]
    for _ in range(8):
        page.keyboard.press("Tab")
        if not popup(page).evaluate("e => e.contains(document.activeElement)"):
            break
    wait(page, LEAVE)
    assert "Beta Pact" not in shown(page)


def test_tabbing_by_opens_nothing(visit: Visit) -> None:
    page = visit(READING)
    focus_by_keyboard(page, ALPHA)
    wait(page, REST - 1)
    page.keyboard.press("Tab")
    wait(page, REST - 1)
    assert shown(page) == []


def test_leaving_by_keyboard_closes(visit: Visit) -> None:
    page = visit(READING)
    focus_by_keyboard(page, ALPHA)
    wait(page, REST)
    page.keyboard.press("Shift+Tab")
    wait(page, LEAVE - 1)
    assert shown(page) == ["Alpha Union"]
    wait(page, 1)
    assert shown(page) == []


def test_enter_opens_at_once_and_goes_inside(visit: Visit) -> None:
    page = visit(READING)
    focus_by_keyboard(page, ALPHA)
    page.keyboard.press("Enter")
    assert shown(page) == ["Alpha Union"]
    assert focused(page) == "term--popup-1"
    assert popup(page).get_by_role("button", name="Close").is_visible()
    page.keyboard.press("Tab")
    assert popup(page).get_by_role("button", name="Close").evaluate("e => e === document.activeElement")
    wait(page, 20 * LEAVE)
    page.keyboard.press("Enter")
    assert shown(page) == []
    assert focused(page) == ALPHA[1:]
    wait(page, 20 * LEAVE)
    assert shown(page) == [], "a focus that was only given back opens nothing"


def test_enter_goes_inside_what_focus_has_opened(visit: Visit) -> None:
    page = visit(READING)
    focus_by_keyboard(page, ALPHA)
    wait(page, REST)
    page.keyboard.press("Enter")
    assert shown(page) == ["Alpha Union"]
    assert focused(page) == "term--popup-1"


def test_escape_closes_the_innermost_and_gives_the_focus_back(visit: Visit) -> None:
    page = visit(READING)
    focus_by_keyboard(page, ALPHA)
    page.keyboard.press("Enter")
    popup(page).get_by_role("link", name="Beta Pact", exact=True).focus()
    page.keyboard.press("Enter")
    assert shown(page) == ["Alpha Union", "Beta Pact"]
    assert focused(page) == "term--popup-2"
    page.keyboard.press("Escape")
    assert shown(page) == ["Alpha Union"]
    assert popup(page).get_by_role("link", name="Beta Pact", exact=True).evaluate("e => e === document.activeElement")
    page.keyboard.press("Escape")
    assert shown(page) == []
    assert focused(page) == ALPHA[1:]


def test_escape_closes_from_anywhere_until_the_pointer_has_left(visit: Visit) -> None:
    page = visit(READING)
    open_by_hover(page, ALPHA)
    page.keyboard.press("Escape")
    assert shown(page) == []
    alpha = box(page, ALPHA)
    for step in range(3):
        page.mouse.move(alpha["left"] + 10 + 10 * step, alpha["top"] + 8)
        wait(page, 2 * REST)
    assert shown(page) == []
    point_away(page)
    point_at(page, ALPHA)
    wait(page, REST)
    assert shown(page) == ["Alpha Union"]


def test_escape_leaves_the_focus_where_it_was(visit: Visit) -> None:
    page = visit(READING)
    page.get_by_role("link", name="A way out").focus()
    open_by_hover(page, ALPHA)
    page.keyboard.press("Escape")
    assert shown(page) == []
    assert page.get_by_role("link", name="A way out").evaluate("e => e === document.activeElement")


def test_escape_before_it_opens(visit: Visit) -> None:
    page = visit(READING)
    focus_by_keyboard(page, ALPHA)
    wait(page, REST - 1)
    page.keyboard.press("Escape")
    wait(page, 5 * REST)
    assert shown(page) == []
