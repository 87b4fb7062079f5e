"""The sample site: it builds without a finding, has no dead link, and keeps what the project promises."""

from __future__ import annotations

import gzip
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest

from generator.build import build
from generator.document import PageDocument
from generator.options import Options, Result
from tests.project import TODAY, load_project, opened, opened_entry

ROOT = Path(__file__).parent.parent

MAIN = "russia-china/index.html"

PEOPLE = (
    *("Joe Biden", "Xi Jinping", "Vladimir V. Putin", "Yuri V. Ushakov", "Narendra Modi", "Karen Donfried"),
    *("Cheng Xiaohe", "Dmitri Rogozin", "Sergei Radchenko"),
)

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr", "path"])


class Page(HTMLParser):
    """What a page holds that the tests ask for."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.styled: list[str] = []
        self.levels: list[int] = []
        self.scripts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.links += (str(given[name]) for name in ("href", "src") if given.get(name))
        if "id" in given:
            self.ids.append(str(given["id"]))
        if "style" in given or tag == "style" or any(name.startswith("on") for name in given):
            self.styled.append(str(self.get_starttag_text()))
        if tag == "script":
            self.scripts.append(str(self.get_starttag_text()))
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.levels.append(int(tag[1]))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    output = tmp_path_factory.mktemp("sample") / "site"
    return output, build(Options(project=ROOT, output=output, today=TODAY))


@pytest.fixture(scope="module")
def pages(site: tuple[Path, Result]) -> dict[str, Page]:
    return {path.relative_to(site[0]).as_posix(): Page(path.read_text("utf-8")) for path in site[0].rglob("*.html")}


def test_it_builds_without_a_finding(site: tuple[Path, Result]) -> None:
    assert site[1].diagnostics == ()
    assert site[1].pages > 50


def test_no_link_is_dead(site: tuple[Path, Result], pages: dict[str, Page]) -> None:
    dead = []
    for name, page in pages.items():
        base = "/" if name == "404.html" else ""
        for link in page.links:
            if link.startswith(("http:", "https:", "mailto:")):
                continue
            address, fragment = urldefrag(urljoin(f"http://host/{name.removesuffix('index.html')}", link))
            path = unquote(address.removeprefix("http://host/"))
            path = f"{path}index.html" if path == "" or path.endswith("/") else path
            if not (site[0] / path).is_file() or (fragment and unquote(fragment) not in pages[path].ids):
                dead.append(f"{base}{name}: {link}")
    assert dead == []


def test_ids_are_unique(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), name


def test_nothing_needs_inline_style_or_script(pages: dict[str, Page]) -> None:
    assert {name: page.styled for name, page in pages.items() if page.styled} == {}


def test_headings_skip_no_level(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        assert page.levels.count(1) == 1, name
        levels = page.levels
        assert levels[0] == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), f"{name}: {levels}"


def test_definitions_know_their_date(site: tuple[Path, Result]) -> None:
    main = (site[0] / MAIN).read_text("utf-8")
    later = (site[0] / "nato-enlargement/index.html").read_text("utf-8")

    def card(html: str) -> str:
        return html.split('id="term-nato"', 1)[1].split('id="term-', 1)[0]

    assert "30 " in card(main)
    assert "32 " not in card(main).split("Since then", 1)[0]
    assert "15 December 2021" in card(main)
    assert "32 " in card(later)
    assert "30 " not in card(later)


@pytest.mark.parametrize("slug", ["nato", "crimea", "levada-center"])
def test_each_opens_its_definition_without_script(site: tuple[Path, Result], slug: str) -> None:
    main = (site[0] / MAIN).read_text("utf-8")
    assert f'<a class="term" href="#term-{slug}" id="ref-{slug}-1">' in main
    assert main.count(f'id="term-{slug}"') == 1


def test_the_articles_are_as_long_and_annotated_as_promised() -> None:
    loaded = load_project(ROOT)
    assert loaded.site is not None
    documents: dict[str, PageDocument] = {a.slug: opened(loaded, a.slug).document for a in loaded.site.articles}
    assert set(documents) == {"russia-china", "nato-enlargement", "crimea-since-2014"}
    main = documents["russia-china"]
    assert len(main.body.text.split()) >= 1200
    assert len(main.annotations) >= 8
    assert {a.state for d in documents.values() for a in d.annotations} <= {"exact", "exact-by-context"}


def test_every_entry_has_a_source_and_the_people_are_there() -> None:
    loaded = load_project(ROOT)
    assert loaded.site is not None
    names = {entry.document.matter.name.value for entry in loaded.site.entries}
    assert set(PEOPLE) <= names
    assert len(names) >= 45
    assert [slug for slug in loaded.site.by_slug if not opened_entry(loaded, slug).sources] == []


def test_the_main_explainer_keeps_its_budgets(site: tuple[Path, Result]) -> None:
    html = (site[0] / MAIN).read_bytes()
    (style,) = (site[0] / "assets").glob("style.*.css")
    packed = {"page": len(gzip.compress(html)), "style": len(gzip.compress(style.read_bytes()))}
    assert packed["style"] <= 10 * 1024
    assert sum(packed.values()) <= 40 * 1024, packed
