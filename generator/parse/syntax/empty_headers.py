"""A header cell without words, as in the corner of a table, heads nothing: it is a plain cell to those who listen."""

from __future__ import annotations

from markdown_it.rules_core import StateCore


def empty_headers_rule(state: StateCore) -> None:
    """Turn header cells without content into data cells."""
    for index, opening in enumerate(state.tokens):
        if opening.type == "th_open":
            inline, closing = state.tokens[index + 1 : index + 3]
            if not inline.content.strip():
                opening.tag = closing.tag = "td"
