from __future__ import annotations

from pathlib import Path

import pytest

from generator.read.rewrite import replace_value
from tests.project import article, write_project
from tests.test_cli import run

BODY = "On Wednesday the two men spoke for two hours by video.\n"
OLD = "the two men spoke for an hour by video"
NEW = "the two men spoke for two hours by video"

STYLES = {
    "plain": f"annotations:\n  - quote: {OLD} # why\n    note: n\n",
    "single": f"annotations:\n  - quote: '{OLD}'\n    note: n\n",
    "double": f'annotations:\n  - quote: "{OLD}"\n    note: n\n',
    "folded": "annotations:\n  - quote: >-\n      the two men spoke\n      for an hour by video\n    note: n\n",
    "literal": f"annotations:\n  - quote: |\n      {OLD}\n    note: n\n",
    "flow": f"annotations: [{{quote: {OLD}, note: n}}]\n",
}


@pytest.mark.parametrize("style", STYLES)
def test_fix_writes_the_present_words_in_the_authors_style(tmp_path: Path, style: str) -> None:
    source = article(BODY, STYLES[style])
    write_project(tmp_path, {"content/articles/one.md": source})
    assert "1 drifted" in run("annotate", cwd=tmp_path).stdout
    assert (tmp_path / "content/articles/one.md").read_text("utf-8") == source
    done = run("annotate", "--fix", cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "1 exact" in done.stdout
    changed = (tmp_path / "content/articles/one.md").read_text("utf-8")
    if style == "folded":
        expected = source.replace("the two men spoke\n      for an hour by video", NEW)
    else:
        expected = source.replace(OLD, NEW)
    assert changed == expected
    removed = [line[1:] for line in done.stdout.split("\n") if line.startswith("-") and not line.startswith("---")]
    assert removed
    assert all(line in source for line in removed)


def test_fix_keeps_line_ends_and_mark(tmp_path: Path) -> None:
    source = ("\ufeff" + article(BODY, STYLES["plain"]).replace("\n", "\r\n")).encode()
    write_project(tmp_path, {"content/articles/one.md": source})
    assert run("annotate", "--fix", cwd=tmp_path).returncode == 0
    changed = (tmp_path / "content/articles/one.md").read_bytes()
    assert changed == source.replace(OLD.encode(), NEW.encode())


def test_errors_stay_and_end_with_one(tmp_path: Path) -> None:
    matter = "annotations:\n  - quote: words that were never written\n    note: n\n"
    source = article(BODY, matter)
    write_project(tmp_path, {"content/articles/one.md": source})
    done = run("annotate", "--fix", cwd=tmp_path)
    assert done.returncode == 1
    assert "quote-orphaned" in done.stdout
    assert (tmp_path / "content/articles/one.md").read_text("utf-8") == source


@pytest.mark.parametrize(
    "value", ["a: b", "# no", 'it\'s "so"', "[x]", "- x", "yes", "a, b}", "“curly”", "@at", "tab\there"]
)
@pytest.mark.parametrize("style", STYLES)
def test_any_value_reads_back(style: str, value: str) -> None:
    source = article(BODY, STYLES[style])
    changed = replace_value(source, ("annotations", 0, "quote"), value)
    assert changed is not None
    assert changed.endswith("---\n" + BODY)


def test_forms_shows_every_match(tmp_path: Path) -> None:
    from tests.project import entry

    files: dict[str, str | bytes] = {
        "content/articles/one.md": article("NATO here.\nAnd [it](term:nato), and NATO again.\n"),
        "content/glossary/nato.md": entry("NATO"),
    }
    done = run("forms", "nato", cwd=write_project(tmp_path, files))
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "content/articles/one.md:5: [NATO] here. And it, and NATO again. (marked)",
        "content/articles/one.md:6: NATO here. And [it], and NATO again. (by hand)",
        "content/articles/one.md:6: NATO here. And it, and [NATO] again. (unmarked)",
        "3 matches, 2 marked",
    ]
    assert run("forms", "nota", cwd=tmp_path).returncode == 2
