"""What is said without a source."""

from __future__ import annotations

from collections.abc import Iterator

from generator.commands.check.desk import Desk
from generator.diagnostics import Diagnostic, suggestion
from generator.parse.annotations import shorten

WITHOUT = ("correction",)
"""Kinds of annotations that need none: a correction speaks of the page itself."""


def unsourced_entries(desk: Desk) -> Iterator[Diagnostic]:
    """Yield the entries that neither name nor cite a source."""
    for entry in desk.entries:
        if not entry.sources:
            name = entry.document.matter.name
            message = f'nothing says where the definition of "{name.value}" comes from'
            hint = "name its `sources:`, or cite one in its text"
            yield suggestion("entry-unsourced", entry.document.path, name.at, message, hint)


def unsourced_annotations(desk: Desk) -> Iterator[Diagnostic]:
    """Yield the annotations, but for corrections, that neither name nor cite a source."""
    for page in (*desk.articles, *desk.pages):
        for annotation in page.document.annotations:
            matter = annotation.matter
            if matter.kind in WITHOUT or matter.sources.keys or annotation.body.citations:
                continue
            message = f"the note on “{shorten(matter.quote.value)}” names no source"
            hint = "name its `sources:`, or cite one in the note: [@key]"
            yield suggestion("annotation-unsourced", page.document.path, matter.quote.at, message, hint)
