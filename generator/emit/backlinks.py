"""Backlinks as views: an article that mentions an entry, with the words around the first mention."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from generator.emit.parts import summary_of
from generator.link.library import Library
from generator.model import UrlPath
from generator.site import Backlink, Entry
from generator.views import ArticleSummary, BacklinkView


def mentions_url(entry: Entry) -> UrlPath:
    """Return the address of the page that lists every article that mentions an entry."""
    return cast("UrlPath", f"/glossary/{entry.slug}/mentions/")


def backlink_view(library: Library, entry: Entry, link: Backlink) -> BacklinkView:
    """Return a backlink with its context, and the mention's id where it is marked."""
    article = library.cards.get(link.page.path)
    if not isinstance(article, ArticleSummary):
        article = library.cards[link.page.path] = summary_of(library.site, link.page)
    before, words, after = library.context(link.page, link.index)
    return BacklinkView(
        article=article,
        before=before,
        words=words,
        after=after,
        anchor=f"ref-{entry.slug}-1" if link.marked else "",
    )


def backlinks_key(links: Sequence[Backlink]) -> str:
    """Return the key of what a list of backlinks shows."""
    return "\0".join([link.shown for link in links])
