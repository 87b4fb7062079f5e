"""Light tokens have the fields of markdown-it's, with the same defaults, and what its rules call."""

from __future__ import annotations

import inspect

from markdown_it.token import Token

from generator.parse.syntax.light_token import LightToken
from tests.parse.syntax.shapes import FIELDS, shapes


def test_the_same_fields_and_defaults() -> None:
    assert list(inspect.signature(LightToken).parameters) == FIELDS
    assert shapes([LightToken("text", "", 0)]) == shapes([Token("text", "", 0)])


def test_nothing_is_shared() -> None:
    one, other = LightToken("text", "", 0), LightToken("text", "", 0)
    one.attrs["a"] = "b"
    one.meta["c"] = "d"
    assert other.attrs == other.meta == {}


def test_attributes_are_set_as_a_token_sets_them() -> None:
    for token in LightToken("text", "", 0), Token("text", "", 0):
        token.attrSet("class", "a")
        token.attrJoin("class", "b")
        token.attrPush(("id", "c"))
        assert token.attrGet("class") == "a b"
        assert token.attrItems() == [("class", "a b"), ("id", "c")]
