from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.project import article, build_project, entry, found, write_project

FILES: dict[str, str | bytes] = {
    "content/site.yaml": "title: Test\nurl: https://example.org/base/\n",
    "content/articles/one.md": article("NATO spoke.\n"),
    "content/glossary/nato.md": entry(
        "NATO",
        front_matter="aliases: [the Alliance]\nhistory: [{until: 2030-01-01, summary: An *old* pact.}]\n",
        summary="A pact of the future.",
    ),
    "content/glossary/šiauliai.md": entry("Šiauliai <x>", "place", "lang: lt\n", summary="Miestas [@s].").replace(
        "kind:", "sources: {s: {title: S}}\nkind:"
    ),
    "content/glossary/draft.md": entry("Secret", front_matter="draft: true\n"),
}


def test_the_data_file_holds_what_holds_today(tmp_path: Path) -> None:
    assert build_project(write_project(tmp_path, FILES)).ok
    assert json.loads((tmp_path / "site/glossary.json").read_bytes()) == {
        "title": "Test",
        "url": "https://example.org/base/",
        "language": "en",
        "entries": [
            {
                "name": "NATO",
                "kind": "organization",
                "url": "glossary/nato/",
                "language": "en",
                "aliases": ["the Alliance"],
                "summary": "An old pact.",
            },
            {
                "name": "Šiauliai <x>",
                "kind": "place",
                "url": "glossary/%C5%A1iauliai/",
                "language": "lt",
                "aliases": [],
                "summary": "Miestas.",
            },
        ],
    }


def test_the_search_page_lists_every_entry(tmp_path: Path) -> None:
    assert build_project(write_project(tmp_path, FILES)).ok
    text = (tmp_path / "site/search/index.html").read_text("utf-8")
    assert (
        '<li data-names="; NATO; the Alliance;" data-kind="organization"><a href="../glossary/nato/">NATO</a>' in text
    )
    assert "<p>An old pact.</p>" in text
    assert 'lang="lt" dir="auto"><a href="../glossary/%C5%A1iauliai/">Šiauliai &lt;x&gt;</a>' in text
    assert "Secret" not in text
    assert "pagefind" not in text
    assert '<meta name="robots" content="noindex">' in text
    assert text.count('type="search"') == 1


@pytest.mark.parametrize(("search", "page", "box"), [("glossary", True, True), ("none", False, False)])
def test_where_there_is_no_search_there_is_no_box(tmp_path: Path, search: str, page: bool, box: bool) -> None:
    files = {**FILES, "content/site.yaml": f"title: Test\nsearch: {search}\n"}
    assert build_project(write_project(tmp_path, files)).ok
    assert (tmp_path / "site/search/index.html").exists() == page
    assert ('action="../search/"' in (tmp_path / "site/one/index.html").read_text("utf-8")) == box
    assert (tmp_path / "site/glossary.json").exists()


def test_the_addresses_are_taken(tmp_path: Path) -> None:
    files = {**FILES, "content/pages/search.md": "Mine.\n", "content/static/glossary.json": "{}"}
    assert found(build_project(write_project(tmp_path, files))) == [
        "pages/search.md:1:1 error address-taken",
        "static/glossary.json:1:1 error address-taken",
    ]


def test_cards_are_not_searched(tmp_path: Path) -> None:
    assert build_project(write_project(tmp_path, FILES)).ok
    text = (tmp_path / "site/one/index.html").read_text("utf-8")
    assert "<article data-pagefind-body>" in text
    assert '<section class="terms" data-pagefind-ignore id="terms">' in text
