"""What a publish shows: the list of a dry run, sizes, and a bar where somebody is looking."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from generator.commands.publish.target import Plan, Progress, Step
from generator.report import plain

SIGNS = {"add": "+", "change": "~", "delete": "-"}

BAR = 30
"""Characters."""


def listed(plan: Plan) -> str:
    """Return what a publish would do, a file a line, by kind and address."""
    steps = sorted(plan.steps, key=lambda step: ([*SIGNS].index(step.action), step.path))
    width = max((len(size(step.size)) for step in steps), default=0)
    return "".join(f"{SIGNS[step.action]} {size(step.size):>{width}}  {plain(step.path)}\n" for step in steps)


def summed(plan: Plan) -> str:
    """Return how much there is to do: `3 added (1.2 kB), 1 changed (830 B), 2 deleted (4.0 kB)`."""
    words = {"add": "added", "change": "changed", "delete": "deleted"}
    parts = ((word, plan.of(action)) for action, word in words.items())
    return ", ".join(f"{len(steps)} {word} ({size(total(steps))})" for word, steps in parts if steps) or "nothing"


def total(steps: Iterable[Step]) -> int:
    """Return the bytes of some steps."""
    return sum(step.size for step in steps)


def size(count: int) -> str:
    """Return a number of bytes as people read it."""
    if count < 1000:
        return f"{count} B"
    amount = float(count)
    for unit in ("kB", "MB"):
        amount /= 1000
        if amount < 999.95:
            return f"{amount:.1f} {unit}"
    return f"{amount / 1000:.1f} GB"


@contextmanager
def progress_bar(steps: int) -> Iterator[Progress]:
    """Show how far a publish is, on a terminal; elsewhere nothing."""
    if not sys.stderr.isatty() or not steps:
        yield lambda path: None
        return
    done = 0

    def advance(path: str) -> None:
        nonlocal done
        done = min(done + 1, steps)
        filled = BAR * done // steps
        line = f"[{'#' * filled}{'-' * (BAR - filled)}] {done}/{steps} {plain(path)}"
        sys.stderr.write(f"\r\x1b[K{line[: shutil.get_terminal_size().columns - 1]}")
        sys.stderr.flush()

    try:
        yield advance
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
