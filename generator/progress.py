"""How far a build is, shown on a terminal, and where its time went: both heard at the seam all work goes through."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TextIO

from generator.jobs import Run

STAGES = {
    "parse_file": ("read", "parse entries", "reading the glossary"),
    "open_file": ("match forms", "parse and find mentions", "reading"),
    "nearest_to": ("link and emit", "related articles", "finding related articles"),
    "make": ("link and emit", "render", "writing"),
}
"""By the function that is run: what happened before it, what it does, and how that is told to an author."""

LAST = "write"
"""What happens after the last of them."""

PATIENCE = 0.5
"""Seconds after which a build is long enough for its progress to be shown."""

EVERY = 0.1
"""Seconds between two showings."""


class Progress:
    """Hears the work of a build; its `run` is the build's."""

    def __init__(self, run: Run, terminal: TextIO | None = None) -> None:
        """`terminal` is where progress is shown, if it is one."""
        self._run = run
        self._terminal = terminal
        self._begun = time.perf_counter()
        self._marks: list[tuple[str, float, int]] = []
        self._shown = 0.0

    def run(self, function: Callable[[Any], Any], items: Iterable[Any], /) -> Iterator[Any]:
        """Return the function's results in the order of the items, and hear when they come."""
        inner = function.func if isinstance(function, functools.partial) else function
        before, name, told = STAGES.get(inner.__name__, ("", inner.__name__, inner.__name__))
        self._mark(before, 0)
        waiting = list(items)
        begun = time.perf_counter()
        for done, result in enumerate(self._run(function, waiting), start=1):
            yield result
            self._show(told, done, len(waiting), begun)
        self._mark(name, len(waiting))

    def finish(self) -> None:
        """Clear the terminal's line."""
        self._mark(LAST, 0)
        if self._terminal is not None and self._shown:
            self._terminal.write("\r\x1b[K")
            self._terminal.flush()

    def table(self) -> str:
        """Return where the time went: a line for each stage, with its seconds, its share and what one item took."""
        times: dict[str, float] = {}
        counts: dict[str, int] = {}
        previous = self._begun
        for name, at, count in self._marks:
            times[name] = times.get(name, 0.0) + at - previous
            counts[name] = counts.get(name, 0) + count
            previous = at
        total = max(previous - self._begun, 1e-9)
        lines = [
            f"{name:<24}{seconds:>9.3f} s {seconds / total:>5.0%}"
            + (f"{counts[name]:>8} x {seconds / counts[name] * 1000:.3f} ms" if counts[name] else "")
            for name, seconds in times.items()
            if name
        ]
        return "\n".join([*lines, f"{'all':<24}{total:>9.3f} s"]) + "\n"

    def _mark(self, name: str, count: int) -> None:
        self._marks.append((name, time.perf_counter(), count))

    def _show(self, told: str, done: int, total: int, begun: float) -> None:
        now = time.perf_counter()
        if self._terminal is None or now - self._begun < PATIENCE or now - self._shown < EVERY:
            return
        self._shown = now
        left = (now - begun) / done * (total - done)
        self._terminal.write(f"\r\x1b[K{told}: {done} of {total}, {left:.0f} s left")
        self._terminal.flush()
