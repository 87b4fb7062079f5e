from __future__ import annotations

import importlib.util
import random
from pathlib import Path

import pytest

from generator.model import OutputPath, Position
from generator.output import File
from generator.render import search
from generator.render.search import search_files, setting_at


def page(text: str, *, head: str = "", body: str = " data-pagefind-body", lang: str = "en") -> bytes:
    html = f'<!doctype html>\n<html lang="{lang}">\n<head>\n{head}</head>\n<body><nav>Menu</nav>\n'
    return f"{html}<main{body}><h1>Title</h1><p>{text}</p></main></body></html>".encode()


PAGES = [
    (OutputPath("one/index.html"), page("Harbours freeze.")),
    (OutputPath("two/index.html"), page("Uostai užšąla.", lang="lt")),
    (OutputPath("glossary/index.html"), page("Everything.", body="")),
]


def made(files: list[File]) -> dict[str, bytes]:
    return {file.path: file.content for file in files}


def search_all(cache: Path, pages: list[tuple[OutputPath, bytes]] = PAGES) -> dict[str, bytes]:
    files, problems = search_files(pages, cache, "en")
    assert problems == []
    return made(files)


def test_the_files_that_the_page_loads_and_no_others(tmp_path: Path) -> None:
    files = search_all(tmp_path)
    assert {"pagefind/pagefind.js", "pagefind/pagefind-entry.json", "pagefind/wasm.en.pagefind"} <= files.keys()
    assert not any(name.endswith((".css", "ui.js", "highlight.js")) for name in files)
    assert sum(name.startswith("pagefind/fragment/") for name in files) == 2, "both languages, the marked pages alone"


def test_the_same_files_in_any_order_and_run(tmp_path: Path) -> None:
    pages = [(OutputPath(f"{n}/index.html"), page(f"Word{n} and harbours.")) for n in range(40)]
    first = search_all(tmp_path / "first", pages)
    random.Random(3).shuffle(pages)
    assert search_all(tmp_path / "second", pages) == first


def test_it_runs_where_a_searched_text_has_changed_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = []
    original = search.run
    monkeypatch.setattr(search, "run", lambda *given: runs.append(given) or original(*given))
    first = search_all(tmp_path)
    assert search_all(tmp_path, PAGES[::-1]) == first
    other_head = [(path, content.replace(b"<head>", b"<head><title>x</title>")) for path, content in PAGES]
    assert search_all(tmp_path, other_head) == first
    assert search_all(tmp_path, [*PAGES[:2], (PAGES[2][0], page("Else.", body=""))]) == first
    assert len(runs) == 1
    changed = search_all(tmp_path, [(PAGES[0][0], page("Rivers freeze.")), *PAGES[1:]])
    assert changed.keys() != first.keys()
    search_all(tmp_path, PAGES[:1])
    assert len(runs) == 3
    assert len(list(tmp_path.iterdir())) == 1, "only the last one is kept"


def test_what_was_kept_and_damaged_is_made_anew(tmp_path: Path) -> None:
    first = search_all(tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:-5])
    assert search_all(tmp_path) == first


def test_without_pagefind_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if "pagefind" in name else original(name))
    files, (problem,) = search_files(PAGES, tmp_path, "en", Position(3, 9))
    assert files == []
    assert (problem.code, problem.path, problem.line, problem.column) == (
        *("search-missing", "content/site.yaml"),
        *(3, 9),
    )
    assert 'pip install "annotated-explainers[search]"' in problem.hint


def test_where_pagefind_fails_its_words_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "LEFT_OUT", "<<not a selector>>")
    files, (problem,) = search_files(PAGES, tmp_path, "en", Position(2, 1))
    assert files == []
    assert (problem.code, problem.line) == ("search-failed", 2)
    assert "panicked" in " ".join(problem.notes)


def test_a_site_without_texts_has_nothing_to_search(tmp_path: Path) -> None:
    assert search_files(PAGES[2:], tmp_path, "en") == ([], [])


@pytest.mark.parametrize(
    ("settings", "line", "column"),
    [("title: T\nsearch: pagefind\n", 2, 9), ("search:   pagefind", 1, 11), ("{search: pagefind}", 1, 1)],
)
def test_where_the_setting_is(settings: str, line: int, column: int) -> None:
    assert setting_at(settings) == Position(line, column)
