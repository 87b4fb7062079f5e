"""Raw HTML through an allow-list. Off unless site.yaml turns it on, so that nh3 is imported where it is needed.

nh3 (Ammonia) parses as a browser does and writes a balanced tree; html.parser only takes that output apart. No SVG
and no MathML: their parsing rules are where sanitisers have failed. No `mark`, which is ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from generator.model import Value

if TYPE_CHECKING:
    from nh3 import Cleaner


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


INLINE_TAGS = _names(
    "a abbr b bdi bdo br cite code data del dfn em i img ins kbd q rp rt ruby s samp small span strong sub sup "
    "time u var wbr"
)
"""Tags that may stand within a paragraph (HTML, phrasing content)."""

BLOCK_TAGS = _names(
    "address aside blockquote caption col colgroup dd details div dl dt figcaption figure h2 h3 h4 h5 h6 hr li ol "
    "p pre section summary table tbody td tfoot th thead tr ul"
)
"""No h1: the title is the page's only one."""

TAGS = INLINE_TAGS | BLOCK_TAGS

VOID_TAGS = frozenset({"br", "col", "hr", "img", "wbr"})

DROPPED_WITH_CONTENT = _names(
    "script style template iframe noembed noframes object svg math title textarea select option"
)
"""Tags whose content is no text of the page; of the others that are not allowed the content stays."""

ATTRIBUTES: dict[str, frozenset[str]] = {
    "*": frozenset({"id", "class", "lang", "dir"}),
    "a": frozenset({"href", "title", "rel"}),
    "abbr": frozenset({"title"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "data": frozenset({"value"}),
    "del": frozenset({"datetime"}),
    "details": frozenset({"open"}),
    "dfn": frozenset({"title"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "ins": frozenset({"datetime"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"start", "reversed"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
}
"""No `cite`: nobody sees it, and nh3 0.3 does not hold its address to the schemes (tried)."""

URL_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""Besides addresses without a scheme."""

RESERVED_ID = re.compile(r"(?:term-|ref-|note-|source-|fn)")
"""How the program's own ids begin."""

_START = re.compile(r"<[A-Za-z]")
_END = re.compile(r"</([A-Za-z][A-Za-z0-9-]*)\s*>")


class StartTag(Value, frozen=True):
    """The start of an element that an `EndTag` closes."""

    name: str
    attributes: str
    """Serialised and escaped, with a leading space, or empty."""


class EndTag(Value, frozen=True):
    """The end of the innermost open element."""

    name: str


class VoidTag(Value, frozen=True):
    """An element without content or end: `br`, `img`."""

    name: str
    attributes: str


Tag = StartTag | EndTag | VoidTag


def clean(html: str) -> list[Tag | str]:
    """Return a block of raw HTML as allowed tags and plain text (decoded, never two texts in a row), in order.

    Each `StartTag` has its `EndTag` in the same list, properly nested. What is not allowed is left out: attributes,
    tags (their text stays), comments, and the whole of scripts, styles, SVG and the like.
    """
    return _pieces(_cleaner().clean(html))


def clean_tag(html: str) -> Tag | None:
    """Return one inline tag (markdown-it's `html_inline`) with its allowed attributes, None where it is not allowed.

    Only tags that may stand within a paragraph are. Start and end come one by one: balancing them is the caller's.
    """
    if end := _END.fullmatch(html):
        name = end[1].lower()
        return EndTag(name) if name in INLINE_TAGS - VOID_TAGS else None
    if not _START.match(html):
        return None
    first = next(iter(clean(html)), None)
    return first if isinstance(first, StartTag | VoidTag) and first.name in INLINE_TAGS else None


def is_comment(html: str) -> bool:
    """Return whether an `html_inline` is a comment, which is left out rather than shown as text."""
    return html.startswith("<!--")


@cache
def _cleaner() -> Cleaner:
    from nh3 import Cleaner

    return Cleaner(
        tags=TAGS,
        clean_content_tags=DROPPED_WITH_CONTENT,
        attributes=ATTRIBUTES,
        attribute_filter=_filter_attribute,
        link_rel=None,
        url_schemes=URL_SCHEMES,
    )


def _filter_attribute(_tag: str, name: str, value: str) -> str | None:
    """Return the value to write, None for an attribute to leave out."""
    if name == "id" and (not value or RESERVED_ID.match(value) or any(character.isspace() for character in value)):
        return None
    if name in ("width", "height") and not re.fullmatch(r"[0-9]{1,5}", value):
        return None
    return value


def _pieces(cleaned: str) -> list[Tag | str]:
    """Return HTML as nh3 writes it in pieces."""
    from html.parser import HTMLParser

    class Pieces(HTMLParser):
        def __init__(self) -> None:
            super().__init__(convert_charrefs=True)
            self.found: list[Tag | str] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            kind = VoidTag if tag in VOID_TAGS else StartTag
            self.found.append(kind(tag, _serialised(attrs)))

        def handle_endtag(self, tag: str) -> None:
            self.found.append(EndTag(tag))

        def handle_data(self, data: str) -> None:
            if self.found and isinstance(self.found[-1], str):
                self.found[-1] += data
            else:
                self.found.append(data)

    parser = Pieces()
    parser.feed(cleaned)
    parser.close()
    return parser.found


def _serialised(attributes: Iterable[tuple[str, str | None]]) -> str:
    return "".join(f' {name}="{escape(value or "")}"' for name, value in sorted(attributes))
