"""The archive: a page for each year, with one line for each article."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from generator.emit.parts import page_view, year_links
from generator.link.addresses import archive_url
from generator.link.series import article_link
from generator.model import PartialDate
from generator.output import Output, TemplateOutput
from generator.site import Site
from generator.urls import output_path
from generator.views import ArchiveMonth, ArchiveView, ArticleLink, SiteView


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield the page of each year. It is not paged: a line an article, a thousand of them are one quick page."""
    years = year_links(site)
    by_year: dict[int, list[ArticleLink]] = {}
    for article in site.articles:
        if date := article.document.matter.date:
            by_year.setdefault(date.year, []).append(article_link(article.document, article.slug, article.url))
    for year, articles in by_year.items():
        url = archive_url(year)
        months = tuple(
            ArchiveMonth(PartialDate(year, month), tuple(links))
            for month, links in groupby(articles, key=lambda link: link.date.month if link.date else 0)
        )
        page = page_view(site, url, "archive", str(year))
        yield TemplateOutput(
            output_path(url), "archive.html", ArchiveView(site=view, page=page, year=year, months=months, years=years)
        )
