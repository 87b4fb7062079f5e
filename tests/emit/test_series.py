"""Series and archive: their pages, and where an article names them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.project import article, build_project, found, load_project, write_project


def part(title: str, date: str, series: str = "The wall") -> str:
    return f"---\ntitle: {title}\ndate: {date}\nseries: {series}\n---\nText.\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files: dict[str, str | bytes] = {
        "content/site.yaml": "title: Test\npaginate: 2\n",
        "content/articles/c.md": part("First", "2020-01-31"),
        "content/articles/b.md": part("Second", "2020-02-01"),
        "content/articles/a.md": part("Third", "2021-05-06"),
        "content/articles/alone.md": article("Text.\n").replace("Title", "Alone"),
        "content/pages/index-of-parts.md": "---\nseries: The wall\n---\n# Coda\n\nText.\n",
    }
    folder = write_project(tmp_path_factory.mktemp("series"), files)
    assert build_project(folder).diagnostics == ()
    return folder / "site"


def main(site: Path, page: str) -> str:
    return (site / page / "index.html").read_text("utf-8").split("<main", 1)[1].split("</main", 1)[0]


def links(html: str) -> list[str]:
    return re.findall(r'<a href="([^"]+)"[^>]*>\w+</a>', html)


def test_a_series_is_listed_oldest_first_on_one_page(site: Path) -> None:
    html = main(site, "series/the-wall")
    assert "<h1>The wall</h1>" in html
    assert links(html) == ["../../c/", "../../b/", "../../a/", "../../index-of-parts/"]
    assert not (site / "series/the-wall/page").exists()


def test_an_article_names_what_comes_before_and_after_it(site: Path) -> None:
    def nav(page: str) -> str:
        return main(site, page).split('<nav class="series"', 1)[1].split("</nav>", 1)[0]

    assert "Part 2 of 4" in nav("b")
    assert re.findall(r'<a href="([^"]+)" rel="(\w+)">(\w+)</a>', nav("b")) == [
        ("../c/", "prev", "First"),
        ("../a/", "next", "Third"),
    ]
    assert 'rel="prev"' not in nav("c")
    assert re.findall(r'rel="(\w+)">(\w+)<', nav("a")) == [("prev", "Second"), ("next", "Coda")]
    assert 'rel="next"' not in nav("index-of-parts")
    assert 'class="series"' not in main(site, "alone")


def test_the_archive_has_a_page_a_year_with_all_its_articles_by_month(site: Path) -> None:
    html = main(site, "archive/2020")
    assert re.findall(r"<h2><time datetime=\"([0-9-]+)\">([^<]+)<", html) == [
        ("2020-02", "February 2020"),
        ("2020-01", "January 2020"),
    ]
    assert links(html) == ["../../b/", "../../c/", "../../archive/2021/", "../../archive/2020/"]
    assert 'href="../../archive/2020/" aria-current="page"' in html
    years = ["../../archive/2021/", "../../archive/2020/"]
    assert links(main(site, "archive/2021")) == ["../../alone/", "../../a/", *years]
    assert not (site / "archive/2022").exists()


def test_the_home_page_leads_to_the_archive(site: Path) -> None:
    assert re.findall(r'href="(archive/\d+/)"', main(site, ".")) == ["archive/2021/", "archive/2020/"]
    assert "archive/" not in main(site, "page/2")


def test_spellings_of_one_series_are_told(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "content/articles/a.md": part("A", "2020-01-01"),
        "content/articles/b.md": part("B", "2020-01-02", "the Wall"),
        "content/articles/c.md": part("C", "2020-01-03", "'!?'"),
    }
    loaded = load_project(write_project(tmp_path, files))
    assert found(loaded) == [
        "articles/b.md:4:9 warning series-spelling",
        "articles/c.md:4:9 error slug-unusable",
    ]
    assert 'the series "the Wall" is spelt "The wall" in content/articles/a.md' in loaded.diagnostics[0].message


@pytest.mark.parametrize(("name", "address"), [("the-wall", "/series/{slug}/"), ("2020", "/archive/{slug}/")])
def test_their_addresses_are_taken(tmp_path: Path, name: str, address: str) -> None:
    files: dict[str, str | bytes] = {
        "content/site.yaml": f'title: Test\npermalinks: {{page: "{address}"}}\n',
        "content/articles/a.md": part("A", "2020-01-01"),
        f"content/pages/{name}.md": "---\ntitle: Mine\n---\nText.\n",
    }
    assert found(build_project(write_project(tmp_path, files))) == [f"pages/{name}.md:1:1 error address-taken"]
