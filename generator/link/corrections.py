"""Corrections: the annotations of that kind, of the whole site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from generator.site import Correction, LinkedPage


def corrections_of(pages: Iterable[LinkedPage]) -> tuple[Correction, ...]:
    """Return the corrections of articles and pages, newest first; one without a date is as old as its page."""
    found: list[tuple[int, Correction]] = []
    for page in pages:
        matter = page.document.matter
        for index, annotation in enumerate(page.document.annotations):
            if annotation.matter.kind == "correction":
                day = annotation.matter.date.first_day if annotation.matter.date else matter.updated or matter.date
                found.append(((day or dt.date.min).toordinal(), Correction(page.document.path, index)))
    found.sort(key=lambda one: (-one[0], one[1].page, one[1].index))
    return tuple(correction for _, correction in found)
