"""Articles and pages: the text with its marks, notes, cards, sources and timeline."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

import msgspec

from generator.emit.cards import Cards, grouped, order_of
from generator.emit.correction_views import correction_views, corrections_key
from generator.emit.keys import CardKeys, value_key
from generator.emit.parts import page_view, people, picture_of, tag_links
from generator.emit.prose import Numbers, prose_of
from generator.link.addresses import CORRECTIONS
from generator.link.glossary import TERM_PREFIX
from generator.link.library import Library
from generator.output import Output, TemplateOutput
from generator.site import LinkedPage, Page, Site
from generator.text import reading_minutes
from generator.urls import output_path
from generator.views import (
    ArticleFacts,
    ArticleView,
    CardView,
    NoteMark,
    NoteView,
    Prose,
    SiteView,
    TimelineRow,
)


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield the page of every article and of every other page."""
    keys, view_key = CardKeys(site), value_key(view)
    for page in (*site.articles, *site.pages):
        yield output_of(site, view, page, page_key(site, page, view_key, keys))


def emit_one(site: Site, view: SiteView, page: Page) -> Output:
    """Return one page's output alone, as `emit` yields it."""
    return output_of(site, view, page, page_key(site, page, value_key(view), CardKeys(site)))


def output_of(site: Site, view: SiteView, page: Page, key: str) -> Output:
    """Return the output of a page."""
    template = "article.html" if page.synopsis.role == "article" else "page.html"
    return TemplateOutput(output_path(page.url), key, template, functools.partial(open_view, site, view, page))


def page_key(site: Site, page: Page, view_key: str, keys: CardKeys) -> str:
    """Return the key of all that a page shows."""
    own = (page.content, page.as_of, page.synopsis.mentions.digest, page.references, page.dropped)
    others = (keys.of_page(page), site.series_places.get(page.path), site.related.get(page.path))
    gathered = corrections_key(site) if page.url == CORRECTIONS else ""
    return value_key((view_key, own, others, gathered))


def open_view(site: Site, view: SiteView, page: Page, library: Library) -> ArticleView:
    """Return all that an article's template sees."""
    return article_view(site, view, library.page(page), library)


def article_view(site: Site, view: SiteView, linked: LinkedPage, library: Library) -> ArticleView:
    """Return all that the template of an opened page sees."""
    page, document = linked.page, linked.document
    matter = document.matter
    cards = Cards(site, library, page.as_of, document.lang)
    numbers = Numbers(linked.sources)
    body = prose_of(linked.body, cards.target, numbers.cite(document.body), cards.references, anchors=True)
    body = with_notes(body, linked, cards, numbers)
    title = page.synopsis.title or page.slug
    words = page.synopsis.words
    return ArticleView(
        site=view,
        page=page_view(site, page.url, document.role, title, matter.description or "", document.lang),
        article=ArticleFacts(
            title=title,
            description=matter.description or "",
            section=page.section,
            authors=people(matter.authors or (site.settings.authors if document.role == "article" else ())),
            date=matter.date,
            updated=matter.updated,
            as_of=page.as_of if matter.date or matter.as_of else None,
            minutes=reading_minutes(words),
            words=words,
            tags=tag_links(tag.value for tag in matter.tags),
            type=matter.type,
            draft=matter.draft,
            future=page.future,
            image=picture_of(linked.image, matter.image) if matter.image else None,
            extra=matter.extra,
        ),
        body=body,
        groups=grouped(_all_cards(linked, cards, order_of(body))),
        sources=numbers.list(),
        timeline=_timeline(linked, cards, site),
        placed=document.body.boxes,
        series=site.series_places.get(page.path),
        related=site.related.get(page.path, ()),
        corrections=correction_views(site, library) if page.url == CORRECTIONS else (),
    )


def with_notes(body: Prose, page: LinkedPage, cards: Cards, numbers: Numbers) -> Prose:
    """Return a body with its annotations: their marks and, numbered in the order of the text, their notes."""
    if not page.notes:
        return body
    notes: list[NoteView] = []
    marks: list[NoteMark] = []
    for number, (annotation, linked) in enumerate(zip(page.document.annotations, page.notes, strict=True), start=1):
        matter = annotation.matter
        marks.append(NoteMark(annotation.range.start, annotation.range.end, number - 1))
        notes.append(
            NoteView(
                number=number,
                id=f"note-{matter.id.value}" if matter.id else f"note-{number}",
                reference=f"ref--note-{number}",
                kind=matter.kind,
                title=matter.title or "",
                quote=body.text[annotation.range.start : annotation.range.end],
                body=prose_of(linked, cards.target, numbers.cite(linked.fragment), cards.references),
                by=matter.by or "",
                date=matter.date,
                sources=tuple(numbers.refer(key.value) for key in matter.sources.keys),
            )
        )
    return msgspec.structs.replace(body, note_marks=tuple(marks), notes=tuple(notes))


def _all_cards(page: LinkedPage, cards: Cards, order: Mapping[str, int]) -> Iterator[CardView]:
    yield from cards.all(order)
    for number, (term, definition) in enumerate(zip(page.document.terms, page.terms, strict=True)):
        slug = f"{TERM_PREFIX}{number}"
        if slug in cards.references:
            yield cards.own(slug, term.name, definition, order)


def _timeline(page: LinkedPage, cards: Cards, site: Site) -> tuple[TimelineRow, ...]:
    rows = [
        TimelineRow(date=item.date, end=item.end, text=item.text, url="", own=True)
        for item in page.document.matter.timeline
    ]
    for slug in cards.references:
        matter = site.by_slug[slug].document.matter if slug in site.by_slug else None
        if matter is None or matter.kind != "event" or matter.date is None:
            continue
        if matter.date.first_day <= page.page.as_of:
            rows.append(
                TimelineRow(date=matter.date, end=matter.end, text=matter.name.value, url=cards.target(slug), own=False)
            )
    return tuple(sorted(rows, key=lambda row: (row.date.first_day, not row.own, "" if row.own else row.text)))
