"""What stands in the output folder: looked at without following a link and without opening what is no file."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from contextlib import suppress

READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""No text mode on Windows; a link or a FIFO that takes a file's place while we look is neither followed nor waited
for."""


def real_folders(root: str, folders: Collection[str]) -> set[str]:
    """Return those of some folders that are there and no link, nor below one; found by listing those above them."""
    real = {""}
    for above in sorted({folder.rpartition("/")[0] for folder in folders}, key=len):
        if above not in real:
            continue
        prefix = f"{above}/" if above else ""
        with suppress(OSError), os.scandir(f"{root}/{above}") as entries:
            real.update(prefix + entry.name for entry in entries if entry.is_dir(follow_symlinks=False))
    return real


class Disk:
    """The output folder as it stands; remembers which folders there are, so one lives only as long as they stay."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.blocked: set[str] = set()
        """Paths where a folder is needed and something else stands: a file, or a link whatever it leads to."""
        self._missing: dict[str, str | None] = {"": None}

    def missing(self, folder: str) -> str | None:
        """Return None where a folder is there, else the outermost one on the way that is not (it may be blocked)."""
        try:
            return self._missing[folder]
        except KeyError:
            pass
        end = folder.find("/")
        while True:
            part = folder if end < 0 else folder[:end]
            if part not in self._missing:
                self._missing[part] = None if self._is_folder(part) else part
            if self._missing[part] is not None or end < 0:
                self._missing[folder] = self._missing[part]
                return self._missing[part]
            end = folder.find("/", end + 1)

    def look(self, path: str) -> os.stat_result | None:
        """Return the status of what stands at a path, a link's own, or None where nothing of the folder does."""
        if self.missing(path.rpartition("/")[0]) is not None:
            return None
        try:
            return os.lstat(f"{self.root}/{path}")
        except FileNotFoundError:
            return None

    def look_for_file(self, path: str) -> os.stat_result | None:
        """Return the status of a file proper, or None where none stands."""
        status = self.look(path)
        return status if status is not None and stat.S_ISREG(status.st_mode) else None

    def read(self, path: str, size: int) -> bytes:
        """Return the bytes of a file that had this size a moment ago."""
        descriptor = os.open(f"{self.root}/{path}", READ)
        try:
            content = os.read(descriptor, size + 1)
            if len(content) == size:
                return content
            parts = [content]
            while part := os.read(descriptor, 1 << 20):
                parts.append(part)
            return b"".join(parts)
        finally:
            os.close(descriptor)

    def same(self, path: str, other: str) -> bool:
        """Return whether two paths are one file, as names are that differ by case where the system ignores it."""
        try:
            return os.path.samestat(os.lstat(f"{self.root}/{path}"), os.lstat(f"{self.root}/{other}"))
        except OSError:
            return False

    def _is_folder(self, path: str) -> bool:
        try:
            status = os.lstat(f"{self.root}/{path}")
        except FileNotFoundError:
            return False
        if stat.S_ISDIR(status.st_mode):
            return True
        self.blocked.add(path)
        return False
