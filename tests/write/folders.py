"""What the tests of the write stage share: building into a folder, reading it back, and standing in for a bad disk."""

from __future__ import annotations

import errno
import functools
import hashlib
import json
import os
import pickle
import re
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics import Diagnostic
from generator.model import OutputPath
from generator.write.write import File, Written, write_site

CHANGING = ("open", "write", "mkdir", "chmod", "fchmod", "fsync", "close", "replace", "rename", "unlink", "rmdir")
"""The system calls of `os` with which the stage changes the disk, and those between them."""

Site = Mapping[str, bytes]


def files_of(site: Site) -> list[File]:
    """Return a site as the stage takes it."""
    return [File(OutputPath(path), content) for path, content in site.items()]


def build(output: Path, site: Site, *, strict: bool = False) -> Written:
    """Build into a folder of a project that is the folder's parent; errors fail the test."""
    result = write_site(output, files_of(site), project=output.parent, strict=strict)
    assert isinstance(result, Written), result
    return result


def refused(output: Path, site: Site, *, strict: bool = False) -> tuple[Diagnostic, ...]:
    """Return the errors of a build that must not write anything, and did not."""
    before = everything(output)
    result = write_site(output, files_of(site), project=output.parent, strict=strict)
    assert isinstance(result, tuple), result
    assert everything(output) == before
    return result


def on_disk(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder with their content, without the manifest and the staging folder."""
    return {
        path: content
        for path, content in everything(folder).items()
        if isinstance(content, bytes) and path != ".manifest.json" and not path.startswith(".staging/")
    }


def everything(folder: Path) -> dict[str, bytes | str]:
    """Return all that stands below a folder: files with their content, folders and links as words."""
    found: dict[str, bytes | str] = {}
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(parent, name)
            key = str(path.relative_to(folder))
            if path.is_symlink():
                found[key] = f"-> {os.readlink(path)}"
            else:
                found[key] = path.read_bytes() if path.is_file() else "folder" if path.is_dir() else "device"
    return found


def put(folder: Path, path: str, content: bytes) -> None:
    """Write a file as a person does."""
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(content)


def digest(content: bytes) -> str:
    """Return what a manifest says of a content."""
    return hashlib.sha256(content).hexdigest()[:32]


def manifest_of(folder: Path) -> dict[str, Any]:
    """Return what a folder's manifest says."""
    return dict(json.loads((folder / ".manifest.json").read_bytes()))


def assert_finished(folder: Path, site: Site, persons: Site | None = None, *, empty: bool = False) -> None:
    """Assert that a folder holds a site and persons' files, knows its own, and holds no litter.

    `empty` says that the system may have kept it from removing a folder.
    """
    persons = persons or {}
    assert on_disk(folder) == {**site, **persons}
    expected = {path: [digest(content), len(content)] for path, content in site.items()}
    assert manifest_of(folder) == {"files": expected}
    needed = {str(parent) for path in (*site, *persons) for parent in Path(path).parents}
    folders = {path for path, what in everything(folder).items() if what == "folder"}
    assert empty or folders <= needed, "an empty folder is left"


def codes(found: tuple[Diagnostic, ...]) -> list[str]:
    """Return the codes of findings."""
    return [one.code for one in found]


class Killed(BaseException):
    """The end of a process, as far as the disk can tell."""


@contextmanager
def interposed(each: Callable[[str, Callable[..., Any], tuple[Any, ...]], None]) -> Iterator[None]:
    """Call `each` before every call that changes the disk, with its name, the function and its arguments."""
    with pytest.MonkeyPatch.context() as patch:
        for name in CHANGING:
            original = getattr(os, name)

            @functools.wraps(original)
            def call(*args: Any, _name: str = name, _original: Callable[..., Any] = original, **named: Any) -> Any:
                each(_name, _original, args)
                return _original(*args, **named)

            patch.setattr(os, name, call)
        yield


@contextmanager
def killed_at(step: int) -> Iterator[list[str]]:
    """Raise Killed at a step, and let nothing change the disk from then on; yield the names of the steps taken."""
    steps: list[str] = []

    def each(name: str, original: Callable[..., Any], args: tuple[Any, ...]) -> None:
        if len(steps) >= step:
            if name == "write" and len(steps) == step:
                original(args[0], args[1][: len(args[1]) // 2])
            if name == "close":
                with suppress(OSError):
                    original(*args)  # as the system does at a process's end
            steps.append(name)
            raise Killed
        steps.append(name)

    with interposed(each):
        yield steps


@contextmanager
def failing_at(step: int, number: int = errno.EIO) -> Iterator[list[str]]:
    """Let one step fail as the system would; yield the names of the steps taken."""
    steps: list[str] = []

    def each(name: str, original: Callable[..., Any], args: tuple[Any, ...]) -> None:
        steps.append(name)
        if len(steps) == step + 1:
            if name == "close":
                original(*args)
            raise OSError(number, os.strerror(number), args[0] if isinstance(args[0], str) else None)

    with interposed(each):
        yield steps


def in_child(work: Callable[[], Any]) -> Any:
    """Return what a function returns in a process of its own; what it raises fails the test."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            outcome: tuple[bool, Any] = (True, work())
        except BaseException:
            outcome = (False, traceback.format_exc())
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(outcome, pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        content = pipe.read()
    os.waitpid(child, 0)
    done, value = pickle.loads(content)
    assert done, value
    return value


def temporary_names(text: str) -> list[str]:
    """Return what a text tells of the program's own folders: a message must not."""
    return re.findall(r"\.staging\S*", text)
