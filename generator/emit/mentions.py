"""Every article that mentions an entry, for the entries whose own page does not hold them all."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from generator.emit.backlinks import backlink_view, backlinks_key, mentions_url
from generator.emit.cards import entry_line
from generator.emit.keys import key_of, value_key
from generator.emit.parts import page_url, page_view, paging
from generator.link.library import Library
from generator.model import UrlPath
from generator.output import Output, TemplateOutput
from generator.site import Backlink, Entry, Site
from generator.urls import output_path
from generator.views import MentionsView, Paging, SiteView

PAGE = 100
"""Backlinks on a page: a list to look through, not to read."""


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield `/glossary/<slug>/mentions/`, paged, for every entry that an article mentions."""
    view_key = value_key(view)
    for entry in site.entries:
        backlinks = site.backlinks.get(entry.slug, ())
        address = mentions_url(entry)
        count = -(-len(backlinks) // PAGE)
        for number in range(1, count + 1):
            url = page_url(address, number)
            chosen = backlinks[(number - 1) * PAGE : number * PAGE]
            ways = paging(address, number, count)
            yield TemplateOutput(
                output_path(url),
                key_of(view_key, entry.card, url, str(len(backlinks)), backlinks_key(chosen)),
                "mentions.html",
                functools.partial(mentions_view, site, view, entry, url, chosen, ways),
            )


def mentions_view(
    site: Site,
    view: SiteView,
    entry: Entry,
    url: UrlPath,
    chosen: tuple[Backlink, ...],
    ways: Paging,
    library: Library,
) -> MentionsView:
    """Return one page of the articles that mention an entry."""
    lang = entry.document.lang
    return MentionsView(
        site=view,
        page=page_view(site, url, "mentions", entry.document.matter.name.value, lang=lang),
        entry=entry_line(library.entry(entry.slug), lang),
        backlinks=tuple(backlink_view(library, entry, link) for link in chosen),
        count=len(site.backlinks[entry.slug]),
        paging=ways,
    )
