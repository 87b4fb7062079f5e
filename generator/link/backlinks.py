"""Where an entry is explained: the articles that mention it, with the place of the first mention."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from generator.read.source import digest_of
from generator.site import Backlink, Page
from generator.synopsis import AnyMention, FirstMentions, Place

CONTEXT = 12
"""Digits of the digest of the words around a mention."""

AROUND = 90
"""Characters of the text shown before and after the words of a backlink."""


class Backlinks(Mapping[str, tuple[Backlink, ...]]):
    """The backlinks of articles, found when the first is asked for: few edits change any."""

    def __init__(self, articles: Sequence[Page]) -> None:
        self._articles = articles

    @functools.cached_property
    def _found(self) -> dict[str, tuple[Backlink, ...]]:
        return backlinks_of(self._articles)

    def __getitem__(self, slug: str) -> tuple[Backlink, ...]:
        return self._found[slug]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def backlinks_of(articles: Iterable[Page]) -> dict[str, tuple[Backlink, ...]]:
    """Return the backlinks by the entry's slug, in the order of the articles given (newest first).

    Articles where the cap, or `mentions: none`, left the words unmarked count as well.
    """
    backlinks: dict[str, list[Backlink]] = {}
    for article in articles:
        listed, explained = digest_of(article.listed.encode())[:12], article.explained
        for index, (slug, mark) in enumerate(zip(explained.slugs.split(), explained.marks, strict=True)):
            found = Backlink(article, index, mark == "+", f"{listed}{mark}{context_at(explained, index)}")
            if slug in backlinks:
                backlinks[slug].append(found)
            else:
                backlinks[slug] = [found]
    return {slug: tuple(found) for slug, found in sorted(backlinks.items())}


def mentioned(mentions: Iterable[AnyMention]) -> dict[str, AnyMention]:
    """Return each entry's first mention, the first marked one where there is one, in the order of the text."""
    first: dict[str, AnyMention] = {}
    for mention in mentions:
        known = first.get(mention.slug)
        if known is None or (mention.marked and not known.marked):
            first[mention.slug] = mention
    return first


def first_mentions(places: Collection[Place]) -> FirstMentions:
    """Return mentions in columns."""
    if not places:
        return FirstMentions()
    slugs = " ".join([place.slug for place in places])
    marks = "".join(["+" if place.marked else "-" for place in places])
    contexts = "".join([place.context for place in places])
    spots = "".join([f"{place.start:07x}{place.end:07x}" for place in places])
    return FirstMentions(slugs, marks, contexts, spots, digest_of(f"{slugs} {marks} {contexts}".encode()))


def context_at(explained: FirstMentions, index: int) -> str:
    """Return the digest of the words around a mention."""
    return explained.contexts[CONTEXT * index : CONTEXT * (index + 1)]


def spot_at(explained: FirstMentions, index: int) -> tuple[int, int]:
    """Return where a mention begins and ends."""
    digits = explained.spots[14 * index : 14 * (index + 1)]
    return int(digits[:7], 16), int(digits[7:], 16)


Context = tuple[str, str, str]
"""Words with what stands before and after them."""


def context_digest(context: Context) -> str:
    """Return what tells the words of a place from others."""
    return digest_of("\0".join(context).encode())[:CONTEXT]


def in_context(text: str, start: int, end: int) -> Context:
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
