"""Cards: an entry as it stood on the page's day, for the end of the page and the pop-up."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from generator.emit.keys import value_key
from generator.emit.prose import Numbers, anchor_name, prose_of, source_view, without_citations
from generator.link.dated import age_on, definition_on
from generator.link.library import Library
from generator.read.source import digest_of
from generator.site import KINDS, LinkedEntry, LinkedFragment, Site
from generator.views import CardGroup, CardView, EntryLine, Prose

CARD_SOURCES = 3
"""A card is a card, not a bibliography: the entry's page has the rest (reader.md, Base markup)."""


class Cards:
    """The cards of one page: which there are, and what they say on its day."""

    def __init__(self, site: Site, library: Library, as_of: dt.date, lang: str, itself: str = "") -> None:
        """`itself` is the entry whose page it is, to which nothing on the page links."""
        self.site = site
        self.library = library
        self.as_of = as_of
        self.lang = lang
        self.itself = itself
        self.references: dict[str, list[str]] = {}
        """Ids of the mentions on the page, by slug, in the order of the text: the entries that have a card."""

    def target(self, slug: str) -> str:
        """Return the link of a mention in the page's own texts: to its card."""
        return f"#{card_id(slug)}"

    def _target_in(self, owner: str, slug: str) -> str:
        if slug in (owner, self.itself):
            return ""
        if slug in self.references:
            return self.target(slug)
        return self.site.by_slug[slug].url if slug in self.site.by_slug else ""

    def all(self, order: Mapping[str, int]) -> Iterator[CardView]:
        """Yield the entries' cards with the page's ways back; `order` has the mentions that print gives letters."""
        for slug, references in self.references.items():
            if slug in self.site.by_slug:
                yield with_references(self._card(slug), references, order)

    def _card(self, slug: str) -> CardView:
        """Return an entry's card on the page's day, without the ways back; made once for all pages where it is so."""
        entry = self.site.by_slug[slug]
        linked = tuple([self._target_in(slug, other) for other in entry.said])
        key = (slug, self.as_of if entry.dated else None, self.lang, linked)
        kept = self.library.cards.get(key)
        if not isinstance(kept, CardView):
            kept = self.library.cards[key] = self._make(slug, digest_of(f"{entry.card} {key}".encode()))
        return kept

    def _make(self, slug: str, digest: str) -> CardView:
        entry = self.library.entry(slug)
        matter = entry.document.matter
        dated = definition_on(entry.document, self.as_of, self.site.today)
        definition = entry.history[dated.epoch] if dated.epoch < len(entry.history) else entry.summary
        numbers = Numbers(entry.sources)
        target = functools.partial(self._target_in, slug)
        return CardView(
            id=card_id(slug),
            slug=slug,
            name=matter.name.value,
            kind=matter.kind,
            lang=entry.document.lang if entry.document.lang != self.lang else "",
            url=entry.url,
            aliases=tuple(alias.value for alias in matter.aliases),
            roles=dated.roles,
            born=matter.born,
            died=matter.died if dated.died else None,
            age=age_on(matter.born, matter.died, self.as_of),
            date=matter.date,
            end=matter.end,
            definition=without_citations(prose_of(definition, target, numbers.cite(definition.fragment))),
            as_of=None if dated.current else self.as_of,
            changes=dated.changes,
            sources=tuple(source_view(cited) for cited in entry.sources[:CARD_SOURCES]),
            digest=digest,
        )

    def own(self, slug: str, name: str, definition: LinkedFragment, order: Mapping[str, int]) -> CardView:
        """Return the card of a page's own term."""
        prose = prose_of(definition, functools.partial(self._target_in, slug))
        card = CardView(
            id=card_id(slug),
            slug=slug,
            name=name,
            kind="term",
            lang="",
            url="",
            aliases=(),
            roles=(),
            born=None,
            died=None,
            age=None,
            date=None,
            end=None,
            definition=prose,
            as_of=None,
            changes=(),
            sources=(),
            digest=value_key((name, prose)),
        )
        return with_references(card, self.references.get(slug, ()), order)


def with_references(card: CardView, references: Sequence[str], order: Mapping[str, int]) -> CardView:
    """Return a card with a page's ways back to its mentions."""
    letters = " ".join([letter(order[name]) for name in references if name in order])
    return msgspec.structs.replace(card, references=tuple(references), letters=letters)


def order_of(*texts: Prose) -> dict[str, int]:
    """Return the ids of the mentions of a page's own texts with their numbers, from 0."""
    names = (mention.id for text in texts for mention in text.mentions if mention.id)
    return {name: number for number, name in enumerate(names)}


@functools.lru_cache(maxsize=1 << 12)
def letter(number: int) -> str:
    """Return a mention's small letter as CSS counts them (lower-alpha): a to z, aa, ab ..."""
    shown = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        shown = chr(ord("a") + rest) + shown
    return shown


@functools.lru_cache(maxsize=1 << 14)
def card_id(slug: str) -> str:
    """Return the id of an entry's card."""
    return f"term-{anchor_name(slug)}"


def grouped(cards: Iterable[CardView]) -> tuple[CardGroup, ...]:
    """Return cards by kind, each kind by name."""
    by_kind: dict[str, list[CardView]] = {}
    for card in cards:
        by_kind.setdefault(card.kind, []).append(card)
    return tuple(
        CardGroup(kind, tuple(sorted(by_kind[kind], key=lambda card: (card.name.casefold(), card.slug))))
        for kind in KINDS
        if kind in by_kind
    )


def entry_line(entry: LinkedEntry, lang: str) -> EntryLine:
    """Return an entry in a list of entries."""
    matter = entry.document.matter
    return EntryLine(
        name=matter.name.value,
        url=entry.url,
        kind=matter.kind,
        lang=entry.document.lang if entry.document.lang != lang else "",
        aliases=tuple(alias.value for alias in matter.aliases),
        summary=without_citations(
            prose_of(entry.summary, lambda slug: "", Numbers(entry.sources).cite(entry.summary.fragment))
        ),
        draft=matter.draft,
    )
