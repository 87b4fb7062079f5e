from __future__ import annotations

import errno
import fcntl
import os
import shutil
import signal
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.write.lock import build_lock, cache_folder
from generator.write.problems import WriteError


class Builds:
    """Processes that build, and one pipe in which all of them tell what happens, in the order in which it does."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.reading, self.writing = os.pipe()
        self.running: dict[int, int] = {}
        """Each process and the pipe whose end ends its build."""

    def start(self, name: str, within: Callable[[], object] = lambda: None) -> int:
        """Start a process that takes the lock, holds it until it is told, and lets go."""
        wait, go = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(go)
            for other in self.running.values():
                os.close(other)
            try:
                with build_lock(self.project, lambda _: self.tell(f"{name} waits")):
                    within()
                    self.tell(f"{name} builds")
                    os.read(wait, 1)
                    self.tell(f"{name} ends")
            finally:
                os._exit(0)
        os.close(wait)
        self.running[child] = go
        return child

    def tell(self, what: str) -> None:
        """Say what happens."""
        os.write(self.writing, f"{what}\n".encode())

    def next(self) -> str:
        """Return what happened next."""
        found = b""
        while not found.endswith(b"\n"):
            found += os.read(self.reading, 1)
        return found.decode().strip()

    def end(self, child: int) -> None:
        """Let a process end its build."""
        os.close(self.running.pop(child))
        os.waitpid(child, 0)

    def kill(self, child: int) -> None:
        """Kill a process."""
        os.kill(child, signal.SIGKILL)
        self.end(child)


@pytest.fixture
def builds(tmp_path: Path) -> Iterator[Builds]:
    """Builds of one project; none outlives its test."""
    builds = Builds(tmp_path)
    yield builds
    for child in list(builds.running):
        builds.kill(child)
    os.close(builds.reading)
    os.close(builds.writing)


def is_locked(project: Path) -> bool:
    descriptor = os.open(project / ".cache/build.lock", os.O_RDWR)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(descriptor)


def never(message: str) -> None:
    pytest.fail(message)


def test_a_lock_is_held_while_a_build_runs(tmp_path: Path) -> None:
    with build_lock(tmp_path, never):
        assert is_locked(tmp_path)
    assert not is_locked(tmp_path)
    with build_lock(tmp_path, never):
        assert is_locked(tmp_path)


def test_an_error_lets_go_of_it(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), build_lock(tmp_path, never):
        raise KeyboardInterrupt
    assert not is_locked(tmp_path)


def test_the_second_build_waits_and_says_so_once(builds: Builds) -> None:
    first = builds.start("first")
    assert builds.next() == "first builds"
    second = builds.start("second")
    assert builds.next() == "second waits"
    builds.end(first)
    assert builds.next() == "first ends"
    assert builds.next() == "second builds"
    builds.end(second)
    assert builds.next() == "second ends"
    assert not is_locked(builds.project)


def test_what_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flock = fcntl.flock
    modes: list[int] = []

    def taken_at_first(descriptor: int, mode: int) -> None:
        modes.append(mode)
        if mode & fcntl.LOCK_NB:
            raise BlockingIOError
        flock(descriptor, mode)

    monkeypatch.setattr(fcntl, "flock", taken_at_first)
    said: list[str] = []
    with build_lock(tmp_path, said.append):
        assert modes == [fcntl.LOCK_EX | fcntl.LOCK_NB, fcntl.LOCK_EX]
    assert said == ["another build of this project is running; waiting for it to end"]


def test_a_killed_build_leaves_no_lock(builds: Builds) -> None:
    first = builds.start("first")
    assert builds.next() == "first builds"
    builds.start("second")
    assert builds.next() == "second waits"
    builds.kill(first)
    assert builds.next() == "second builds"


def test_a_worker_that_outlives_a_killed_build_keeps_no_lock(builds: Builds) -> None:
    wait, go = os.pipe()

    def fork_a_worker() -> None:
        if os.fork() == 0:
            os.close(go)
            builds.tell("worker works")
            os.read(wait, 1)
            os._exit(0)

    first = builds.start("first", fork_a_worker)
    assert {builds.next(), builds.next()} == {"first builds", "worker works"}
    builds.kill(first)
    builds.start("second")
    assert builds.next() == "second builds"
    os.close(go)
    os.close(wait)


def test_a_worker_does_not_let_go_of_the_build_s_lock(tmp_path: Path) -> None:
    with build_lock(tmp_path, never):
        child = os.fork()
        if child == 0:
            os._exit(0)
        os.waitpid(child, 0)
        assert is_locked(tmp_path)


def test_a_cache_deleted_meanwhile(builds: Builds) -> None:
    first = builds.start("first")
    assert builds.next() == "first builds"
    builds.start("second")
    assert builds.next() == "second waits"
    shutil.rmtree(builds.project / ".cache")
    builds.end(first)
    assert builds.next() == "first ends"
    assert builds.next() == "second builds"
    assert is_locked(builds.project)


def test_a_file_system_without_locks_is_said_and_no_hindrance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    said: list[str] = []
    with build_lock(tmp_path, said.append):
        pass
    assert said == ["this file system has no locks: do not run two builds of this project at once"]


def test_no_descriptor_is_left_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with build_lock(tmp_path, never):
        pass
    before = os.listdir("/dev/fd")
    with build_lock(tmp_path, never):
        pass
    monkeypatch.setattr(fcntl, "flock", lambda *_: (_ for _ in ()).throw(OSError(errno.EIO, "Input/output error")))
    with pytest.raises(WriteError), build_lock(tmp_path, never):
        pass
    assert os.listdir("/dev/fd") == before


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_the_cache_s_folder_and_its_marks(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        with build_lock(tmp_path, never):
            pass
    finally:
        os.umask(before)
    cache = tmp_path / ".cache"
    assert stat.S_IMODE(cache.stat().st_mode) == 0o755
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in cache.iterdir()} == {
        ".gitignore": 0o644,
        "CACHEDIR.TAG": 0o644,
        "build.lock": 0o644,
    }
    assert (cache / ".gitignore").read_text() == "*\n"
    assert (cache / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55\n")


def test_marks_that_a_kill_left_empty_are_written_again_and_others_kept(tmp_path: Path) -> None:
    cache = cache_folder(tmp_path)
    (cache / ".gitignore").write_text("*\n# mine\n")
    (cache / "CACHEDIR.TAG").write_text("")
    cache_folder(tmp_path)
    assert (cache / ".gitignore").read_text() == "*\n# mine\n"
    assert (cache / "CACHEDIR.TAG").read_text().startswith("Signature: ")


def test_a_file_in_the_cache_s_place(tmp_path: Path) -> None:
    (tmp_path / ".cache").write_text("mine")
    with pytest.raises(WriteError) as raised, build_lock(tmp_path, never):
        pass
    assert raised.value.path == ".cache/"
    assert (tmp_path / ".cache").read_text() == "mine"


@pytest.mark.parametrize("kind", ["folder", "link"])
def test_something_else_in_the_lock_s_place(tmp_path: Path, kind: str) -> None:
    (tmp_path / "precious").write_text("work")
    place = cache_folder(tmp_path) / "build.lock"
    place.mkdir() if kind == "folder" else place.symlink_to(tmp_path / "precious")
    with pytest.raises(WriteError) as raised, build_lock(tmp_path, never):
        pass
    assert raised.value.path == ".cache/build.lock"
    assert (tmp_path / "precious").read_text() == "work"
