"""Whatever has become of the cache, the build writes what a clean one writes, and `check` says what it says without."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from generator.commands.check.check import check
from generator.incremental import rebuild
from generator.options import Options
from generator.write.lock import build_lock
from tests.pictures import landscape, saved
from tests.project import TODAY, article, entry, write_project
from tests.reliability.projects import LONG, everything

pytestmark = pytest.mark.long

KINDS = ("build.sqlite", "images", "pagefind", "desk.msgpack")

MARKS = {"CACHEDIR.TAG", ".gitignore", "build.lock"}
"""The folder's own; tests/write/test_lock.py damages them."""


def truncate(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for offset in range(len(content) // 3, len(content), max(1, len(content) // 40)):
        content[offset] ^= 0x41
    path.write_bytes(bytes(content))


def put_a_folder_there(path: Path) -> None:
    path.unlink()
    (path / "within").mkdir(parents=True)


def put_a_link_there(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.with_name("nowhere"))


DAMAGE: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "truncated": truncate,
    "bits": flip,
    "pickle": lambda path: path.write_bytes(b"cos\nsystem\n(S'touch owned'\ntR."),
    "foreign": lambda path: path.write_bytes(b"SQLite format 3\0" + b"\0" * 4096),
    "deleted": Path.unlink,
    "a folder": put_a_folder_there,
    "a link": put_a_link_there,
}


SHARE = DAMAGE if LONG else {name: DAMAGE[name] for name in ("truncated", "bits", "a folder")}


@pytest.fixture(scope="module")
def cached(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes], str]:
    """A project with all that is ever cached, the clean site of the edit that it got, and what check says."""
    folder = tmp_path_factory.mktemp("cached")
    project = write_project(
        folder / "project",
        {
            "content/site.yaml": "title: T\nurl: https://example.org/\nsearch: pagefind\n",
            "content/articles/one.md": article("NATO spoke.\n\n![A flag](flag.png)\n"),
            "content/articles/two.md": article("Moscow spoke.\n"),
            "content/articles/flag.png": saved(landscape(700, 300), "PNG"),
            "content/glossary/nato.md": entry("NATO"),
            "content/glossary/moscow.md": entry("Moscow", "place"),
        },
    )
    again(project)
    checked(project)
    write_project(project, {"content/site.yaml": (project / "content/site.yaml").read_bytes()} | EDIT)
    clean = folder / "clean"
    shutil.copytree(project / "content", clean / "content")
    again(clean)
    return project, everything(clean / "site"), checked(clean)


EDIT: dict[str, str | bytes] = {"content/articles/two.md": article("Moscow answered NATO.\n")}


def options(project: Path) -> Options:
    return Options(project=project, output=project / "site", today=TODAY)


def again(project: Path) -> None:
    """Build as the command line does, from what is cached."""
    with build_lock(project, print):
        result = rebuild(options(project), map)
    assert result.ok, result.diagnostics


def checked(project: Path) -> str:
    """Return what `check` says; what it opens, it keeps in the cache."""
    said = io.TextIOWrapper(io.BytesIO())
    with contextlib.redirect_stdout(said):
        assert check(options(project), "json") == 0
    said.flush()
    return cast("io.BytesIO", said.buffer).getvalue().decode()


def test_these_are_all_kinds_of_cached_files(cached: tuple[Path, dict[str, bytes], str]) -> None:
    assert {path.name for path in (cached[0] / ".cache").iterdir()} == {*KINDS, *MARKS}


@pytest.mark.parametrize("kind", KINDS)
def test_damage_costs_time_and_nothing_else(
    cached: tuple[Path, dict[str, bytes], str], tmp_path: Path, kind: str
) -> None:
    original, clean, said = cached
    for name, damage in SHARE.items():
        project = tmp_path / name
        shutil.copytree(original, project)
        target = project / ".cache" / kind
        for path in [target] if target.is_file() else sorted(target.iterdir()):
            damage(path)
        again(project)
        assert everything(project / "site") == clean, name
        if kind == "desk.msgpack":
            assert checked(project) == said, name
        assert not (project / "owned").exists()
        assert not Path("owned").exists()
        shutil.rmtree(project)


def test_a_cache_of_another_project_is_none(cached: tuple[Path, dict[str, bytes], str], tmp_path: Path) -> None:
    original, clean, _ = cached
    other = write_project(tmp_path / "other", {"content/articles/one.md": article("Other words.\n")})
    again(other)
    project = tmp_path / "project"
    shutil.copytree(original, project, ignore=shutil.ignore_patterns(".cache"))
    shutil.copytree(other / ".cache", project / ".cache")
    again(project)
    assert everything(project / "site") == clean


def test_a_cache_that_may_not_be_written(cached: tuple[Path, dict[str, bytes], str], tmp_path: Path) -> None:
    original, clean, _ = cached
    project = tmp_path / "project"
    shutil.copytree(original, project)
    shutil.rmtree(project / ".cache/pagefind")
    os.symlink("/proc/nowhere", project / ".cache/pagefind")  # no folder can ever be made there
    again(project)
    assert everything(project / "site") == clean
