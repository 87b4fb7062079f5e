"""The archive: a page for each year, with one line for each article."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.emit.keys import key_of, value_key
from generator.emit.parts import page_view, year_links
from generator.link.addresses import archive_url
from generator.link.library import Library
from generator.link.series import article_link
from generator.model import PartialDate
from generator.output import Output, TemplateOutput
from generator.site import Site
from generator.urls import output_path
from generator.views import ArchiveMonth, ArchiveView, ArticleLink, SiteView, YearLink


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield the page of each year. It is not paged: a line an article, a thousand of them are one quick page."""
    years, view_key = year_links(site), value_key(view)
    by_year: dict[int, list[ArticleLink]] = {}
    for article in site.articles:
        if date := article.matter.date:
            by_year.setdefault(date.year, []).append(article_link(article.synopsis, article.slug, article.url))
    for year, articles in by_year.items():
        key = key_of(view_key, value_key((years, articles)))
        make = functools.partial(archive_view, site, view, year, articles, years)
        yield TemplateOutput(output_path(archive_url(year)), key, "archive.html", make)


def archive_view(
    site: Site,
    view: SiteView,
    year: int,
    articles: Sequence[ArticleLink],
    years: tuple[YearLink, ...],
    library: Library,
) -> ArchiveView:
    """Return all that the template of a year sees."""
    months = tuple(
        ArchiveMonth(PartialDate(year, month), tuple(links))
        for month, links in groupby(articles, key=lambda link: link.date.month if link.date else 0)
    )
    page = page_view(site, archive_url(year), "archive", str(year))
    return ArchiveView(site=view, page=page, year=year, months=months, years=years)
