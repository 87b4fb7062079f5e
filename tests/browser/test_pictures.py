"""Timelines and maps as they stand on the page."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.project import article, build_project, write_project

SPANS = """timeline:
  - {date: 1914-07-28, end: 1918-11-11, text: The first}
  - {date: 1915, end: 1916, text: Within}
  - {date: 1939-09-01, end: 1945-09-02, text: A text that needs more than a line of the list wherever it may stand}
  - {date: 1945-09-02, text: The same day}
  - {date: 1990, text: Much later}
"""


@pytest.fixture(scope="module")
def pictures(www: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    project = tmp_path_factory.mktemp("pictures")
    files: dict[str, str | bytes] = {
        "content/articles/ltr.md": article("Text.\n", SPANS),
        "content/articles/rtl.md": article("نص.\n", f"lang: ar\n{SPANS}"),
    }
    assert build_project(write_project(project, files), output=www / "pictures").ok
    return "pictures/"


MEASURE = """() => {
  const box = (it) => { const b = it.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; };
  const all = (what) => [...document.querySelectorAll(what)].map(box);
  return {rows: all('.timeline li'), dates: all('.timeline-date'), leaders: all('.axis-line line'),
          svg: all('.axis')[0], labels: all('.axis text'), marks: all('.axis-mark > *')};
}"""


@pytest.mark.parametrize("lang", ["ltr", "rtl"])
@pytest.mark.parametrize("width", [640, 1000, 1400])
def test_every_row_has_its_line_and_no_label_covers_another(visit: Visit, pictures: str, lang: str, width: int) -> None:
    found = visit(f"{pictures}{lang}/", size=(width, 900)).evaluate(MEASURE)
    left, top, right, bottom = found["svg"]
    for row in found["rows"]:
        middle = (row[1] + row[3]) / 2
        assert any(abs(leader[1] - middle) < 1 and abs(leader[3] - middle) < 1 for leader in found["leaders"])
    for a, b, c, d in (*found["labels"], *found["marks"], *found["leaders"]):
        assert left - 1 <= a <= c <= right + 1
        assert top - 1 <= b <= d <= bottom + 1
    labels = sorted(found["labels"], key=lambda label: label[1])
    assert all(before[3] <= after[1] + 2 for before, after in pairwise(labels))
    leaders = [leader for leader in found["leaders"] if leader[2] - leader[0] > 1]
    for date in found["dates"]:
        assert all(leader[2] <= date[0] or leader[0] >= date[2] for leader in leaders), "a line runs into a date"
    assert (found["labels"][0][0] > found["dates"][0][2]) is (lang == "rtl")


@pytest.mark.parametrize("width", [320, 390])
def test_narrow_screens_have_the_list_alone(visit: Visit, pictures: str, width: int) -> None:
    page = visit(f"{pictures}ltr/", size=(width, 900))
    assert not page.locator(".axis").is_visible()
    assert page.locator(".timeline li").count() == 5
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_drawn_figures_can_be_told_by_everyone(visit: Visit, pictures: str, scheme: str) -> None:
    for address in (f"{pictures}ltr/", f"{pictures}rtl/", "glossary/crimea/"):
        page = visit(address, clock=False, color_scheme=scheme)
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []


def colours(page: Page, selector: str) -> str:
    return str(page.locator(selector).first.evaluate("it => getComputedStyle(it).fill"))


def test_the_map_is_a_picture_with_a_name_in_the_colours_of_the_page(visit: Visit) -> None:
    light = visit("glossary/crimea/", color_scheme="light")
    dark = visit("glossary/crimea/", color_scheme="dark")
    picture = light.get_by_role("img", name="Crimea on the map, at 45.3° N, 34.4° E")
    box = picture.bounding_box()
    assert box is not None
    assert box["width"] / box["height"] == pytest.approx(4 / 3, abs=0.03)
    for selector in (".land", ".locator circle"):
        assert colours(light, selector) != colours(dark, selector)


def test_forced_colours_leave_land_and_place_apart(visit: Visit) -> None:
    page = visit("glossary/crimea/", forced_colors="active")
    assert colours(page, ".land") != colours(page, ".locator circle")
