"""Keys of outputs: digests of all that a file depends on, made of digests that are at hand (architecture.md)."""

from __future__ import annotations

import datetime as dt

import msgspec

from generator.link.dated import age_on, definition_on
from generator.read.source import digest_of
from generator.site import Page, Site

_encode = msgspec.msgpack.Encoder().encode


def key_of(*parts: str) -> str:
    """Return the key of what depends on these texts."""
    return digest_of("\0".join(parts).encode())


def value_key(value: object) -> str:
    """Return the key of what depends on a value, serialised whole: for what there are few of."""
    return digest_of(_encode(value))


class CardKeys:
    """The keys of entries' cards, each as it is on a day."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._keys: dict[tuple[str, dt.date], str] = {}
        self._timeless = {e.slug: e.card for e in site.entries if not e.dated}

    def of(self, slug: str, day: dt.date) -> str:
        """Return the key of an entry's card on a day; empty for a page's own term."""
        entry = self.site.by_slug.get(slug)
        if entry is None or slug in self._timeless:
            return self._timeless.get(slug, "")
        key = self._keys.get((slug, day))
        if key is None:
            matter = entry.document.matter
            dated = definition_on(entry.document, day, self.site.today)
            key = key_of(entry.card, value_key((dated, age_on(matter.born, matter.died, day))))
            self._keys[slug, day] = key
        return key

    def of_page(self, page: Page) -> list[str]:
        """Return the keys of all the cards of a page."""
        try:
            return list(map(self._timeless.__getitem__, page.cards))
        except KeyError:  # one that changes with time, or a term of the page's own
            return [self.of(slug, page.as_of) for slug in page.cards]
