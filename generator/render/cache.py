"""Files that take long to make, kept between builds in a folder that may be deleted, damaged or shared at any time."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

CHECKSUM = 32
"""Bytes at the beginning of a kept file: the checksum of its key and its content."""


class FileCache:
    """Contents by key. What is damaged, foreign or cut short counts as none; a disk that refuses keeps nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> bytes | None:
        """Return what was kept under a key, or None."""
        try:
            kept = (self.folder / _name(key)).read_bytes()
        except OSError:
            return None
        content = kept[CHECKSUM:]
        return content if kept[:CHECKSUM] == _checksum(key, content) else None

    def put(self, key: str, content: bytes) -> None:
        """Keep a content. The law: another process sees it whole or not at all."""
        path = self.folder / _name(key)
        half = path.with_name(f"{path.name}.{os.urandom(4).hex()}.tmp")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            try:
                half.write_bytes(_checksum(key, content) + content)
                os.replace(half, path)
            finally:
                half.unlink(missing_ok=True)
        except OSError:
            return

    def keep(self, keys: Iterable[str]) -> None:
        """Remove what is kept under any other key."""
        names = {_name(key) for key in keys}
        with contextlib.suppress(OSError):
            for path in self.folder.iterdir():
                if path.name not in names:
                    path.unlink()


def _name(key: str) -> str:
    return hashlib.blake2b(key.encode(), digest_size=20).hexdigest()


def _checksum(key: str, content: bytes) -> bytes:
    return hashlib.blake2b(key.encode() + b"\0" + content, digest_size=CHECKSUM).digest()
