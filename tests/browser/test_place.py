"""Where a pop-up stands: near the pointer's line, inside the window, never over its mention."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visit
from tests.browser.reader import (
    ALPHA,
    BETA,
    DELTA,
    LONG,
    OMEGA,
    READING,
    box,
    covers,
    middle,
    open_by_hover,
    popup,
    put_at,
    shown,
    until,
    wait,
)

ROOT = "#term--popup-1"

EVERY_WINDOW = [(1280, 800), (1000, 420), (700, 500), (390, 780), (800, 360), (320, 256)]
"""Wide, low, narrow, a phone both ways, and 1280 x 1024 at 400 % zoom."""

# Opens each mention with its line near the window's top, middle and bottom, and tells what is wrong with the place.
TRY_ALL = """() => {
  const wrong = [], popup = document.querySelector('#term--popup-1');
  const mentions = [...document.querySelectorAll('.prose .term[aria-controls]')];
  for (const mention of mentions) for (const part of [.04, .5, .96]) {
    const here = mention.getBoundingClientRect();
    scrollBy({top: here.top - part * innerHeight, behavior: 'instant'});
    for (const [index, line] of [...mention.getClientRects()].entries()) {
      if (line.top < 0 || line.bottom > innerHeight) continue;
      const clientX = line.left + line.width / 2, clientY = line.top + line.height / 2;
      mention.dispatchEvent(new MouseEvent('click', {clientX, clientY, detail: 1, bubbles: true, cancelable: true}));
      const box = popup.getBoundingClientRect(), lines = [...mention.getClientRects()], now = lines[index];
      const say = what => wrong.push(`${mention.textContent}, line ${index}, ${part}: ${what}`);
      const sheet = popup.classList.contains('sheet'), edge = sheet ? 0 : 8;
      if (!popup.matches(':popover-open')) say('not open');
      if (box.left < edge - .5 || box.right > innerWidth - edge + .5) say(`sticks out: ${box.left} ${box.right}`);
      if (box.top < edge - .5 || box.bottom > innerHeight - edge + .5) say(`sticks out: ${box.top} ${box.bottom}`);
      const meets = r => r.left < box.right && r.right > box.left && r.top < box.bottom && r.bottom > box.top;
      if (lines.some(meets)) say('covers');
      if (box.height > .6 * innerHeight + 1) say('too tall');
      const size = parseFloat(getComputedStyle(popup).fontSize);
      if (!sheet && box.width > 32 * size + 1) say('too wide');
      if (box.height < 40) say(`nothing to see: ${box.height}`);
      const gap = Math.min(Math.abs(box.top - now.bottom), Math.abs(now.top - box.bottom));
      if (!sheet && gap > 8 + (lines.length - 1) * 40) say(`far away: ${gap}`);
      popup.hidePopover();
    }
  }
  return [wrong, mentions.length];
}"""


@pytest.mark.parametrize("size", EVERY_WINDOW, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("address", [READING, "reading/arabic/"], ids=["ltr", "rtl"])
def test_every_mention_everywhere(visit: Visit, address: str, size: tuple[int, int]) -> None:
    page = visit(address, size=size)
    wrong, tried = page.evaluate(TRY_ALL)
    assert wrong == []
    assert tried == (1 if address.endswith("arabic/") else 7)


def test_below_the_line_and_its_text_below_the_name(visit: Visit) -> None:
    page = visit(READING)
    page.click(ALPHA)
    here, name = box(page, ALPHA), box(page, f"{ROOT} .card-name")
    assert 0 <= box(page, ROOT)["top"] - here["bottom"] <= 8
    assert name["left"] == pytest.approx(here["left"], abs=2)


def test_flips_above_where_there_is_no_room_below(visit: Visit) -> None:
    page = visit(READING)
    put_at(page, OMEGA, 760)
    page.click(OMEGA)
    assert 0 <= box(page, OMEGA)["top"] - box(page, ROOT)["bottom"] <= 8


def test_mirrored_where_text_runs_from_right_to_left(visit: Visit) -> None:
    page = visit("reading/arabic/")
    mention = "#ref-arabic-1"
    page.locator(mention).scroll_into_view_if_needed()
    page.click(mention)
    name = page.locator(f"{ROOT} .card-name").evaluate(
        "e => { const r = document.createRange(); r.selectNodeContents(e); return r.getBoundingClientRect().right }"
    )
    right = min(box(page, mention)["right"], 1280)
    assert name == pytest.approx(right, abs=2)
    close, card = box(page, f"{ROOT} > .popup-close"), box(page, ROOT)
    assert close["right"] < card["left"] + card["width"] / 2


@pytest.mark.parametrize("line", [0, 1])
def test_a_wrapped_name_opens_at_the_line_of_the_pointer(visit: Visit, line: int) -> None:
    page = visit(READING, size=(1900, 900))
    put_at(page, LONG, 100)
    assert page.locator(LONG).evaluate("e => e.getClientRects().length") >= 2
    open_by_hover(page, LONG, line)
    lines = page.locator(LONG).evaluate("e => [...e.getClientRects()].map(r => [r.left, r.right, r.bottom])")
    card = box(page, ROOT)
    hidden = [bottom for left, right, bottom in lines if left < card["right"] and right > card["left"]]
    assert card["top"] == pytest.approx(max([lines[line][2], *hidden]) + 4, abs=1)
    assert not covers(page, ROOT, LONG)


def test_a_tall_card_scrolls_inside_and_not_the_page(visit: Visit) -> None:
    page = visit(READING)
    open_by_hover(page, DELTA)
    assert box(page, ROOT)["height"] <= 0.6 * 800 + 1
    assert popup(page).evaluate("e => e.scrollHeight > e.clientHeight")
    assert popup(page).evaluate("e => getComputedStyle(e).overscrollBehaviorY") == "contain"
    page.mouse.move(*middle(page, ROOT))
    before = page.evaluate("scrollY")
    page.mouse.wheel(0, 5000)
    until(page, f"document.querySelector('{ROOT}').scrollTop > 0")
    page.mouse.wheel(0, 5000)
    wait(page, 1000)
    assert page.evaluate("scrollY") == before
    assert shown(page) == ["Delta"]


def test_a_child_keeps_clear_of_its_mention(visit: Visit) -> None:
    page = visit(READING)
    page.click(ALPHA)
    popup(page).locator(".term").click()
    assert shown(page) == ["Alpha Union", "Beta Pact"]
    assert not covers(page, "#term--popup-2", f"{ROOT} .term")


def test_it_follows_when_the_window_changes(visit: Visit) -> None:
    page = visit(READING)
    page.click(BETA)
    page.set_viewport_size({"width": 700, "height": 500})
    until(page, "innerWidth === 700")
    until(page, f"document.querySelector('{ROOT}').getBoundingClientRect().right <= 692.5")
    assert not covers(page, ROOT, BETA)
