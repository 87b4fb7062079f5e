"""axe-core on every kind of page: no violation, with pop-ups closed and open, light, dark, narrow and forced."""

from __future__ import annotations

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

LOOKS = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "narrow": {"size": (320, 640), "color_scheme": "dark"},
}

RULES = {"resultTypes": ["violations"]}


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {[node['target'] for node in one['nodes'][:3]]}" for one in found]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page(visit: Visit, kind: str) -> None:
    page = visit(KINDS[kind], clock=False)
    for look in LOOKS.values():
        width, height = look.get("size", (1280, 800))
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=look.get("color_scheme", "light"), reduced_motion="reduce")
        assert violations(page) == [], look
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{look} scrolls sideways"


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("address", [KINDS["article"], KINDS["entry"], KINDS["right to left"]])
def test_open_popups(visit: Visit, address: str, look: str) -> None:
    page = visit(address, clock=False, reduced_motion="reduce", **LOOKS[look])
    page.locator("main .term[aria-controls]").first.click()
    assert len(shown(page)) == 1
    assert violations(page) == []
    inner = page.locator("#term--popup-1 .term")
    if inner.count():
        inner.first.click()
        assert len(shown(page)) == (1 if look == "narrow" else 2)
        assert violations(page) == []


def test_switched_off(visit: Visit) -> None:
    page = visit(KINDS["article"], clock=False, reduced_motion="reduce")
    page.get_by_role("switch").click()
    assert violations(page) == []
