"""The front matter of each kind of file, as typed records. The records are the schema: read/convert.py fills them.

A field whose value a later stage may have to point at is a `Located`; one that holds Markdown too. `extra` is the
author's own, anything YAML can say.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from generator.model import LanguageTag, Located, PartialDate, Position, Value

Kind = Literal["person", "organization", "place", "event", "term", "document"]
NoteKind = Literal["context", "source", "fact-check", "translation", "correction", "definition"]
MentionMode = Literal["first", "section", "all", "none"]
CaseMode = Literal["smart", "exact", "ignore"]


class WebAddress(Value, frozen=True, array_like=True):
    """An address outside the site or within it; its scheme is checked when it is read."""

    value: str


class ItemAddress(Value, frozen=True, array_like=True):
    """An entry elsewhere: an address, or for `wikidata` an item's number, read as the item's address."""

    value: str


class SourceRecord(Value, frozen=True, kw_only=True, array_like=True):
    """What is known of a source."""

    title: str
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    date: PartialDate | None = None
    url: WebAddress | None = None
    accessed: PartialDate | None = None
    archived: WebAddress | None = None
    language: str | None = None
    page: str | None = None


class Sources(Value, frozen=True, array_like=True):
    """`sources:` is a map of records or a list of keys; a map may stand in every place where a list may."""

    records: dict[str, SourceRecord] = {}
    keys: tuple[Located, ...] = ()
    """All keys in the order of the file, those of the records included."""


class Image(Value, frozen=True, kw_only=True, array_like=True):
    """A picture with the text that must go with it."""

    src: Located
    alt: str
    credit: str
    caption: str | None = None


class Author(Value, frozen=True, array_like=True):
    """A byline."""

    name: str
    url: WebAddress | None = None
    about: str | None = None


class PageGlossary(Value, frozen=True, kw_only=True, array_like=True):
    """How a page marks its mentions."""

    mentions: MentionMode | None = None
    exclude: tuple[Located, ...] = ()
    senses: dict[str, Located] = {}
    terms: dict[str, Located] = {}
    """Definitions (Markdown) for this page alone."""


class AnnotationMatter(Value, frozen=True, kw_only=True, array_like=True):
    """An annotation as its author wrote it."""

    quote: Located
    prefix: Located | None = None
    suffix: Located | None = None
    kind: NoteKind = "context"
    title: str | None = None
    note: Located
    by: str | None = None
    date: PartialDate | None = None
    sources: Sources = Sources()
    id: Located | None = None
    at: Position


class TimelineItem(Value, frozen=True, kw_only=True, array_like=True):
    """A dated line of a timeline."""

    date: PartialDate
    end: PartialDate | None = None
    text: str


class PageMatter(Value, frozen=True, kw_only=True, array_like=True):
    """The front matter of an article or of a page; only an article must have `title` and `date`."""

    title: str | None = None
    description: str | None = None
    date: dt.date | None = None
    updated: dt.date | None = None
    as_of: dt.date | None = None
    pin: bool = False
    slug: Located | None = None
    authors: tuple[Author, ...] = ()
    tags: tuple[Located, ...] = ()
    series: Located | None = None
    type: Literal["article", "news", "opinion"] = "article"
    lang: LanguageTag | None = None
    draft: bool = False
    publish_on: dt.date | None = None
    expires_on: dt.date | None = None
    image: Image | None = None
    redirect_from: tuple[Located, ...] = ()
    glossary: PageGlossary = PageGlossary()
    sources: Sources = Sources()
    annotations: tuple[AnnotationMatter, ...] = ()
    timeline: tuple[TimelineItem, ...] = ()
    extra: dict[str, Any] = {}


class Epoch(Value, frozen=True, kw_only=True, array_like=True):
    """What an entry's definition was until (not including) a day, and what changed then."""

    until: PartialDate
    summary: Located
    then: str | None = None
    at: Position


class Role(Value, frozen=True, kw_only=True, array_like=True):
    """What a person was, from a day until (not including) another."""

    title: str
    from_: PartialDate | None = None
    until: PartialDate | None = None
    at: Position


class EntryMatter(Value, frozen=True, kw_only=True, array_like=True):
    """The front matter of a glossary entry."""

    name: Located
    kind: Kind
    slug: Located | None = None
    draft: bool = False
    lang: LanguageTag | None = None
    tags: tuple[Located, ...] = ()
    redirect_from: tuple[Located, ...] = ()
    aliases: tuple[Located, ...] = ()
    forms: tuple[Located, ...] = ()
    case: CaseMode | None = None
    link: Literal["auto", "manual"] = "auto"
    summary: Located
    history: tuple[Epoch, ...] = ()
    facts: dict[str, str] = {}
    born: PartialDate | None = None
    died: PartialDate | None = None
    roles: tuple[Role, ...] = ()
    date: PartialDate | None = None
    end: PartialDate | None = None
    coordinates: tuple[float, float] | None = None
    image: Image | None = None
    links: dict[str, ItemAddress] = {}
    sources: Sources = Sources()
    review_by: dt.date | None = None
    extra: dict[str, Any] = {}
