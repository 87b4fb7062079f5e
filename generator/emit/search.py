"""The search page, which lists every entry for its script to choose from: at once, from disk, and without script."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import msgspec

from generator.emit.keys import CardKeys, key_of, value_key
from generator.emit.parts import page_view, search_entry
from generator.link.library import Library
from generator.model import UrlPath
from generator.output import Output, TemplateOutput
from generator.site import Site
from generator.urls import output_path
from generator.views import SearchView, SiteView

SEARCH = UrlPath("/search/")


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield /search/, where the site has a search."""
    if site.settings.search != "none":
        keys = CardKeys(site)
        key = key_of(value_key(view), *(keys.of(entry.slug, site.today) for entry in site.entries))
        yield TemplateOutput(output_path(SEARCH), key, "search.html", functools.partial(search_view, site, view))


def search_view(site: Site, view: SiteView, library: Library) -> SearchView:
    """Return every entry as it stands today."""
    page = msgspec.structs.replace(page_view(site, SEARCH, "search", ""), indexed=False)
    entries = (search_entry(site, library.entry(entry.slug), page.lang) for entry in site.entries)
    return SearchView(site=view, page=page, entries=tuple(entries))
