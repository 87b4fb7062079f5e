"""Series: articles that are to be read one after the other, the oldest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import cast

from generator.diagnostics import Diagnostic
from generator.link.taxonomy import Taxonomy
from generator.model import SourcePath, UrlPath
from generator.site import Series
from generator.synopsis import PageSynopsis
from generator.views import ArticleLink, SeriesPlace

LinkTo = Callable[[PageSynopsis], ArticleLink]


def article_link(page: PageSynopsis, slug: str, url: UrlPath) -> ArticleLink:
    """Return an article as others name it."""
    return ArticleLink(url=url, title=page.title or slug, lang=page.lang, date=page.matter.date)


def series_of(pages: Iterable[PageSynopsis], link_to: LinkTo) -> tuple[tuple[Series, ...], Places, list[Diagnostic]]:
    """Return the series by slug, and where each article stands in its own. Pages without a date come last."""
    taxonomy = Taxonomy("series", "series-spelling")
    found: dict[str, list[PageSynopsis]] = {}
    for page in pages:
        slug = taxonomy.take(page.matter.series, page.path) if page.matter.series else None
        if slug:
            found.setdefault(slug, []).append(page)
    series: list[Series] = []
    places: Places = {}
    for slug, members in sorted(found.items()):
        members.sort(key=lambda page: (page.matter.date or dt.date.max, page.path))
        one = Series(name=taxonomy.names[slug], url=series_url(slug), pages=tuple(page.path for page in members))
        series.append(one)
        links = (None, *(link_to(page) for page in members), None)
        for number, page in enumerate(members, start=1):
            places[page.path] = SeriesPlace(
                name=one.name,
                url=one.url,
                number=number,
                count=len(members),
                previous=links[number - 1],
                next=links[number + 1],
            )
    return tuple(series), places, taxonomy.diagnostics


Places = dict[SourcePath, SeriesPlace]


def series_url(slug: str) -> UrlPath:
    """Return the address of a series' page."""
    return cast("UrlPath", f"/series/{slug}/")
