"""Corrections as views: for the page that lists them, the program's or the site's own."""

from __future__ import annotations

from generator.emit.keys import key_of
from generator.emit.parts import note_id, summary_of
from generator.emit.prose import Numbers, prose_of, without_citations
from generator.link.library import Library
from generator.site import Site
from generator.views import CorrectionView


def correction_views(site: Site, library: Library) -> tuple[CorrectionView, ...]:
    """Return the site's corrections, newest first; names in their notes lead to the pages of entries."""
    listed = {correction.page.path: correction.page for correction in site.corrections}
    pages = {path: library.page(page) for path, page in listed.items()}
    views = []
    for correction in site.corrections:
        page = pages[correction.page.path]
        annotation, linked = page.document.annotations[correction.index], page.notes[correction.index]
        cited = Numbers(page.sources).cite(linked.fragment)
        views.append(
            CorrectionView(
                article=summary_of(site, page.page),
                anchor=note_id(annotation, correction.index + 1),
                title=annotation.matter.title or "",
                quote=" ".join(page.document.body.text[annotation.range.start : annotation.range.end].split()),
                body=without_citations(
                    prose_of(linked, lambda slug: site.by_slug[slug].url if slug in site.by_slug else "", cited)
                ),
                by=annotation.matter.by or "",
                date=annotation.matter.date,
            )
        )
    return tuple(views)


def corrections_key(site: Site) -> str:
    """Return the key of all that the list of corrections shows."""
    parts: list[str] = []
    for correction in site.corrections:
        page = correction.page
        found = page.synopsis.mentions
        addresses = [site.by_slug[slug].url for slug in found.in_notes if slug in site.by_slug]
        parts += (page.content, page.references, found.digest, *addresses, str(correction.index))
    return key_of(*parts)
