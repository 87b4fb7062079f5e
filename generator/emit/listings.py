"""Pages that list articles: the home page and the pages of tags, paged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.emit.cards import entry_line
from generator.emit.parts import by_path, page_url, page_view, paging, summary_of
from generator.model import SourcePath
from generator.output import Output, TemplateOutput
from generator.site import LinkedEntry, LinkedPage, Site
from generator.urls import output_path
from generator.views import EntryName, Explained, ListingView, SiteView

KEY_ENTRIES = 12
"""Entries on the home page: those that most articles mention."""

NAMED = 6
"""Names below an article: about two lines, what it is about and no more."""


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield the home page and each tag's page, with the pages that follow them."""
    by_slug = {entry.slug: entry for entry in site.entries}
    busiest = sorted(site.backlinks, key=lambda slug: (-len(site.backlinks[slug]), slug))
    key_entries = [by_slug[slug] for slug in busiest if slug in by_slug][:KEY_ENTRIES]
    explained = explained_by(site, by_slug)
    yield from _listing(site, view, "/", "home", "", site.articles, key_entries, explained)
    listed = by_path((*site.articles, *site.pages))
    order = {path: place for place, path in enumerate(listed)}
    for tag in site.tags:
        tagged = [listed[path] for path in sorted(tag.pages, key=order.__getitem__)]
        entries = [by_slug[slug] for slug in tag.entries]
        yield from _listing(site, view, tag.url, "tag", tag.name, tagged, entries, explained)


def explained_by(site: Site, by_slug: Mapping[str, LinkedEntry]) -> dict[SourcePath, Explained]:
    """Return what each article explains: the entries that it mentions, in the order of its text."""
    mentioned: dict[SourcePath, list[tuple[int, str]]] = {}
    for slug, links in site.backlinks.items():
        if slug not in by_slug:
            continue
        for link in links:
            mentioned.setdefault(link.page, []).append((link.range.start, slug))
    lang = site.settings.language
    return {
        page: Explained(
            tuple(_name(by_slug[slug], lang) for _, slug in sorted(found)[:NAMED]), max(0, len(found) - NAMED)
        )
        for page, found in mentioned.items()
    }


def _name(entry: LinkedEntry, lang: str) -> EntryName:
    own = entry.document.lang
    return EntryName(entry.document.matter.name.value, entry.url, own if own != lang else "")


def _listing(
    site: Site,
    view: SiteView,
    url: str,
    kind: str,
    title: str,
    articles: Sequence[LinkedPage],
    entries: Sequence[LinkedEntry],
    explained: Mapping[SourcePath, Explained],
) -> Iterator[Output]:
    size = site.settings.paginate
    pages = [tuple(articles[start : start + size]) for start in range(0, len(articles), size)] or [()]
    lines = tuple(entry_line(entry, site.settings.language) for entry in entries)
    for number, chosen in enumerate(pages, start=1):
        address = page_url(url, number)
        yield TemplateOutput(
            output_path(address),
            f"{kind}.html",
            ListingView(
                site=view,
                page=page_view(site, address, kind, title, site.settings.description or "" if kind == "home" else ""),
                articles=tuple(summary_of(site, article) for article in chosen),
                explained=tuple(explained.get(article.document.path, Explained((), 0)) for article in chosen),
                entries=lines if number == 1 else (),
                paging=paging(url, number, len(pages)),
            ),
        )
