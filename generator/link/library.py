"""Opens the files of a linked site in full, one at a time, where their own pages are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from generator.diagnostics import Diagnostic
from generator.document import PageDocument
from generator.link.backlinks import Context, context_at, context_digest, in_context, spot_at
from generator.link.index import Indexed, index_page
from generator.link.lexicon import Lexicon
from generator.link.references import References
from generator.model import Fragment, SourcePath, Value
from generator.site import Entry, LinkedEntry, LinkedFragment, LinkedPage, Page, Site, Target
from generator.synopsis import Mention, PageMentions


class Opened(Value, frozen=True):
    """A page's document with all its mentions."""

    page: PageDocument
    mentions: PageMentions


Parse = Callable[[SourcePath], PageDocument]
"""Parses a page's file again."""

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Opened)


def pack(indexed: Indexed) -> bytes:
    """Return a page as bytes that any process can open: a twentieth of what it takes in memory."""
    if indexed.page is None or indexed.mentions is None:
        return b""
    return _encoder.encode(Opened(indexed.page, indexed.mentions))


def unpack(packed: bytes) -> Opened:
    """Return a packed page."""
    return _decoder.decode(packed)


class Library:
    """Opens pages and entries: a page that was parsed in this build from its packed document, others by parsing."""

    def __init__(
        self,
        site: Site,
        lexicon: Lexicon,
        at_hand: Mapping[SourcePath, bytes],
        parse: Parse,
        find_text: Callable[[SourcePath], str | None],
    ) -> None:
        """`find_text` returns the reading text of a page, where it is kept."""
        self.site = site
        self._find_text = find_text
        self._lexicon = lexicon
        self._at_hand = dict(at_hand)
        self._parse = parse
        self._entries: dict[str, LinkedEntry] = {}
        self.cards: dict[object, object] = {}
        """What views of many pages have in common, kept by those that make them."""

    def with_page(self, site: Site, path: SourcePath, packed: bytes) -> Library:
        """Return the library of a site that differs by one page; what it knows of entries holds."""
        library = Library(site, self._lexicon, {**self._at_hand, path: packed}, self._parse, self._find_text)
        library._entries, library.cards = self._entries, self.cards
        return library

    def with_entry(self, site: Site) -> Library:
        """Return the library of a site that differs by one entry; what it knows of pages holds."""
        return Library(site, self._lexicon, self._at_hand, self._parse, self._find_text)

    def page(self, page: Page) -> LinkedPage:
        """Return a page, opened."""
        opened = self._open(page.path)
        document, mentions = opened.page, opened.mentions
        references, own = self._references(), Target(page.url, page.synopsis.ids)

        def linked(fragment: Fragment, found: tuple[Mention, ...]) -> LinkedFragment:
            return resolve(fragment, found, page.path, own, references)

        image = document.matter.image
        return LinkedPage(
            page=page,
            document=document,
            body=linked(document.body, _as_capped(mentions.body, page)),
            notes=tuple(
                linked(one.body, found) for one, found in zip(document.annotations, mentions.notes, strict=True)
            ),
            terms=tuple(
                linked(one.definition, found) for one, found in zip(document.terms, mentions.terms, strict=True)
            ),
            sources=references.sources(page.synopsis.declared, page.synopsis.cited, page.path),
            image=references.image(image.src.value, image.src.at, page.path) if image else None,
        )

    def context(self, page: Page, index: int) -> Context:
        """Return the words by which a page mentions what it explains, with what stands before and after them."""
        explained = page.explained
        start, end = spot_at(explained, index)
        found = in_context(self._find_text(page.path) or "", start, end)
        if page.path in self._at_hand or context_digest(found) == context_at(explained, index):
            return found
        return in_context(self._open(page.path).page.body.text, start, end)

    def packed(self, page: Page) -> bytes:
        """Return a page as bytes that `lend` takes back."""
        return self._at_hand.get(page.path) or _encoder.encode(self._open(page.path))

    def lend(self, page: Page, packed: bytes) -> None:
        """Have a page opened from bytes that `packed` returned for the same page."""
        self._at_hand[page.path] = packed

    def entry(self, slug: str) -> LinkedEntry:
        """Return an entry, opened; kept, as many pages show it."""
        if slug not in self._entries:
            self._entries[slug] = self._open_entry(self.site.by_slug[slug])
        return self._entries[slug]

    def _open(self, path: SourcePath) -> Opened:
        packed = self._at_hand.get(path)
        if packed:
            return unpack(packed)
        document = self._parse(path)
        _, mentions = index_page(document, self._lexicon.glossary, self._lexicon.rules, ())
        return Opened(document, mentions)

    def _open_entry(self, entry: Entry) -> LinkedEntry:
        document, mentions = entry.document, entry.synopsis.mentions
        references, own = self._references(), Target(entry.url, document.body.ids)

        def linked(fragment: Fragment, found: tuple[Mention, ...]) -> LinkedFragment:
            return resolve(fragment, found, document.path, own, references)

        image = document.matter.image
        texts = (document.summary, *document.history, document.body)
        cited = [(citation.key, citation.at) for text in texts for citation in text.citations]
        return LinkedEntry(
            document=document,
            slug=entry.slug,
            url=entry.url,
            summary=linked(document.summary, mentions.summary),
            history=tuple(linked(*pair) for pair in zip(document.history, mentions.history, strict=True)),
            body=linked(document.body, mentions.body),
            sources=references.sources((document.matter.sources,), cited, document.path),
            image=references.image(image.src.value, image.src.at, document.path) if image else None,
        )

    def _references(self) -> References:
        unheard: list[Diagnostic] = []  # link has said all that is wrong
        return References(self.site.places, self.site.sources, unheard)


def resolve(
    fragment: Fragment, mentions: tuple[Mention, ...], path: SourcePath, own: Target, references: References
) -> LinkedFragment:
    """Return a fragment with its mentions, links and pictures."""
    return LinkedFragment(
        fragment=fragment,
        mentions=mentions,
        links=tuple(references.link(one.href, one.at, path, own) for one in fragment.links),
        media=tuple(references.image(use.src, use.at, path) for use in fragment.images),
    )


def _as_capped(mentions: tuple[Mention, ...], page: Page) -> tuple[Mention, ...]:
    return page.capped if page.capped else mentions
