"""The benchmark's corpus: what its figures are said to be of is what is built."""

from __future__ import annotations

import sys
from pathlib import Path

from generator.build import build
from generator.options import Options
from tests.benchmarks.corpus import (
    Corpus,
    make_corpus,
    rare_entry,
    with_alias_added,
    with_article_edited,
    with_newest_edited,
    with_summary_edited,
)
from tests.benchmarks.laid_out import LaidOut
from tests.benchmarks.measure import Run, peak_memory, run
from tests.benchmarks.peers import Generator, eleventy_files, hugo_files, ours
from tests.benchmarks.table import row_of, table_of
from tests.project import TODAY


def built(corpus: Corpus, folder: Path) -> LaidOut:
    """Return a corpus, laid out and built by this program."""
    site = LaidOut(ours(None), folder)
    site.write(corpus)
    result = build(Options(project=folder, output=folder / "site", today=TODAY))
    assert result.diagnostics == ()
    return site


def test_every_mention_is_linked(tmp_path: Path) -> None:
    assert built(make_corpus(8, 12), tmp_path).mentions() == "200 mentions linked in 8 articles that have 200"


def test_an_added_alias_is_one_mention_more(tmp_path: Path) -> None:
    edited = with_alias_added(make_corpus(8, 12), 3)
    assert built(edited, tmp_path).mentions() == "201 mentions linked in 8 articles that have 200"


def test_more_entries_leave_the_articles_as_they_are() -> None:
    small, large = make_corpus(5, 10), make_corpus(5, 100, 10)
    assert large.articles == small.articles
    assert large.entries[:10] == small.entries


def test_an_edit_changes_one_file_for_each_generator() -> None:
    corpus = make_corpus(6, 8)
    for edit in (with_article_edited, with_newest_edited, with_summary_edited, with_alias_added):
        edited = edit(corpus, 1)
        for lay_out in (ours(None).lay_out, eleventy_files, hugo_files):
            before, after = lay_out(corpus), lay_out(edited)
            changed = [path for path in after if after[path] != before[path] and path.endswith(".md")]
            assert before.keys() == after.keys()
            assert len(changed) == 1


def test_the_entry_that_is_edited_stands_on_a_hundredth_of_the_articles() -> None:
    corpus = make_corpus(300, 100)
    assert 2 <= corpus.readers_of()[rare_entry(corpus)] <= 4


def test_only_changed_files_are_written(tmp_path: Path) -> None:
    corpus = make_corpus(3, 4)
    site = LaidOut(ours(None), tmp_path)
    site.write(corpus)
    for path in tmp_path.rglob("*.md"):
        path.write_text("as it was")
    site.write(with_newest_edited(corpus, 1))
    kept = sorted(path.stem for path in tmp_path.rglob("a*.md") if path.read_text() == "as it was")
    assert kept == ["a00000", "a00001"]


def test_a_cold_build_begins_from_nothing(tmp_path: Path) -> None:
    leaves = "import pathlib; p = pathlib.Path('made'); print(p.exists()); p.mkdir(exist_ok=True)"
    made = Generator("one", (sys.executable, "-c", leaves), lambda _: {}, ("made",), "", "")
    site = LaidOut(made, tmp_path)
    assert [site.build(cold=cold).said.strip() for cold in (True, False, True)] == ["False", "True", "False"]


def test_time_and_memory_are_those_of_all_processes(tmp_path: Path) -> None:
    works = "import time; b = time.process_time()\nwhile time.process_time() - b < .2: pass"
    holds = "import time; held = b'x' * 60_000_000; time.sleep(.4)"
    child = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]])"
    done = run((sys.executable, "-c", child, works), tmp_path, {})
    assert 0.2 <= done.cpu < 2
    assert done.wall >= 0.2
    most = peak_memory((sys.executable, "-c", child, holds), tmp_path, {})
    assert most is None or 60e6 < most < 200e6


def test_the_table_has_the_shortest_times_and_their_ratios() -> None:
    runs = {"ours": [Run(1, 2, ""), Run(3, 1, ""), Run(2, 4, "")], "other": [Run(4, 4, "")]}
    row = row_of("cold", runs)
    assert table_of([row], ["ours", "other"]).splitlines()[2] == (
        "| cold | 1.00 / 2.00 / 1.00 | 4.00 / 4.00 / 4.00 | 0.25 |"
    )
    alone = table_of([row], ["ours"], ["Hugo"]).splitlines()
    assert alone == [
        "| s: shortest / median / CPU | ours | Hugo |",
        "| --- | --- | --- |",
        "| cold | 1.00 / 2.00 / 1.00 | not installed |",
    ]
