"""The values that travel between the stages: text, quotations, fragments and documents.

Every value is a frozen `Struct` (a slotted record, equal by value) that also serialises to the cache without a
schema of its own. Offsets count code points of a reading text; lines and columns count from 1.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal, NewType

import msgspec

SourcePath = NewType("SourcePath", str)
"""A file of the project, relative to its folder, with `/`: `content/articles/nato.md`."""

Slug = NewType("Slug", str)
"""The last part of an address, and the name of an entry within the program: `levada-center`."""

UrlPath = NewType("UrlPath", str)
"""An address within the site, without its base path: `/glossary/nato/`."""

LanguageTag = NewType("LanguageTag", str)
"""A language as BCP 47 writes it: `lt`, `pt-BR`, `zh-Hant`."""

OutputPath = NewType("OutputPath", str)
"""A file of the output folder, relative to it, with `/`: `glossary/nato/index.html`."""


class Value(msgspec.Struct, frozen=True, gc=False):
    """The base of all values: frozen, slotted, compared by content."""


class Position(Value, frozen=True, array_like=True):
    """Where something stands in its file; both count from 1, in characters."""

    line: int
    column: int


class Located(Value, frozen=True, array_like=True):
    """A text of the front matter that a later stage may have to point at."""

    value: str
    at: Position


class PartialDate(Value, frozen=True, array_like=True, order=False):
    """A year, a month or a day, shown as precisely as it was given; compared by its first day."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def first_day(self) -> dt.date:
        """The first day that the date may mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    def __str__(self) -> str:
        parts = [f"{self.year:04}"]
        if self.month is not None:
            parts.append(f"{self.month:02}")
            if self.day is not None:
                parts.append(f"{self.day:02}")
        return "-".join(parts)


class TextRange(Value, frozen=True, array_like=True):
    """A half-open range of a reading text."""

    start: int
    end: int


class TextQuoteSelector(Value, frozen=True, array_like=True):
    """Words quoted from a text, with optional words around them (W3C Web Annotation Data Model, 4.2.4)."""

    exact: str
    prefix: str = ""
    suffix: str = ""


# --- pieces: the token stream of a fragment, flat, in the order of the page --------------------------------------


class Markup(Value, frozen=True, array_like=True, tag=0):
    """Block markup, written as it is. Marks never reach over it."""

    html: str


class Text(Value, frozen=True, array_like=True, tag=1):
    """A run of the reading text."""

    start: int
    end: int


class Open(Value, frozen=True, array_like=True, tag=2):
    """Opens inline formatting, which a mention may cut in two."""

    tag: str
    attributes: str
    end: int
    """Offset at which its content ends."""


class Close(Value, frozen=True, array_like=True, tag=3):
    """Closes the innermost `Open` or `OpenLink`."""


class OpenLink(Value, frozen=True, array_like=True, tag=4):
    """Opens an author's link: `links[index]` of the fragment."""

    index: int
    end: int


class Inline(Value, frozen=True, array_like=True, tag=5):
    """Inline markup without text of its own: a line break."""

    html: str


class Cite(Value, frozen=True, array_like=True, tag=6):
    """The number of a cited source: `citations[index]` of the fragment."""

    index: int


class FootnoteReference(Value, frozen=True, array_like=True, tag=7):
    """The number of a footnote, 1 for the first; `occurrence` counts from 1."""

    number: int
    occurrence: int


class FootnoteBacklinks(Value, frozen=True, array_like=True, tag=8):
    """The links from a footnote's body back to its numbers."""

    number: int
    occurrences: int


class Picture(Value, frozen=True, array_like=True, tag=9):
    """A picture: `images[index]` of the fragment."""

    index: int


class Box(Value, frozen=True, array_like=True, tag=10):
    """A generated box placed by hand."""

    name: Literal["timeline", "whos-who", "key-terms"]


class BlockEnd(Value, frozen=True, array_like=True, tag=11):
    """The end of an outermost block; notes on words before `end` stand here."""

    end: int


class Checkbox(Value, frozen=True, array_like=True, tag=12):
    """The box of a task in a list."""

    done: bool


Piece = (
    Markup
    | Text
    | Open
    | Close
    | OpenLink
    | Inline
    | Cite
    | FootnoteReference
    | FootnoteBacklinks
    | Picture
    | Box
    | BlockEnd
    | Checkbox
)


# --- what a fragment asks of other files ------------------------------------------------------------------------


class Heading(Value, frozen=True, array_like=True):
    """A heading of a body."""

    level: int
    id: str
    text: str
    range: TextRange
    at: Position


class Link(Value, frozen=True, array_like=True):
    """An author's link, as written and decoded."""

    href: str
    attributes: str
    """Serialised attributes (`title`, `class`, ...) with a leading space, or empty."""
    at: Position


class HandMark(Value, frozen=True, array_like=True):
    """A mention marked by hand. An empty `entry` says: do not mark these words."""

    range: TextRange
    entry: str
    """Slug, name or alias, as written."""
    at: Position


class Citation(Value, frozen=True, array_like=True):
    """`[@key, locator]` in a text; several in one pair of brackets are several citations."""

    key: str
    locator: str
    offset: int
    at: Position


class ImageUse(Value, frozen=True, array_like=True):
    """A picture in a text."""

    src: str
    alt: str
    title: str
    """Caption of a figure, else the tooltip's text."""
    credit: str
    attributes: str
    width: int
    """Pixels that the author asked for; 0 where none."""
    height: int
    figure: bool
    """Alone in its paragraph."""
    at: Position


class Fragment(Value, frozen=True, array_like=True):
    """A piece of Markdown after parsing: its reading text and its token stream, which speaks in offsets into it."""

    text: str = ""
    pieces: tuple[Piece, ...] = ()
    quiet: tuple[TextRange, ...] = ()
    """Where nothing is marked: headings, links, code; in order."""
    blockquotes: tuple[TextRange, ...] = ()
    sections: tuple[int, ...] = ()
    """Offsets of the h2 headings, in order."""
    headings: tuple[Heading, ...] = ()
    ids: tuple[str, ...] = ()
    """All ids that a link may name, headings' included."""
    links: tuple[Link, ...] = ()
    hand_marks: tuple[HandMark, ...] = ()
    """In the order of the text."""
    citations: tuple[Citation, ...] = ()
    images: tuple[ImageUse, ...] = ()
    boxes: tuple[str, ...] = ()
    """Names of the boxes placed by hand."""
    block_ends: tuple[int, ...] = ()
    """Offsets at which the outermost blocks end."""
    lines: tuple[tuple[int, int], ...] = ()
    """Offsets with the lines of the file that they stand on, in order: for messages."""
