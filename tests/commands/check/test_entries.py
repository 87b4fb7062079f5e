from __future__ import annotations

from pathlib import Path

import pytest

from generator.commands.check.check import find_all
from generator.options import Options
from tests.commands.check.desk import SITE, checked, places
from tests.project import TODAY, article, entry, write_project


def test_entries_that_nothing_mentions(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "content/articles/one.md": article("NATO spoke.\n", "glossary: {mentions: none}\n"),
        "content/glossary/nato.md": entry("NATO", summary="See [[UN]]."),
        "content/glossary/un.md": entry("UN"),
        "content/glossary/g20.md": entry("G20"),
    }
    found = checked(tmp_path, files, "entry-unmentioned")
    assert places(found) == ["glossary/g20.md:2:7"]


def test_while_a_file_cannot_be_read_nothing_is_said_to_be_unmentioned(tmp_path: Path) -> None:
    write_project(
        tmp_path, {"content/articles/one.md": "---\ntitle: [\n---\n", "content/glossary/nato.md": entry("NATO")}
    )
    codes = [one.code for one in find_all(Options(project=tmp_path, output=tmp_path / "site", today=TODAY))]
    assert "frontmatter-syntax" in codes
    assert "entry-unmentioned" not in codes
    assert "entry-unsourced" in codes


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        ("aliases: [Georgia]\n", "aliases: [Georgia]\n", True),
        ("forms: [tie]\n", "forms: [TIE]\n", False),
        ("forms: [tie]\n", "forms: [tie]\n", True),
        ("forms: [Tie]\ncase: ignore\n", "forms: [tie]\n", True),
        ("forms: [Levad*]\n", "forms: [Levad*]\n", True),
        ("forms: [Georgia]\nlink: manual\n", "forms: [Georgia]\n", False),
        ("forms: [Georgia]\n", "forms: [Georgian]\n", False),
    ],
)
def test_forms_that_two_entries_claim(tmp_path: Path, first: str, second: str, shared: bool) -> None:
    files: dict[str, str | bytes] = {
        "content/glossary/a.md": entry("Aa", "place", first),
        "content/glossary/b.md": entry("Bb", "place", second),
    }
    found = checked(tmp_path, files, "entry-shared-form")
    assert [one.path for one in found] == (["content/glossary/b.md"] if shared else [])
    if shared:
        assert "content/glossary/a.md" in found[0].message
        assert found[0].line == 5


def test_senses_of_the_site_settle_a_shared_form(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "content/site.yaml": SITE.replace("{unexplained", "{senses: {Georgia: a}, unexplained"),
        "content/glossary/a.md": entry("Aa", "place", "aliases: [Georgia]\n"),
        "content/glossary/b.md": entry("Bb", "place", "aliases: [Georgia]\n"),
    }
    assert checked(tmp_path, files, "entry-shared-form") == []
