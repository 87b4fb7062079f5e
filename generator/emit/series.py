"""The page of each series: its articles in the order in which they are to be read."""

from __future__ import annotations

from collections.abc import Iterator

from generator.emit.parts import by_path, page_view, summary_of
from generator.output import Output, TemplateOutput
from generator.site import Site
from generator.urls import output_path
from generator.views import SeriesView, SiteView


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield the page of each series. It is not paged: a series is read as a whole."""
    listed = by_path((*site.articles, *site.pages)) if site.series else {}
    for series in site.series:
        page = page_view(site, series.url, "series", series.name)
        articles = tuple(summary_of(site, listed[path]) for path in series.pages)
        yield TemplateOutput(
            output_path(series.url), "series.html", SeriesView(site=view, page=page, articles=articles)
        )
