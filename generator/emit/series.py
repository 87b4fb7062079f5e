"""The page of each series: its articles in the order in which they are to be read."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from generator.emit.keys import key_of, value_key
from generator.emit.parts import by_path, page_view, summary_of
from generator.link.library import Library
from generator.output import Output, TemplateOutput
from generator.site import Page, Series, Site
from generator.urls import output_path
from generator.views import SeriesView, SiteView


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield the page of each series. It is not paged: a series is read as a whole."""
    listed = by_path((*site.articles, *site.pages)) if site.series else {}
    view_key = value_key(view)
    for series in site.series:
        pages = tuple(listed[path] for path in series.pages)
        key = key_of(view_key, series.url, series.name, *(page.listed for page in pages))
        make = functools.partial(series_view, site, view, series, pages)
        yield TemplateOutput(output_path(series.url), key, "series.html", make)


def series_view(site: Site, view: SiteView, series: Series, pages: tuple[Page, ...], library: Library) -> SeriesView:
    """Return all that a series' template sees."""
    page = page_view(site, series.url, "series", series.name)
    return SeriesView(site=view, page=page, articles=tuple(summary_of(site, one) for one in pages))
