"""From a document to its synopsis: its mentions found and summed up, and what else the site has to know of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from generator.config import GlossarySettings
from generator.diagnostics import Diagnostic
from generator.document import EntryDocument, PageDocument, Parsed
from generator.link.backlinks import context_digest, first_mentions, in_context, mentioned
from generator.link.glossary import TERM_PREFIX, Glossary, own_terms
from generator.link.mentions import Rules, cap_of, find_mentions, fold_words, named_entry
from generator.matter import PageGlossary, PageMatter, Sources
from generator.model import Fragment, Value
from generator.read.source import digest_of
from generator.synopsis import (
    Asked,
    EntryMentions,
    EntrySynopsis,
    FoundMentions,
    Known,
    Mention,
    PageMentions,
    PageSynopsis,
    Place,
    Reference,
)
from generator.text import count_words, reading_minutes
from generator.urls import is_external

_encode = msgspec.msgpack.Encoder().encode


class SiteRules(Value, frozen=True):
    """What the whole site says of its mentions."""

    settings: GlossarySettings
    senses: Mapping[str, str | None] = {}
    """By folded words, the slug that they mean; None: only by hand."""

    @property
    def digest(self) -> str:
        """Names all that these rules say."""
        return digest_of(_encode((self.settings, sorted(self.senses.items()))))


class Indexed(Value, frozen=True, kw_only=True):
    """A file that was opened: what the site has to know of it, and its document with all mentions."""

    known: Known
    page: PageDocument | None = None
    mentions: PageMentions | None = None


def index(parsed: Parsed, digest: str, glossary: Glossary, rules: SiteRules, slug: str = "") -> Indexed:
    """Return a parsed file with its synopsis; `slug` is an entry's own."""
    if parsed.page is not None:
        synopsis, mentions = index_page(parsed.page, glossary, rules, parsed.diagnostics)
        known = Known(path=parsed.path, digest=digest, page=synopsis)
        return Indexed(known=known, page=parsed.page, mentions=mentions)
    if parsed.entry is not None:
        entry = index_entry(parsed.entry, slug, glossary, rules, parsed.diagnostics)
        return Indexed(known=Known(path=parsed.path, digest=digest, entry=entry))
    return Indexed(known=Known(path=parsed.path, digest=digest, sources=parsed.sources, diagnostics=parsed.diagnostics))


def index_page(
    document: PageDocument, glossary: Glossary, site: SiteRules, parsing: tuple[Diagnostic, ...]
) -> tuple[PageSynopsis, PageMentions]:
    """Return the synopsis of an article or a page, and all its mentions."""
    rules, diagnostics = rules_of(document, glossary, site)
    texts = texts_of(document)

    def find(fragment: Fragment, itself: str | None = None) -> tuple[Mention, ...]:
        here = msgspec.structs.replace(rules, itself=itself) if itself else rules
        mentions, problems = find_mentions(fragment, glossary, here, document.path)
        diagnostics.extend(problems)
        return mentions

    mentions = PageMentions(
        body=find(document.body),
        notes=tuple(find(annotation.body) for annotation in document.annotations),
        terms=tuple(find(term.definition, f"{TERM_PREFIX}{number}") for number, term in enumerate(document.terms)),
    )
    words = count_words(document.body.text)
    matter = document.matter
    heading = next((heading.text for heading in document.body.headings), "")
    public = _public(matter)
    title = matter.title or heading
    shown = (public, title, document.lang, reading_minutes(words))
    synopsis = PageSynopsis(
        path=document.path,
        digest=document.digest,
        role=document.role,
        matter=public,
        title=title,
        lang=document.lang,
        words=words,
        ids=(*document.body.ids, *(f"note-{a.matter.id.value}" for a in document.annotations if a.matter.id)),
        links=tuple(Reference(one.href, one.at) for text in texts for one in text.links if not is_external(one.href)),
        images=tuple(Reference(use.src, use.at) for text in texts for use in text.images),
        declared=tuple(
            sources
            for sources in (matter.sources, *(annotation.matter.sources for annotation in document.annotations))
            if sources.keys
        ),
        cited=tuple(
            (citation.key, citation.at)
            for text in (document.body, *(annotation.body for annotation in document.annotations))
            for citation in text.citations
        ),
        annotations=len(document.annotations),
        corrections=tuple(
            (index, annotation.matter.date)
            for index, annotation in enumerate(document.annotations)
            if annotation.matter.kind == "correction"
        ),
        mentions=_sum_up(document, mentions, cap_of(words, site.settings), glossary, tuple(diagnostics)),
        listed=digest_of(_encode(shown)),
        diagnostics=parsing,
    )
    return synopsis, mentions


