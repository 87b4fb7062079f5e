"""What the program has to say to an author: values, gathered by every stage, sorted and printed at the end."""

from __future__ import annotations

import enum
from collections.abc import Iterable

import msgspec

from generator.model import Position, SourcePath, Value


class Severity(enum.StrEnum):
    """How bad it is. `--strict` turns warnings into errors, never suggestions."""

    ERROR = "error"
    WARNING = "warning"
    SUGGESTION = "suggestion"


class Diagnostic(Value, frozen=True):
    """One finding, located in a file of the author's."""

    code: str
    """`area-name`, stable, documented in docs/diagnostics.md."""
    severity: Severity
    path: SourcePath
    line: int
    column: int
    message: str
    hint: str = ""
    """What to do; empty where the message says it."""
    notes: tuple[str, ...] = ()
    """Further lines: candidates, the other place of a conflict."""
    words: str = ""
    """Words of the line to point at, where the stage that found it knows the line alone: `located` finds the column."""


def error(code: str, path: SourcePath, at: Position, message: str, hint: str = "", *notes: str) -> Diagnostic:
    """Return an error at a place of a file."""
    return Diagnostic(code, Severity.ERROR, path, at.line, at.column, message, hint, notes)


def warning(code: str, path: SourcePath, at: Position, message: str, hint: str = "", *notes: str) -> Diagnostic:
    """Return a warning at a place of a file."""
    return Diagnostic(code, Severity.WARNING, path, at.line, at.column, message, hint, notes)


def suggestion(code: str, path: SourcePath, at: Position, message: str, hint: str = "", *notes: str) -> Diagnostic:
    """Return a suggestion at a place of a file."""
    return Diagnostic(code, Severity.SUGGESTION, path, at.line, at.column, message, hint, notes)


def located(diagnostic: Diagnostic, source_line: str) -> Diagnostic:
    """Return a finding that names words of its line with the column where they, or the first of them, begin."""
    if not diagnostic.words:
        return diagnostic
    first = diagnostic.words.split()[0] if diagnostic.words.split() else ""
    found = max(source_line.find(diagnostic.words), 0) or max(source_line.find(first), 0)
    return msgspec.structs.replace(diagnostic, column=found + 1, words="")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the hint for a misspelt word: the nearest known one, else all of them."""
    import difflib

    known = list(known)
    lower = {name.lower(): name for name in known}
    near = difflib.get_close_matches(word.lower(), lower, n=1, cutoff=0.6)
    if near:
        return f'did you mean "{lower[near[0]]}"?'
    return f"known are {', '.join(known)}" if len(known) <= 40 else ""


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Return whether any of them is an error."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return each finding once, sorted by file, place and code."""
    return tuple(sorted(set(diagnostics), key=lambda d: (d.path, d.line, d.column, d.code, d.message)))


def strict(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the same findings with warnings as errors."""
    return tuple(
        msgspec.structs.replace(d, severity=Severity.ERROR) if d.severity is Severity.WARNING else d
        for d in diagnostics
    )


START = Position(1, 1)
"""The place of what is missing from a whole file."""
