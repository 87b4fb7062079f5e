"""`## A heading {#its-id .class}`: attributes at the end of a heading, as Hugo and Material users write them."""

from __future__ import annotations

import re

from markdown_it.rules_core import StateCore
from mdit_py_plugins.attrs.parse import ParseError, parse

TRAILING = re.compile(r"(?<!\\)[ \t]*\{([^{}\n]+)\}[ \t]*$")


def heading_attributes_rule(state: StateCore) -> None:
    """Move attributes from the end of a heading's source to its token (before `inline` runs)."""
    for opening, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.type != "heading_open":
            continue
        found = TRAILING.search(inline.content)
        if found is None or found.start() == 0:
            continue
        try:
            length, attributes = parse("{" + found[1] + "}")
        except ParseError:
            continue
        if length == len(found[1]) + 1:
            inline.content = inline.content[: found.start()]
            opening.attrs.update(attributes)
