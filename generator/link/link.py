"""From all documents to one `Site`. Reads as the list of what linking means; each step has a file of its own."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from generator.config import Settings
from generator.diagnostics import Diagnostic, error
from generator.document import EntryDocument, PageDocument
from generator.link.addresses import GENERATED, Claim, conflicts, permalink, section_of, slug_of
from generator.link.backlinks import backlinks_of
from generator.link.glossary import TERM_PREFIX, Glossary, own_terms
from generator.link.mentions import Rules, apply_cap, cap_of, find_mentions, fold_words, mentioned
from generator.link.redirects import redirects_of
from generator.link.references import (
    Places,
    Target,
    citations_of,
    gather_sources,
    resolve_link,
    resolve_media,
)
from generator.link.select import Selected, is_future
from generator.link.tags import tags_of
from generator.matter import SourceRecord
from generator.model import Fragment, Located, Position, SourcePath, UrlPath, Value
from generator.site import LinkedEntry, LinkedFragment, LinkedPage, Media, Site
from generator.text import count_words

ARTICLE, ENTRY, PAGE = "/{slug}/", "/glossary/{slug}/", "/{slug}/"
"""The permalinks of a site that sets none."""


class Placed(Value, frozen=True):
    """A document's slug and address."""

    slug: str
    url: UrlPath


class Context(Value, frozen=True, kw_only=True):
    """All that linking one document may see of the others."""

    settings: Settings
    today: dt.date
    glossary: Glossary
    places: Places
    shared: Mapping[str, SourceRecord]
    placed: Mapping[str, Placed]
    """By path."""
    senses: Mapping[str, str | None] = {}
    """The site's: by folded words, the slug that they mean; None: only by hand."""


def link(
    selected: Selected,
    settings: Settings,
    shared: Mapping[str, SourceRecord],
    media: Sequence[Media],
    statics: Sequence[SourcePath],
    *,
    today: dt.date,
    base_url: str,
) -> tuple[Site, list[Diagnostic]]:
    """Return the linked site and everything that is wrong between its files."""
    placed, diagnostics = _place(selected, settings)
    tags, problems = tags_of(selected.pages, selected.entries, {path: at.slug for path, at in placed.items()})
    diagnostics += problems
    urls = {path: at.url for path, at in placed.items()}
    redirects, old, problems = redirects_of((*selected.pages, *selected.entries), urls)
    diagnostics += problems
    claims = [
        *(Claim(UrlPath(url), what, None) for url, what in GENERATED),
        *(Claim(tag.url, f'the tag "{tag.name}"', None) for tag in tags),
        *(Claim(UrlPath(path.removeprefix("content/static")), path, path) for path in statics),
        *(Claim(at.url, path, SourcePath(path)) for path, at in placed.items()),
        *old,
    ]
    diagnostics += conflicts(claims)
    broken = (slug_of(None, SourcePath(path))[0] for path, reason in selected.left_out.items() if not reason)
    glossary = Glossary(((placed[e.path].slug, e) for e in selected.entries), settings.glossary, frozenset(broken))
    context = Context(
        settings=settings,
        today=today,
        glossary=glossary,
        places=_places(selected, placed, claims, media),
        shared=shared,
        placed=placed,
    )
    context, problems = _settle(context)
    diagnostics += problems
    pages: list[LinkedPage] = []
    for document in selected.pages:
        page, problems = link_page(document, context)
        pages.append(page)
        diagnostics += problems
    pages = _capped(pages, settings)
    entries: list[LinkedEntry] = []
    for entry_document in selected.entries:
        entry, problems = link_entry(entry_document, context)
        entries.append(entry)
        diagnostics += problems
    articles = [page for page in pages if page.document.role == "article"]
    articles.sort(key=lambda page: (-_date(page).toordinal(), page.document.path))
    used = {m.path: m for m in _used_media((*pages, *entries)) if not m.path.startswith("content/static/")}
    site = Site(
        settings=settings,
        today=today,
        base_url=base_url,
        articles=tuple(articles),
        pages=tuple(page for page in pages if page.document.role == "page"),
        entries=tuple(sorted(entries, key=lambda entry: (entry.document.matter.name.value.casefold(), entry.slug))),
        backlinks=backlinks_of(articles),
        tags=tags,
        statics=tuple(statics),
        media=tuple(used[path] for path in sorted(used)),
        redirects=redirects,
    )
    return site, diagnostics


