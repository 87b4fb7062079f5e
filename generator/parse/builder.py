"""What flattening writes to: the pieces, the reading text and what of them is kept for later stages."""

from __future__ import annotations

import re
from collections.abc import Container
from html import escape

from markdown_it.token import Token

from generator.diagnostics import Diagnostic, error
from generator.model import (
    Box,
    Citation,
    Fragment,
    HandMark,
    Heading,
    ImageUse,
    Link,
    Markup,
    Piece,
    Position,
    SourcePath,
    Text,
    TextRange,
)
from generator.parse.place import Places

ATTRIBUTES = frozenset(["id", "class", "lang", "dir", "width", "height", "credit"])
"""What braces behind a construct may set (format.md, An article)."""

THEME_IDS = frozenset(["content", "terms"])
"""Ids that the theme gives to the parts of a page; links may lead there, headings get another."""

RESERVED_IDS = ("term-", "ref-", "note-", "source-", "fn")
"""The program's own."""

_ALIGNMENT = {"text-align:left": "left", "text-align:center": "center", "text-align:right": "right"}


class Builder:
    """Gathers the pieces of one fragment."""

    def __init__(self, places: Places, path: SourcePath, heading_ids: bool) -> None:
        self.places = places
        self.path = path
        self.heading_ids = heading_ids
        self.diagnostics: list[Diagnostic] = []
        self.pieces: list[Piece] = []
        self.texts: list[str] = []
        self.length = 0
        self.markup: list[str] = []
        self.quiet: list[TextRange] = []
        self.blockquotes: list[TextRange] = []
        self.sections: list[int] = []
        self.headings: list[Heading] = []
        self.ids: dict[str, int] = {}
        self.links: list[Link] = []
        self.hand_marks: list[HandMark] = []
        self.citations: list[Citation] = []
        self.images: list[ImageUse] = []
        self.block_ends: list[int] = []
        self.lines: list[tuple[int, int]] = []
        self.shift = 0
        self.parted = True
        self._starts: list[int] = []
        self._line = 0
        self._containers: list[str] = []
        """What closes the containers that are open; nothing for a box."""

    def fragment(self) -> Fragment:
        """Return what was gathered."""
        self._flush()
        return Fragment(
            text="".join(self.texts),
            pieces=tuple(self.pieces),
            quiet=tuple(self.quiet),
            blockquotes=tuple(self.blockquotes),
            sections=tuple(self.sections),
            headings=tuple(self.headings),
            ids=tuple(self.ids),
            links=tuple(self.links),
            hand_marks=tuple(sorted(self.hand_marks, key=lambda mark: mark.range.start)),
            citations=tuple(self.citations),
            images=tuple(self.images),
            boxes=tuple(piece.name for piece in self.pieces if isinstance(piece, Box)),
            block_ends=tuple(self.block_ends),
            lines=tuple(self.lines),
        )

    # --- output -------------------------------------------------------------------------------------------------

    def _flush(self) -> None:
        if self.markup:
            self.pieces.append(Markup("".join(self.markup)))
            self.markup.clear()

    def piece(self, piece: Piece) -> None:
        """Add a piece behind the markup so far."""
        self._flush()
        self.pieces.append(piece)

    def part(self) -> None:
        """Part what comes from what was: once between blocks, however many tags stand between them."""
        if not self.parted:
            self.texts.append("\n")
            self.length += 1
            self.parted = True

    def text(self, text: str) -> None:
        """Add to the reading text."""
        if not text:
            return
        start = self.length
        self.texts.append(text)
        self.length += len(text)
        self.parted = False
        self._flush()
        last = self.pieces[-1] if self.pieces else None
        if isinstance(last, Text) and last.end == start:
            self.pieces[-1] = Text(last.start, self.length)
        else:
            self.pieces.append(Text(start, self.length))

    def error(self, code: str, at: Position, message: str, hint: str = "") -> None:
        """Report a mistake of the author's."""
        self.diagnostics.append(error(code, self.path, at, message, hint))

    def _attributes(self, token: Token, name: str, *, without: Container[str] = ()) -> str:
        """Return a token's attributes, serialised; those that an author may not set are errors."""
        if not token.attrs:
            return ""
        written = []
        for key, value in token.attrs.items():
            if key in without:
                continue
            text = str(value)
            if key == "style" and text in _ALIGNMENT and name in ("td", "th"):
                key, text = "class", _ALIGNMENT[text]
            elif key == "start" and name == "ol":
                pass
            elif key not in ATTRIBUTES or (key == "credit" and name != "img"):
                hint = f"allowed are {', '.join(sorted(ATTRIBUTES))}"
                self.error("attribute-unknown", self._place(token), f'the attribute "{key}" is not allowed', hint)
                continue
            elif key == "id" and not self._is_free(text, token):
                continue
            elif key == "dir" and text not in ("ltr", "rtl", "auto"):
                self.error("attribute-value", self._place(token), f'"dir" cannot be "{text}"', "ltr, rtl or auto")
                continue
            elif key in ("width", "height") and not re.fullmatch(r"\d{1,5}", text):
                self.error("attribute-value", self._place(token), f'"{key}" needs a number of pixels, not "{text}"')
                continue
            elif key == "credit":
                continue
            written.append(f' {key}="{escape(text)}"')
        return "".join(written)

    def _is_free(self, name: str, token: Token) -> bool:
        if name.startswith(RESERVED_IDS):
            hint = f"ids that begin with {', '.join(RESERVED_IDS)} are the program's"
            self.error("id-reserved", self._place(token), f'the id "{name}" is reserved', hint)
            return False
        if not name or re.search(r"\s", name):
            self.error("attribute-value", self._place(token), f'"{name}" is no id', "an id has no spaces")
            return False
        if name in self.ids:
            self.error("id-repeated", self._place(token), f'the id "{name}" stands here twice', "give one another name")
            return False
        self.ids[name] = 0
        return True

    def _place(self, token: Token) -> Position:
        return self.places.of_line(token.map[0] if token.map else self._line)

    def _numbered(self, name: str) -> str:
        count = self.ids.get(name)
        if count is None:
            self.ids[name] = 0
            return name
        while f"{name}-{count + 1}" in self.ids:
            count += 1
        self.ids[name] = count + 1
        self.ids[f"{name}-{count + 1}"] = 0
        return f"{name}-{count + 1}"
