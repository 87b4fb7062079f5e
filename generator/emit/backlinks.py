"""Backlinks as views: an article that mentions an entry, with the words around the first mention."""

from __future__ import annotations

from typing import cast

from generator.emit.parts import summary_of
from generator.model import UrlPath
from generator.site import Backlink, LinkedEntry, LinkedPage, Site
from generator.views import BacklinkView

AROUND = 90
"""Characters of the text shown before and after the words of a backlink."""


def mentions_url(entry: LinkedEntry) -> UrlPath:
    """Return the address of the page that lists every article that mentions an entry."""
    return cast("UrlPath", f"/glossary/{entry.slug}/mentions/")


def backlink_view(site: Site, article: LinkedPage, entry: LinkedEntry, link: Backlink) -> BacklinkView:
    """Return a backlink with its context, and the mention's id where it is marked."""
    before, words, after = in_context(article.document.body.text, link.range.start, link.range.end)
    return BacklinkView(
        article=summary_of(site, article),
        before=before,
        words=words,
        after=after,
        anchor=f"ref-{entry.slug}-1" if link.marked else "",
    )


def in_context(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Return some words of a text with what stands before and after them in the same block, cut between words."""
    block_start = text.rfind("\n", 0, start) + 1
    block_end = text.find("\n", end)
    block_end = len(text) if block_end < 0 else block_end
    left = max(block_start, start - AROUND)
    right = min(block_end, end + AROUND)
    before, after = text[left:start], text[end:right]
    if left > block_start:
        before = "… " + before.partition(" ")[2]
    if right < block_end:
        after = after.rpartition(" ")[0] + " …"
    return before, text[start:end], after
