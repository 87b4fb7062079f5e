"""Pages that list articles: the home page and the pages of tags, paged."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from generator.emit.cards import entry_line
from generator.emit.keys import key_of, value_key
from generator.emit.parts import by_path, page_url, page_view, paging, summary_of, tag_feed, year_links
from generator.link.library import Library
from generator.model import UrlPath
from generator.output import Output, TemplateOutput
from generator.site import Entry, Page, Site
from generator.urls import output_path
from generator.views import EntryName, Explained, ListingView, Paging, SiteView, YearLink

KEY_ENTRIES = 12
"""Entries on the home page: those that most articles mention."""

NAMED = 6
"""Names below an article: about two lines, what it is about and no more."""


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield the home page and each tag's page, with the pages that follow them."""
    busiest = sorted(site.backlinks, key=lambda slug: (-len(site.backlinks[slug]), slug))
    key_entries = [site.by_slug[slug] for slug in busiest if slug in site.by_slug][:KEY_ENTRIES]
    names = tuple(_name(entry, site.settings.language) for entry in site.entries)
    view_key = value_key((view, site.settings.description, names))
    yield from _listing(site, view, view_key, "/", "home", "", site.articles, key_entries)
    listed = by_path((*site.articles, *site.pages))
    order = {path: place for place, path in enumerate(listed)}
    for tag in site.tags:
        tagged = [listed[path] for path in sorted(tag.pages, key=order.__getitem__)]
        entries = [site.by_slug[slug] for slug in tag.entries]
        yield from _listing(site, view, view_key, tag.url, "tag", tag.name, tagged, entries)


def explained_by(site: Site, page: Page) -> Explained:
    """Return what an article explains: the entries that it mentions, in the order of its text."""
    entries = [site.by_slug[slug] for slug in page.explained.slugs.split() if slug in site.by_slug]
    names = tuple(_name(entry, site.settings.language) for entry in entries[:NAMED])
    return Explained(names, len(entries) - len(names))


def _name(entry: Entry, lang: str) -> EntryName:
    own = entry.document.lang
    return EntryName(entry.document.matter.name.value, entry.url, own if own != lang else "")


def _listing(
    site: Site,
    view: SiteView,
    view_key: str,
    url: str,
    kind: str,
    title: str,
    articles: Sequence[Page],
    entries: Sequence[Entry],
) -> Iterator[Output]:
    size = site.settings.paginate
    pages = [tuple(articles[start : start + size]) for start in range(0, len(articles), size)] or [()]
    has_feed = kind == "tag" and bool(view.feeds) and any(page.synopsis.role == "article" for page in articles)
    feed = tag_feed(url) if has_feed else ""
    for number, chosen in enumerate(pages, start=1):
        address = page_url(url, number)
        ways = paging(url, number, len(pages))
        band = tuple(entries) if number == 1 else ()
        years = year_links(site) if kind == "home" and number == 1 else ()
        yield TemplateOutput(
            output_path(address),
            key_of(
                value_key((view_key, address, kind, title, ways.count, feed, years)),
                *(f"{article.listed} {article.synopsis.mentions.entries}" for article in chosen),
                *(entry.card for entry in band),
            ),
            f"{kind}.html",
            functools.partial(listing_view, site, view, address, kind, title, chosen, band, ways, feed, years),
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
    feed: str,
    years: tuple[YearLink, ...],
    library: Library,
) -> ListingView:
    """Return one page of a listing."""
    lang = site.settings.language
    description = site.settings.description or "" if kind == "home" else ""
    return ListingView(
        site=view,
        page=page_view(site, url, kind, title, description),
        articles=tuple(summary_of(site, article) for article in articles),
        explained=tuple(explained_by(site, article) for article in articles),
        entries=tuple(entry_line(library.entry(entry.slug), lang) for entry in entries),
        paging=ways,
        feed=feed,
        years=years,
    )
