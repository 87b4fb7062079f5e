"""Every check of the editor's desk. A new one is a function in one of these files and a line in this tuple."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.commands.check import dated, entries, markup, mentions, names, sources
from generator.commands.check.desk import Desk
from generator.diagnostics import Diagnostic

Check = Callable[[Desk], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    dated.overdue_entries,
    dated.changed_definitions,
    dated.ended_roles,
    entries.unmentioned_entries,
    entries.shared_forms,
    sources.unsourced_entries,
    sources.unsourced_annotations,
    mentions.dropped_mentions,
    mentions.dense_pages,
    mentions.late_marks,
    names.unexplained_names,
    markup.skipped_headings,
    markup.uncredited_images,
    markup.dead_fragments,
)
"""None needs the network, a clock or the disk: what they say depends on the site alone."""


def run_checks(desk: Desk) -> Iterator[Diagnostic]:
    """Yield what all checks find; where the place is not known yet, places.py finds it."""
    for check in CHECKS:
        yield from check(desk)
