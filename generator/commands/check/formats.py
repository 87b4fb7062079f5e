"""Findings for people and for machines: text, JSON, GitHub's annotations. SARIF has a file of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from generator.commands.check.sarif import sarif
from generator.diagnostics import Diagnostic, Severity, has_errors
from generator.json_report import findings
from generator.report import plain, report

Format = Callable[[Sequence[Diagnostic], Path], str]

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SUGGESTION: "notice"}


def text(diagnostics: Sequence[Diagnostic], project: Path) -> str:
    """Return findings as a compiler prints them."""
    return report(diagnostics, project)


def as_json(diagnostics: Sequence[Diagnostic], project: Path) -> str:
    """Return findings as one object (format.md, Commands)."""
    outcome = {"ok": not has_errors(diagnostics), "diagnostics": findings(diagnostics)}
    return json.dumps(outcome, ensure_ascii=False) + "\n"


def github(diagnostics: Sequence[Diagnostic], project: Path) -> str:
    """Return findings as workflow commands, which GitHub shows as annotations beside the lines they speak of.

    docs.github.com, Workflow commands for GitHub Actions; escaping as @actions/core does it.
    """
    return "".join(map(_command, diagnostics))


def _command(one: Diagnostic) -> str:
    properties = {"file": one.path, "line": one.line, "col": one.column, "title": one.code}
    written = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    lines = (one.message, *one.notes, *([f"hint: {one.hint}"] if one.hint else []))
    return f"::{_LEVELS[one.severity]} {written}::{_data(chr(10).join(map(plain, lines)))}\n"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Format] = {"text": text, "json": as_json, "github": github, "sarif": sarif}
"""What `--format` takes."""
