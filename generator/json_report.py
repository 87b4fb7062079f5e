"""Outcomes for machines: the one object that `--json` prints."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from generator.diagnostics import Diagnostic
from generator.options import Result


def build_report(result: Result, seconds: float) -> bytes:
    """Return a build's outcome as JSON (format.md, Commands), UTF-8 with a line feed."""
    outcome = {
        "ok": result.ok,
        "pages": result.pages,
        "written": result.written,
        "unchanged": result.unchanged,
        "removed": result.removed,
        "seconds": round(seconds, 3),
        "diagnostics": findings(result.diagnostics),
    }
    return json.dumps(outcome, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


def findings(diagnostics: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """Return findings as JSON objects."""
    return [
        {
            "code": one.code,
            "severity": one.severity.value,
            "path": one.path,
            "line": one.line,
            "column": one.column,
            "message": one.message,
            "hint": one.hint,
        }
        for one in diagnostics
    ]
