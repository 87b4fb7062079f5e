"""Every article that mentions an entry, for the entries whose own page does not hold them all."""

from __future__ import annotations

from collections.abc import Iterator

from generator.emit.backlinks import backlink_view, mentions_url
from generator.emit.cards import entry_line
from generator.emit.parts import by_path, page_url, page_view, paging
from generator.output import Output, TemplateOutput
from generator.site import Site
from generator.urls import output_path
from generator.views import MentionsView, SiteView


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield `/glossary/<slug>/mentions/`, paged, for every entry that an article mentions."""
    articles = by_path(site.articles)
    size = site.settings.paginate
    for entry in site.entries:
        backlinks = site.backlinks.get(entry.slug, ())
        address, lang = mentions_url(entry), entry.document.lang
        count = -(-len(backlinks) // size)
        for number in range(1, count + 1):
            url = page_url(address, number)
            chosen = backlinks[(number - 1) * size : number * size]
            yield TemplateOutput(
                output_path(url),
                "mentions.html",
                MentionsView(
                    site=view,
                    page=page_view(site, url, "mentions", entry.document.matter.name.value, lang=lang),
                    entry=entry_line(entry, lang),
                    backlinks=tuple(backlink_view(site, articles[link.page], entry, link) for link in chosen),
                    count=len(backlinks),
                    paging=paging(address, number, count),
                ),
            )
