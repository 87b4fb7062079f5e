"""Pages that list articles: the home page and the pages of tags, paged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.emit.cards import entry_line
from generator.emit.parts import by_path, page_url, page_view, paging, summary_of, tag_feed, year_links
from generator.output import Output, TemplateOutput
from generator.site import LinkedEntry, LinkedPage, Site
from generator.urls import output_path
from generator.views import ListingView, SiteView

KEY_ENTRIES = 12
"""Entries on the home page: those that most articles mention."""


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield the home page and each tag's page, with the pages that follow them."""
    by_slug = {entry.slug: entry for entry in site.entries}
    busiest = sorted(site.backlinks, key=lambda slug: (-len(site.backlinks[slug]), slug))
    key_entries = [by_slug[slug] for slug in busiest if slug in by_slug][:KEY_ENTRIES]
    yield from _listing(site, view, "/", "home", "", site.articles, key_entries)
    listed = by_path((*site.articles, *site.pages))
    order = {path: place for place, path in enumerate(listed)}
    for tag in site.tags:
        tagged = [listed[path] for path in sorted(tag.pages, key=order.__getitem__)]
        entries = [by_slug[slug] for slug in tag.entries]
        yield from _listing(site, view, tag.url, "tag", tag.name, tagged, entries)


def _listing(
    site: Site,
    view: SiteView,
    url: str,
    kind: str,
    title: str,
    articles: Sequence[LinkedPage],
    entries: Sequence[LinkedEntry],
) -> Iterator[Output]:
    size = site.settings.paginate
    pages = [tuple(articles[start : start + size]) for start in range(0, len(articles), size)] or [()]
    lines = tuple(entry_line(entry, site.settings.language) for entry in entries)
    has_feed = kind == "tag" and bool(view.feeds) and any(page.document.role == "article" for page in articles)
    for number, chosen in enumerate(pages, start=1):
        address = page_url(url, number)
        yield TemplateOutput(
            output_path(address),
            f"{kind}.html",
            ListingView(
                site=view,
                page=page_view(site, address, kind, title, site.settings.description or "" if kind == "home" else ""),
                articles=tuple(summary_of(site, article) for article in chosen),
                entries=lines if number == 1 else (),
                paging=paging(url, number, len(pages)),
                feed=tag_feed(url) if has_feed else "",
                years=year_links(site) if kind == "home" and number == 1 else (),
            ),
        )
