"""From all synopses to one `Site`. Reads as the list of what linking means; each step has a file of its own."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from generator.config import Settings
from generator.diagnostics import Diagnostic
from generator.jobs import Run
from generator.link.addresses import (
    CORRECTIONS,
    GENERATED,
    Claim,
    archive_url,
    conflicts,
    permalink,
    published,
    section_of,
    slug_of,
)
from generator.link.backlinks import Backlinks, first_mentions, mentioned
from generator.link.corrections import corrections_of
from generator.link.dated import changes_with_time
from generator.link.lexicon import Lexicon
from generator.link.mentions import apply_cap, cap_of
from generator.link.redirects import redirects_of
from generator.link.references import References
from generator.link.related import nearest_of, related_of
from generator.link.select import Selected, is_future
from generator.link.series import article_link, series_of
from generator.link.tags import tags_of
from generator.matter import SourceRecord
from generator.model import SourcePath, UrlPath, Value
from generator.read.source import digest_of
from generator.site import Entry, Nearest, Page, Places, Site, Target
from generator.synopsis import EntrySynopsis, FoundMentions, Media, Mention, PageSynopsis
from generator.urls import is_external
from generator.views import ArticleLink

ARTICLE, ENTRY, PAGE = "/{slug}/", "/glossary/{slug}/", "/{slug}/"
"""The permalinks of a site that sets none."""

SETTINGS = SourcePath("content/site.yaml")


class Placed(Value, frozen=True):
    """A page's slug and address."""

    slug: str
    url: UrlPath
    section: str


def link(
    selected: Selected,
    entries: Sequence[EntrySynopsis],
    lexicon: Lexicon,
    settings: Settings,
    shared: Mapping[str, SourceRecord],
    media: Sequence[Media],
    statics: Mapping[SourcePath, str],
    *,
    today: dt.date,
    base_url: str,
    nearest: Nearest | None = None,
    run: Run = map,
) -> tuple[Site, list[Diagnostic]]:
    """Return the linked site and everything that is wrong between its files.

    `nearest` is what the last build found of related articles.
    """
    diagnostics = list(lexicon.diagnostics)
    placed, problems = _place(selected, settings)
    diagnostics += problems
    entry_urls = _entry_urls(lexicon, settings)
    documents = [entry.document for entry in entries]
    tags, problems = tags_of(selected.pages, documents, lexicon.slugs)
    diagnostics += problems

    def link_to(page: PageSynopsis) -> ArticleLink:
        return article_link(page, placed[page.path].slug, placed[page.path].url)

    series, series_places, problems = series_of(selected.pages, link_to)
    diagnostics += problems
    published_articles = {page.path: page for page in selected.pages if page.role == "article"}
    years = sorted({page.matter.date.year for page in published_articles.values() if page.matter.date})
    carded = {path: at.url for path, at in placed.items() if path in published_articles} | entry_urls
    if not settings.images.social_cards:
        carded = {}
    own_list = any(page.role == "page" and placed[page.path].url == CORRECTIONS for page in selected.pages)
    urls = {path: at.url for path, at in placed.items()} | entry_urls
    redirects, old, problems = redirects_of((*selected.pages, *documents), urls)
    diagnostics += problems
    claims = [
        *(Claim(UrlPath(url), what, None) for url, what in GENERATED if not (own_list and url == CORRECTIONS)),
        *(Claim(tag.url, f'the tag "{tag.name}"', None) for tag in tags),
        *(Claim(one.url, f'the series "{one.name}"', None) for one in series),
        *(Claim(archive_url(year), f"the archive of {year}", None) for year in years),
        *(published(tags, published_articles, carded.items()) if is_external(base_url) else ()),
        *(Claim(UrlPath(path.removeprefix("content/static")), path, path) for path in statics),
        *(Claim(at.url, path, path) for path, at in placed.items()),
        *(Claim(url, path, path) for path, url in entry_urls.items()),
        *old,
    ]
    diagnostics += conflicts(claims)
    by_media = {str(file.path): file for file in media}
    places = _places(selected, entries, lexicon, placed, entry_urls, claims, by_media)
    references = References(places, shared, diagnostics)
    for item in settings.menu:
        references.link(item.url.value, item.url.at, SETTINGS, Target("/", ()))
    pages = [page_of(synopsis, placed[synopsis.path], references, today) for synopsis in selected.pages]
    pages = _capped(pages, settings)
    urls_by_slug = {lexicon.slugs[path]: url for path, url in entry_urls.items()}
    linked = [
        entry_of(one, lexicon.slugs[one.document.path], entry_urls[one.document.path], urls_by_slug, references)
        for one in entries
    ]
    articles = [page for page in pages if page.synopsis.role == "article"]
    articles.sort(key=place_in_order)
    nearest = nearest_of(articles, series_places, nearest, run)
    used: dict[str, Media] = {}
    for file in sorted(references.used, key=lambda file: file.path):
        if not file.path.startswith("content/static/"):
            used.setdefault(file.url, file)  # one content under one name, beside two texts, has one address
    for page_synopsis in selected.pages:
        diagnostics += page_synopsis.mentions.diagnostics
    for entry_synopsis in entries:
        diagnostics += entry_synopsis.mentions.diagnostics
    site = Site(
        settings=settings,
        today=today,
        base_url=base_url,
        articles=tuple(articles),
        pages=tuple(page for page in pages if page.synopsis.role == "page"),
        entries=tuple(sorted(linked, key=lambda entry: (entry.document.matter.name.value.casefold(), entry.slug))),
        by_slug={entry.slug: entry for entry in linked},
        backlinks=Backlinks(articles),
        corrections=corrections_of(pages),
        tags=tags,
        statics=tuple(statics),
        digests=statics,
        media=tuple(used.values()),
        places=places,
        sources=shared,
        series=series,
        series_places=series_places,
        related=related_of(articles, link_to, nearest),
        nearest=nearest,
        redirects=redirects,
    )
    return site, diagnostics


