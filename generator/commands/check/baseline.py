"""`--baseline FILE`: old debts, so that they do not block new work. The file is what `check --format json` printed."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from generator.diagnostics import Diagnostic, Severity

Debt = tuple[str, str, str]
"""Code, path and message of a finding. Not the line: debts move when the text above them grows."""

_NUMBER = re.compile(r"\d+")


class BaselineError(Exception):
    """The file is not there, or is no outcome of `check --format json`."""


def read_baseline(path: Path) -> Counter[Debt]:
    """Return the debts of a file, each as often as it was found; raises BaselineError."""
    try:
        found = json.loads(path.read_text("utf-8"))["diagnostics"]
        return Counter(_debt(str(one["code"]), str(one["path"]), str(one["message"])) for one in found)
    except FileNotFoundError:
        raise BaselineError(f"there is no {path}; make it with: check --format json > {path}") from None
    except OSError as problem:
        raise BaselineError(f"{path} cannot be read: {problem.strerror}") from None
    except (ValueError, KeyError, TypeError):
        raise BaselineError(f"{path} is not what `check --format json` prints") from None


def without_debts(diagnostics: Iterable[Diagnostic], debts: Counter[Debt]) -> tuple[tuple[Diagnostic, ...], int]:
    """Return the findings that are no debts, and how many debts are paid.

    An error is never a debt: while it is there the site is not built.
    """
    left = debts.copy()
    new: list[Diagnostic] = []
    for diagnostic in diagnostics:
        debt = _debt(diagnostic.code, diagnostic.path, diagnostic.message)
        if diagnostic.severity is Severity.ERROR or left[debt] <= 0:
            new.append(diagnostic)
        else:
            left[debt] -= 1
    return tuple(new), left.total()


def _debt(code: str, path: str, message: str) -> Debt:
    """Return what a finding keeps while it grows: a name that is used 5 times and then 6 is one debt."""
    return code, path, _NUMBER.sub("0", message)
