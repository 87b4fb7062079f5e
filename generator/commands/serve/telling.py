"""What the terminal says: one line a change, and the mistakes."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from generator.commands.serve.changes import Changes
from generator.commands.serve.preview import Update
from generator.diagnostics import Diagnostic, has_errors
from generator.report import counted, plain, report

FEW = 2
"""Files of a change that are named; more are counted."""


class Teller:
    """Speaks on standard error, like every command."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._said: tuple[Diagnostic, ...] = ()

    def say(self, text: str) -> None:
        """Print a line."""
        print(text, file=sys.stderr, flush=True)

    def findings(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Print what is wrong with the project, unless it was said already."""
        found = tuple(diagnostics)
        if found != self._said:
            self._said = found
            sys.stderr.write(report(found, self._project))
            sys.stderr.flush()

    def template(self, text: str) -> None:
        """Print what is wrong with a template."""
        sys.stderr.write(text)
        sys.stderr.flush()

    def updated(self, update: Update, pages: int, diagnostics: tuple[Diagnostic, ...]) -> None:
        """Say what a change has come to."""
        self.findings(diagnostics)
        if has_errors(diagnostics):
            outcome = f"{counted(diagnostics)}; the last good pages stay"
        else:
            outcome = f"{pages:,} page{'' if pages == 1 else 's'} in {update.seconds * 1000:.0f} ms"
        self.say(f"{named(update.changes)}: {outcome}")


def named(changes: Changes) -> str:
    """Return the files of a change in words."""
    names = [*changes.content, *(f"templates/{name}" for name in changes.theme)]
    if not names:
        return "the project"
    shown = ", ".join(plain(name) for name in names[:FEW])
    return shown if len(names) <= FEW else f"{shown} and {len(names) - FEW:,} more"
