"""Where findings point at: words of a text, or a value of the front matter whose record keeps no position."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from generator.diagnostics import Diagnostic, Severity, located
from generator.link.mentions import line_at
from generator.model import SourcePath
from generator.site import LinkedFragment

SOMEWHERE = 0
"""The line of a finding of which no more is known than the words that it points at."""


def in_text(
    severity: Severity,
    code: str,
    path: SourcePath,
    linked: LinkedFragment,
    start: int,
    end: int,
    message: str,
    hint: str = "",
    *notes: str,
) -> Diagnostic:
    """Return a finding at words of a text."""
    words = linked.fragment.text[start:end].partition("\n")[0]
    return Diagnostic(code, severity, path, line_at(linked.fragment, start), 1, message, hint, notes, words)


def at_key(severity: Severity, code: str, path: SourcePath, key: str, message: str, hint: str = "") -> Diagnostic:
    """Return a finding at the value of a top-level key of a file's front matter."""
    return Diagnostic(code, severity, path, SOMEWHERE, 1, message, hint, (), f"{key}:")


def place_all(diagnostics: Iterable[Diagnostic], project: Path) -> Iterator[Diagnostic]:
    """Yield the findings with the lines and columns that their words stand at; each file is read once."""
    sources: dict[str, list[str]] = {}
    for diagnostic in diagnostics:
        if not diagnostic.words:
            yield diagnostic
            continue
        if diagnostic.path not in sources:
            sources[diagnostic.path] = _lines(project / diagnostic.path)
        yield _placed(diagnostic, sources[diagnostic.path])


def _placed(diagnostic: Diagnostic, lines: list[str]) -> Diagnostic:
    if diagnostic.line != SOMEWHERE:
        known = 0 < diagnostic.line <= len(lines)
        return located(diagnostic, lines[diagnostic.line - 1] if known else "")
    words = diagnostic.words
    is_key = re.fullmatch(r"\w+:", words) is not None
    line, column = 1, 1
    for number, text in enumerate(lines, start=1):
        if is_key and (key := re.match(rf"{words}\s*", text)):
            line, column = number, key.end() + 1
            break
        if not is_key and words in text:
            line, column = number, text.index(words) + 1
            break
    return msgspec.structs.replace(diagnostic, line=line, column=column, words="")


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text("utf-8-sig", errors="replace")
    except (OSError, ValueError):
        return []
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
