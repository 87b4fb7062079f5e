"""The project's files: which there are, what each is for, and which may not be followed."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import Literal, cast

from generator.diagnostics import START, Diagnostic, error, in_order, warning
from generator.model import SourcePath, Value

FileRole = Literal["settings", "sources", "article", "entry", "page", "static", "beside"]

_BACKUPS = re.compile(r"(?s:.*)(?:~|\.(?:sw[a-p]|bak|orig|tmp))$|#.*#$", re.IGNORECASE)
"""What editors leave behind."""

KEYS = re.compile(r"^id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?$|\.(?:pem|key|ppk|p12|pfx|jks|keystore|kdbx)$", re.IGNORECASE)
"""What private keys are called; nobody means to publish one."""

MANIFEST = ".manifest.json"
"""It marks a folder that a build wrote."""

_FILES: dict[str, FileRole] = {"site.yaml": "settings", "sources.yaml": "sources"}
_FOLDERS: dict[str, FileRole] = {"articles": "article", "glossary": "entry", "pages": "page", "static": "static"}
_DOCUMENTS = ("article", "entry", "page")


class FileEntry(Value, frozen=True):
    """A file of content/."""

    path: SourcePath
    role: FileRole
    """`beside` is what lies with articles, entries and pages without being one: their pictures."""
    size: int
    modified: int
    """Nanoseconds; with the size it tells whether a file may have changed."""


Found = tuple[tuple[FileEntry, ...], tuple[Diagnostic, ...]]
"""The files of content/, and what is wrong with others."""


def find_files(project: Path) -> Found:
    """Return the files of content/ sorted by path; what leaves the project, loops or is no file is an error."""
    walk = _Walk(project)
    walk.content(project / "content")
    return tuple(sorted(walk.files, key=lambda file: file.path)), in_order(walk.diagnostics)


class _Walk:
    def __init__(self, project: Path) -> None:
        self.root = os.path.realpath(project)
        self.files: list[FileEntry] = []
        self.diagnostics: list[Diagnostic] = []
        self._open: list[tuple[int, int]] = []
        """Device and inode of the folders being walked: one that returns is a loop."""

    def content(self, folder: Path) -> None:
        """Walk the whole; a link in its place has to stay in the project like any other."""
        if not folder.is_symlink() or self._stays_inside(folder, "content"):
            self.folder(folder, "content")

    def folder(self, folder: Path | str, name: str) -> None:
        try:
            status = os.stat(folder)
            entries = list(os.scandir(folder))  # to be looked at in this order, which is the quickest
        except OSError as problem:
            self._error(name, f"cannot be read: {problem.strerror}")
            return
        identity = (status.st_dev, status.st_ino)
        if identity in self._open:
            self._error(name, "is a loop: it leads back to a folder that holds it", "remove the link")
            return
        self._open.append(identity)
        for entry in entries:
            if not is_left_out(entry.name):
                self._entry(entry, f"{name}/{entry.name}")
        self._open.pop()

    def _entry(self, entry: os.DirEntry[str], name: str) -> None:
        try:
            if entry.is_symlink() and not self._stays_inside(entry, name):
                return
            if entry.is_dir():
                self.folder(entry.path, name)
                return
            status = entry.stat()
        except OSError as problem:
            self._error(name, f"cannot be read: {problem.strerror}")
            return
        if not stat.S_ISREG(status.st_mode):
            self._error(name, "is neither a file nor a folder", "move it out of content/")
            return
        try:
            if not name.isascii():
                name.encode()
        except UnicodeEncodeError:
            self._error(name, "has a name that is not UTF-8", "rename it")
            return
        role = role_of(name)
        if role in ("static", "beside") and KEYS.search(entry.name):
            message = f"{name} is left out: it has the name of a private key"
            hint = "keep keys out of content/; give what is none another name"
            self.diagnostics.append(warning("file-private", cast("SourcePath", name), START, message, hint))
        elif role is not None:
            self.files.append(FileEntry(cast("SourcePath", name), role, status.st_size, status.st_mtime_ns))

    def _stays_inside(self, link: os.PathLike[str], name: str) -> bool:
        try:
            target = os.path.realpath(link, strict=True)
        except OSError:
            self._error(name, "is a link that leads nowhere or in a circle", "remove the link")
            return False
        if os.path.commonpath([self.root, target]) != self.root:
            self._error(name, "is a link that leaves the project", "copy the file into the project")
            return False
        inside = [] if target == self.root else os.path.relpath(target, self.root).split(os.sep)
        if any(map(is_left_out, inside)):
            self._error(name, "is a link to what never goes out", "remove the link")
            return False
        folders = (os.path.join(self.root, *inside[:count]) for count in range(1, len(inside) + 1))
        if any(os.path.exists(os.path.join(folder, MANIFEST)) for folder in folders):
            self._error(name, "is a link into a built site", "remove the link")
            return False
        return True

    def _error(self, name: str, message: str, hint: str = "") -> None:
        path = name.encode("utf-8", "backslashreplace").decode()
        self.diagnostics.append(error("file-unreadable", cast("SourcePath", path), START, f"{path} {message}", hint))


def role_of(name: str) -> FileRole | None:
    """Return what a file of content/ is for, by its path; None where it is for nothing."""
    _, top, *below = name.split("/", 2)
    if not below:
        return _FILES.get(top)
    role = _FOLDERS.get(top)
    return "beside" if role in _DOCUMENTS and not name.endswith(".md") else role


def is_left_out(name: str) -> bool:
    """Return whether a file or folder is never read and never copied: hidden, or left behind by an editor."""
    return (name.startswith(".") and name != ".well-known") or _BACKUPS.match(name) is not None
