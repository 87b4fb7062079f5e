"""A linked site with one entry replaced, where neither the words that mean it nor its address are others than before.

The law: the patched site is the one that `link` would return. Where that is not certain, there is none.
"""

from __future__ import annotations

import msgspec

from generator.diagnostics import Diagnostic
from generator.link.link import entry_of
from generator.link.references import References, linked_file
from generator.model import Value
from generator.site import Entry, Site
from generator.synopsis import EntrySynopsis

OWN = (
    *("summary", "history", "facts", "born", "died", "roles", "date", "end", "coordinates", "links", "sources"),
    *("review_by", "extra"),
)
"""Front matter that decides neither what words mean the entry, nor its address, nor its place among the others."""


class PatchedEntry(Value, frozen=True):
    """A site with an entry replaced."""

    site: Site
    diagnostics: tuple[Diagnostic, ...]
    """Of the entry: its mentions, links, pictures and sources."""


def find_patched_entry(site: Site, new: EntrySynopsis) -> PatchedEntry | None:
    """Return the site with an entry replaced by what its file holds now; None where all has to be linked anew."""
    old = find_entry(site, new)
    if old is None or not _is_alike(old.synopsis, new) or _files(site, old.synopsis) != _files(site, new):
        return None
    diagnostics: list[Diagnostic] = []
    entry = _linked(site, old, new, diagnostics)
    patched = msgspec.structs.replace(
        site,
        entries=tuple(entry if one is old else one for one in site.entries),
        by_slug={**site.by_slug, entry.slug: entry},
    )
    return PatchedEntry(patched, tuple(diagnostics))


def find_entry(site: Site, synopsis: EntrySynopsis) -> Entry | None:
    """Return the site's entry that comes from the same file."""
    path = synopsis.document.path
    return next((entry for entry in site.entries if entry.document.path == path), None)


def diagnostics_of_entry(site: Site, entry: Entry) -> tuple[Diagnostic, ...]:
    """Return what linking has said of one entry by itself."""
    diagnostics: list[Diagnostic] = []
    _linked(site, entry, entry.synopsis, diagnostics)
    return tuple(diagnostics)


def _linked(site: Site, old: Entry, new: EntrySynopsis, diagnostics: list[Diagnostic]) -> Entry:
    diagnostics += new.mentions.diagnostics
    urls = {slug: entry.url for slug, entry in site.by_slug.items()}
    return entry_of(new, old.slug, old.url, urls, References(site.places, site.sources, diagnostics))


def _is_alike(old: EntrySynopsis, new: EntrySynopsis) -> bool:
    """Return whether an entry has the names, the address, the ids and the pictures that it had."""
    if old.document.body.ids != new.document.body.ids or _pictures(old) != _pictures(new):
        return False
    before, after = old.document.matter, new.document.matter
    return msgspec.structs.replace(before, **{name: getattr(after, name) for name in OWN}) == after


def _files(site: Site, synopsis: EntrySynopsis) -> set[str]:
    """Return the files beside texts that an entry links to: they go out with it."""
    document = synopsis.document
    texts = (document.summary, *document.history, document.body)
    found = (linked_file(one.href, document.path, site.places) for text in texts for one in text.links)
    return {file.path for file in found if file}


def _pictures(synopsis: EntrySynopsis) -> list[str]:
    document = synopsis.document
    texts = (document.summary, *document.history, document.body)
    return [one.src for text in texts for one in text.images]
