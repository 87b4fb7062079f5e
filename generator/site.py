"""The linked site: every document with its address, its mentions and what they mean on its day."""

from __future__ import annotations

import datetime as dt

from generator.config import Settings
from generator.document import EntryDocument, PageDocument
from generator.matter import Kind, SourceRecord
from generator.model import Fragment, SourcePath, TextRange, UrlPath, Value
from generator.views import Change


class Mention(Value, frozen=True, array_like=True):
    """Words that mean an entry or a page's own term."""

    start: int
    end: int
    slug: str
    by_hand: bool
    marked: bool
    """Shown as a mention; unmarked ones count for backlinks all the same."""


class Cited(Value, frozen=True):
    """A source of a page, in the order of its numbers."""

    key: str
    record: SourceRecord


class Media(Value, frozen=True, kw_only=True):
    """A picture or another file beside a text, as it goes out."""

    path: SourcePath
    url: UrlPath
    width: int = 0
    """Pixels; 0 for what is no picture, or an SVG."""
    height: int = 0


class LinkedFragment(Value, frozen=True, kw_only=True):
    """A fragment with everything in it resolved."""

    fragment: Fragment
    mentions: tuple[Mention, ...] = ()
    links: tuple[str, ...] = ()
    """Addresses by index of `fragment.links`: within the site (from `/` or `#`) or elsewhere."""
    media: tuple[Media | None, ...] = ()
    """By index of `fragment.images`; None for a picture of content/static without a size."""


class LinkedEntry(Value, frozen=True, kw_only=True):
    """An entry with its address."""

    document: EntryDocument
    slug: str
    url: UrlPath
    summary: LinkedFragment
    history: tuple[LinkedFragment, ...]
    body: LinkedFragment
    sources: tuple[Cited, ...]
    image: Media | None


class LinkedPage(Value, frozen=True, kw_only=True):
    """An article or a page with its address, its mentions and the day that it speaks of."""

    document: PageDocument
    slug: str
    url: UrlPath
    section: str
    """First folder below content/articles, or empty."""
    as_of: dt.date
    future: bool
    body: LinkedFragment
    notes: tuple[LinkedFragment, ...]
    """By index of `document.annotations`."""
    terms: tuple[LinkedFragment, ...]
    """By index of `document.terms`."""
    sources: tuple[Cited, ...]
    image: Media | None
    dropped: tuple[Mention, ...]
    """Left unmarked by the density cap."""


class Backlink(Value, frozen=True):
    """A page that mentions an entry, with the place of the first mention (the marked one, if there is one)."""

    page: SourcePath
    range: TextRange
    marked: bool
    """The place is marked there, so that a link can lead to it."""


class DatedDefinition(Value, frozen=True, kw_only=True):
    """An entry as it stood on a day."""

    epoch: int
    """Index in the entry's history; its length for the present summary."""
    roles: tuple[str, ...]
    died: bool
    current: bool
    """It is what holds today."""
    changes: tuple[Change, ...]
    """What changed between that day and today, oldest first."""


class Tag(Value, frozen=True, kw_only=True):
    """A tag with what bears it."""

    name: str
    url: UrlPath
    pages: tuple[SourcePath, ...]
    entries: tuple[str, ...]
    """Slugs."""


class Redirect(Value, frozen=True, kw_only=True):
    """An old address and where it leads."""

    url: UrlPath
    target: UrlPath
    title: str
    """Of what is there now."""
    lang: str
    """Its language."""


class PageTermEntry(Value, frozen=True):
    """A page's own term as the mention finder knows it."""

    slug: str
    name: str
    index: int


class Site(Value, frozen=True, kw_only=True):
    """All that the emitters draw from."""

    settings: Settings
    today: dt.date
    base_url: str
    """The public address with the base path, ending in `/`; empty where none is set."""
    articles: tuple[LinkedPage, ...]
    """Newest first."""
    pages: tuple[LinkedPage, ...]
    entries: tuple[LinkedEntry, ...]
    """By name."""
    backlinks: dict[str, tuple[Backlink, ...]]
    """By slug of the entry, newest article first."""
    tags: tuple[Tag, ...]
    statics: tuple[SourcePath, ...]
    media: tuple[Media, ...]
    """The files beside texts that pages use."""
    redirects: tuple[Redirect, ...] = ()
    """By old address."""


KINDS: tuple[Kind, ...] = ("person", "organization", "place", "event", "term", "document")
"""The order in which kinds are shown."""
