"""A full disk, a forbidden folder, an odd output folder, met by the whole command: an error, the old site intact."""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.reliability.projects import advance, built, command, environment, everything, write_first

DROP_FROM_BOUNDING_SET, OVERRIDE, READ_SEARCH = 24, 1, 2
"""prctl(2): PR_CAPBSET_DROP, and the capabilities with which root passes by permissions (capabilities(7))."""


def run(project: Path, *arguments: str, prepare: Callable[[], None] | None = None) -> tuple[int, str]:
    """Build a project in a process that is prepared first; return its exit status and what it says."""
    done = subprocess.run(
        command(project, *arguments),
        env=environment(HOME=str(project.parent / "home")),
        preexec_fn=prepare,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stderr


def in_place(project: Path) -> dict[str, bytes]:
    """Return all of a project but its cache, which may be lost at any time."""
    return {path: content for path, content in everything(project).items() if not path.startswith(".cache/")}


@pytest.fixture
def small() -> Iterator[tuple[Path, Callable[[], None]]]:
    """A project with a built site on a disk that has no room for another, and what makes a process feel it.

    Root mounts a small tmpfs and fills it up. Where that is refused, a limit on the size of files stands in: the first
    file that is larger fails in the middle, as on a full disk, in every process of the build.
    """
    folder = Path(tempfile.mkdtemp())
    try:
        mount = ["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", str(folder)]
        mounted = subprocess.run(mount, check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        mounted = False
    try:
        yield write_first(folder / "project"), (fill(folder) if mounted else limit_files)
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)
        shutil.rmtree(folder)


def fill(folder: Path) -> Callable[[], None]:
    """Return what leaves 64 KB of a disk."""

    def work() -> None:
        status = os.statvfs(folder)
        with open(folder / "filling", "wb") as file:
            file.write(b"x" * (status.f_bavail * status.f_frsize - 65_536))

    return work


def limit_files() -> None:
    """Let no file of a process grow past 4,000 bytes; Python ignores the signal, so a write fails."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))


def test_a_full_disk(small: tuple[Path, Callable[[], None]]) -> None:
    project, prepare = small
    built(project)
    advance(project)
    before = in_place(project)
    status, said = run(project, prepare=prepare)
    assert status == 1
    assert "No space left on device" in said or "File too large" in said
    assert in_place(project) == before
    (project.parent / "filling").unlink(missing_ok=True)
    clean = project.parent / "clean"
    shutil.copytree(project / "content", clean / "content")
    built(clean)
    built(project)
    assert everything(project / "site") == everything(clean / "site")


def bound() -> None:
    """Let permissions bind the program that comes: a root that may not pass them by. Other users they bind anyway."""
    if os.getuid() == 0:
        prctl = ctypes.CDLL(None, use_errno=True).prctl
        for capability in (OVERRIDE, READ_SEARCH):
            if prctl(DROP_FROM_BOUNDING_SET, capability, 0, 0, 0) != 0:
                raise OSError(ctypes.get_errno(), "prctl")


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Path]:
    """A project with a built site and an edit, whose permissions are given back at the end."""
    project = write_first(tmp_path / "project")
    built(project)
    advance(project)
    yield project
    for path in [project, *project.rglob("*")]:
        path.chmod(0o755)


@pytest.mark.parametrize("place", ["site", "site/assets", "."])
def test_a_forbidden_folder(shared: Path, place: str) -> None:
    (shared / place).chmod(0o555)
    if place == ".":
        shutil.rmtree(shared / ".cache")
    before = in_place(shared)
    status, said = run(shared, prepare=bound)
    assert status == 1
    assert "Permission denied" in said
    assert not (shared / "site/.staging").exists()
    if place != "site/assets":
        assert in_place(shared) == before
    (shared / place).chmod(0o755)
    assert run(shared, prepare=bound)[0] == 0
    clean = shared.parent / "clean"
    shutil.copytree(shared / "content", clean / "content")
    built(clean)
    assert everything(shared / "site") == everything(clean / "site")


def test_content_that_may_not_be_read(shared: Path) -> None:
    (shared / "content/articles/a01.md").chmod(0)
    (shared / "content/articles/pictured").chmod(0)
    before = everything(shared / "site")
    status, said = run(shared, prepare=bound)
    assert status == 1
    assert "content/articles/a01.md:1:1: error[file-unreadable]" in said
    assert "content/articles/pictured:1:1: error[file-unreadable]" in said
    assert everything(shared / "site") == before


@pytest.mark.parametrize("output", ["/", "~", ".", "content", "content/site", "templates", "..", "repository", "mine"])
def test_output_folders_that_are_refused(tmp_path: Path, output: str) -> None:
    project = write_first(tmp_path / "project")
    for name in ("repository/.git/config", "mine/notes.txt", "templates/partials/x.html", "../home/letter.txt"):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text("mine", "utf-8")
    before = in_place(tmp_path)
    given = str(tmp_path / "home") if output == "~" else output
    status, said = run(project, "--output", given)
    assert status == 1
    assert "error[output-refused]" in said
    assert {path: content for path, content in in_place(tmp_path).items() if "/.cache/" not in path} == before
