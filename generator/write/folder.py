"""Which folders the program refuses to write to: those where a mistake would cost somebody's work."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from generator.write.manifest import MANIFEST
from generator.write.names import folded
from generator.write.problems import printable, reason_of
from generator.write.staging import STAGING, TO_COME

SOURCES = ("content", "templates")
"""The folders of a project that hold what its authors wrote."""


def find_refusal(output: Path, project: Path) -> str | None:
    """Return why a folder must not become, or be, the output folder, or None.

    The law: one that is accepted is new, empty but for dotfiles, or a build's already; and no link, no `..` and no
    other spelling of its name makes it anything else. The same folder gets the same answer on every system.
    """
    try:
        folder, root = os.path.realpath(output), os.path.realpath(project)
        return _place_problem(folder, root) or _holding_problem(folder)
    except ValueError:
        return "is no name of a folder"


def _place_problem(folder: str, project: str) -> str:
    if os.path.dirname(folder) == folder:
        return "is the root of the file system"
    if any(_same(folder, home) for home in _homes()):
        return "is a home folder"
    if _same(folder, project):
        return "is the project itself"
    for name in SOURCES:
        for own in {os.path.join(project, name), os.path.realpath(os.path.join(project, name))}:
            if _same(folder, own):
                return f"is the {name} folder of the project"
            if _within(folder, own):
                return f"lies within the {name} folder of the project"
            if _within(own, folder):
                return f"holds the {name} folder of the project"
    if ".git" in (name.lower() for name in folder.split(os.sep)):
        return "lies within a git repository's own folder"
    return ""


def _holding_problem(folder: str) -> str | None:
    try:
        if not stat.S_ISDIR(os.stat(folder).st_mode):
            return "is a file"
        names = sorted(os.listdir(folder))
    except FileNotFoundError:
        return None
    except NotADirectoryError:
        return "lies below a file"
    except OSError as problem:
        return f"cannot be read: {reason_of(problem)}"
    if any(name.lower() == ".git" for name in names):
        return "holds a .git"
    if STAGING in names and not _is_our_staging(f"{folder}/{STAGING}", MANIFEST in names):
        return f"holds something named {STAGING} that no build made"
    others = [name for name in names if not name.startswith(".")]
    if others and MANIFEST not in names:
        return f'holds what no build wrote ("{printable(others[0])}"), and no manifest of a build'
    return None


def _is_our_staging(path: str, marked: bool) -> bool:
    """Return whether a staging folder may be removed: by its look where a first build was killed."""
    try:
        if not stat.S_ISDIR(os.lstat(path).st_mode):
            return False
        return marked or set(os.listdir(path)) <= {TO_COME}
    except OSError:
        return False


def _homes() -> Iterator[str]:
    home = os.path.expanduser("~")
    if home != "~":
        yield os.path.realpath(home)
    if os.name == "posix":
        import pwd  # what HOME says may be another's, under sudo or in a service

        try:
            yield os.path.realpath(pwd.getpwuid(os.getuid()).pw_dir)
        except KeyError:
            return


def _within(inner: str, outer: str) -> bool:
    """Return whether a folder lies below another."""
    above = os.path.dirname(inner)
    while above != inner:
        if _same(above, outer):
            return True
        inner, above = above, os.path.dirname(above)
    return False


def _same(one: str, other: str) -> bool:
    """Return whether two names mean one folder; where one is not there yet, whether they could on some system."""
    try:
        return os.path.samefile(one, other)
    except OSError:
        return folded(one) == folded(other)
