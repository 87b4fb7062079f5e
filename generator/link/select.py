"""Which documents are published today (format.md, Text rules)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from generator.document import EntryDocument
from generator.model import Value
from generator.synopsis import PageSynopsis

DRAFT = "a draft"


class Selection(Value, frozen=True, kw_only=True):
    """What is asked for besides the published."""

    today: dt.date
    drafts: bool = False
    future: bool = False


class Selected(Value, frozen=True, kw_only=True):
    """The pages of a build, and why the others are none of it."""

    pages: tuple[PageSynopsis, ...]
    left_out: dict[str, str]
    """By path: `a draft`, `not due before 2027-01-01`, `expired`; empty for a file whose own mistakes are told."""
    next_due: dt.date | None
    """The day on which the next build differs because an article falls due or expires."""


def is_future(document: PageSynopsis, today: dt.date) -> bool:
    """Return whether a document is not yet due; a page without `publish_on` is always due."""
    due = due_on(document)
    return due is not None and due > today


def due_on(document: PageSynopsis) -> dt.date | None:
    """Return the day from which a document is published, if there is one."""
    matter = document.matter
    return matter.publish_on or (matter.date if document.role == "article" else None)


def select(pages: Iterable[PageSynopsis], wanted: Selection) -> Selected:
    """Return the pages that go out, in the order of their paths."""
    left_out: dict[str, str] = {}
    kept: list[PageSynopsis] = []
    days: list[dt.date] = []
    for page in sorted(pages, key=lambda page: page.path):
        due, expires = due_on(page), page.matter.expires_on
        if page.matter.draft and not wanted.drafts:
            left_out[page.path] = DRAFT
            continue
        if expires is not None and wanted.today > expires:
            left_out[page.path] = "expired"
            continue
        if due is not None and due > wanted.today:
            days.append(due)
            if not wanted.future:
                left_out[page.path] = f"not due before {due}"
                continue
        if expires is not None:
            days.append(expires + dt.timedelta(days=1))
        kept.append(page)
    return Selected(pages=tuple(kept), left_out=left_out, next_due=min(days) if days else None)


def select_entries(
    entries: Iterable[EntryDocument], wanted: Selection
) -> tuple[tuple[EntryDocument, ...], dict[str, str]]:
    """Return the entries that go out, in the order of their paths, and why the others do not, by path."""
    chosen: list[EntryDocument] = []
    left_out: dict[str, str] = {}
    for entry in sorted(entries, key=lambda entry: entry.path):
        if entry.matter.draft and not wanted.drafts:
            left_out[entry.path] = DRAFT
        else:
            chosen.append(entry)
    return tuple(chosen), left_out
