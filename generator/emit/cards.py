"""Cards: an entry as it stood on the page's day, for the end of the page and the pop-up."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable

from generator.emit.prose import Numbers, anchor_name, prose_of, source_view, without_citations
from generator.link.dated import age_on, definition_on
from generator.link.library import Library
from generator.site import KINDS, LinkedEntry, LinkedFragment, Site
from generator.views import CardGroup, CardView, EntryLine

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

    def card(self, slug: str) -> CardView:
        """Return an entry's card on the page's day."""
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
            references=tuple(self.references.get(slug, ())),
        )

    def own_card(self, slug: str, name: str, definition: LinkedFragment) -> CardView:
        """Return the card of a page's own term."""
        prose = prose_of(definition, functools.partial(self._target_in, slug))
        return CardView(
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
            references=tuple(self.references.get(slug, ())),
        )


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
