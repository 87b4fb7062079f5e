"""A file's text: decoded, with `\\n` line ends and without a byte order mark."""

from __future__ import annotations

import hashlib
from pathlib import Path

from generator.diagnostics import START, Diagnostic, error
from generator.model import Position, SourcePath, Value
from generator.read.tree import FileEntry, FileRole


class Source(Value, frozen=True):
    """A text file of the project."""

    path: SourcePath
    role: FileRole
    text: str
    digest: str
    """Of its bytes."""


def digest_of(content: bytes) -> str:
    """Return the digest that names a content everywhere in the program: 16 bytes of its SHA-256, in hexadecimal.

    Processors have instructions for SHA-256: a page's takes a third of what BLAKE2b takes.
    """
    return hashlib.sha256(content, usedforsecurity=False).hexdigest()[:32]


def read_source(project: Path, file: FileEntry) -> Source | Diagnostic:
    """Return a file's text, or the error that says where it is not text."""
    try:
        content = (project / file.path).read_bytes()
    except OSError as problem:
        return error("file-unreadable", file.path, START, f"cannot be read: {problem.strerror}")
    return decode(content, file.path, file.role)


def decode(content: bytes, path: SourcePath, role: FileRole) -> Source | Diagnostic:
    """Return the text of a file's bytes; undecodable bytes and NUL are an error at their line and column."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        before = content[: problem.start].decode("utf-8-sig", "replace")
        found = content[problem.start]
        message = f"not UTF-8: the byte 0x{found:02X}"
        return error("file-encoding", path, _end_of(before), message, "save the file as UTF-8")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        at = _end_of(text[: text.index("\0")])
        return error("file-encoding", path, at, "a NUL character", "remove it")
    return Source(path, role, text, digest_of(content))


def _end_of(text: str) -> Position:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Position(text.count("\n") + 1, len(text) - (text.rfind("\n") + 1) + 1)
