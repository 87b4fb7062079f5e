"""The search page, which lists every entry for its script to choose from: at once, from disk, and without script."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from generator.emit.parts import page_view, search_entry
from generator.model import UrlPath
from generator.output import Output, TemplateOutput
from generator.site import Site
from generator.urls import output_path
from generator.views import SearchView, SiteView

SEARCH = UrlPath("/search/")


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield /search/, where the site has a search."""
    if site.settings.search == "none":
        return
    page = msgspec.structs.replace(page_view(site, SEARCH, "search", ""), indexed=False)
    entries = tuple(search_entry(site, entry, page.lang) for entry in site.entries)
    yield TemplateOutput(output_path(SEARCH), "search.html", SearchView(site=view, page=page, entries=entries))
