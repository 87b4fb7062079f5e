"""Pages in the browser that no test of their text can judge: from right to left, and with pictures to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser_search.conftest import served
from tests.pictures import landscape, saved
from tests.project import article, build_project, write_project
from tests.sites.test_sites import copy


def test_arabic_reads_from_right_to_left(browser: Browser, tmp_path: Path) -> None:
    project = copy("languages", tmp_path)
    assert build_project(project).ok
    page = browser.new_page(viewport={"width": 1300, "height": 900})
    sides = {}
    for name in ("فيلنيوس", "vilnius"):
        page.goto((project / f"site/{name}/index.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        text, note = (page.locator(part).first.bounding_box() for part in (".prose > p", ".annotation"))
        assert text is not None
        assert note is not None
        sides[name] = note["x"] < text["x"]
    assert sides == {"فيلنيوس": True, "vilnius": False}, "the margin is where lines end"
    page.close()


@pytest.fixture(scope="module")
def with_a_photo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    files: dict[str, str | bytes] = {
        "content/articles/a/index.md": article("![Sky](photo.jpg)\n"),
        "content/articles/a/photo.jpg": saved(landscape(2000, 1000), "JPEG"),
    }
    folder = write_project(tmp_path_factory.mktemp("photo"), files)
    assert build_project(folder).ok
    with served(folder / "site") as address:
        yield address


@pytest.mark.parametrize(
    ("width", "density", "chosen"), [(320, 1, "photo-480"), (320, 3, "photo-960"), (1300, 2, "-1600")]
)
def test_the_browser_takes_the_size_that_fits(
    browser: Browser, with_a_photo: str, width: int, density: int, chosen: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 700}, device_scale_factor=density)
    page.goto(f"{with_a_photo}a/")
    image = page.locator(".prose img")
    image.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    source = str(image.evaluate("image => image.currentSrc"))
    assert chosen in source
    assert source.endswith(".webp")
    shape = image.evaluate("image => image.naturalWidth && 100 * image.clientWidth / image.clientHeight")
    assert shape == pytest.approx(200, abs=1)
    page.close()
