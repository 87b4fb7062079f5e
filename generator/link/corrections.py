"""Corrections: the annotations of that kind, of the whole site."""

from __future__ import annotations

from collections.abc import Iterable

from generator.site import Correction, Page


def corrections_of(pages: Iterable[Page]) -> tuple[Correction, ...]:
    """Return the corrections of articles and pages, newest first; one without a date is as old as its page."""
    found: list[tuple[int, Correction]] = []
    for page in pages:
        for index, date in page.synopsis.corrections:
            day = date.first_day if date else page.matter.updated or page.matter.date
            found.append((day.toordinal() if day else 0, Correction(page, index)))
    found.sort(key=lambda one: (-one[0], one[1].page.path, one[1].index))
    return tuple(correction for _, correction in found)