def link_page(document: PageDocument, context: Context) -> tuple[LinkedPage, list[Diagnostic]]:
    """Return an article or page with everything in it resolved; the density cap comes later, it looks at all pages."""
    matter, path = document.matter, document.path
    placed = context.placed[path]
    linker = _Linker(document.path, context, _target(document, placed))
    rules = _rules(document, context, linker)
    body = linker.fragment(document.body, rules)
    in_notes = msgspec.structs.replace(rules, own=rules.own)
    notes = tuple(linker.fragment(annotation.body, in_notes) for annotation in document.annotations)
    terms = tuple(
        linker.fragment(term.definition, msgspec.structs.replace(rules, itself=f"{TERM_PREFIX}{index}"))
        for index, term in enumerate(document.terms)
    )
    sources, problems = gather_sources(
        (matter.sources, *(annotation.matter.sources for annotation in document.annotations)),
        [key for f in (document.body, *(a.body for a in document.annotations)) for key in citations_of(f)],
        context.shared,
        path,
    )
    linker.diagnostics += problems
    as_of = matter.as_of or matter.updated or matter.date or context.today
    page = LinkedPage(
        document=document,
        slug=placed.slug,
        url=placed.url,
        section=section_of(path) if document.role == "article" else "",
        as_of=as_of,
        future=is_future(document, context.today),
        body=body,
        notes=notes,
        terms=terms,
        sources=sources,
        image=linker.image(matter.image.src) if matter.image else None,
        dropped=(),
    )
    return page, linker.diagnostics


def link_entry(document: EntryDocument, context: Context) -> tuple[LinkedEntry, list[Diagnostic]]:
    """Return an entry with everything in it resolved."""
    matter, path = document.matter, document.path
    placed = context.placed[path]
    linker = _Linker(path, context, Target(placed.url, frozenset(document.body.ids)))
    rules = Rules(
        mode=context.settings.glossary.mentions,
        senses=context.senses,
        itself=placed.slug,
        blockquotes=context.settings.glossary.blockquotes,
    )
    fragments = (document.summary, *document.history, document.body)
    sources, problems = gather_sources(
        (matter.sources,), [key for f in fragments for key in citations_of(f)], context.shared, path
    )
    linker.diagnostics += problems
    entry = LinkedEntry(
        document=document,
        slug=placed.slug,
        url=placed.url,
        summary=linker.fragment(document.summary, rules),
        history=tuple(linker.fragment(fragment, rules) for fragment in document.history),
        body=linker.fragment(document.body, rules),
        sources=sources,
        image=linker.image(matter.image.src) if matter.image else None,
    )
    return entry, linker.diagnostics


class _Linker:
    """Resolves the fragments of one document and gathers what is wrong with them."""

    def __init__(self, path: SourcePath, context: Context, own: Target) -> None:
        self.path = path
        self.context = context
        self.own = own
        self.diagnostics: list[Diagnostic] = []

    def fragment(self, fragment: Fragment, rules: Rules) -> LinkedFragment:
        mentions, problems = find_mentions(fragment, self.context.glossary, rules, self.path)
        self.diagnostics += problems
        return LinkedFragment(
            fragment=fragment,
            mentions=mentions,
            links=tuple(self.link(one.href, one.at) for one in fragment.links),
            media=tuple(self.image(Located(use.src, use.at)) for use in fragment.images),
        )

    def link(self, href: str, at: Position) -> str:
        address, problem = resolve_link(href, at, self.path, self.own, self.context.places)
        if problem:
            self.diagnostics.append(problem)
        return address

    def image(self, src: Located) -> Media | None:
        found, problem = resolve_media(src, self.path, self.context.places)
        if problem:
            self.diagnostics.append(problem)
        return found

    def entry(self, name: Located) -> str | None:
        """Return the slug of the entry that a value of the front matter names."""
        slugs = self.context.glossary.find(name.value)
        if len(slugs) == 1:
            return slugs[0]
        if self.context.glossary.is_broken(name.value):
            return None
        if slugs:
            message = f'"{name.value}" may mean {" or ".join(slugs)}'
            self.diagnostics.append(error("mention-ambiguous", self.path, name.at, message, "name it by its slug"))
        else:
            message = f'there is no entry "{name.value}"'
            hint = self.context.glossary.hint(name.value)
            self.diagnostics.append(error("mention-unknown", self.path, name.at, message, hint))
        return None


