"""Backlinks as views: an article that mentions an entry, with the words around the first mention."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from generator.emit.parts import summary_of
from generator.link.index import contexts_of
from generator.model import UrlPath
from generator.site import Backlink, Entry, Site
from generator.views import BacklinkView


def mentions_url(entry: Entry) -> UrlPath:
    """Return the address of the page that lists every article that mentions an entry."""
    return cast("UrlPath", f"/glossary/{entry.slug}/mentions/")


def backlink_view(site: Site, entry: Entry, link: Backlink) -> BacklinkView:
    """Return a backlink with its context, and the mention's id where it is marked."""
    before, words, after = contexts_of(link.page.synopsis.mentions)[link.index]
    return BacklinkView(
        article=summary_of(site, link.page),
        before=before,
        words=words,
        after=after,
        anchor=f"ref-{entry.slug}-1" if link.marked else "",
    )


def backlinks_key(links: Sequence[Backlink]) -> str:
    """Return the key of what a list of backlinks shows."""
    return "\0".join([f"{link.page.listed} {link.marked} {link.context}" for link in links])
