"""Pages as they were opened by the last check, in the cache: opening one from here takes a tenth of parsing it again.

A page is kept under the key of all that it rests on: the program, its source, and the mentions found in it.
"""

from __future__ import annotations

import zlib
from contextlib import suppress
from pathlib import Path

import msgspec

from generator.model import SourcePath
from generator.read.source import digest_of
from generator.site import Page
from generator.write.lock import CACHE, cache_folder
from generator.write.problems import WriteError

FILE = "desk.msgpack"

CHECKSUM = 4
"""Bytes before the content: its CRC-32."""

Kept = dict[SourcePath, tuple[str, bytes]]


class Shelf:
    """Packed pages by path. A damaged or foreign file counts as none."""

    def __init__(self, project: Path, program: str) -> None:
        """`program` names the program, and the settings that parsing depends on besides the page's language."""
        self._project = project
        self._program = program
        self._kept: Kept = {}
        self._taken: Kept = {}
        with suppress(OSError, msgspec.DecodeError):
            content = (project / CACHE / FILE).read_bytes()
            if zlib.crc32(content[CHECKSUM:]).to_bytes(CHECKSUM, "big") == content[:CHECKSUM]:
                self._kept = msgspec.msgpack.decode(content[CHECKSUM:], type=Kept)

    def get(self, page: Page) -> bytes | None:
        """Return a page as it was kept, if it is the same page."""
        key, kept = self._key(page), self._kept.get(page.path)
        if kept is None or kept[0] != key:
            return None
        self._taken[page.path] = kept
        return kept[1]

    def put(self, page: Page, packed: bytes) -> None:
        """Keep a page."""
        self._taken[page.path] = (self._key(page), packed)

    def save(self) -> None:
        """Write the pages that were asked for and no others; a disk that refuses costs the next check its time."""
        if self._taken == self._kept:
            return
        content = msgspec.msgpack.encode(self._taken)
        with suppress(OSError, WriteError):
            path = cache_folder(self._project) / FILE
            replacement = path.with_name(f".{FILE}.new")
            replacement.write_bytes(zlib.crc32(content).to_bytes(CHECKSUM, "big") + content)
            replacement.replace(path)

    def _key(self, page: Page) -> str:
        synopsis = page.synopsis
        return digest_of(f"{self._program} {synopsis.digest} {synopsis.lang} {synopsis.mentions.digest}".encode())
