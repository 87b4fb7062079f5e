"""Pages on the shelf: a check that opens them from there says what one without it says, after any edit."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import build
from generator.commands.check.check import find_all
from generator.diagnostics import Diagnostic
from generator.link.library import Library
from generator.link.memory import Memory
from generator.options import Options
from generator.program import program_digest
from generator.write.cache import save_memory
from tests.project import TODAY, article, entry, write_project

FILES: dict[str, str | bytes] = {
    "content/articles/one.md": article(
        "NATO and the Foo.\n\nThe Foo, and the Bar. x <!-- the Hid --> <!-- the Hid -->\n"
    ),
    "content/articles/two.md": article(
        "### Deep\n\nThe Bar of NATO.\n", "annotations: [{quote: Bar, note: See NATO.}]\n"
    ),
    "content/pages/about.md": "About the Bar, and the Bar.\n",
    "content/glossary/nato.md": entry("NATO"),
}

EDITS: dict[str, dict[str, str | bytes]] = {
    "nothing": {},
    "a text": {"content/articles/two.md": article("## Deep\n\nThe Bar left, the Foo stayed.\n")},
    "a form": {"content/glossary/nato.md": entry("NATO", front_matter="aliases: [Bar]\n")},
    "an entry": {"content/glossary/foo.md": entry("Foo")},
    "a page": {"content/articles/three.md": article("The Baz and the Baz.\n")},
    "what markup means": {"content/site.yaml": "title: Test\nmarkdown: {raw_html: true}\n"},
    "the settings": {"content/site.yaml": "title: Test\nlanguage: de\nglossary: {mentions: none}\n"},
}


def find(folder: Path) -> tuple[Diagnostic, ...]:
    return find_all(Options(project=folder, output=folder / "site", today=TODAY))


def built(folder: Path) -> Path:
    """Write a project and build it as the command line does, with what it remembers on the disk."""
    memory = Memory()
    options = Options(project=write_project(folder, FILES), output=folder / "site", today=TODAY)
    build(options, memory=memory, program=program_digest())
    memory.since = 2**62  # so that files may be as young as they like
    save_memory(folder, memory)
    return folder


@pytest.mark.parametrize("edit", EDITS)
def test_what_is_found_is_the_same_after_any_edit(tmp_path: Path, edit: str) -> None:
    project = built(tmp_path / "kept")
    before = find(project)
    assert before
    assert (project / ".cache/desk.msgpack").is_file()
    write_project(project, EDITS[edit])
    fresh = write_project(tmp_path / "fresh", FILES | EDITS[edit])
    assert find(project) == find(fresh) == find(project)
    assert (find(project) == before) is (edit == "nothing")


def test_a_second_check_parses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = built(tmp_path)
    first = find(project)
    monkeypatch.setattr(Library, "packed", None)
    assert find(project) == first


@pytest.mark.parametrize("content", [b"", b"1234", b"\x00\x00\x00\x00\x80", b"\xff" * 100])
def test_a_damaged_shelf_counts_as_none(tmp_path: Path, content: bytes) -> None:
    project = built(tmp_path)
    first = find(project)
    shelf = project / ".cache/desk.msgpack"
    good = shelf.read_bytes()
    shelf.write_bytes(content)
    assert find(project) == first
    assert shelf.read_bytes() == good
    shelf.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
    assert find(project) == first
    assert shelf.read_bytes() == good
