"""A short cut for the markup that most lines have: links, code and emphasis, one behind another, none within another.

It takes a line only where nothing is left to weigh, and gives the tokens that markdown-it gives, sooner. Emphasis
begins behind a space or an opening mark and ends before a space or punctuation, with a letter or digit at both ends
inside, so that each run of `*` or `_` can do one thing only (CommonMark 0.31.2, 6.2).
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.parse.syntax.light_token import LightToken

_TEXT = r"[^\n\\`~*_\[\]<&^{]"
"""What no inline rule of ours begins with."""

_PIECE = re.compile(
    rf"""
      (?P<text> {_TEXT}+ )
    | (?<! ! ) \[ (?P<words> {_TEXT}+ ) \] \( (?P<href> [^\s\x00-\x20\x7f()<>\\`&{{]+ ) \)
    | ` (?P<code> [^`\s{{] (?: [^`\n{{]* [^`\s{{] )? ) ` (?! ` )
    | (?<! [^ \n\u00a0\u202f("'“„«‘–—-] ) (?P<marker> \*\*? | __? )
      (?P<marked> [^\W_] (?: {_TEXT}* [^\W_] )? )
      (?P=marker) (?= [ \n\u00a0\u202f.,:;?!)"'”“’»…–—-] | \Z )
    | (?<! [ \t] ) (?P<softbreak> \n ) (?! [ \t\n] )
    """,
    re.VERBOSE,
)


def plain_markup(content: str, md: MarkdownIt) -> list[Token] | None:
    """Return the inline tokens of a block's content, or None where it is not as plain as that."""
    tokens: list[Token] = []
    position = 0
    while position < len(content):
        piece = _PIECE.match(content, position)
        if piece is None:
            return None
        position = piece.end()
        kind = piece.lastgroup
        if kind == "text":
            _add_text(tokens, piece[0])
        elif kind == "marked" and len(piece["marker"]) == 1:
            tokens += _around(piece["marked"], "em", "em", piece["marker"])
        elif kind == "marked":
            _add_text(tokens, "")  # of two markers markdown-it makes a token each
            tokens += _around(piece["marked"], "strong", "strong", piece["marker"])
            _add_text(tokens, "")
        elif kind == "href":
            opening, *others = _around(piece["words"], "link", "a")
            opening.attrs = {"href": md.normalizeLink(piece["href"])}
            opening.meta = {"at": piece.start()}
            tokens += (opening, *others)
        elif kind == "code":
            tokens.append(LightToken("code_inline", "code", 0, content=piece["code"], markup="`"))
        else:
            tokens.append(LightToken("softbreak", "br", 0))
    return tokens


def _add_text(tokens: list[Token], text: str) -> None:
    if tokens and tokens[-1].type == "text":
        tokens[-1].content += text
    else:
        tokens.append(LightToken("text", "", 0, content=text))


def _around(text: str, name: str, tag: str, markup: str = "") -> tuple[Token, Token, Token]:
    return (
        LightToken(f"{name}_open", tag, 1, markup=markup),
        LightToken("text", "", 0, content=text, level=1),
        LightToken(f"{name}_close", tag, -1, markup=markup),
    )
