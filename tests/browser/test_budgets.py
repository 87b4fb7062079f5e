"""The budgets of an article page: bytes, requests, and nothing that moves."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.browser.conftest import Visit
from tests.browser.reader import point_at, settle, until

KIB = 1024

SHIFTS = """() => {
  window.shift = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) window.shift += one.value })
    .observe({type: 'layout-shift', buffered: true});
}"""


def packed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes()))


@pytest.mark.parametrize("site", [".", "reading"])
def test_script_and_style(www: Path, site: str) -> None:
    (script,) = (www / site / "assets").glob("explain.*.js")
    (style,) = (www / site / "assets").glob("style.*.css")
    assert packed(script) <= 6 * KIB
    assert packed(style) <= 10 * KIB


@pytest.mark.parametrize("address", ["reading/thousand/", "russia-china/"])
def test_an_article_in_all(visit: Visit, www: Path, address: str) -> None:
    page = visit("reading/", clock=False)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page.url.replace("reading/", address), wait_until="networkidle")
    if address == "reading/thousand/":
        assert page.locator(".prose .term").count() == 40
        assert 900 <= page.evaluate("document.querySelector('.prose').innerText.split(/\\s+/).length") <= 1100
    assert 3 <= len(asked) <= 6
    files = [www / one.split("/", 3)[3] for one in asked]
    size = sum(packed(one / "index.html" if one.is_dir() else one) for one in files)
    assert size <= 40 * KIB, size


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", ["russia-china/", "reading/notes/"])
def test_nothing_moves(visit: Visit, address: str, width: int) -> None:
    page = visit(address, clock=False, size=(width, 800))
    page.evaluate(SHIFTS)
    page.evaluate("document.fonts.ready.then(() => true)")
    settle(page)
    point_at(page, ".prose > p .term[aria-controls] >> nth=0")
    page.wait_for_selector(".popup:popover-open")
    page.mouse.move(1, 1)
    until(page, "!document.querySelector(':popover-open')")
    settle(page)
    assert page.evaluate("shift") == 0
