"""Where an entry is explained: the articles that mention it, with the place of the first mention."""

from __future__ import annotations

from collections.abc import Iterable

from generator.link.mentions import mentioned
from generator.model import TextRange
from generator.site import Backlink, LinkedPage


def backlinks_of(articles: Iterable[LinkedPage]) -> dict[str, tuple[Backlink, ...]]:
    """Return the backlinks by the entry's slug, in the order of the articles given (newest first).

    Articles where the cap, or `mentions: none`, left the words unmarked count as well.
    """
    backlinks: dict[str, list[Backlink]] = {}
    for article in articles:
        mentions = article.body.mentions
        for slug, place in sorted(mentioned(mentions).items()):
            marked = any(m.slug == slug and m.start == place.start and m.marked for m in mentions)
            extent = TextRange(place.start, place.end)
            backlinks.setdefault(slug, []).append(Backlink(article.document.path, extent, marked))
    return {slug: tuple(found) for slug, found in sorted(backlinks.items())}
