"""The build lock and the folder it lies in: one build of a project at a time, the second waits."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.write.problems import WriteError, reason_of
from generator.write.staging import FILE_MODE, make_folders, put_file, set_mode

CACHE = ".cache"
"""The cache's folder in the project; deletable any time."""

LOCK = "build.lock"

CACHE_FILES = {
    ".gitignore": b"*\n",
    "CACHEDIR.TAG": b"Signature: 8a477f597d28d172789f06886806bc55\n# A cache; delete it freely.\n",
}
"""So that neither git nor backup programs take it along (https://bford.info/cachedir/)."""

POLL_SECONDS = 0.2
"""How often Windows, whose own waiting gives up after ten tries, is asked again."""

_held: set[int] = set()
"""Descriptors of locks held. A worker process forked meanwhile closes them: else it would keep the lock of a killed
build for as long as it lives."""


def cache_folder(project: Path) -> Path:
    """Return the cache's folder, made where it was missing, with the files that mark it; raises WriteError."""
    folder = os.path.join(project, CACHE)
    try:
        make_folders(folder)
        for name, content in CACHE_FILES.items():
            path = os.path.join(folder, name)
            if not os.path.lexists(path) or os.lstat(path).st_size == 0:
                put_file(path, content)
    except OSError as problem:
        raise WriteError(f"{CACHE}/", reason_of(problem)) from problem
    return Path(folder)


@contextmanager
def build_lock(project: Path, say: Callable[[str], object]) -> Iterator[None]:
    """Hold the project's build lock; where another build holds it, say so once and wait for it to end.

    The law: the system lets go of it with the process that holds it, however that ends. Raises WriteError where no
    lock can be had; a file system that has none (some network shares) is said, and the build goes on.
    """
    path = str(cache_folder(project) / LOCK)
    try:
        descriptor = _acquire(path, say)
    except OSError as problem:
        raise WriteError(f"{CACHE}/{LOCK}", reason_of(problem)) from problem
    _held.add(descriptor)
    try:
        yield
    finally:
        if descriptor in _held:  # not in a forked process, where the number may be another file's by now
            _held.discard(descriptor)
            os.close(descriptor)


def _acquire(path: str, say: Callable[[str], object]) -> int:
    """Return the descriptor of the locked file, which is the one that has the name: the cache may be deleted."""
    waited = False
    while True:
        make_folders(os.path.dirname(path))
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), FILE_MODE)
        try:
            set_mode(descriptor, FILE_MODE)
            if not _lock(descriptor, wait=False):
                if not waited:
                    say("another build of this project is running; waiting for it to end")
                waited = True
                _lock(descriptor, wait=True)
            if os.path.samestat(os.fstat(descriptor), os.stat(path)):
                return descriptor
        except FileNotFoundError:
            pass
        except OSError as problem:
            if problem.errno in (errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP):
                say("this file system has no locks: do not run two builds of this project at once")
                return descriptor
            os.close(descriptor)
            raise
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int, *, wait: bool) -> bool:
        while True:
            try:
                os.lseek(descriptor, 0, os.SEEK_SET)
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            except OSError as problem:
                if problem.errno not in (errno.EACCES, errno.EDEADLK):
                    raise
            else:
                return True
            if not wait:
                return False
            time.sleep(POLL_SECONDS)

else:
    import fcntl

    def _lock(descriptor: int, *, wait: bool) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _let_go() -> None:
        for descriptor in _held:
            os.close(descriptor)
        _held.clear()

    os.register_at_fork(after_in_child=_let_go)
