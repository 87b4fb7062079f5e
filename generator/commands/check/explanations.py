"""What each code means and how to mend it: read from docs/diagnostics.md, the one place where that stands."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from generator.model import Value

_ROW = re.compile(r"^\| `([a-z-]+)` \| (\w+) \| (.*) \|$")


class Explanation(Value, frozen=True):
    """A code of a finding, explained."""

    code: str
    severity: str
    text: str
    """One paragraph of Markdown."""
    area: str
    """The heading that it stands under."""


@cache
def explanations() -> dict[str, Explanation]:
    """Return all explanations by code, in the order of the document."""
    found: dict[str, Explanation] = {}
    area = ""
    for line in document().read_text("utf-8").splitlines():
        if line.startswith("## "):
            area = line[3:].strip()
        elif row := _ROW.match(line):
            found[row[1]] = Explanation(row[1], row[2], row[3].replace("\\|", "|"), area)
    return found


def document() -> Path:
    """Return the document: in the wheel inside the package, in a checkout in docs/."""
    package = Path(__file__).resolve().parents[2]
    inside = package / "diagnostics.md"
    return inside if inside.is_file() else package.parent / "docs" / "diagnostics.md"
