from __future__ import annotations

from pathlib import Path

from tests.commands.check.desk import checked, places
from tests.project import article, entry

RECORDS = "a: {title: A report}\n"


def test_entries_without_a_source(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "content/sources.yaml": RECORDS,
        "content/glossary/none.md": entry("Aa"),
        "content/glossary/named.md": entry("Bb", front_matter="sources: [a]\n"),
        "content/glossary/cited.md": entry("Cc") + "It is so [@a].\n",
    }
    assert places(checked(tmp_path, files, "entry-unsourced")) == ["glossary/none.md:2:7"]


def test_annotations_without_a_source(tmp_path: Path) -> None:
    matter = """\
annotations:
  - {quote: first words, note: Nothing.}
  - {quote: second words, note: Named., sources: [a]}
  - {quote: third words, note: "Cited [@a]."}
  - {quote: fourth words, note: It said fifth., kind: correction}
"""
    files: dict[str, str | bytes] = {
        "content/sources.yaml": RECORDS,
        "content/articles/one.md": article("The first words, second words, third words, fourth words.\n", matter),
    }
    (found,) = checked(tmp_path, files, "annotation-unsourced")
    assert places([found]) == ["articles/one.md:5:13"]
    assert found.severity == "suggestion"
    assert "first words" in found.message