def _place(selected: Selected, settings: Settings) -> tuple[dict[SourcePath, Placed], list[Diagnostic]]:
    placed: dict[SourcePath, Placed] = {}
    diagnostics: list[Diagnostic] = []
    patterns = settings.permalinks
    for page in selected.pages:
        slug, problems = slug_of(page.matter.slug, page.path)
        diagnostics += problems
        article = page.role == "article"
        given = patterns.article if article else patterns.page
        pattern = given.value if given else ARTICLE if article else PAGE
        section = section_of(page.path) if article else ""
        placed[page.path] = Placed(slug, permalink(pattern, slug, page.matter.date, section), section)
    return placed, diagnostics


def _entry_urls(lexicon: Lexicon, settings: Settings) -> dict[SourcePath, UrlPath]:
    pattern = settings.permalinks.entry.value if settings.permalinks.entry else ENTRY
    return {path: permalink(pattern, slug, None, "") for path, slug in lexicon.slugs.items()}


def _places(
    selected: Selected,
    entries: Sequence[EntrySynopsis],
    lexicon: Lexicon,
    placed: Mapping[SourcePath, Placed],
    entry_urls: Mapping[SourcePath, UrlPath],
    claims: Iterable[Claim],
    media: Mapping[str, Media],
) -> Places:
    by_path: dict[str, Target] = {page.path: Target(placed[page.path].url, page.ids) for page in selected.pages}
    by_path |= {e.document.path: Target(entry_urls[e.document.path], e.document.body.ids) for e in entries}
    by_url = {str(claim.url): Target(claim.url, ()) for claim in claims}
    by_url |= {target.url: target for target in by_path.values()}
    mentions = (f"/glossary/{slug}/mentions/" for slug in lexicon.slugs.values())
    by_url |= {url: Target(url, ()) for url in mentions}
    unpublished = {**selected.left_out, **lexicon.left_out}
    return Places(by_path=by_path, by_url=by_url, unpublished=unpublished, media=media)


def page_of(synopsis: PageSynopsis, placed: Placed, references: References, today: dt.date) -> Page:
    """Return a page with its address and all that its references lead to."""
    matter, found = synopsis.matter, synopsis.mentions
    future = is_future(synopsis, today)
    return Page(
        path=synopsis.path,
        synopsis=synopsis,
        slug=placed.slug,
        url=placed.url,
        section=placed.section,
        as_of=matter.as_of or matter.updated or matter.date or today,
        future=future,
        explained=found.explained,
        capped=found.over_cap,
        cards=_cards(found.over_cap, found.in_notes) if found.over_cap else _cards_of(found),
        dropped=(),
        references=references.of_page(synopsis, Target(placed.url, synopsis.ids)),
        listed=f"{synopsis.listed} {placed.url} {placed.section} {future}",
        content=f"{synopsis.digest} {placed.url} {placed.section} {future}",
    )


def entry_of(
    synopsis: EntrySynopsis, slug: str, url: UrlPath, urls_by_slug: Mapping[str, UrlPath], references: References
) -> Entry:
    """Return an entry with its address and all that its references lead to."""
    document, found = synopsis.document, synopsis.mentions
    said = tuple(dict.fromkeys(mention.slug for text in (found.summary, *found.history) for mention in text))
    resolved = references.of_entry(document, Target(url, document.body.ids))
    addresses = " ".join(f"{slug} {urls_by_slug.get(slug, '')}" for slug in sorted(said))
    return Entry(
        synopsis=synopsis,
        slug=slug,
        url=url,
        card=digest_of(f"{synopsis.card} {url} {resolved} {addresses}".encode()),
        references=resolved,
        said=said,
        dated=changes_with_time(document.matter),
    )


def _capped(pages: list[Page], settings: Settings) -> list[Page]:
    if not any(page.synopsis.mentions.over_cap for page in pages):
        return pages
    elsewhere = Counter(slug for page in pages for slug in page.explained.slugs.split())
    return [_with_cap(page, settings, elsewhere) if page.synopsis.mentions.over_cap else page for page in pages]


def _with_cap(page: Page, settings: Settings, elsewhere: Mapping[str, int]) -> Page:
    cap = cap_of(page.synopsis.words, settings.glossary)
    places, dropped = apply_cap(page.capped, cap, lambda slug: elsewhere[slug] - 1)
    return msgspec.structs.replace(
        page,
        explained=first_mentions(mentioned(places).values()),
        capped=places,
        cards=_cards(places, page.synopsis.mentions.in_notes),
        dropped=dropped,
    )


def _cards_of(found: FoundMentions) -> tuple[str, ...]:
    slugs, marks = found.explained.slugs.split(), found.explained.marks
    if "-" in marks:
        slugs = [slug for slug, mark in zip(slugs, marks, strict=True) if mark == "+"]
    return tuple(dict.fromkeys((*slugs, *found.in_notes))) if found.in_notes else tuple(slugs)


def _cards(mentions: Sequence[Mention], in_notes: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*(mention.slug for mention in mentions if mention.marked), *in_notes)))


def place_in_order(page: Page) -> tuple[int, SourcePath]:
    """Return what articles are sorted by: newest first, those of one day by path."""
    return -(page.matter.date or dt.date.min).toordinal(), page.path
