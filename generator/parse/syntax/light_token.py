"""Tokens with the fields of markdown-it's, made in a quarter of the time: a page has hundreds."""

from __future__ import annotations

from typing import Any, Literal, cast

import msgspec
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token


class _LightToken(msgspec.Struct, gc=False):
    type: str
    tag: str
    nesting: Literal[-1, 0, 1]
    attrs: dict[str, str | int | float] = {}
    map: list[int] | None = None
    level: int = 0
    children: list[Any] | None = None
    content: str = ""
    markup: str = ""
    info: str = ""
    meta: dict[Any, Any] = {}
    block: bool = False
    hidden: bool = False

    attrItems = Token.attrItems  # noqa: N815
    attrPush = Token.attrPush  # noqa: N815
    attrSet = Token.attrSet  # noqa: N815
    attrGet = Token.attrGet  # noqa: N815
    attrJoin = Token.attrJoin  # noqa: N815


LightToken = cast("type[Token]", _LightToken)
"""What takes a `Token` takes one of these, but that it is no instance of that class and cannot be copied as one."""


class _Blocks(StateBlock):
    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        level = self.level = self.level - 1 if nesting < 0 else self.level
        if nesting > 0:
            self.level = level + 1
        token = LightToken(ttype, tag, nesting, level=level, block=True)
        self.tokens.append(token)
        return token


def block_rule(state: StateCore) -> None:
    """Parse a text into blocks, of light tokens: a core rule in the place of `block`."""
    blocks = _Blocks(state.src, state.md, state.env, state.tokens)
    state.md.block.tokenize(blocks, blocks.line, blocks.lineMax)
