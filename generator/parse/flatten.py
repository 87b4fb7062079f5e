"""From a token stream to a `Fragment`: the reading text and the flat pieces that speak in offsets into it.

The reading text is what a reader reads (format.md, Mentions): headings, container titles, text, code, lists, tables
and block quotations in their order, footnote bodies at the end; blocks, cells and hard breaks are parted by one line
feed, a soft break is a space. Titles, alt texts and the numbers of notes are not in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from html import escape

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from generator.diagnostics import Diagnostic, did_you_mean
from generator.model import (
    BlockEnd,
    Box,
    Close,
    FootnoteBacklinks,
    Fragment,
    Heading,
    Open,
    SourcePath,
    TextRange,
)
from generator.parse.builder import RESERVED_IDS, THEME_IDS
from generator.parse.inlines import Inlines, plain
from generator.parse.place import Places

BOXES = ("timeline", "whos-who", "key-terms")

CONTAINERS = (
    *("note", "tip", "info", "important", "warning", "caution", "danger"),
    *("example", "quote", "question", "summary", "aside", "details"),
)
"""The containers that the theme knows; any other name is a slip of the pen."""


def flatten(
    tokens: Sequence[Token], places: Places, path: SourcePath, *, heading_ids: bool = True
) -> tuple[Fragment, list[Diagnostic]]:
    """Return the fragment of a token stream and what is wrong with it.

    Without `heading_ids` (notes and summaries, several on a page) headings get no id.
    """
    flattener = _Flattener(places, path, heading_ids)
    flattener.blocks(tokens)
    return flattener.fragment(), flattener.diagnostics


def heading_id(text: str) -> str:
    """Return a heading's id GitHub's way: lower case, punctuation dropped, spaces as hyphens; never a reserved one."""
    words = re.sub(r"\s", "-", text.strip().lower())
    kept = re.sub(r"[^\w-]", lambda c: c[0] if unicodedata.category(c[0])[0] == "M" else "", words) or "section"
    return f"section-{kept}" if kept.startswith(RESERVED_IDS) or kept in THEME_IDS else kept


class _Flattener(Inlines):
    """Flattens the block tokens of a text."""

    def blocks(self, tokens: Sequence[Token]) -> None:
        if "h1" in {token.tag for token in tokens}:
            self.shift = 1
        skipped = -1
        for index, token in enumerate(tokens):
            if index <= skipped:
                continue
            kind = token.type
            if token.map:
                self._line = token.map[0]
            if rule := _BLOCK_RULES.get(kind):
                rule(self, tokens, index)
            elif token.nesting == -1:
                self._close(tokens, index)
            elif kind == "paragraph_open" and self._is_figure(tokens, index):
                skipped = index + 2
                self._figure(tokens[index + 1])
            else:
                self._open(tokens, index)
            if token.level == 0 and token.nesting <= 0 and kind != "inline":
                self._flush()
                self.pieces.append(BlockEnd(self.length))
                self.block_ends.append(self.length)

    def _open(self, tokens: Sequence[Token], index: int) -> None:
        token = tokens[index]
        if token.nesting == 1 and not self.parted:
            self.part()
        if token.hidden:
            return
        line_feed = "\n"
        if token.nesting == 1 and index + 1 < len(tokens):
            following = tokens[index + 1]
            inline = following.type == "inline" or following.hidden
            if inline or (following.nesting == -1 and following.tag == token.tag):
                line_feed = ""
        attributes = self._attributes(token, token.tag) if token.attrs else ""
        self.markup.append(f"<{token.tag}{attributes}>{line_feed}")

    def _close(self, tokens: Sequence[Token], index: int) -> None:
        token = tokens[index]
        if not token.hidden:
            self.markup.append(f"</{token.tag}>\n")
        elif index + 1 < len(tokens) and tokens[index + 1].nesting != -1:
            self.markup.append("\n")

    def _heading_open(self, tokens: Sequence[Token], index: int) -> None:
        token, inline = tokens[index], tokens[index + 1]
        self.part()
        words = plain(inline.children or ())
        extent = TextRange(self.length, self.length + len(words))
        level = min(int(token.tag[1]) + self.shift, 6)
        given = str(token.attrs.pop("id", ""))
        attributes = self._attributes(token, "h")
        name = given if given and self._is_free(given, token) else self._numbered(heading_id(words))
        shown = f' id="{escape(name)}"' if self.heading_ids else ""
        self.markup.append(f"<h{level}{shown}{attributes}>")
        if level == 2:
            self.sections.append(extent.start)
        if words:
            self.quiet.append(extent)
        self.headings.append(Heading(level, name, words, extent, self._place(token)))

    def _heading_close(self, tokens: Sequence[Token], index: int) -> None:
        level = min(int(tokens[index].tag[1]) + self.shift, 6)
        self.markup.append(f"</h{level}>\n")

    def _code(self, tokens: Sequence[Token], index: int) -> None:
        token = tokens[index]
        self.part()
        language = next(iter(unescapeAll(token.info).split()), "")
        attributes = self._attributes(token, "code") or ' class="code"'
        shown = f' class="language-{escape(language)}"' if language else ""
        self.markup.append(f"<pre{attributes}><code{shown}>")
        start = self.length
        if language:
            self._highlighted(token.content, language)
        else:
            self.text(token.content.removesuffix("\n"))
        self.markup.append("</code></pre>\n")
        if self.length > start:
            self.quiet.append(TextRange(start, self.length))

    def _highlighted(self, code: str, language: str) -> None:
        from generator.parse.highlight import highlight

        for css_class, text in highlight(code.removesuffix("\n"), language):
            if css_class:
                self.piece(Open("span", f' class="{css_class}"', self.length + len(text)))
                self.text(text)
                self.piece(Close())
            else:
                self.text(text)

    def _blockquote_open(self, tokens: Sequence[Token], index: int) -> None:
        self._open(tokens, index)
        self._starts.append(self.length)

    def _blockquote_close(self, tokens: Sequence[Token], index: int) -> None:
        start = self._starts.pop()
        if self.length > start:
            self.blockquotes.append(TextRange(start, self.length))
        self._close(tokens, index)

    def _table_open(self, tokens: Sequence[Token], index: int) -> None:
        self.markup.append('<div class="table" tabindex="0">\n')
        self._open(tokens, index)

    def _table_close(self, tokens: Sequence[Token], index: int) -> None:
        self._close(tokens, index)
        self.markup.append("</div>\n")

    def _container_open(self, tokens: Sequence[Token], index: int) -> None:
        token = tokens[index]
        name, _, title = token.info.strip().partition(" ")
        self.part()
        if name in BOXES:
            self.piece(Box(name))  # type: ignore[arg-type]
            self._containers.append("")
            return
        if name not in CONTAINERS:
            hint = did_you_mean(name, (*CONTAINERS, *BOXES))
            self.error("container-unknown", self._place(token), f'there is no container "{name}"', hint)
        self._containers.append("</div>\n")
        self.markup.append(f'<div class="container {escape(name)}"{self._attributes(token, "div")}>\n')
        if title.strip():
            self.markup.append('<p class="container-title">')
            self.text(title.strip())
            self.markup.append("</p>\n")

    def _container_close(self, tokens: Sequence[Token], index: int) -> None:
        self.markup.append(self._containers.pop())

    def _footnotes_open(self, tokens: Sequence[Token], index: int) -> None:
        self.part()
        self.markup.append('<div class="footnotes">\n<ol>\n')

    def _footnotes_close(self, tokens: Sequence[Token], index: int) -> None:
        self.markup.append("</ol>\n</div>\n")

    def _footnote_open(self, tokens: Sequence[Token], index: int) -> None:
        self.part()
        number = tokens[index].meta["id"] + 1
        self.markup.append(f'<li id="fn{number}">' if self.heading_ids else "<li>")

    def _footnote_close(self, tokens: Sequence[Token], index: int) -> None:
        self.markup.append("</li>\n")

    def _footnote_anchor(self, tokens: Sequence[Token], index: int) -> None:
        meta = tokens[index].meta
        following = tokens[index + 1 :]
        if following and following[0].type == "footnote_anchor":
            return  # one for each reference: the last one writes them all
        self.piece(FootnoteBacklinks(meta["id"] + 1, meta.get("subId", 0) + 1))

    def _html_block(self, tokens: Sequence[Token], index: int) -> None:
        from generator.parse.raw_html import EndTag, StartTag, clean

        self.part()
        for part in clean(tokens[index].content.strip("\n")):
            if isinstance(part, str) and not part.strip():
                self.markup.append(part)
            elif isinstance(part, str):
                self.text(part)
            elif isinstance(part, EndTag):
                self.markup.append(f"</{part.name}>")
            else:
                self.markup.append(f"<{part.name}{part.attributes}>")
                if isinstance(part, StartTag) and part.name in _PARTING:
                    self.part()
        self.markup.append("\n")

    def _is_figure(self, tokens: Sequence[Token], index: int) -> bool:
        inline = tokens[index + 1]
        if "![" not in inline.content:
            return False
        children = inline.children or []
        if len(children) > 1:
            children = [child for child in children if child.type != "text" or child.content.strip()]
        return len(children) == 1 and children[0].type == "image" and not tokens[index].hidden

    def _figure(self, inline: Token) -> None:
        self.part()
        (image,) = (token for token in inline.children or () if token.type == "image")
        self._image(image, inline, figure=True)


_PARTING = frozenset(
    [
        "p",
        "div",
        "li",
        "td",
        "th",
        "dt",
        "dd",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "tr",
        "section",
        "figure",
        "figcaption",
        "summary",
    ]
)

BlockRule = Callable[[_Flattener, Sequence[Token], int], None]

_BLOCK_RULES: dict[str, BlockRule] = {
    "inline": _Flattener._inline_block,
    "heading_open": _Flattener._heading_open,
    "heading_close": _Flattener._heading_close,
    "fence": _Flattener._code,
    "code_block": _Flattener._code,
    "blockquote_open": _Flattener._blockquote_open,
    "blockquote_close": _Flattener._blockquote_close,
    "table_open": _Flattener._table_open,
    "table_close": _Flattener._table_close,
    "container_box_open": _Flattener._container_open,
    "container_box_close": _Flattener._container_close,
    "footnote_block_open": _Flattener._footnotes_open,
    "footnote_block_close": _Flattener._footnotes_close,
    "footnote_open": _Flattener._footnote_open,
    "footnote_close": _Flattener._footnote_close,
    "footnote_anchor": _Flattener._footnote_anchor,
    "html_block": _Flattener._html_block,
}
