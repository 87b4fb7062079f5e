"""Articles and pages: the text with its marks, notes, cards, sources and timeline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from generator.emit.cards import Cards, grouped
from generator.emit.correction_views import correction_views
from generator.emit.parts import page_view, people, picture_of, tag_links
from generator.emit.prose import Numbers, prose_of
from generator.link.addresses import CORRECTIONS
from generator.link.glossary import TERM_PREFIX
from generator.output import Output, TemplateOutput
from generator.site import LinkedEntry, LinkedPage, Site
from generator.text import count_words, reading_minutes
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
    by_slug = {entry.slug: entry for entry in site.entries}
    for page in (*site.articles, *site.pages):
        template = "article.html" if page.document.role == "article" else "page.html"
        yield TemplateOutput(output_path(page.url), template, article_view(site, view, page, by_slug))


def article_view(site: Site, view: SiteView, page: LinkedPage, by_slug: Mapping[str, LinkedEntry]) -> ArticleView:
    """Return all that an article's template sees."""
    document, matter = page.document, page.document.matter
    cards = Cards(site, by_slug, page.as_of, document.lang)
    numbers = Numbers(page.sources)
    body = prose_of(page.body, cards.target, numbers.cite(document.body), cards.references, anchors=True)
    body = with_notes(body, page, cards, numbers)
    title = matter.title or next((h.text for h in document.body.headings), "") or page.slug
    words = count_words(document.body.text)
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
            image=picture_of(page.image, matter.image) if matter.image else None,
            extra=matter.extra,
        ),
        body=body,
        groups=grouped(_all_cards(page, cards)),
        sources=numbers.list(),
        timeline=_timeline(page, cards, by_slug),
        placed=document.body.boxes,
        corrections=correction_views(site) if page.url == CORRECTIONS else (),
    )


def with_notes(body: Prose, page: LinkedPage, cards: Cards, numbers: Numbers) -> Prose:
    """Return a body with its annotations: their marks and, numbered in the order of the text, their notes."""
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


def _all_cards(page: LinkedPage, cards: Cards) -> Iterator[CardView]:
    for slug in tuple(cards.references):
        if slug.startswith(TERM_PREFIX):
            index = int(slug.removeprefix(TERM_PREFIX))
            yield cards.own_card(slug, page.document.terms[index].name, page.terms[index])
        else:
            yield cards.card(slug)


def _timeline(page: LinkedPage, cards: Cards, by_slug: Mapping[str, LinkedEntry]) -> tuple[TimelineRow, ...]:
    rows = [
        TimelineRow(date=item.date, end=item.end, text=item.text, url="", own=True)
        for item in page.document.matter.timeline
    ]
    for slug in cards.references:
        matter = by_slug[slug].document.matter if slug in by_slug else None
        if matter is None or matter.kind != "event" or matter.date is None or matter.date.first_day > page.as_of:
            continue
        rows.append(
            TimelineRow(date=matter.date, end=matter.end, text=matter.name.value, url=cards.target(slug), own=False)
        )
    return tuple(sorted(rows, key=lambda row: (row.date.first_day, not row.own, row.text)))
