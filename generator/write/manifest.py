"""The manifest: which files of the output folder are ours, and what was in them when they were written."""

from __future__ import annotations

import functools
import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import msgspec

from generator.model import OutputPath, Value
from generator.read.source import digest_of
from generator.write.names import path_problem
from generator.write.problems import WriteError, reason_of

MANIFEST = ".manifest.json"
"""Its name in the output folder."""

_HEXADECIMAL = re.compile("[0-9a-f]*")


class Stamp(Value, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What a file holds."""

    digest: Annotated[str, msgspec.Meta(min_length=32, max_length=32)]
    """See `digest_of`; its digits are looked at in the manifest, all at once."""
    size: Annotated[int, msgspec.Meta(ge=0)]
    """Bytes."""


class Manifest(Value, frozen=True, forbid_unknown_fields=True):
    """The files that builds have written into a folder."""

    files: dict[OutputPath, Stamp]
    coming: dict[OutputPath, Stamp] = {}
    """What a build is moving into place; one that still stands there was interrupted, and each of these files is
    either as in `files` (or absent) or as here."""

    def stamps(self, path: OutputPath) -> tuple[Stamp, ...]:
        """Return what builds have written at a path: nothing, one, or both sides of an interrupted one."""
        return tuple(stamp for stamp in (self.files.get(path), self.coming.get(path)) if stamp is not None)

    def paths(self) -> set[OutputPath]:
        """Return all paths that builds have written or were about to."""
        return {*self.files, *self.coming}


class Damaged(Value, frozen=True):
    """A manifest that cannot be read. It still marks the folder as ours."""

    reason: str


def read_manifest(folder: Path | str) -> Manifest | Damaged | None:
    """Return the manifest of an output folder, or None where it has none; nothing in it needs to be trusted further.

    Each path of it is known to lie within the folder; that no link on the way leads out of it, `Disk` sees to.
    Raises WriteError where the disk will not tell.
    """
    try:
        status = os.lstat(f"{folder}/{MANIFEST}")
        if not stat.S_ISREG(status.st_mode):
            return Damaged("it is no file")
        content = Path(f"{folder}/{MANIFEST}").read_bytes()
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise WriteError(MANIFEST, reason_of(problem)) from problem
    return decode_manifest(content)


def manifest_digest(folder: Path | str) -> str:
    """Return the digest of the manifest of an output folder; empty where it has none that can be read."""
    try:
        return digest_of(Path(f"{folder}/{MANIFEST}").read_bytes())
    except OSError:
        return ""


def manifest_size(folder: Path | str) -> int:
    """Return the bytes that the manifest of an output folder has; 0 where it has none."""
    try:
        return os.lstat(f"{folder}/{MANIFEST}").st_size
    except OSError:
        return 0


@functools.lru_cache(maxsize=1)  # a build reads it twice
def decode_manifest(content: bytes) -> Manifest | Damaged:
    """Return what the bytes of a manifest say."""
    try:
        manifest = msgspec.json.decode(content, type=Manifest)
    except (msgspec.DecodeError, ValueError, RecursionError) as problem:
        return Damaged(str(problem))
    for path in (*manifest.files, *manifest.coming):
        if found := path_problem(path):
            return Damaged(f'"{path}" {found}')
    digests = (stamp.digest for stamps in (manifest.files, manifest.coming) for stamp in stamps.values())
    if not _HEXADECIMAL.fullmatch("".join(digests)):
        return Damaged("a digest has other digits than hexadecimal ones")
    return manifest


def encode_manifest(manifest: Manifest) -> bytes:
    """Return the bytes of a manifest: sorted, a line for each file, the same for the same site."""
    parts = [b'{\n"files": {\n', _lines(manifest.files)]
    if manifest.coming:
        parts += [b'},\n"coming": {\n', _lines(manifest.coming)]
    return b"".join([*parts, b"}\n}\n"])


def _lines(stamps: Mapping[OutputPath, Stamp]) -> bytes:
    encoded = msgspec.json.encode({path: stamps[path] for path in sorted(stamps)})[1:-1]
    lines = encoded.replace(b'":["', b'": ["').replace(b'],"', b'],\n"')  # neither is in a path: its quotes are `\"`
    return lines + b"\n" if lines else b""
