"""Corrections as views: for the page that lists them, the program's or the site's own."""

from __future__ import annotations

from generator.emit.parts import by_path, note_id, summary_of
from generator.emit.prose import Numbers, prose_of, without_citations
from generator.site import Site
from generator.views import CorrectionView


def correction_views(site: Site) -> tuple[CorrectionView, ...]:
    """Return the site's corrections, newest first; names in their notes lead to the pages of entries."""
    pages = by_path((*site.articles, *site.pages))
    urls = {entry.slug: entry.url for entry in site.entries}
    views = []
    for correction in site.corrections:
        page = pages[correction.page]
        annotation, linked = page.document.annotations[correction.index], page.notes[correction.index]
        cited = Numbers(page.sources).cite(linked.fragment)
        views.append(
            CorrectionView(
                article=summary_of(site, page),
                anchor=note_id(annotation, correction.index + 1),
                title=annotation.matter.title or "",
                quote=" ".join(page.document.body.text[annotation.range.start : annotation.range.end].split()),
                body=without_citations(prose_of(linked, lambda slug: urls.get(slug, ""), cited)),
                by=annotation.matter.by or "",
                date=annotation.matter.date,
            )
        )
    return tuple(views)
