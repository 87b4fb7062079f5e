"""A header cell without words, as in the corner of a table, heads nothing: it is a plain cell to those who listen."""

from __future__ import annotations

from markdown_it.rules_core import StateCore


def empty_headers_rule(state: StateCore) -> None:
    """Turn header cells without content into data cells."""
    for opening, inline, closing in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if opening.type == "th_open" and closing.type == "th_close" and not inline.content.strip():
            opening.tag = closing.tag = "td"
