from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.check.desk import checked, places
from tests.project import article, entry

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000a49444154789c6300010000050001"
    "0d0a2db40000000049454e44ae426082"
)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("## A\n\n### B\n\n## C\n\n### D\n", []),
        ("# A\n\n## B\n", []),
        ("### A\n", ["articles/one.md:5:1"]),
        ("## A\n\n#### B\n\n##### C\n", ["articles/one.md:7:1"]),
    ],
)
def test_headings_that_skip_a_level(tmp_path: Path, body: str, told: list[str]) -> None:
    found = checked(tmp_path, {"content/articles/one.md": article(body)}, "heading-skipped")
    assert places(found) == told
    assert all(one.severity == "warning" for one in found)


def test_headings_of_entries_count_as_well(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"content/glossary/a.md": entry("Aa") + "#### Too deep\n"}
    assert places(checked(tmp_path, files, "heading-skipped")) == ["glossary/a.md:6:1"]


@pytest.mark.parametrize(
    ("image", "codes"),
    [
        ("![A flag](flag.png)", ["image-credit"]),
        ('![A flag](flag.png){credit="Somebody"}', []),
        ('![](flag.png){credit="Somebody"}', ["image-alt"]),
    ],
)
def test_images_without_credit_or_alt(tmp_path: Path, image: str, codes: list[str]) -> None:
    files: dict[str, str | bytes] = {
        "content/articles/one.md": article(f"Words.\n\n{image}\n"),
        "content/articles/flag.png": PNG,
    }
    found = [one for one in checked(tmp_path, files) if one.code.startswith("image-")]
    assert [one.code for one in found] == codes
    assert all(one.line == 7 for one in found)


TARGET = article(
    "Words of NATO [@a] and[^1] more words of Bbb.\n\n[^1]: A footnote.\n",
    "sources: {a: {title: A}}\nannotations:\n"
    "  - {quote: Words, note: A note.}\n  - {quote: more words, note: Another., id: lasting}\n",
)


@pytest.mark.parametrize(
    ("name", "alive"),
    [
        ("term-nato", True),
        ("term-un", False),
        ("note-1", True),
        ("note-lasting", True),
        ("note-2", False),
        ("source-a", True),
        ("source-b", False),
        ("fn1", True),
        ("fn2", False),
    ],
)
def test_links_into_a_page(tmp_path: Path, name: str, alive: bool) -> None:
    files: dict[str, str | bytes] = {
        "content/articles/target.md": TARGET,
        "content/articles/one.md": article(f"See [there](target.md#{name}).\n"),
        "content/glossary/nato.md": entry("NATO"),
        "content/glossary/un.md": entry("UN"),
    }
    found = checked(tmp_path, files, "link-fragment")
    assert places(found) == ([] if alive else ["articles/one.md:5:5"])


def test_links_within_a_page(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"content/articles/one.md": article("See [below](#note-7).\n")}
    assert places(checked(tmp_path, files, "link-fragment")) == ["articles/one.md:5:5"]
