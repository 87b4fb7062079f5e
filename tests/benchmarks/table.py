"""The table of figures, in Markdown."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.benchmarks.measure import Run


@dataclass(frozen=True)
class Row:
    """What one part took, by the generator's name."""

    name: str
    cells: Mapping[str, str]
    shortest: Mapping[str, float] = field(default_factory=dict)
    """Seconds on the clock, for the ratios."""


def row_of(name: str, runs: Mapping[str, Sequence[Run]]) -> Row:
    """Return a part's row: the shortest and the median time on the clock, and the least of the processors'."""
    cells = {}
    for generator, done in runs.items():
        walls = [one.wall for one in done]
        least = min(one.cpu for one in done)
        cells[generator] = f"{min(walls):.2f} / {statistics.median(walls):.2f} / {least:.2f}"
    return Row(name, cells, {generator: min(one.wall for one in done) for generator, done in runs.items()})


def table_of(rows: Sequence[Row], generators: Sequence[str], absent: Sequence[str] = ()) -> str:
    """Return the rows as a table; the ratios are of the first generator's shortest times to each other's.

    `absent` are generators that are not installed.
    """
    ours, *others = generators
    head = ["s: shortest / median / CPU", *generators, *absent, *(f"{ours} : {other}" for other in others)]
    lines = [head, ["---"] * len(head)]
    for row in rows:
        ratios = (
            f"{row.shortest[ours] / row.shortest[other]:.2f}" if {ours, other} <= row.shortest.keys() else ""
            for other in others
        )
        cells = (row.cells.get(name, "") for name in generators)
        lines.append([row.name, *cells, *("not installed" for _ in absent), *ratios])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
