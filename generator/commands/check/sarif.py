"""Findings as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), for code scanning and editors."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from generator import __version__
from generator.commands.check.explanations import explanations
from generator.diagnostics import Diagnostic, Severity

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SUGGESTION: "note"}
"""The specification's levels (3.27.10)."""

_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")

ROOT = "PROJECTROOT"
"""What paths are relative to (3.4.4)."""


def sarif(diagnostics: Sequence[Diagnostic], project: Path) -> str:
    """Return findings as a log of one run; only the rules that speak are described in it."""
    codes = sorted({diagnostic.code for diagnostic in diagnostics})
    index = {code: number for number, code in enumerate(codes)}
    seen: Counter[tuple[str, str, str]] = Counter()
    results = []
    for diagnostic in diagnostics:
        key = (diagnostic.code, diagnostic.path, diagnostic.message)
        results.append(_result(diagnostic, index[diagnostic.code], seen[key]))
        seen[key] += 1
    run = {
        "tool": {
            "driver": {
                "name": "annotated-explainers",
                "version": __version__,
                "rules": [_rule(code) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder of the project."}}},
        "results": results,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _rule(code: str) -> dict[str, Any]:
    explained = explanations().get(code)
    text = explained.text if explained else code
    plain = text.replace("`", "")
    return {
        "id": code,
        "shortDescription": {"text": plain.partition(". ")[0].removesuffix(".") + "."},
        "help": {"text": plain, "markdown": text},
    }


def _result(one: Diagnostic, rule: int, occurrence: int) -> dict[str, Any]:
    message = _literal("\n".join((one.message, *one.notes, *([f"Hint: {one.hint}"] if one.hint else []))))
    return {
        "ruleId": one.code,
        "ruleIndex": rule,
        "level": LEVELS[one.severity],
        "message": {"text": message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(one.path), "uriBaseId": ROOT},
                    "region": {"startLine": max(one.line, 1), "startColumn": max(one.column, 1)},
                }
            }
        ],
        "partialFingerprints": {"finding/v1": _fingerprint(one, occurrence)},
    }


def _literal(text: str) -> str:
    """Return a text without placeholders (3.11.5) and embedded links (3.11.6), which braces and brackets would be."""
    return _LINK.sub(r"\\\g<0>", text.replace("{", "{{").replace("}", "}}"))


def _fingerprint(one: Diagnostic, occurrence: int) -> str:
    """Return what stays the same while the lines above a finding change (3.27.17)."""
    parts = "\0".join((one.code, one.path, one.message, str(occurrence)))
    return hashlib.blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
