"""What a reader sees and does, as the tests say it."""

from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import Locator, Page

REST, QUICK_REST, LEAVE = 400, 100, 300
"""Milliseconds, as in reader.md; not read from the script, which is on trial."""

READING = "reading/reading/"

ALPHA, BETA, GAMMA, DELTA = "#ref-alpha-1", "#ref-beta-1", "#ref-gamma-1", "#ref-delta-1"
LONG, OMEGA = "#ref-long-1", "#ref-omega-1"


def shown(page: Page) -> list[str]:
    """Return the names on the open pop-ups, the root's first."""
    return page.locator(".popup:popover-open > .popup-card .card-name").all_text_contents()


def popup(page: Page, depth: int = 1) -> Locator:
    """Return the pop-up of a depth."""
    return page.locator(f"#term--popup-{depth}")


def wait(page: Page, milliseconds: int) -> None:
    """Let time go by in the page."""
    page.clock.run_for(milliseconds)


def until(page: Page, expression: str) -> None:
    """Wait, in real time, until an expression is true; Playwright's own way needs eval, which the policy forbids."""
    end = time.monotonic() + 10
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        time.sleep(0.01)


# Scrolls, then waits for the event of it, which is sent with the next drawing: one that came later would stop a wait.
SCROLLED = """(e, top) => new Promise(done => {
  const place = () => e.getBoundingClientRect().top, before = place();
  %s;
  if (place() === before) done();
  else addEventListener('scroll', () => done(), {once: true, capture: true});
})"""


def scroll_to(page: Page, top: int) -> None:
    """Scroll the page, until it has heard of it and has drawn itself anew."""
    page.locator("html").evaluate(SCROLLED % "scrollTo({top, behavior: 'instant'})", top)
    wait(page, 50)


def put_at(page: Page, selector: str, top: int) -> None:
    """Scroll so that an element stands at a height of the window, until the page has heard of it."""
    page.locator(selector).evaluate(SCROLLED % "scrollBy({top: before - top, behavior: 'instant'})", top)


def bring_into_view(page: Page, selector: str) -> None:
    """Scroll to an element that is out of sight, until the page has heard of it."""
    page.locator(selector).evaluate(SCROLLED % "e.scrollIntoViewIfNeeded()")


def settle(page: Page) -> None:
    """Wait until the page has been drawn twice."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def middle(page: Page, selector: str, line: int = 0) -> tuple[float, float]:
    """Return the middle of an element's line, in the window."""
    x, y = page.locator(selector).evaluate(
        "(e, line) => { const r = e.getClientRects()[line]; return [r.left + r.width / 2, r.top + r.height / 2] }", line
    )
    return x, y


def point_at(page: Page, selector: str, line: int = 0) -> None:
    """Move the mouse onto an element's line."""
    bring_into_view(page, selector)
    page.mouse.move(*middle(page, selector, line))


def open_by_hover(page: Page, selector: str, line: int = 0) -> None:
    """Rest on a mention for as long as it takes."""
    point_at(page, selector, line)
    wait(page, REST)


def point_away(page: Page) -> None:
    """Move the mouse to where nothing is."""
    page.mouse.move(3, 3)


def focus_by_keyboard(page: Page, selector: str) -> None:
    """Give an element the focus as Tab does."""
    page.locator(selector).evaluate(
        """e => {
          const all = [...document.querySelectorAll('a[href], button')].filter(one => one.checkVisibility());
          all[all.indexOf(e) - 1].focus();
        }"""
    )
    page.keyboard.press("Tab")


def focused(page: Page) -> str:
    """Return the id of the element that has the focus, else its tag."""
    found: str = page.evaluate("(e => e.id || e.tagName)(document.activeElement)")
    return found


def box(page: Page, selector: str) -> dict[str, float]:
    """Return an element's box in the window."""
    found: dict[str, float] = page.locator(selector).evaluate(
        "e => { const {left, right, top, bottom, width, height} = e.getBoundingClientRect();"
        " return {left, right, top, bottom, width, height} }"
    )
    return found


def covers(page: Page, selector: str, mention: str) -> bool:
    """Return whether an element lies over any line of a mention."""
    found: bool = page.locator(mention).evaluate(
        """(mention, selector) => {
          const box = document.querySelector(selector).getBoundingClientRect();
          return [...mention.getClientRects()].some(line =>
            line.left < box.right && line.right > box.left && line.top < box.bottom && line.bottom > box.top);
        }""",
        selector,
    )
    return found


def state(page: Page, mention: str) -> Any:
    """Return what a mention says of its pop-up."""
    return page.locator(mention).evaluate(
        "e => ['haspopup', 'expanded', 'controls'].map(name => e.getAttribute(`aria-${name}`))"
    )
