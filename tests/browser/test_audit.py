"""axe-core on every kind of page: no violation, wide and narrow, light and dark, with pop-ups closed and open."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.reader import shown

KINDS = {
    "home": "",
    "article": "russia-china/",
    "entry": "glossary/nato/",
    "mentions": "glossary/nato/mentions/",
    "glossary": "glossary/",
    "tag": "tags/russia/",
    "page": "about/",
    "not found": "404.html",
    "right to left": "reading/arabic/",
}

LOOKS: dict[str, dict[str, Any]] = {
    "wide and light": {},
    "narrow and dark": {"size": (320, 640), "color_scheme": "dark"},
}


def violations(page: Page, context: str = "document", **options: Any) -> list[str]:
    """Return what axe finds; the measuring of every word's contrast, which takes longest, may be left out."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate(f"options => axe.run({context}, options)", {"resultTypes": ["violations"], **options})
    return [f"{one['id']}: {[node['target'] for node in one['nodes'][:3]]}" for one in found["violations"]]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page(visit: Visit, kind: str, look: str) -> None:
    page = visit(KINDS[kind], clock=False, reduced_motion="reduce", **LOOKS[look])
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("kind", ["article", "entry", "right to left"])
def test_open_popups(visit: Visit, kind: str, look: str) -> None:
    page = visit(KINDS[kind], clock=False, reduced_motion="reduce", **LOOKS[look])
    page.locator("main .term[aria-controls]").first.click()
    inner = page.locator("#term--popup-1 .term")
    expected = 1
    if inner.count():
        inner.first.click()
        expected += look.startswith("wide")
    assert len(shown(page)) == expected
    assert violations(page, rules={"color-contrast": {"enabled": False}}) == []
    assert violations(page, "'.popup:popover-open'", runOnly=["color-contrast"]) == []


def test_switched_off(visit: Visit) -> None:
    page = visit(KINDS["right to left"], clock=False)
    page.get_by_role("switch").click()
    assert violations(page) == []
