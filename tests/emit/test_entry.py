from __future__ import annotations

import re
from pathlib import Path

from tests.project import article, build_project, entry, write_project


def test_an_entry_never_marks_itself_and_marks_the_others(tmp_path: Path) -> None:
    nato = entry("NATO", summary="NATO is not Moscow.") + "\n[NATO](term:nato), [[NATO]] and South NATO; Moscow.\n"
    files: dict[str, str | bytes] = {
        "content/glossary/nato.md": nato,
        "content/glossary/moscow.md": entry("Moscow", "place", summary="Far from NATO."),
        "content/articles/one.md": article("Text.\n"),
    }
    assert build_project(write_project(tmp_path, files)).ok
    page = (tmp_path / "site/glossary/nato/index.html").read_text("utf-8")
    assert "#term-nato" not in page
    assert 'href="./"' not in page.split("<main", 1)[1]
    assert page.count('href="#term-moscow"') == 2
    assert 'id="term-moscow"' in page


def test_backlinks_count_unmarked_mentions_too(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "content/glossary/nato.md": entry("NATO"),
        "content/glossary/moscow.md": entry("Moscow", "place"),
        "content/articles/none.md": article("Quietly NATO.\n", "glossary: {mentions: none}\n"),
        "content/articles/marked.md": article("Loudly NATO.\n"),
        "content/articles/excluded.md": article("Wrongly NATO.\n", "glossary: {exclude: [nato]}\n"),
        "content/articles/heading.md": article("## NATO alone\n"),
    }
    assert build_project(write_project(tmp_path, files)).ok
    page = (tmp_path / "site/glossary/nato/index.html").read_text("utf-8")
    links = re.findall(r'class="backlink-title"><a href="([^"]+)"', page)
    assert links == ["../../marked/#ref-nato-1", "../../none/"]
    assert "Quietly" in page
    assert "backlink-title" not in (tmp_path / "site/glossary/moscow/index.html").read_text("utf-8")


def test_an_entry_shows_what_holds_now_and_its_history(tmp_path: Path) -> None:
    history = "history:\n  - {until: 2023-04-04, summary: Of 30., then: Finland joined.}\n"
    files: dict[str, str | bytes] = {"content/glossary/nato.md": entry("NATO", front_matter=history, summary="Of 32.")}
    assert build_project(write_project(tmp_path, files)).ok
    page = (tmp_path / "site/glossary/nato/index.html").read_text("utf-8")
    head, table = page.split("<main", 1)[1].split("<table", 1)
    assert "Of 32." in head
    assert "Of 30." not in head
    assert re.findall(r"Of 3\d\.|Finland joined\.|4 April 2023", table) == [
        "4 April 2023",
        "Of 30.",
        "4 April 2023",
        "Finland joined.",
        "Of 32.",
    ]
