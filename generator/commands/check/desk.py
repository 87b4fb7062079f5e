"""All that checks look at: the site, with every file opened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.commands.check.shelf import Shelf
from generator.config import Settings
from generator.link.library import Library
from generator.model import SourcePath, Value
from generator.site import LinkedEntry, LinkedFragment, LinkedPage, Site


class Desk(Value, frozen=True, kw_only=True):
    """A site with every file opened; checks take it and nothing else."""

    settings: Settings
    today: dt.date
    articles: tuple[LinkedPage, ...]
    """Newest first."""
    pages: tuple[LinkedPage, ...]
    entries: tuple[LinkedEntry, ...]
    """By name."""

    def texts(self) -> Iterator[tuple[SourcePath, LinkedFragment]]:
        """Yield every text in which mentions are looked for, with its file, in the order of the files."""
        for page in sorted((*self.articles, *self.pages), key=lambda page: page.document.path):
            for linked in (page.body, *page.notes, *page.terms):
                yield page.document.path, linked
        for entry in sorted(self.entries, key=lambda entry: entry.document.path):
            for linked in (entry.summary, *entry.history, entry.body):
                yield entry.document.path, linked


def open_desk(site: Site, library: Library, shelf: Shelf | None = None) -> Desk:
    """Return a site with every file opened, from the shelf where it is there as it is now."""
    if shelf is not None:
        for page in (*site.articles, *site.pages):
            packed = shelf.get(page)
            if packed is None:
                packed = library.packed(page)
                shelf.put(page, packed)
            library.lend(page, packed)
        shelf.save()
    return Desk(
        settings=site.settings,
        today=site.today,
        articles=tuple(map(library.page, site.articles)),
        pages=tuple(map(library.page, site.pages)),
        entries=tuple(library.entry(entry.slug) for entry in site.entries),
    )
