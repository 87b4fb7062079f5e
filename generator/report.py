"""Findings as a compiler prints them: place, message, the source line with a caret, a hint."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from generator.diagnostics import Diagnostic, Severity

MAX_LINE = 160
"""Characters of a source line that are shown; a longer one is cut around the caret."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def report(diagnostics: Iterable[Diagnostic], project: Path) -> str:
    """Return findings as text; control characters of the author's are shown, never sent raw."""
    sources: dict[str, list[str]] = {}
    return "".join(_one(diagnostic, _lines(project, diagnostic.path, sources)) for diagnostic in diagnostics)


def counted(diagnostics: Iterable[Diagnostic]) -> str:
    """Return how many findings there are of each severity: `2 errors, 1 warning`."""
    found = [diagnostic.severity for diagnostic in diagnostics]
    counts = ((found.count(severity), severity.value) for severity in Severity)
    return ", ".join(f"{count} {name}{'s' if count > 1 else ''}" for count, name in counts if count)


def plain(text: str) -> str:
    """Return a text with its control characters spelt out."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text.replace("\t", " ").replace("\n", " "))


def _one(diagnostic: Diagnostic, lines: list[str]) -> str:
    place = f"{diagnostic.path}:{diagnostic.line}:{diagnostic.column}"
    out = [plain(f"{place}: {diagnostic.severity.value}[{diagnostic.code}]: {diagnostic.message}")]
    if 0 < diagnostic.line <= len(lines) and lines[diagnostic.line - 1].strip():
        shown, column = _cut(lines[diagnostic.line - 1], diagnostic.column)
        number = str(diagnostic.line)
        out.append(f"  {number} | {plain(shown)}")
        out.append(f"  {' ' * len(number)} | {' ' * (column - 1)}^")
    out += [f"  note: {plain(note)}" for note in diagnostic.notes]
    if diagnostic.hint:
        out.append(f"  hint: {plain(diagnostic.hint)}")
    return "\n".join(out) + "\n"


def _cut(line: str, column: int) -> tuple[str, int]:
    if len(line) <= MAX_LINE:
        return line, min(column, len(line) + 1)
    start = max(0, min(column - 1 - MAX_LINE // 2, len(line) - MAX_LINE))
    return line[start : start + MAX_LINE], column - start


def _lines(project: Path, path: str, known: dict[str, list[str]]) -> list[str]:
    if path not in known:
        try:
            text = (project / path).read_bytes().decode("utf-8-sig", "replace")
        except (OSError, ValueError):
            text = ""
        known[path] = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return known[path]
