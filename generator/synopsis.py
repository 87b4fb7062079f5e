"""What the site has to know of a file without opening it: small, kept between builds, enough to link by.

A synopsis is made of a document and of the glossary (whose entries it mentions); no other file has a say in it.
"""

from __future__ import annotations

from typing import Literal, TypeVar

from generator.diagnostics import Diagnostic
from generator.document import EntryDocument
from generator.matter import PageMatter, SourceRecord, Sources
from generator.model import PartialDate, Position, SourcePath, UrlPath, Value
from generator.output import PictureFormat


class Mention(Value, frozen=True, array_like=True):
    """Words that mean an entry or a page's own term."""

    start: int
    end: int
    slug: str
    by_hand: bool
    marked: bool
    """Shown as a mention; unmarked ones count for backlinks all the same."""


AnyMention = TypeVar("AnyMention", bound=Mention)


class Place(Mention, frozen=True, array_like=True):
    """A mention that a backlink may lead to."""

    context: str
    """Digest of the words around it."""


class FirstMentions(Value, frozen=True, array_like=True):
    """What a text explains: each entry that it mentions, at its first mention (the first marked one, if there is one).

    In the order of the text, and in columns, as a site has hundreds of thousands of them.
    """

    slugs: str = ""
    """Separated by spaces."""
    marks: str = ""
    """A plus for each that is marked, a minus for each that is not."""
    contexts: str = ""
    """Twelve digits each: the digest of the words around it."""
    spots: str = ""
    """Fourteen hexadecimal digits each: where it begins and where it ends."""
    digest: str = ""
    """Of all but the spots; empty where nothing is mentioned."""


class Asked(Value, frozen=True, array_like=True):
    """What a file asked of the glossary by name, and the answer: it stands while the answer is the same."""

    name: str
    slugs: tuple[str, ...]
    broken: bool


class FoundMentions(Value, frozen=True, kw_only=True, array_like=True):
    """The mentions of a page, summed up."""

    digest: str
    """Of all mentions in all its texts."""
    explained: FirstMentions = FirstMentions()
    """What the body explains, whatever the cap takes."""
    entries: str
    """Digest of its slugs."""
    over_cap: tuple[Place, ...] = ()
    """All mentions of the body, where more of them are marked than the cap allows; else none."""
    in_notes: tuple[str, ...] = ()
    """Slugs marked in notes."""
    asked: tuple[Asked, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


class Reference(Value, frozen=True, array_like=True):
    """A link within the site or a picture, as written."""

    value: str
    at: Position


class PageSynopsis(Value, frozen=True, kw_only=True, array_like=True):
    """An article or a page."""

    path: SourcePath
    digest: str
    """Of the source."""
    role: Literal["article", "page"]
    matter: PageMatter
    """Without annotations, timeline, sources and glossary, which no other page shows."""
    title: str
    """The front matter's, else the first heading; may be empty."""
    lang: str
    words: int
    ids: tuple[str, ...]
    """All that a link may name, those of notes included."""
    links: tuple[Reference, ...]
    """Within the site."""
    images: tuple[Reference, ...]
    declared: tuple[Sources, ...]
    cited: tuple[tuple[str, Position], ...]
    annotations: int
    corrections: tuple[tuple[int, PartialDate | None], ...]
    """Those of them that are corrections: their index in the order of the text, and their date."""
    mentions: FoundMentions
    listed: str
    """Digest of what lists show of it, but for its address."""
    diagnostics: tuple[Diagnostic, ...]
    """Of parsing."""


class EntryMentions(Value, frozen=True, kw_only=True, array_like=True):
    """The mentions of other entries in an entry's texts."""

    digest: str
    summary: tuple[Mention, ...] = ()
    history: tuple[tuple[Mention, ...], ...] = ()
    body: tuple[Mention, ...] = ()
    asked: tuple[Asked, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


class EntrySynopsis(Value, frozen=True, kw_only=True, array_like=True):
    """A glossary entry: its document is small enough to be kept whole."""

    document: EntryDocument
    mentions: EntryMentions
    card: str
    """Digest of all that a card says."""
    diagnostics: tuple[Diagnostic, ...]


class PageMentions(Value, frozen=True, kw_only=True, array_like=True):
    """All mentions of a page, text by text."""

    body: tuple[Mention, ...]
    notes: tuple[tuple[Mention, ...], ...]
    """By index of the document's annotations."""
    terms: tuple[tuple[Mention, ...], ...]


class PictureFile(Value, frozen=True, kw_only=True, array_like=True):
    """A picture made from another one: smaller, or in another format."""

    url: UrlPath
    width: int
    height: int
    format: PictureFormat


class Media(Value, frozen=True, kw_only=True, array_like=True):
    """A picture or another file beside a text, as it goes out."""

    path: SourcePath
    url: UrlPath
    width: int = 0
    """Pixels; 0 for what is no picture, or an SVG."""
    height: int = 0
    sizes: tuple[PictureFile, ...] = ()
    """The picture in WebP, narrowest first; empty where it goes out in one size."""
    plain: PictureFile | None = None
    """What stands in for a picture that is wider than any page needs, or no JPEG, PNG or GIF."""


class Known(Value, frozen=True, kw_only=True, array_like=True):
    """What opening a file gave: at most one of the values."""

    path: SourcePath
    digest: str
    """Of the source; empty where it could not be read."""
    page: PageSynopsis | None = None
    entry: EntrySynopsis | None = None
    sources: dict[str, SourceRecord] = {}
    media: Media | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    """Of a file that is no page and no entry, or gave none."""
