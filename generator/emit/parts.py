"""The parts that several views share: the site, summaries of articles, prose, cards and sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from generator.document import Annotation
from generator.link.addresses import CORRECTIONS
from generator.link.tags import tag_url
from generator.matter import Author, Image
from generator.model import SourcePath, UrlPath
from generator.site import Page, Site
from generator.synopsis import Media
from generator.text import reading_minutes
from generator.urls import slugify
from generator.views import (
    ArticleSummary,
    MenuLink,
    PageView,
    Paging,
    Person,
    Picture,
    SiteView,
    TagLink,
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
    )


def page_view(site: Site, url: str, kind: str, title: str, description: str = "", lang: str = "") -> PageView:
    """Return what a page knows of itself."""
    lang = lang or site.settings.language
    return PageView(url=url, title=title, description=description, lang=lang, dir=direction(lang), kind=kind)


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
    return Picture(
        src=media.url,
        alt=image.alt,
        caption=image.caption or "",
        credit=image.credit,
        width=media.width,
        height=media.height,
        figure=True,
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
