"""The reader's switch: plain text and the list at the end, remembered, without a cookie."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.browser.conftest import Visit
from tests.browser.reader import ALPHA, READING, REST, focused, open_by_hover, shown, state, until, wait


def switch(page: Page) -> Locator:
    return page.get_by_role("switch", name="Explain terms")


def test_off_leaves_plain_text_and_the_list(visit: Visit) -> None:
    page = visit(READING)
    assert switch(page).get_attribute("aria-checked") == "true"
    assert switch(page).inner_text() == "Explain terms: on"
    open_by_hover(page, ALPHA)
    switch(page).click()
    assert shown(page) == []
    assert switch(page).get_attribute("aria-checked") == "false"
    assert switch(page).inner_text() == "Explain terms: off"
    assert state(page, ALPHA) == [None, None, None]
    assert page.locator(ALPHA).evaluate("e => getComputedStyle(e).textDecorationLine") == "none"
    assert page.locator(ALPHA).evaluate("e => { e.focus(); return e !== document.activeElement }")
    assert page.locator(ALPHA).evaluate("e => getComputedStyle(e).color === getComputedStyle(e.parentNode).color")
    open_by_hover(page, ALPHA)
    page.click(ALPHA)
    wait(page, 5 * REST)
    assert shown(page) == []
    assert "#" not in page.url
    assert page.locator("#term-alpha .card-text").is_visible()
    page.get_by_role("link", name="1: back to mention of Alpha Union").click()
    assert page.url.endswith(ALPHA)


def test_on_again(visit: Visit) -> None:
    page = visit(READING)
    switch(page).click()
    switch(page).press("Enter")
    assert switch(page).get_attribute("aria-checked") == "true"
    page.click(ALPHA)
    assert shown(page) == ["Alpha Union"]
    assert focused(page) == "term--popup-1"


def test_it_is_remembered_on_every_page_and_in_other_windows(visit: Visit) -> None:
    page = visit(READING, clock=False)
    other = page.context.new_page()
    other.goto(page.url.replace("reading/reading", "reading/thousand"))
    switch(page).click()
    until(other, "!document.querySelector('.prose .term[href]')")
    page.reload()
    assert switch(page).get_attribute("aria-checked") == "false"
    assert page.locator(".prose .term[href]").count() == 0
    assert page.evaluate("[document.cookie, {...localStorage}]") == ["", {"explain-terms": "off"}]
    switch(page).click()
    assert page.evaluate("({...localStorage})") == {}
    until(other, "document.querySelector('.prose .term[href]')")


def test_it_works_where_nothing_can_be_kept(visit: Visit) -> None:
    page = visit(READING, clock=False)
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no') }})")
    page.reload()
    page.click(ALPHA)
    assert shown(page) == ["Alpha Union"]
    switch(page).click()
    assert page.locator(".prose .term[href]").count() == 0


def test_pages_without_terms_have_no_switch(visit: Visit) -> None:
    page = visit("reading/")
    assert page.locator(".explain-switch").count() == 0


def test_nothing_moves_when_it_appears(visit: Visit) -> None:
    header = "e => e.getBoundingClientRect().height"
    with_script = visit(READING).locator(".site-header").evaluate(header)
    page = visit(READING, clock=False)
    page.locator(".explain-switch").evaluate("e => e.classList.remove('ready')")
    assert not page.locator(".explain-switch").is_visible()
    assert page.locator(".site-header").evaluate(header) == with_script
