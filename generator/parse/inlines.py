"""Inline tokens as pieces: text, formatting, links, mentions by hand, citations, pictures."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import unquote

from markdown_it.token import Token

from generator.diagnostics import warning
from generator.model import (
    Checkbox,
    Citation,
    Cite,
    Close,
    FootnoteReference,
    HandMark,
    ImageUse,
    Inline,
    Link,
    Open,
    OpenLink,
    Picture,
    Position,
    Text,
    TextRange,
)
from generator.parse.builder import Builder
from generator.urls import SCHEMES, scheme_of

_FORMATTING = frozenset(["em_open", "strong_open", "s_open", "span_open"])
_FORMATTED = frozenset(["em_close", "strong_close", "s_close", "span_close"])

_IMAGE_ATTRIBUTES = ("src", "alt", "title", "width", "height")
"""Those that a picture has fields of its own for."""


class Inlines(Builder):
    """Flattens the inline tokens of a block."""

    def _inline_block(self, tokens: Sequence[Token], index: int) -> None:
        self._inline(tokens[index])

    def _inline(self, inline: Token) -> None:
        if inline.map:
            self._line = inline.map[0]
        self._mark_line()
        children = inline.children or []
        if len(children) == 1 and children[0].type == "text":
            self.text(children[0].content)
            return
        ends = _ends(children)
        open_links: list[int] = []
        open_marks: list[tuple[int, str, Position]] = []
        tags: list[str] = []
        for index, token in enumerate(children):
            kind = token.type
            if kind == "text":
                self.text(token.content)
            elif kind == "softbreak":
                self._soft_break()
            elif kind == "hardbreak":
                self.piece(Inline("<br>\n"))
                self.part()
            elif kind == "code_inline":
                start = self.length
                self.piece(Open("code", self._attributes(token, "code"), start + len(token.content)))
                self.text(token.content)
                self.piece(Close())
                self.quiet.append(TextRange(start, self.length))
            elif kind in _FORMATTING:
                attributes = self._attributes(token, token.tag)
                self.piece(Open(token.tag, attributes, self.length + ends[index]))
            elif kind in _FORMATTED:
                self.piece(Close())
            elif kind in ("link_open", "mention_open"):
                self._open_link(token, inline, ends[index], open_links, open_marks)
            elif kind in ("link_close", "mention_close"):
                self._close_link(open_links, open_marks)
            elif kind == "cite":
                self._cite(token, inline)
            elif kind == "image":
                self._image(token, inline, figure=False)
            elif kind == "footnote_ref":
                self.piece(FootnoteReference(token.meta["id"] + 1, token.meta.get("subId", 0) + 1))
            elif kind == "task_checkbox":
                self.piece(Checkbox(bool(token.meta["checked"])))
            elif kind == "html_inline":
                self._html_inline(token, tags)
            else:
                raise TypeError(f"no rule for the inline token {kind}")
        for name in reversed(tags):
            self.piece(Inline(f"</{name}>"))

    def _mark_line(self) -> None:
        line = self.places.number_of(self._line)
        if not self.lines or self.lines[-1][1] != line:
            self.lines.append((self.length, line))

    def _soft_break(self) -> None:
        self._line += 1
        start = self.length
        self.texts.append(" ")
        self.length += 1
        last = self.pieces[-1] if self.pieces and not self.markup else None
        if isinstance(last, Text) and last.end == start:
            self.pieces[-1] = Text(last.start, self.length)
        else:
            self.piece(Text(start, self.length))
        self._mark_line()

    def _open_link(
        self,
        token: Token,
        inline: Token,
        text_length: int,
        open_links: list[int],
        open_marks: list[tuple[int, str, Position]],
    ) -> None:
        at = self._inline_place(inline, token)
        if token.type == "mention_open":
            open_links.append(0)
            if any(open_links[:-1]):
                self.error("mention-in-link", at, "a mention cannot stand inside a link", "end the link before it")
            open_marks.append((self.length, str(token.meta["entry"]), at))
            return
        href = str(token.attrs.get("href", ""))
        scheme = scheme_of(href)
        if scheme == "term":
            open_links.append(0)
            open_marks.append((self.length, unquote(href[5:]).strip(), at))
            return
        if scheme and scheme not in SCHEMES:
            hint = "links are http, https, mailto, tel, term: or within the site"
            self.error("link-scheme", at, f'the link has the scheme "{scheme}:"', hint)
        title = f' title="{escape(str(token.attrs["title"]))}"' if "title" in token.attrs else ""
        open_links.append(1)
        open_marks.append((self.length, "", at))
        self.links.append(Link(href, title + self._attributes(token, "a", without=("href", "title")), at))
        self.piece(OpenLink(len(self.links) - 1, self.length + text_length))

    def _close_link(self, open_links: list[int], open_marks: list[tuple[int, str, Position]]) -> None:
        start, entry, at = open_marks.pop()
        extent = TextRange(start, self.length)
        if open_links.pop():
            self.piece(Close())
            if extent.end > extent.start:
                self.quiet.append(extent)
        elif not any(open_links) and extent.end > extent.start:
            self.hand_marks.append(HandMark(extent, entry, at))

    def _inline_place(self, inline: Token, token: Token) -> Position:
        line = inline.map[0] if inline.map else self._line
        return self.places.of_inline(line, inline.content, int(token.meta.get("at", 0)))

    def _cite(self, token: Token, inline: Token) -> None:
        at = self._inline_place(inline, token)
        for key, locator in token.meta["cited"]:
            self.citations.append(Citation(key, locator, self.length, at))
            self.piece(Cite(len(self.citations) - 1))

    def _image(self, token: Token, inline: Token, *, figure: bool) -> None:
        at = self._inline_place(inline, token)
        src = str(token.attrs.get("src", ""))
        credit = str(token.attrs.get("credit", ""))
        alt = "".join(_alt_text(token.children or ()))
        attributes = self._attributes(token, "img", without=_IMAGE_ATTRIBUTES)
        title = str(token.attrs.get("title", ""))
        width, height = (self._pixels(token, name) for name in ("width", "height"))
        if not alt.strip():
            hint = "write what it shows between the brackets: ![A flag above a square](flag.jpg)"
            self.diagnostics.append(
                warning("image-alt", self.path, at, "the picture has no text for those who cannot see it", hint)
            )
        use = ImageUse(unquote(src), alt, title, credit, attributes, width, height, figure, at)
        self.images.append(use)
        self.piece(Picture(len(self.images) - 1))

    def _pixels(self, token: Token, name: str) -> int:
        given = str(token.attrs.get(name, "0"))
        if given.isascii() and given.isdigit() and len(given) <= 5:
            return int(given)
        self.error("attribute-value", self._place(token), f'"{name}" needs a number of pixels, not "{given}"')
        return 0

    def _html_inline(self, token: Token, tags: list[str]) -> None:
        from generator.parse.raw_html import EndTag, StartTag, clean_tag, is_comment

        tag = clean_tag(token.content)
        if is_comment(token.content):
            return
        if tag is None:
            self.text(token.content)
        elif isinstance(tag, EndTag):
            if tags and tags[-1] == tag.name:
                tags.pop()
                self.piece(Inline(f"</{tag.name}>"))
        else:
            self.piece(Inline(f"<{tag.name}{tag.attributes}>"))
            if isinstance(tag, StartTag):
                tags.append(tag.name)


def plain(children: Sequence[Token]) -> str:
    """Return the reading text of inline tokens."""
    return "".join(
        token.content if token.type in ("text", "code_inline") else " " if token.type == "softbreak" else ""
        for token in children
    )


def _ends(children: Sequence[Token]) -> dict[int, int]:
    """Return for each opening token the length of the reading text between it and its closing one."""
    ends: dict[int, int] = {}
    stack: list[tuple[int, int]] = []
    length = 0
    for index, token in enumerate(children):
        if token.nesting == 1:
            stack.append((index, length))
        elif token.nesting == -1 and stack:
            opened, start = stack.pop()
            ends[opened] = length - start
        elif token.type in ("text", "code_inline"):
            length += len(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            length += 1
    return ends


def _alt_text(children: Sequence[Token]) -> list[str]:
    return [token.content if token.content else "".join(_alt_text(token.children or ())) for token in children]
