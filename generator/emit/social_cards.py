"""Social cards: the picture of an article or an entry where a link to it is shared."""

from __future__ import annotations

from collections.abc import Iterator

from generator.link.dated import epoch_on
from generator.model import UrlPath
from generator.output import Output, SocialCardOutput
from generator.site import LinkedEntry, Site
from generator.urls import is_external, output_path, social_card_url
from generator.views import SiteView


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield the card of every article and entry; none without a public address, which sharing needs."""
    if not is_external(view.url):
        return

    def card(url: UrlPath, title: str, detail: str) -> SocialCardOutput:
        return SocialCardOutput(
            path=output_path(social_card_url(url)),
            title=title,
            detail=detail,
            site_title=view.title,
            colours=site.settings.theme,
        )

    for article in site.articles:
        matter = article.document.matter
        yield card(article.url, matter.title or article.slug, matter.description or "")
    for entry in site.entries:
        yield card(entry.url, entry.document.matter.name.value, definition_today(site, entry))


def definition_today(site: Site, entry: LinkedEntry) -> str:
    """Return what an entry's definition says today, in one line."""
    summaries = (*entry.history, entry.summary)
    return " ".join(summaries[epoch_on(entry.document.matter, site.today)].fragment.text.split())
