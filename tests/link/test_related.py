from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import load
from generator.jobs import parallel
from generator.link.related import FEW, NEAR, TELLING, scores_of
from generator.options import Options
from tests.project import TODAY, article, entry, load_project, write_project

NAMES = ("Alpha", "Beta", "Gamma", "Delta")


def related(tmp_path: Path, texts: dict[str, str], front: dict[str, str] | None = None) -> dict[str, list[str]]:
    files: dict[str, str | bytes] = {f"content/glossary/{name.lower()}.md": entry(name) for name in NAMES}
    for number, (slug, text) in enumerate(texts.items(), start=1):
        source = article(f"{text}.\n", (front or {}).get(slug, "")).replace("2021-12-15", f"2021-01-{number:02}")
        files[f"content/articles/{slug}.md"] = source
    loaded = load_project(write_project(tmp_path, files))
    assert loaded.site is not None
    return {
        path.removeprefix("content/articles/").removesuffix(".md"): [link.url.strip("/") for link in links]
        for path, links in loaded.site.related.items()
    }


def test_a_rare_entry_counts_more_than_common_ones(tmp_path: Path) -> None:
    texts = {"rare": "Alpha", "common": "Beta", "too": "Beta", "more": "Beta", "it": "Alpha and Beta"}
    assert related(tmp_path, texts)["it"] == ["rare", "more", "too"]


def test_of_equals_the_newer_comes_first_and_there_are_few(tmp_path: Path) -> None:
    texts = dict.fromkeys(("one", "two", "three", "four", "five", "six"), "Alpha")
    found = related(tmp_path, texts)
    assert found["one"] == ["six", "five", "four"]
    assert all(len(links) == FEW for links in found.values())


def test_nothing_shared_is_nothing_related(tmp_path: Path) -> None:
    assert related(tmp_path, {"one": "Alpha", "two": "Beta", "three": "Nothing"}) == {}


def test_unmarked_mentions_count_and_a_pages_own_terms_do_not(tmp_path: Path) -> None:
    own = "glossary: {terms: {Alpha: Mine.}}\n"
    texts = {"one": "Alpha", "two": "Alpha", "three": "Beta", "four": "Beta"}
    front = {"one": own, "two": own, "three": "glossary: {mentions: none}\n"}
    assert related(tmp_path, texts, front) == {"three": ["four"], "four": ["three"]}


def test_the_series_is_left_out_as_the_page_names_it_anyway(tmp_path: Path) -> None:
    texts = {"one": "Alpha", "two": "Alpha", "three": "Alpha"}
    front = {"one": "series: S\n", "two": "series: S\n"}
    assert related(tmp_path, texts, front) == {"one": ["three"], "two": ["three"], "three": ["two", "one"]}


def test_the_work_for_an_article_does_not_grow_with_the_site() -> None:
    everywhere = {f"entry-{number}": list(range(5000)) for number in range(40)}
    scores = scores_of(2500, sorted(everywhere), everywhere)
    assert sorted(scores) == [i for i in range(2500 - NEAR, 2500 + NEAR + 1) if i != 2500]
    assert set(scores.values()) == {TELLING * (1_000_000 // 5000)}


def test_other_processes_find_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files: dict[str, str | bytes] = {f"content/glossary/{name.lower()}.md": entry(name) for name in NAMES}
    for number in range(60):
        text = " and ".join(name for place, name in enumerate(NAMES) if number >> place & 1) or "Nothing"
        front = f"series: s{number % 7}\n" if number % 3 == 0 else ""
        files[f"content/articles/a{number}.md"] = article(f"{text}.\n", front)
    project = write_project(tmp_path, files)
    options = Options(project=project, output=project / "site", today=TODAY)
    here = load(options).site
    monkeypatch.setattr("generator.link.related.MANY", 1)
    there = load(options, parallel(2)).site
    assert here is not None
    assert there is not None
    assert here.nearest.indexes
    assert here.nearest == there.nearest