def _rules(document: PageDocument, context: Context, linker: _Linker) -> Rules:
    asked, site = document.matter.glossary, context.settings.glossary
    senses = dict(context.senses)
    for words, name in asked.senses.items():
        senses[fold_words(words)] = linker.entry(name)
    excluded = (linker.entry(name) for name in asked.exclude)
    return Rules(
        mode=asked.mentions or site.mentions,
        senses=senses,
        excluded=frozenset(slug for slug in excluded if slug),
        own=own_terms(document.terms),
        blockquotes=site.blockquotes,
    )


def _settle(context: Context) -> tuple[Context, list[Diagnostic]]:
    """Return the context with the site's senses, and what is wrong with what site.yaml says of other files."""
    settings = context.settings
    linker = _Linker(SourcePath("content/site.yaml"), context, Target("/", frozenset()))
    senses = {
        fold_words(words): linker.entry(name) if name else None for words, name in settings.glossary.senses.items()
    }
    for item in settings.menu:
        linker.link(item.url.value, item.url.at)
    return msgspec.structs.replace(context, senses=senses), linker.diagnostics


def _place(selected: Selected, settings: Settings) -> tuple[dict[str, Placed], list[Diagnostic]]:
    placed: dict[str, Placed] = {}
    diagnostics: list[Diagnostic] = []
    patterns = settings.permalinks
    for page in selected.pages:
        slug, problems = slug_of(page.matter.slug, page.path)
        diagnostics += problems
        article = page.role == "article"
        given = patterns.article if article else patterns.page
        pattern = given.value if given else ARTICLE if article else PAGE
        section = section_of(page.path) if article else ""
        placed[page.path] = Placed(slug, permalink(pattern, slug, page.matter.date, section))
    for entry in selected.entries:
        slug, problems = slug_of(entry.matter.slug, entry.path)
        diagnostics += problems
        pattern = patterns.entry.value if patterns.entry else ENTRY
        placed[entry.path] = Placed(slug, permalink(pattern, slug, None, ""))
    return placed, diagnostics


def _places(
    selected: Selected, placed: Mapping[str, Placed], claims: Iterable[Claim], media: Sequence[Media]
) -> Places:
    by_path: dict[str, Target] = {page.path: _target(page, placed[page.path]) for page in selected.pages}
    by_path |= {e.path: Target(placed[e.path].url, frozenset(e.body.ids)) for e in selected.entries}
    by_url = {str(claim.url): Target(claim.url, frozenset()) for claim in claims}
    by_url |= {target.url: target for target in by_path.values()}
    mentions = (f"/glossary/{placed[entry.path].slug}/mentions/" for entry in selected.entries)
    by_url |= {url: Target(url, frozenset()) for url in mentions}
    return Places(
        by_path=by_path, by_url=by_url, unpublished=selected.left_out, media={file.path: file for file in media}
    )


def _target(document: PageDocument, placed: Placed) -> Target:
    notes = (a.matter.id.value for a in document.annotations if a.matter.id)
    return Target(placed.url, frozenset((*document.body.ids, *(f"note-{name}" for name in notes))))


def _capped(pages: list[LinkedPage], settings: Settings) -> list[LinkedPage]:
    if settings.glossary.max_density is None:
        return pages
    elsewhere = Counter(slug for page in pages for slug in mentioned(page.body.mentions))
    capped: list[LinkedPage] = []
    for page in pages:
        cap = cap_of(count_words(page.document.body.text), settings.glossary)
        mentions, dropped = apply_cap(page.body.mentions, cap, lambda slug: elsewhere[slug] - 1)
        if dropped:
            body = msgspec.structs.replace(page.body, mentions=mentions)
            page = msgspec.structs.replace(page, body=body, dropped=dropped)
        capped.append(page)
    return capped


def _date(page: LinkedPage) -> dt.date:
    return page.document.matter.date or dt.date.min


def _used_media(documents: Iterable[LinkedPage | LinkedEntry]) -> Iterable[Media]:
    for document in documents:
        fragments = [document.body]
        if isinstance(document, LinkedPage):
            fragments += [*document.notes, *document.terms]
        else:
            fragments += [document.summary, *document.history]
        yield from (media for fragment in fragments for media in fragment.media if media)
        if document.image:
            yield document.image
