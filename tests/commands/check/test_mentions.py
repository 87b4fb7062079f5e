from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.check.desk import SITE, checked, places
from tests.project import article, entry

NAMES = ("Aaa", "Bbb", "Ccc", "Ddd", "Eee")
ENTRIES: dict[str, str | bytes] = {f"content/glossary/{name.lower()}.md": entry(name) for name in NAMES}
CAPPED = SITE.replace("{unexplained", "{max_density: 1, unexplained")


def test_mentions_that_the_cap_dropped(tmp_path: Path) -> None:
    files = {
        **ENTRIES,
        "content/site.yaml": CAPPED,
        "content/articles/one.md": article("Aaa, Bbb.\n\nCcc, Ddd, Eee.\n"),
    }
    (found,) = checked(tmp_path, files, "mention-dropped")
    assert found.message == "the density cap left 2 mentions unmarked: Aaa, Bbb"
    assert places([found]) == ["articles/one.md:5:1"]
    assert checked(tmp_path, files, "mention-dense") == []


def test_a_page_with_room_for_all_is_silent(tmp_path: Path) -> None:
    body = " ".join(NAMES[:3]) + ".\n"
    files = {**ENTRIES, "content/site.yaml": CAPPED, "content/articles/one.md": article(body)}
    assert checked(tmp_path, files, "mention-dropped") == []


def test_a_page_of_own_terms_names_them(tmp_path: Path) -> None:
    matter = "glossary: {terms: {Term: What it is.}}\n"
    body = "Term, Bbb, Ccc, Ddd.\n"
    files = {**ENTRIES, "content/site.yaml": CAPPED, "content/articles/one.md": article(body, matter)}
    files["content/articles/two.md"] = article("Nothing.\n")
    (found,) = checked(tmp_path, files, "mention-dropped")
    assert found.message.endswith(": Bbb") or found.message.endswith(": Term")


@pytest.mark.parametrize(("count", "told"), [(3, []), (5, ["articles/one.md:8:1"])])
def test_pages_with_too_many_marks_by_hand(tmp_path: Path, count: int, told: list[str]) -> None:
    body = "\n".join(f"[[{name}]]" for name in NAMES[:count]) + "\n"
    files = {**ENTRIES, "content/site.yaml": CAPPED, "content/articles/one.md": article(body)}
    assert places(checked(tmp_path, files, "mention-dense")) == told


@pytest.mark.parametrize(
    ("nato", "matter", "body", "told"),
    [
        ("link: manual\n", "", "NATO spoke.\n\nThen [[NATO]] left.\n", True),
        ("link: manual\n", "", "[[NATO]] spoke.\n\nThen NATO left.\n", False),
        ("link: manual\n", "", "Nobody spoke.\n\nThen [[NATO]] left.\n", False),
        ("link: manual\n", "", "## NATO\n\nThen [[NATO]] left.\n", False),
        ("link: manual\n", "", "> NATO said\n\nThen [[NATO]] left.\n", True),
        ("link: manual\n", "", "`NATO` it said.\n\nThen [[NATO]] left.\n", False),
        ("link: manual\n", "", "NATOs spoke.\n\nThen [[NATO]] left.\n", False),
        ("", "glossary: {mentions: none}\n", "NATO spoke.\n\nThen [[NATO]] left.\n", True),
        ("", "glossary: {exclude: [nato]}\n", "NATO spoke.\n\nThen [[NATO]] left.\n", True),
        ("", "", "NATO spoke.\n\nThen [[NATO]] left.\n", False),
    ],
)
def test_hand_marks_behind_the_first_use(tmp_path: Path, nato: str, matter: str, body: str, told: bool) -> None:
    files: dict[str, str | bytes] = {
        "content/articles/one.md": article(body, matter),
        "content/glossary/nato.md": entry("NATO", front_matter=nato),
    }
    found = checked(tmp_path, files, "mention-late")
    line = 7 + bool(matter)
    assert places(found) == ([f"articles/one.md:{line}:6"] if told else [])
    assert all(f"on line {line - 2}" in one.message for one in found)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("> A term of theirs\n\nThis Term means much.\n", ["articles/one.md:8:6"]),
        ("## A term\n\nThis Term means much.\n", []),
        ("This Term means much.\n\n> A term of theirs\n", []),
    ],
)
def test_a_pages_own_term_behind_its_first_use(tmp_path: Path, body: str, told: list[str]) -> None:
    files: dict[str, str | bytes] = {
        "content/articles/one.md": article(body, "glossary: {terms: {Term: What it is.}}\n")
    }
    assert places(checked(tmp_path, files, "mention-late")) == told


def test_names_that_are_found_by_themselves_are_silent_behind_a_quotation(tmp_path: Path) -> None:
    files = {**ENTRIES, "content/articles/one.md": article("> Aaa said\n\nAaa left.\n")}
    assert checked(tmp_path, files, "mention-late") == []
