"""Short cuts for what most lines and most links are: they give what markdown-it gives, sooner."""

from __future__ import annotations

import re

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore, normalize

from generator.parse.syntax.plain_markup import plain_markup

_PLAIN_ADDRESS = re.compile(
    r"https?://[a-z0-9]+(?:[.-][a-z0-9]+)*(?:/[A-Za-z0-9/._~!$&()*+,;=?#-]*)?|(?!//)[A-Za-z0-9/._-]+(?:#[A-Za-z0-9_-]+)?"
)
"""An address that has nothing to be encoded or normalised."""


def normalize_rule(state: StateCore) -> None:
    """Put line feeds for other line ends, and U+FFFD for NUL; most texts have neither."""
    if "\r" in state.src or "\0" in state.src:
        normalize(state)


def inline_rule(state: StateCore) -> None:
    """Parse the inline content of every block; that of plain lines becomes its tokens at once."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = plain_markup(token.content, state.md)
        if token.children is None:
            token.children = []
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def normalize_link(url: str) -> str:
    """Return an address as markdown-it writes it."""
    return url if _PLAIN_ADDRESS.fullmatch(url) else normalizeLink(url)


def plain_paragraph_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Push a paragraph of one line that begins with a letter, where nothing below it can make it anything else.

    That is most paragraphs, and the rules before the one for paragraphs would look at each of them in vain. A second
    line could make it a table, a heading or a longer paragraph, a colon below a definition's term.
    """
    if silent or (start + 1 < end and not state.isEmpty(start + 1)):
        return False
    first = state.bMarks[start] + state.tShift[start]
    if not state.src[first : first + 1].isalpha() or state.is_code_block(start):
        return False
    if start + 2 < end and state.src.startswith((":", "~"), state.bMarks[start + 2] + state.tShift[start + 2]):
        return False
    extent = [start, start + 1]
    state.line = start + 1
    state.push("paragraph_open", "p", 1).map = extent
    token = state.push("inline", "", 0)
    token.content = state.src[first : state.eMarks[start]].strip()
    token.map = extent
    token.children = []
    state.push("paragraph_close", "p", -1)
    return True
