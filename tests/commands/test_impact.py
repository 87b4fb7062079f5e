from __future__ import annotations

from pathlib import Path

from tests.commands.check.desk import Run
from tests.project import article, entry, write_project

FILES: dict[str, str | bytes] = {
    "content/articles/now.md": article("Of NATO\nand NATO.\n", "as_of: 2025-01-01\n"),
    "content/articles/then.md": article("A note.\n\nIn 2021 NATO spoke.\n", "pin: true\n"),
    "content/articles/plain.md": article("NATO.\n", "glossary: {mentions: none}\n"),
    "content/articles/noted.md": article("Words here.\n", "annotations: [{quote: Words, note: Of NATO.}]\n"),
    "content/articles/draft.md": article("NATO.\n", "draft: true\n"),
    "content/articles/other.md": article("Nothing.\n"),
    "content/pages/about.md": "On NATO.\n",
    "content/glossary/un.md": entry("UN", summary="Not NATO."),
    "content/glossary/g20.md": entry("G20"),
    "content/glossary/nato.md": entry(
        "NATO", front_matter="history: [{until: 2023-04-04, summary: Of 30 countries.}]\n", summary="Of 32 countries."
    ),
}


def test_who_shows_which_definition_with_the_words_around(tmp_path: Path, run: Run) -> None:
    done = run("impact", "nato", cwd=write_project(tmp_path, FILES), SOURCE_DATE_EPOCH="1795478400")  # 2026-11-24
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "content/articles/noted.md: as of 2021-12-15, shows the definition until 2023-04-04: “Of 30 countries.”",
        "  4: Of [NATO]. (marked)",
        "content/articles/now.md: as of 2025-01-01, shows the present definition",
        "  6: Of [NATO] and NATO. (marked)",
        "  7: Of NATO and [NATO]. (unmarked)",
        "content/articles/plain.md: shows no definition, as nothing is marked",
        "  6: [NATO]. (unmarked)",
        "content/articles/then.md: as of 2021-12-15, pinned, shows the definition until 2023-04-04: “Of 30 countries.”",
        "  8: In 2021 [NATO] spoke. (marked)",
        "content/pages/about.md: as of 2026-11-24, shows the present definition",
        "  1: On [NATO]. (marked)",
        "content/glossary/un.md: an entry, shows what holds today",
        '"NATO": 4 articles, 1 other page, 1 entry; the present definition is on 2 of 5 pages',
    ]


def test_an_entry_that_nothing_mentions(tmp_path: Path, run: Run) -> None:
    done = run("impact", "G20", cwd=write_project(tmp_path, FILES))
    assert done.returncode == 0
    assert done.stdout == 'nothing mentions "G20": a change to it changes its own page and the glossary\n'


def test_an_entry_that_is_not_there_is_a_wrong_command_line(tmp_path: Path, run: Run) -> None:
    done = run("impact", "OPEC", cwd=write_project(tmp_path, FILES))
    assert done.returncode == 2
    assert "OPEC" in done.stderr
