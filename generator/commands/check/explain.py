"""`check --explain CODE`: what a code means and how to mend it."""

from __future__ import annotations

import textwrap

from generator.commands.check.explanations import explanations
from generator.diagnostics import did_you_mean

WIDTH = 100
"""Characters of a line on a terminal that are still easy to read."""


def explain(code: str) -> str | None:
    """Return the explanation of a code as text for a terminal, or None where there is no such code."""
    found = explanations().get(code)
    if found is None:
        return None
    return f"{found.code} ({found.severity}; {found.area})\n\n{textwrap.fill(found.text, WIDTH)}\n"


def unknown(code: str) -> str:
    """Return what to say of a code that there is not, with the nearest one, or all of them."""
    known = tuple(explanations())
    hint = did_you_mean(code, known) or f"known are {', '.join(known)}"
    return f'there is no code "{code}": {hint}'