def index_entry(
    document: EntryDocument, slug: str, glossary: Glossary, site: SiteRules, parsing: tuple[Diagnostic, ...]
) -> EntrySynopsis:
    """Return the synopsis of an entry; its own words are no mention in its texts."""
    rules = Rules(mode=site.settings.mentions, senses=site.senses, itself=slug, blockquotes=site.settings.blockquotes)
    diagnostics: list[Diagnostic] = []

    def find(fragment: Fragment) -> tuple[Mention, ...]:
        mentions, problems = find_mentions(fragment, glossary, rules, document.path)
        diagnostics.extend(problems)
        return mentions

    summary, history, body = find(document.summary), tuple(map(find, document.history)), find(document.body)
    asked = asked_of(glossary, (mark.entry for f in entry_texts(document) for mark in f.hand_marks))
    card = (document.matter, document.lang, document.summary, document.history, summary, history)
    return EntrySynopsis(
        document=document,
        mentions=EntryMentions(
            digest=digest_of(_encode((summary, history, body))),
            summary=summary,
            history=history,
            body=body,
            asked=asked,
            diagnostics=tuple(diagnostics),
        ),
        card=digest_of(_encode(card)),
        diagnostics=parsing,
    )


def rules_of(document: PageDocument, glossary: Glossary, site: SiteRules) -> tuple[Rules, list[Diagnostic]]:
    """Return what holds for a page's mentions, and what is wrong with the entries that its front matter names."""
    asked = document.matter.glossary
    diagnostics: list[Diagnostic] = []
    senses = dict(site.senses)
    for words, name in asked.senses.items():
        senses[fold_words(words)] = named_entry(name, glossary, document.path, diagnostics)
    excluded = [named_entry(name, glossary, document.path, diagnostics) for name in asked.exclude]
    rules = Rules(
        mode=asked.mentions or site.settings.mentions,
        senses=senses,
        excluded=frozenset(slug for slug in excluded if slug),
        own=own_terms(document.terms),
        blockquotes=site.settings.blockquotes,
    )
    return rules, diagnostics


def texts_of(document: PageDocument) -> tuple[Fragment, ...]:
    """Return the texts of a page in which mentions are looked for."""
    notes = (annotation.body for annotation in document.annotations)
    return (document.body, *notes, *(term.definition for term in document.terms))


def entry_texts(document: EntryDocument) -> tuple[Fragment, ...]:
    """Return the texts of an entry."""
    return (document.summary, *document.history, document.body)


def asked_of(glossary: Glossary, names: Iterable[str]) -> tuple[Asked, ...]:
    """Return what a file asks of the glossary by name, with the answers of today."""
    return tuple(Asked(name, glossary.find(name), glossary.is_broken(name)) for name in sorted({*names} - {""}))


def _sum_up(
    document: PageDocument,
    mentions: PageMentions,
    cap: int | None,
    glossary: Glossary,
    diagnostics: tuple[Diagnostic, ...],
) -> FoundMentions:
    over_cap = cap is not None and sum(mention.marked for mention in mentions.body) > cap
    chosen = mentions.body if over_cap else tuple(mentioned(mentions.body).values())
    text = document.body.text
    places = tuple(
        Place(m.start, m.end, m.slug, m.by_hand, m.marked, context_digest(in_context(text, m.start, m.end)))
        for m in chosen
    )
    explained = first_mentions(mentioned(places).values())
    asked = document.matter.glossary
    names = [
        *(mark.entry for text in texts_of(document) for mark in text.hand_marks),
        *(name.value for name in asked.senses.values()),
        *(name.value for name in asked.exclude),
    ]
    return FoundMentions(
        digest=digest_of(_encode(mentions)),
        explained=explained,
        entries=digest_of(explained.slugs.encode()),
        over_cap=places if over_cap else (),
        in_notes=tuple(dict.fromkeys(m.slug for texts in mentions.notes for m in texts if m.marked)),
        asked=asked_of(glossary, names) if names else (),
        diagnostics=diagnostics,
    )


def _public(matter: PageMatter) -> PageMatter:
    """Return what other pages may show of a page's front matter."""
    if not (matter.annotations or matter.timeline or matter.sources.keys or matter.glossary != _NO_GLOSSARY):
        return matter
    return msgspec.structs.replace(matter, annotations=(), timeline=(), sources=Sources(), glossary=_NO_GLOSSARY)


_NO_GLOSSARY = PageGlossary()
