"""What is asked of a build, and what it answers."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from generator.diagnostics import Diagnostic, has_errors
from generator.model import Value


class Options(Value, frozen=True, kw_only=True):
    """What the command line asks of a build."""

    project: Path
    output: Path
    today: dt.date | None = None
    """None: the clock, in the site's time zone."""
    drafts: bool = False
    future: bool = False
    strict: bool = False
    base_url: str | None = None


class Result(Value, frozen=True, kw_only=True):
    """What a build did."""

    diagnostics: tuple[Diagnostic, ...]
    pages: int = 0
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    next_due: dt.date | None = None
    today: dt.date | None = None
    """The day for which the site was built."""
    timezone: str | None = None
    """The site's."""

    @property
    def ok(self) -> bool:
        """Whether the site was written."""
        return not has_errors(self.diagnostics)


class ChangedError(Exception):
    """A file was changed while the site was built; the site is as it was."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return f"{self.path} was changed while the site was built; the site is as it was: build again"
