"""File systems that take names which differ by case alone for one (macOS, Windows): `os` is made to do so here."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.write.folder import find_refusal
from tests.write.folders import Killed, Site, build, codes, killed_at, manifest_of, on_disk, put, refused


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Path]:
    """An output folder in a project, on such a file system."""
    names = ("lstat", "stat", "open", "mkdir", "chmod", "replace", "rename", "unlink", "rmdir", "scandir", "listdir")
    real = {name: getattr(os, name) for name in names}

    def spelt(path: object) -> object:
        """Return a path as its parts are spelt on the disk, as far as they are there."""
        text = os.fspath(path) if isinstance(path, (str, os.PathLike)) else None
        if not isinstance(text, str) or not text.startswith(f"{tmp_path}/"):
            return path
        folder = str(tmp_path)
        for name in text[len(folder) + 1 :].split("/"):
            try:
                there = real["listdir"](folder)
            except OSError:
                there = []
            folder += "/" + next((one for one in there if one.casefold() == name.casefold()), name)
        return folder

    with pytest.MonkeyPatch.context() as patch:
        for name in names:

            @functools.wraps(real[name])
            def call(*args: Any, _real: Any = real[name], **named: Any) -> Any:
                return _real(*map(spelt, args), **named)

            patch.setattr(os, name, call)
        yield tmp_path / "project" / "site"


def finished(site: Path, expected: Site) -> None:
    """Assert that names are spelt as they should be, with what they hold."""
    assert on_disk(site) == expected
    assert manifest_of(site)["files"].keys() == expected.keys()


def test_the_file_system_of_these_tests(site: Path) -> None:
    build(site, {"A.html": b"x"})
    assert os.path.samefile(site / "a.HTML", site / "A.html")
    (site / "b.html").write_bytes(b"y")
    os.replace(site / "b.html", site / "a.html")
    assert on_disk(site) == {"A.html": b"y"}


@pytest.mark.parametrize("content", [b"same", b"other"])
def test_a_file_whose_name_changes_its_case(site: Path, content: bytes) -> None:
    build(site, {"img/Logo.png": b"same", "index.html": b"x"})
    result = build(site, {"img/logo.png": content, "index.html": b"x"})
    assert (result.written, result.unchanged, result.removed, result.warnings) == (1, 1, 1, ())
    finished(site, {"img/logo.png": content, "index.html": b"x"})


def test_a_folder_whose_name_changes_its_case(site: Path) -> None:
    build(site, {"Docs/a.html": b"a", "Docs/b.html": b"b"})
    build(site, {"docs/a.html": b"a", "docs/c.html": b"c"})
    assert {path.lower(): content for path, content in on_disk(site).items()} == {
        "docs/a.html": b"a",
        "docs/c.html": b"c",
    }


def test_killed_while_a_name_changes_its_case(site: Path) -> None:
    old, new = {"img/Logo.png": b"same", "index.html": b"x"}, {"img/logo.png": b"same", "index.html": b"x"}
    for step in range(1000):
        output = site.parent / f"{step}"
        build(output, old)
        try:
            with killed_at(step):
                build(output, new)
        except Killed:
            build(output, new)
            finished(output, new)
        else:
            break
    assert step > 10


def test_an_edited_file_whose_name_changes_its_case(site: Path) -> None:
    build(site, {"Logo.png": b"x"})
    put(site, "Logo.png", b"edited")
    assert codes(refused(site, {"logo.png": b"x"})) == ["output-foreign"]


def test_a_person_s_file_in_another_case(site: Path) -> None:
    build(site, {"index.html": b"x"})
    put(site, "Robots.txt", b"mine")
    assert codes(refused(site, {"robots.txt": b"x"})) == ["output-foreign"]


def test_new_folders_that_are_one(site: Path) -> None:
    both = {"Glossary/x.png": b"x", "glossary/index.html": b"y", "a.html": b"z"}
    build(site, both)
    assert {path.lower(): content for path, content in on_disk(site).items()} == {
        path.lower(): content for path, content in both.items()
    }
    assert build(site, both).unchanged == 3


def test_the_project_s_folders_in_another_spelling(site: Path) -> None:
    (site.parent / "content").mkdir(parents=True)
    assert find_refusal(site.parent / "CONTENT", site.parent) == "is the content folder of the project"
    assert find_refusal(site.parent / "Content/x", site.parent) == "lies within the content folder of the project"
    assert find_refusal(site.parent.parent / "PROJECT", site.parent) == "is the project itself"
