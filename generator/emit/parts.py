"""The parts that several views share: the site, summaries of articles, prose, cards and sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from generator.document import Annotation
from generator.emit.prose import picture_sizes
from generator.link.addresses import CORRECTIONS, archive_url
from generator.link.dated import definition_on
from generator.link.tags import tag_url
from generator.matter import Author, Image
from generator.model import Fragment, SourcePath, UrlPath
from generator.site import LinkedEntry, Page, Site
from generator.synopsis import Media
from generator.text import reading_minutes
from generator.urls import is_external, slugify, social_card_url
from generator.views import (
    ArticleSummary,
    FeedLink,
    MenuLink,
    PageView,
    Paging,
    Person,
    Picture,
    SearchEntry,
    SiteView,
    TagLink,
    YearLink,
)

RTL = frozenset(["ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"])
"""Languages written from right to left in their usual script."""


def direction(lang: str) -> str:
    """Return the direction of a language's script."""
    parts = lang.lower().split("-")
    if "latn" in parts or "cyrl" in parts:
        return "ltr"
    return "rtl" if parts[0] in RTL or "arab" in parts or "hebr" in parts else "ltr"


def site_view(site: Site, assets: Mapping[str, str]) -> SiteView:
    """Return what every page knows of its site."""
    settings = site.settings
    return SiteView(
        title=settings.title,
        description=settings.description or "",
        url=site.base_url,
        language=settings.language,
        menu=tuple(MenuLink(item.title, item.url.value) for item in settings.menu),
        authors=people(settings.authors),
        search=settings.search,
        corrections=CORRECTIONS if site.corrections else "",
        assets=dict(assets),
        extra=settings.extra,
        feeds=FEEDS if is_external(site.base_url) and site.articles else (),
    )


FEEDS = (FeedLink("/feed.xml", "application/atom+xml"), FeedLink("/feed.json", "application/feed+json"))

SHARED = ("article", "entry")
"""Kinds of pages that have a social card."""


def page_view(site: Site, url: str, kind: str, title: str, description: str = "", lang: str = "") -> PageView:
    """Return what a page knows of itself."""
    lang = lang or site.settings.language
    return PageView(
        url=url,
        title=title,
        description=description,
        lang=lang,
        dir=direction(lang),
        kind=kind,
        social_card=social_card_url(url) if kind in SHARED and has_cards(site) else "",
    )


def tag_feed(url: str) -> UrlPath:
    """Return the address of a tag's feed."""
    return cast("UrlPath", f"{url}feed.xml")


def year_links(site: Site) -> tuple[YearLink, ...]:
    """Return the years of the archive, newest first."""
    dates = (article.matter.date for article in site.articles)
    return tuple(YearLink(year, archive_url(year)) for year in sorted({d.year for d in dates if d}, reverse=True))


def has_cards(site: Site) -> bool:
    """Return whether articles and entries have a picture for where they are shared."""
    return is_external(site.base_url) and site.settings.images.social_cards


def people(authors: Iterable[Author]) -> tuple[Person, ...]:
    """Return a byline."""
    return tuple(Person(a.name, a.url.value if a.url else "", a.about or "") for a in authors)


def summary_of(site: Site, page: Page) -> ArticleSummary:
    """Return an article as a listing shows it."""
    matter = page.matter
    return ArticleSummary(
        url=page.url,
        title=page.synopsis.title or page.slug,
        description=matter.description or "",
        lang=page.synopsis.lang,
        section=page.section,
        authors=people(matter.authors or site.settings.authors),
        date=matter.date,
        updated=matter.updated,
        minutes=reading_minutes(page.synopsis.words),
        tags=tag_links(tag.value for tag in matter.tags),
        draft=matter.draft,
        future=page.future,
    )


def note_id(annotation: Annotation, number: int) -> str:
    """Return the id of an annotation's note on its page."""
    return f"note-{annotation.matter.id.value}" if annotation.matter.id else f"note-{number}"


def tag_links(names: Iterable[str]) -> tuple[TagLink, ...]:
    """Return the links to tags, each once."""
    names = tuple(names)
    by_slug = {slugify(name): name for name in reversed(tuple(names))}
    return tuple(TagLink(by_slug[slug], tag_url(slug)) for slug in reversed(by_slug))


def picture_of(media: Media | None, image: Image) -> Picture | None:
    """Return the picture that belongs to a page or an entry."""
    if media is None:
        return None
    shown = media.plain or media
    return Picture(
        src=shown.url,
        alt=image.alt,
        caption=image.caption or "",
        credit=image.credit,
        width=shown.width,
        height=shown.height,
        figure=True,
        sizes=picture_sizes(media),
    )


def plain_text(fragment: Fragment) -> str:
    """Return a text as one line, without the spaces that stand before the numbers of its sources."""
    text = fragment.text
    for citation in reversed(fragment.citations):
        text = text[: citation.offset].rstrip() + text[citation.offset :]
    return " ".join(text.split())


def search_entry(site: Site, entry: LinkedEntry, lang: str) -> SearchEntry:
    """Return an entry as the search knows it; `lang` is the page's language, which need not be said."""
    document, matter = entry.document, entry.document.matter
    epoch = definition_on(document, site.today, site.today).epoch
    summary = entry.history[epoch] if epoch < len(entry.history) else entry.summary
    return SearchEntry(
        name=matter.name.value,
        url=entry.url,
        kind=matter.kind,
        lang=document.lang if document.lang != lang else "",
        aliases=tuple(alias.value for alias in matter.aliases),
        summary=plain_text(summary.fragment),
        draft=matter.draft,
    )


def by_path(pages: Iterable[Page]) -> dict[SourcePath, Page]:
    """Return pages by their source's path."""
    return {page.path: page for page in pages}


def paging(url: str, number: int, count: int) -> Paging:
    """Return where a listing's page stands among its pages."""
    return Paging(
        number=number,
        count=count,
        newer=page_url(url, number - 1) if number > 1 else "",
        older=page_url(url, number + 1) if number < count else "",
    )


def page_url(url: str, number: int) -> UrlPath:
    """Return the address of a listing's page: the first is the listing's own."""
    return cast("UrlPath", url if number == 1 else f"{url}page/{number}/")
