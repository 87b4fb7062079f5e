"""Social cards: the picture of an article or an entry where a link to it is shared."""

from __future__ import annotations

from collections.abc import Iterator

from generator.emit.keys import key_of
from generator.emit.parts import has_cards
from generator.link.dated import epoch_on
from generator.model import UrlPath
from generator.output import Output, SocialCardOutput
from generator.site import Entry, Site
from generator.urls import output_path, social_card_url
from generator.views import SiteView


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield the card of every article and entry; none where the site wants none, or has no public
    address, which sharing needs."""
    if not has_cards(site):
        return

    looks = key_of(view.title, view.assets.get("style.css", ""))  # the style sheet's address tells its colours

    def card(url: UrlPath, title: str, detail: str) -> SocialCardOutput:
        return SocialCardOutput(
            path=output_path(social_card_url(url)),
            key=key_of(looks, title, detail),
            title=title,
            detail=detail,
            site_title=view.title,
            colours=site.settings.theme,
        )

    for article in site.articles:
        yield card(article.url, article.synopsis.title or article.slug, article.matter.description or "")
    for entry in site.entries:
        yield card(entry.url, entry.document.matter.name.value, definition_today(site, entry))


def definition_today(site: Site, entry: Entry) -> str:
    """Return what an entry's definition says today, in one line."""
    summaries = (*entry.document.history, entry.document.summary)
    return " ".join(summaries[epoch_on(entry.document.matter, site.today)].text.split())
