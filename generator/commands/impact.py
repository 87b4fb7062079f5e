"""`impact ENTRY`: what a change to an entry changes: who shows which of its definitions, with the words around it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.build import load
from generator.commands.check.desk import Desk, open_desk
from generator.commands.forms import find_slug, in_context
from generator.link.dated import epoch_on
from generator.link.mentions import line_at
from generator.options import Options
from generator.parse.annotations import shorten
from generator.report import plain
from generator.site import LinkedEntry, LinkedFragment, LinkedPage
from generator.synopsis import Mention


def impact(options: Options, name: str) -> int | None:
    """Print it on standard output; return 0, 1 without a site, or None where there is no such entry (or several)."""
    loaded = load(options)
    if loaded.site is None or loaded.library is None:
        return 1
    slug = find_slug(loaded.site, name)
    if slug is None:
        return None
    for line in lines(open_desk(loaded.site, loaded.library), loaded.library.entry(slug)):
        print(plain(line))
    return 0


def lines(desk: Desk, entry: LinkedEntry) -> Iterator[str]:
    """Yield the lines of the report: articles and pages, newest first, then entries, then the sum."""
    pages = [page for page in (*desk.articles, *desk.pages) if any(_mentions(page, entry))]
    present = 0
    for page in pages:
        yield f"{page.document.path}: {_shown(entry, page)}"
        present += _has_card(page, entry) and epoch_on(entry.document.matter, page.page.as_of) == len(entry.history)
        for linked, mention in _mentions(page, entry):
            yield f"  {line_at(linked.fragment, mention.start)}: {in_context(linked, mention)}"
    others = [other for other in desk.entries if other.slug != entry.slug and _names(other, entry)]
    for other in others:
        yield f"{other.document.path}: an entry, shows what holds today"
    name = entry.document.matter.name.value
    if not pages and not others:
        yield f'nothing mentions "{name}": a change to it changes its own page and the glossary'
        return
    counted = ", ".join(
        f"{count} {word if count == 1 else words}"
        for count, word, words in (
            (sum(page.document.role == "article" for page in pages), "article", "articles"),
            (sum(page.document.role == "page" for page in pages), "other page", "other pages"),
            (len(others), "entry", "entries"),
        )
        if count
    )
    yield f'"{name}": {counted}; the present definition is on {present} of {len(pages)} pages'


def _shown(entry: LinkedEntry, page: LinkedPage) -> str:
    """Return which definition a page shows, and why."""
    if not _has_card(page, entry):
        return "shows no definition, as nothing is marked"
    matter = entry.document.matter
    epoch = epoch_on(matter, page.page.as_of)
    pinned = ", pinned" if page.document.matter.pin else ""
    if not matter.history:
        return f"as of {page.page.as_of}{pinned}, shows its one definition"
    if epoch == len(matter.history):
        return f"as of {page.page.as_of}{pinned}, shows the present definition"
    words = shorten(entry.history[epoch].fragment.text)
    return f"as of {page.page.as_of}{pinned}, shows the definition until {matter.history[epoch].until}: “{words}”"


def _mentions(page: LinkedPage, entry: LinkedEntry) -> Iterator[tuple[LinkedFragment, Mention]]:
    for linked in (page.body, *page.notes, *page.terms):
        for mention in linked.mentions:
            if mention.slug == entry.slug:
                yield linked, mention


def _has_card(page: LinkedPage, entry: LinkedEntry) -> bool:
    """Return whether a page has a card of an entry: it is marked in the body or in a note."""
    return any(m.slug == entry.slug and m.marked for linked in (page.body, *page.notes) for m in linked.mentions)


def _names(other: LinkedEntry, entry: LinkedEntry) -> bool:
    texts = (other.summary, *other.history, other.body)
    return any(mention.slug == entry.slug for linked in texts for mention in linked.mentions)
