"""The search in a real browser: over the glossary from anywhere, over the full text from a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.model import OutputPath
from generator.render.search import search_files
from tests.browser_search.conftest import served
from tests.project import article, build_project, entry, write_project

FILES: dict[str, str | bytes] = {
    "content/site.yaml": "title: Test\nsearch: pagefind\n",
    "content/glossary/nato.md": entry(
        "NATO",
        front_matter="aliases: [North Atlantic Treaty Organization, the Atlantic alliance]\n",
        summary="A military pact of thirty-two countries.",
    ),
    "content/glossary/pact.md": entry("pact", "term", summary="What states promise each other in writing."),
    "content/glossary/warsaw.md": entry("Warsaw Pact", summary="The eastern alliance, which ended in 1991."),
    "content/glossary/siauliai.md": entry("Šiauliai", "place", summary="A city with an airfield."),
    "content/articles/harbour.md": article(
        "The harbours of the north freeze in winter, and NATO keeps its airfields there.\n\n"
        "Somebody wrote `<img src=x onerror=alert(1)>` on an icebreaker.\n"
    ),
    "content/articles/river.md": article("A river is no border, say those who live on it.\n"),
}


def build(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Build a project with its full text search; return the site's folder."""
    project = write_project(folder, files)
    assert build_project(project).diagnostics == ()
    site = project / "site"
    pages = [(OutputPath(p.relative_to(site).as_posix()), p.read_bytes()) for p in site.rglob("*.html")]
    found, problems = search_files(pages, project / ".cache/pagefind", "en")
    assert problems == []
    for file in found:
        (site / file.path).parent.mkdir(parents=True, exist_ok=True)
        (site / file.path).write_bytes(file.content)
    return site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("search"), FILES)


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as url:
        yield url


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda problem: problems.append(str(problem)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("dialog", lambda dialog: problems.append(dialog.message))
    yield page
    page.close()
    assert problems == []


def names(page: Page) -> list[str]:
    """Return the entries that are shown, in their order."""
    return page.locator(".search-results").first.locator("li:visible a").all_inner_texts()


FOUND = {
    "nato": ["NATO"],
    "NORTH ATLANTIC": ["NATO"],
    "the atlantic alliance": ["NATO"],
    "pact": ["pact", "Warsaw Pact", "NATO"],
    "pact thirty": ["NATO"],
    "siauliai": ["Šiauliai"],
    "ŠIAU": ["Šiauliai"],
    "nobody": [],
    "  ": ["NATO", "pact", "Warsaw Pact", "Šiauliai"],
}


def test_entries_are_found_at_once_from_disk(page: Page, site: Path) -> None:
    html = (site / "search/index.html").read_text("utf-8").replace("data-pagefind", "data-without")
    copy = site / "search/glossary.html"
    copy.write_text(html, "utf-8")
    page.goto(copy.as_uri())
    box = page.get_by_role("searchbox")
    expect(box).to_be_focused()
    for typed, shown in FOUND.items():
        box.clear()
        box.press_sequentially(typed)
        assert names(page) == shown, typed
        expect(page.get_by_role("status")).to_have_text(f"Results: {len(shown)}")
    copy.unlink()


def test_a_result_says_what_it_is_and_leads_to_its_entry(page: Page, address: str) -> None:
    page.goto(f"{address}search/")
    page.get_by_role("searchbox").fill("atlantic")
    result = page.get_by_role("listitem").filter(has_text="NATO").first
    expect(result).to_have_text("NATO OrganizationA military pact of thirty-two countries.")
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("link", name="NATO")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}glossary/nato/")


def test_the_box_in_the_header_leads_to_the_results(page: Page, address: str) -> None:
    page.goto(f"{address}river/")
    page.get_by_role("searchbox", name="Search").fill("warsaw")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}search/?q=warsaw")
    assert names(page) == ["Warsaw Pact"]
    expect(page.get_by_role("searchbox")).to_have_value("warsaw")
    expect(page.get_by_role("searchbox")).to_have_count(1)


def test_without_script_the_page_is_the_glossary(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}search/?q=nato")
    assert names(page) == ["NATO", "pact", "Warsaw Pact", "Šiauliai"]
    assert "<noscript><p>Search needs JavaScript" in page.content()
    context.close()


def texts(page: Page) -> list[str]:
    return page.get_by_role("list", name="In the texts").locator("a").all_inner_texts()


def test_the_full_text_is_searched_and_loaded_on_use(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    page.goto(f"{address}search/")
    page.wait_for_load_state("networkidle")
    assert not any("pagefind" in url for url in asked)
    page.get_by_role("searchbox").press_sequentially("freezing", delay=20)
    found = page.get_by_role("list", name="In the texts")
    expect(found.get_by_role("link")).to_have_text("Title")
    expect(found).to_contain_text("harbours of the north freeze in winter")
    expect(found.locator("mark").first).to_have_text("freeze")
    expect(page.get_by_role("status")).to_have_text("Results: 1")
    assert all(not url.startswith("http") for url in asked), "nothing from another host"
    page.get_by_role("searchbox").press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}harbour/")


def test_definitions_are_found_on_entries_alone(page: Page, address: str) -> None:
    with page.expect_response("**/fragment/*"):
        page.goto(f"{address}search/?q=thirty-two")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("status")).to_have_text("Results: 1")
    assert (names(page), texts(page)) == (["NATO"], [])


def test_entries_come_first(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=nato")
    expect(page.get_by_role("status")).to_have_text("Results: 2")
    assert page.locator("main li:visible a").all_inner_texts() == ["NATO", "Title"]


def test_what_is_typed_last_is_shown(page: Page, address: str) -> None:
    page.goto(f"{address}search/")
    for words in ("harbour", "river", "harbour", "border"):
        page.get_by_role("searchbox").fill(words)
    expect(page.get_by_role("list", name="In the texts")).to_contain_text("A river is no border")
    expect(page.get_by_role("status")).to_have_text("Results: 1")
    page.get_by_role("searchbox").fill("")
    expect(page.get_by_role("status")).to_have_text("Results: 4")
    assert texts(page) == []


def test_markup_in_a_text_stays_text(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=icebreaker")
    found = page.get_by_role("list", name="In the texts")
    expect(found).to_contain_text("<img src=x onerror=alert(1)> on an icebreaker")
    assert found.locator("img").count() == 0


def test_from_disk_it_says_that_the_texts_are_not_searched(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / "search/index.html").as_uri())
    page.get_by_role("searchbox").fill("pact")
    expect(page.get_by_role("status")).to_have_text("Results: 3 The texts can be searched in the published site alone.")
    assert names(page) == ["pact", "Warsaw Pact", "NATO"]
    page.close()
