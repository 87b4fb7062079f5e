"""Tokens as plain data, to be compared whatever class they are of."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from markdown_it.token import Token

FIELDS = [field.name for field in dataclasses.fields(Token)]


def shapes(tokens: Sequence[Token]) -> list[dict[str, Any]]:
    """Return the fields of tokens, those of their children in them."""
    return [
        {name: getattr(token, name) for name in FIELDS} | {"children": token.children and shapes(token.children)}
        for token in tokens
    ]
