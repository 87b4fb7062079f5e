"""Related articles: those that mention the same entries, an entry counting the more the fewer articles mention it.

Linear in the number of mentions: an article asks its rarest entries alone, and each of them for the articles that are
next to it in time alone. What all articles mention says little of any two of them.
"""

from __future__ import annotations

import functools
import heapq
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from generator.jobs import Run
from generator.link.glossary import TERM_PREFIX
from generator.link.series import LinkTo
from generator.model import SourcePath
from generator.read.source import digest_of
from generator.site import Nearest, Page
from generator.views import ArticleLink, SeriesPlace

FEW = 3
"""Related articles that a page names: a reader chooses among three, not among ten."""

TELLING = 8
"""Entries of an article that are asked: its rarest."""

NEAR = 12
"""Articles on each side in time that an entry is asked for."""

WEIGHT = 1_000_000
"""What an entry shares out evenly among the articles that mention it; whole numbers add up alike in any order."""


MANY = 3000
"""So many articles are worth other processes; those of fewer are found before these have started."""


def nearest_of(
    articles: Sequence[Page],
    series: Mapping[SourcePath, SeriesPlace],
    known: Nearest | None = None,
    run: Run = map,
) -> Nearest:
    """Return the articles nearest to each; those `known` of the last build where nothing that they follow from changed.

    Articles of its own series are left out, as the page names that anyway. Of equals the first in `articles` wins.
    """
    places = [series.get(article.path) for article in articles]
    parts = [
        f"{article.path} {article.synopsis.mentions.entries} {place.url if place else ''}"
        for article, place in zip(articles, places, strict=True)
    ]
    key = digest_of("\0".join(parts).encode())
    if known is not None and known.key == key:
        return known
    mentions = [set(article.explained.slugs.split()) for article in articles]
    by_entry: dict[str, list[int]] = {}
    for index, slugs in enumerate(mentions):
        for slug in slugs:
            if not slug.startswith(TERM_PREFIX):
                by_entry.setdefault(slug, []).append(index)
    find = functools.partial(nearest_to, mentions, places, by_entry)
    indexes = range(len(articles))
    return Nearest(key, tuple(run(find, indexes) if len(articles) >= MANY else map(find, indexes)))


def nearest_to(
    mentions: Sequence[set[str]],
    places: Sequence[SeriesPlace | None],
    by_entry: Mapping[str, Sequence[int]],
    index: int,
) -> tuple[int, ...]:
    """Return the articles nearest to one, which is given by its index as they are. In any process."""
    scores = scores_of(index, mentions[index], by_entry)
    place = places[index]
    if place is not None:
        scores = {other: score for other, score in scores.items() if not _is_same(place, places[other])}
    chosen = heapq.nsmallest(FEW, ((-score, other) for other, score in scores.items()))
    return tuple(other for _, other in chosen)


def related_of(
    articles: Sequence[Page], link_to: LinkTo, nearest: Nearest
) -> dict[SourcePath, tuple[ArticleLink, ...]]:
    """Return the links to the nearest articles of each, by its path; `articles` are in the order of time."""
    links: dict[int, ArticleLink] = {}
    related: dict[SourcePath, tuple[ArticleLink, ...]] = {}
    for article, chosen in zip(articles, nearest.indexes, strict=True):
        for other in chosen:
            if other not in links:
                links[other] = link_to(articles[other].synopsis)
        if chosen:
            related[article.path] = tuple(links[other] for other in chosen)
    return related


def scores_of(index: int, slugs: Iterable[str], by_entry: Mapping[str, Sequence[int]]) -> dict[int, int]:
    """Return how near other articles are to one, by their index; those that share nothing rare are not in it."""
    rarest = sorted((len(by_entry[slug]), slug) for slug in slugs if len(by_entry.get(slug, ())) > 1)[:TELLING]
    scores: dict[int, int] = {}
    for _, slug in rarest:
        places = by_entry[slug]
        weight = WEIGHT // len(places)
        at = bisect_left(places, index)
        for other in places[max(0, at - NEAR) : at + NEAR + 1]:
            scores[other] = scores.get(other, 0) + weight
    scores.pop(index, None)
    return scores


def _is_same(one: SeriesPlace, other: SeriesPlace | None) -> bool:
    return other is not None and one.url == other.url
