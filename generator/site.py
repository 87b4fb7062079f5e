"""The linked site: every file with its address, and what the files are to each other.

`Page` and `Entry` are what lists, feeds and keys need, of every file; `LinkedPage` and `LinkedEntry` are files opened
in full, one at a time, where their own pages are made.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from generator.config import Settings
from generator.document import EntryDocument, PageDocument
from generator.matter import Kind, PageMatter, SourceRecord
from generator.model import Fragment, SourcePath, UrlPath, Value
from generator.synopsis import EntrySynopsis, FirstMentions, Media, Mention, PageSynopsis, Place
from generator.views import ArticleLink, Change, SeriesPlace


class Cited(Value, frozen=True):
    """A source of a page, in the order of its numbers."""

    key: str
    record: SourceRecord


class Page(Value, frozen=True, kw_only=True):
    """An article or a page with its address and the day that it speaks of."""

    path: SourcePath
    """The source's."""
    synopsis: PageSynopsis
    slug: str
    url: UrlPath
    section: str
    """First folder below content/articles, or empty."""
    as_of: dt.date
    future: bool
    explained: FirstMentions
    """As in the synopsis, but that the density cap has taken some marks."""
    capped: tuple[Place, ...]
    """All mentions of the body without those marks, where the cap has taken any; else none."""
    cards: tuple[str, ...]
    """Slugs of what is marked on the page or in its notes, each once; page terms too."""
    dropped: tuple[Mention, ...]
    """Left unmarked by the density cap."""
    references: str
    """Digest of what its links, pictures and sources were resolved to."""
    listed: str
    """Digest of all that lists show of it."""
    content: str
    """Digest of its file and of where it stands in the site."""

    @property
    def matter(self) -> PageMatter:
        """The front matter, but for what only the page itself shows."""
        return self.synopsis.matter


class Entry(Value, frozen=True, kw_only=True):
    """An entry with its address."""

    synopsis: EntrySynopsis
    slug: str
    url: UrlPath
    card: str
    """Digest of all that its card may say on any day, the addresses of what it mentions included."""
    references: str
    """Digest of what the links, pictures and sources of its own page were resolved to."""
    said: tuple[str, ...]
    """Slugs of what its summary and history mention, each once."""
    dated: bool
    """Whether its card changes with time."""

    @property
    def document(self) -> EntryDocument:
        """The entry's document."""
        return self.synopsis.document


class LinkedFragment(Value, frozen=True, kw_only=True):
    """A fragment with everything in it resolved."""

    fragment: Fragment
    mentions: tuple[Mention, ...] = ()
    links: tuple[str, ...] = ()
    """Addresses by index of `fragment.links`: within the site (from `/` or `#`) or elsewhere."""
    media: tuple[Media | None, ...] = ()
    """By index of `fragment.images`; None for a picture of content/static without a size."""


class LinkedEntry(Value, frozen=True, kw_only=True):
    """An entry, opened."""

    document: EntryDocument
    slug: str
    url: UrlPath
    summary: LinkedFragment
    history: tuple[LinkedFragment, ...]
    body: LinkedFragment
    sources: tuple[Cited, ...]
    image: Media | None


class LinkedPage(Value, frozen=True, kw_only=True):
    """An article or a page, opened."""

    page: Page
    document: PageDocument
    body: LinkedFragment
    notes: tuple[LinkedFragment, ...]
    """By index of `document.annotations`."""
    terms: tuple[LinkedFragment, ...]
    """By index of `document.terms`."""
    sources: tuple[Cited, ...]
    image: Media | None


class Backlink(Value, frozen=True):
    """A page that mentions an entry, with the place of the first mention (the marked one, if there is one)."""

    page: Page
    index: int
    """Of what the page explains."""
    marked: bool
    """The place is marked there, so that a link can lead to it."""
    shown: str
    """Digest of all that lists show of it: the page and the words."""


class Correction(Value, frozen=True):
    """An annotation of kind correction."""

    page: Page
    index: int
    """Of the page's annotations, in the order of its text."""


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


class Nearest(Value, frozen=True):
    """Which articles are the nearest to each."""

    key: str
    """Digest of all that it follows from."""
    indexes: tuple[tuple[int, ...], ...]
    """By index of the articles, in the order of time."""


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


class Series(Value, frozen=True, kw_only=True):
    """A series with its articles."""

    name: str
    url: UrlPath
    pages: tuple[SourcePath, ...]
    """Oldest first."""


class Target(Value, frozen=True):
    """What a link may lead to."""

    url: str
    ids: tuple[str, ...]


class Places(Value, frozen=True, kw_only=True):
    """All that links of the site may lead to."""

    by_path: Mapping[str, Target]
    """Published documents by their source's path."""
    by_url: Mapping[str, Target]
    unpublished: Mapping[str, str]
    """Paths of documents that are not published, with the reason."""
    media: Mapping[str, Media]
    """Files beside texts, by path."""


class Site(Value, frozen=True, kw_only=True):
    """All that the emitters draw from."""

    settings: Settings
    today: dt.date
    base_url: str
    """The public address with the base path, ending in `/`; empty where none is set."""
    articles: tuple[Page, ...]
    """Newest first."""
    pages: tuple[Page, ...]
    entries: tuple[Entry, ...]
    """By name."""
    by_slug: Mapping[str, Entry]
    backlinks: Mapping[str, tuple[Backlink, ...]]
    """By slug of the entry, newest article first."""
    corrections: tuple[Correction, ...]
    """Newest first."""
    tags: tuple[Tag, ...]
    statics: tuple[SourcePath, ...]
    digests: Mapping[SourcePath, str]
    """Of the files that go out as they are."""
    media: tuple[Media, ...]
    """The files beside texts that pages use."""
    places: Places
    sources: Mapping[str, SourceRecord]
    """Of content/sources.yaml."""
    series: tuple[Series, ...]
    series_places: Mapping[SourcePath, SeriesPlace]
    """Where an article stands in its series, by its source's path."""
    related: Mapping[SourcePath, tuple[ArticleLink, ...]]
    """Articles that mention the same entries, by the source's path."""
    nearest: Nearest
    """The same as the next build remembers it."""
    redirects: tuple[Redirect, ...] = ()
    """By old address."""


KINDS: tuple[Kind, ...] = ("person", "organization", "place", "event", "term", "document")
"""The order in which kinds are shown."""
