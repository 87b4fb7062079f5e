from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.check.desk import checked, places
from tests.project import article, entry

NATO = entry(
    "NATO",
    front_matter=(
        "history:\n"
        "  - {until: 2023-04-04, summary: Of 30 countries., then: Finland joined.}\n"
        "  - {until: 2024-03-07, summary: Of 31 countries.}\n"
    ),
    summary="Of 32 countries.",
)
ROGOZIN = entry("Dmitri Rogozin", "person", "roles: [{title: head of Roscosmos, from: 2018-05, until: 2022-07-15}]\n")


@pytest.mark.parametrize(("day", "told"), [("2026-11-23", True), ("2026-11-24", False), ("2027-01-01", False)])
def test_entries_to_be_reviewed(tmp_path: Path, day: str, told: bool) -> None:
    files: dict[str, str | bytes] = {"content/glossary/nato.md": entry("NATO", front_matter=f"review_by: {day}\n")}
    found = checked(tmp_path, files, "entry-overdue")
    assert places(found) == (["glossary/nato.md:5:12"] if told else [])
    assert all(one.severity == "warning" for one in found)


def test_definitions_that_changed_since_the_articles_day(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "content/articles/one.md": article("Some words.\n\nThen *NATO* spoke, and NATO left.\n"),
        "content/glossary/nato.md": NATO,
    }
    (found,) = checked(tmp_path, files, "definition-changed")
    assert places([found]) == ["articles/one.md:7:7"]
    assert found.severity == "suggestion"
    assert found.message == (
        '"NATO" is shown as of 2021-12-15; since then: Finland joined (2023-04-04); Of 32 countries (2024-03-07)'
    )
    assert "as_of" in found.hint


def test_roles_that_ended_since(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "content/articles/one.md": article("By Dmitri Rogozin.\n"),
        "content/glossary/rogozin.md": ROGOZIN,
    }
    (found,) = checked(tmp_path, files, "definition-changed")
    assert "no longer head of Roscosmos (2022-07-15)" in found.message


@pytest.mark.parametrize("matter", ["pin: true\n", "as_of: 2024-03-07\n", "updated: 2026-11-20\n"])
def test_pages_that_are_pinned_or_read_again_are_silent(tmp_path: Path, matter: str) -> None:
    files: dict[str, str | bytes] = {
        "content/articles/one.md": article("NATO spoke.\n", matter),
        "content/glossary/nato.md": NATO,
    }
    assert checked(tmp_path, files, "definition-changed") == []


def test_names_that_nothing_explains_on_the_page_are_silent(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "content/articles/one.md": article("NATO spoke.\n", "glossary: {mentions: none}\n"),
        "content/glossary/nato.md": NATO,
    }
    assert checked(tmp_path, files, "definition-changed") == []


def test_persons_whose_last_role_ended(tmp_path: Path) -> None:
    (found,) = checked(tmp_path, {"content/glossary/rogozin.md": ROGOZIN}, "entry-role-ended")
    assert places([found]) == ["glossary/rogozin.md:5:9"]
    assert "head of Roscosmos" in found.message
    assert "2022-07-15" in found.message


@pytest.mark.parametrize(
    "more",
    [
        "died: 2023\n",
        "review_by: 2027-01-01\n",
    ],
)
def test_the_dead_and_the_reviewed_are_silent(tmp_path: Path, more: str) -> None:
    files: dict[str, str | bytes] = {"content/glossary/rogozin.md": ROGOZIN.replace("kind:", more + "kind:")}
    assert checked(tmp_path, files, "entry-role-ended") == []


@pytest.mark.parametrize("role", ["{title: senator, from: 2023-01}", "{title: senator}", "{title: x, from: 2027-01}"])
def test_a_role_that_goes_on_or_is_to_come_is_enough(tmp_path: Path, role: str) -> None:
    files: dict[str, str | bytes] = {
        "content/glossary/rogozin.md": entry(
            "Dmitri Rogozin", "person", f"roles: [{{title: head, until: 2022-07-15}}, {role}]\n"
        )
    }
    assert checked(tmp_path, files, "entry-role-ended") == []
