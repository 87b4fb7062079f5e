"""`forms ENTRY`: every match of an entry, in context, so that its author sees what the forms catch."""

from __future__ import annotations

from collections.abc import Iterator

from generator.build import load
from generator.link.glossary import Glossary
from generator.link.library import Library
from generator.link.mentions import line_at
from generator.model import SourcePath
from generator.options import Options
from generator.report import plain
from generator.site import LinkedFragment, Site
from generator.synopsis import Mention

AROUND = 40
"""Characters shown on either side of a match."""


def forms(options: Options, name: str) -> int | None:
    """Print each match on standard output; return 0, or None where there is no such entry (or more than one)."""
    loaded = load(options)
    site, library = loaded.site, loaded.library
    if site is None or library is None:
        return 1
    slug = find_slug(site, name)
    if slug is None:
        return None
    count = marked = 0
    for path, linked in texts(site, library):
        for mention in linked.mentions:
            if mention.slug == slug:
                count += 1
                marked += mention.marked
                print(plain(f"{path}:{line_at(linked.fragment, mention.start)}: {in_context(linked, mention)}"))
    print(f"{count} {'match' if count == 1 else 'matches'}, {marked} marked")
    return 0


def find_slug(site: Site, name: str) -> str | None:
    """Return the slug of the one entry that a slug, name or alias means, or None."""
    glossary = Glossary(((entry.slug, entry.document) for entry in site.entries), site.settings.glossary)
    slugs = glossary.find(name)
    return slugs[0] if len(slugs) == 1 else None


def texts(site: Site, library: Library) -> Iterator[tuple[SourcePath, LinkedFragment]]:
    """Yield every text in which mentions are looked for, with its file."""
    for listed in sorted((*site.articles, *site.pages), key=lambda page: page.path):
        page = library.page(listed)
        for linked in (page.body, *page.notes, *page.terms):
            yield listed.path, linked
    for slug in sorted(site.by_slug, key=lambda slug: site.by_slug[slug].document.path):
        entry = library.entry(slug)
        for linked in (entry.summary, *entry.history, entry.body):
            yield entry.document.path, linked


def in_context(linked: LinkedFragment, mention: Mention) -> str:
    """Return the words of a match in brackets between what stands around them, and how it is marked."""
    text = linked.fragment.text
    before = text[max(0, mention.start - AROUND) : mention.start].rpartition("\n")[2]
    after = text[mention.end : mention.end + AROUND].partition("\n")[0]
    how = "by hand" if mention.by_hand else "marked" if mention.marked else "unmarked"
    return f"{before}[{text[mention.start : mention.end]}]{after} ({how})"
