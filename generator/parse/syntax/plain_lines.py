"""Short cuts for what most lines and most links are: they give what markdown-it gives, sooner."""

from __future__ import annotations

import re

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_SPECIAL = re.compile(r"[\n\\`~*_\[\]!<&^{]")
"""Characters at which some inline rule of ours may begin; a line without them is a text."""

_PLAIN_ADDRESS = re.compile(r"(?:https?://[a-z0-9.-]+(?=[/?#]|\Z))?[A-Za-z0-9/._~:?#@!$&()*+,;=-]*")
"""An address that has nothing to be encoded or normalised."""


def inline_rule(state: StateCore) -> None:
    """Parse the inline content of every block; a line without markup becomes its one token at once."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        if token.children is None:
            token.children = []
        if _SPECIAL.search(token.content):
            state.md.inline.parse(token.content, state.md, state.env, token.children)
        elif token.content:
            token.children.append(Token("text", "", 0, content=token.content))


def normalize_link(url: str) -> str:
    """Return an address as markdown-it writes it."""
    return url if _PLAIN_ADDRESS.fullmatch(url) else normalizeLink(url)
