"""Pages that list articles: the home page and the pages of tags, paged."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from generator.emit.cards import entry_line
from generator.emit.keys import key_of, value_key
from generator.emit.parts import by_path, page_url, page_view, paging, summary_of
from generator.link.library import Library
from generator.model import UrlPath
from generator.output import Output, TemplateOutput
from generator.site import Entry, Page, Site
from generator.urls import output_path
from generator.views import ListingView, Paging, SiteView

KEY_ENTRIES = 12
"""Entries on the home page: those that most articles mention."""


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield the home page and each tag's page, with the pages that follow them."""
    busiest = sorted(site.backlinks, key=lambda slug: (-len(site.backlinks[slug]), slug))
    key_entries = [site.by_slug[slug] for slug in busiest if slug in site.by_slug][:KEY_ENTRIES]
    yield from _listing(site, view, "/", "home", "", site.articles, key_entries)
    listed = by_path((*site.articles, *site.pages))
    order = {path: place for place, path in enumerate(listed)}
    for tag in site.tags:
        tagged = [listed[path] for path in sorted(tag.pages, key=order.__getitem__)]
        entries = [site.by_slug[slug] for slug in tag.entries]
        yield from _listing(site, view, tag.url, "tag", tag.name, tagged, entries)


def _listing(
    site: Site,
    view: SiteView,
    url: str,
    kind: str,
    title: str,
    articles: Sequence[Page],
    entries: Sequence[Entry],
) -> Iterator[Output]:
    size = site.settings.paginate
    view_key = value_key((view, site.settings.description))
    pages = [tuple(articles[start : start + size]) for start in range(0, len(articles), size)] or [()]
    for number, chosen in enumerate(pages, start=1):
        address = page_url(url, number)
        ways = paging(url, number, len(pages))
        band = tuple(entries) if number == 1 else ()
        yield TemplateOutput(
            output_path(address),
            key_of(
                view_key, address, kind, title, str(ways.count), *(a.listed for a in chosen), *(e.card for e in band)
            ),
            f"{kind}.html",
            functools.partial(listing_view, site, view, address, kind, title, chosen, band, ways),
        )


def listing_view(
    site: Site,
    view: SiteView,
    url: UrlPath,
    kind: str,
    title: str,
    articles: tuple[Page, ...],
    entries: tuple[Entry, ...],
    ways: Paging,
    library: Library,
) -> ListingView:
    """Return one page of a listing."""
    lang = site.settings.language
    description = site.settings.description or "" if kind == "home" else ""
    return ListingView(
        site=view,
        page=page_view(site, url, kind, title, description),
        articles=tuple(summary_of(site, article) for article in articles),
        entries=tuple(entry_line(library.entry(entry.slug), lang) for entry in entries),
        paging=ways,
    )
