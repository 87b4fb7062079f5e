"""Entries: the definition that holds now, its history, its facts, and where it is explained."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from generator.emit.backlinks import backlink_view, backlinks_key, mentions_url
from generator.emit.cards import Cards, grouped, order_of
from generator.emit.keys import CardKeys, key_of, value_key
from generator.emit.parts import page_view, picture_of, tag_links
from generator.emit.prose import Numbers, prose_of, without_citations
from generator.link.dated import age_on, definition_on
from generator.link.library import Library
from generator.output import Output, TemplateOutput
from generator.site import Entry, LinkedEntry, Site
from generator.urls import output_path
from generator.views import EntryFacts, EntryLink, EntryView, HistoryRow, RoleRow, SiteView

BACKLINKS = 50
"""On the entry's own page (format.md, Mentions)."""


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield the page of every entry."""
    keys, view_key = CardKeys(site), value_key(view)
    for entry in site.entries:
        yield TemplateOutput(
            output_path(entry.url),
            entry_key(site, entry, view_key, keys),
            "entry.html",
            functools.partial(entry_view, site, view, entry),
        )


def entry_key(site: Site, entry: Entry, view_key: str, keys: CardKeys) -> str:
    """Return the key of all that an entry's page shows."""
    found, backlinks = entry.synopsis.mentions, site.backlinks.get(entry.slug, ())
    said = dict.fromkeys(m.slug for text in (found.summary, *found.history, found.body) for m in text)
    return key_of(
        view_key,
        entry.document.digest,
        entry.url,
        entry.references,
        found.digest,
        keys.of(entry.slug, site.today),
        *(keys.of(slug, site.today) + site.by_slug[slug].url for slug in said),
        backlinks_key(backlinks[:BACKLINKS]),
        str(len(backlinks)),
    )


def entry_view(site: Site, view: SiteView, listed: Entry, library: Library) -> EntryView:
    """Return all that an entry's template sees."""
    entry = library.entry(listed.slug)
    document, matter = entry.document, entry.document.matter
    cards = Cards(site, library, site.today, document.lang, entry.slug)
    numbers = Numbers(entry.sources)
    present = definition_on(document, site.today, site.today)
    shown = entry.history[present.epoch] if present.epoch < len(entry.history) else entry.summary
    summary = prose_of(shown, cards.target, numbers.cite(shown.fragment), cards.references)
    body = prose_of(entry.body, cards.target, numbers.cite(document.body), cards.references, anchors=True)
    backlinks = site.backlinks.get(entry.slug, ())
    name = matter.name.value
    return EntryView(
        site=view,
        page=page_view(site, entry.url, "entry", name, " ".join(shown.fragment.text.split()), document.lang),
        entry=EntryFacts(
            slug=entry.slug,
            name=name,
            kind=matter.kind,
            lang=document.lang,
            aliases=tuple(alias.value for alias in matter.aliases),
            roles=tuple(RoleRow(title=r.title, since=r.from_, until=r.until) for r in matter.roles),
            current_roles=present.roles,
            born=matter.born,
            died=matter.died,
            age=age_on(matter.born, matter.died, site.today),
            date=matter.date,
            end=matter.end,
            facts=matter.facts,
            coordinates=matter.coordinates,
            image=picture_of(entry.image, matter.image) if matter.image else None,
            links=tuple(EntryLink(name, link.value) for name, link in matter.links.items()),
            tags=tag_links(tag.value for tag in matter.tags),
            draft=matter.draft,
            extra=matter.extra,
        ),
        summary=summary,
        history=_history(entry, cards, numbers),
        body=body,
        groups=grouped(cards.all(order_of(summary, body))),
        sources=numbers.list(),
        backlinks=tuple(backlink_view(library, listed, link) for link in backlinks[:BACKLINKS]),
        backlink_count=len(backlinks),
        mentions_url=mentions_url(listed) if len(backlinks) > BACKLINKS else "",
    )


def _history(entry: LinkedEntry, cards: Cards, numbers: Numbers) -> tuple[HistoryRow, ...]:
    epochs = entry.document.matter.history
    if not epochs:
        return ()
    starts = (None, *(epoch.until for epoch in epochs))
    ends = (*(epoch.until for epoch in epochs), None)
    changes = ("", *(epoch.then or "" for epoch in epochs))
    summaries = (*entry.history, entry.summary)

    def target(slug: str) -> str:
        return cards.target(slug) if slug in cards.references else cards.site.by_slug[slug].url

    return tuple(
        HistoryRow(
            since=since,
            until=until,
            summary=without_citations(prose_of(summary, target, numbers.cite(summary.fragment))),
            change=change,
        )
        for since, until, change, summary in zip(starts, ends, changes, summaries, strict=True)
    )
