"""The short cut for plain markup takes what it should, and gives what markdown-it gives."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it.token import Token

from generator.parse.markdown import markdown_parser
from generator.parse.syntax.plain_markup import plain_markup
from tests.parse.syntax.shapes import shapes

MARKDOWN = markdown_parser("en", False)


def by_markdown_it(content: str) -> list[Token]:
    tokens: list[Token] = []
    MARKDOWN.inline.parse(content, MARKDOWN, {}, tokens)
    return tokens


PLAIN = [
    "A **strong** word, *another* (_a third_), “__two words__”.",
    "[One](https://example.org/a_b*c?d=e#f), [two](term:nato)",
    "`code` and `a * b [c](d)`",
    "*a*: [b](c)`d`",
    "A line\nand *another*\n**one**",
    "What! 5 > 4, a + b",
    "« *mot* », \u00a0*mot*\u00a0!",
    "[über](/äö)",
]


@pytest.mark.parametrize("content", PLAIN)
def test_plain_markup_is_taken(content: str) -> None:
    assert shapes(plain_markup(content, MARKDOWN) or ()) == shapes(by_markdown_it(content))


@pytest.mark.parametrize(
    "content",
    [
        *("a*b*", "*a*b", "* a*", "*a *", "***a***", "**a*", "*a**b**", "*a _b_*", "*(a)*", "a_b_c", "_a", "2 * 3 * 4"),
        *("[a]", "[a] (b)", "[a](b 'c')", "[a](<b>)", "[a](b(c))", "[a](b\\)", "[*a*](b)", "![a](b)", "[](a)", "[a]()"),
        *("[[NATO]]", "[@key]", "[a](b){.c}", "^[a](b)", "[^1]", "[a]{.b}", "*a*{.b}", "`a`{.b}"),
        *("``a``", "`a``", "` a `", "`a", "`a\nb`", "a\\*", "&amp;", "A & B", "~~a~~", "<b>", "https://a.org <a@b.c>"),
        *("a  \nb", "a \nb", "a\n b", "a\\\nb"),
    ],
)
def test_what_is_not_as_plain_is_left_to_markdown_it(content: str) -> None:
    assert plain_markup(content, MARKDOWN) is None


PARTS = [
    *("a", "B1", "é", "½", "€", "word", " ", " ", "  ", "\n", "\t", "\x1c", "\x85", "\u00a0", "\u202f", "\u0301"),
    *("*", "**", "_", "__", "`", "``", "[", "](", ")", "!", "&", "&amp;", "\\", "<", "{", "~~", "^", "(", ".", ","),
    *("—", "'", '"', "“", "”", "*a*", "**b c**", "__b__", "_d_", "`e f`", "[a b](/c)", "[@k]", "[[N]]"),
    "](https://example.org/a_b*c)",
]


@settings(max_examples=1000)
@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=9).map("".join).map(str.strip))
@example("*a*\x1c")
@example("!*a*")
@example("![a](b)")
@example("*½*")
def test_what_is_taken_is_what_markdown_it_gives(content: str) -> None:
    tokens = plain_markup(content, MARKDOWN)
    assert tokens is None or shapes(tokens) == shapes(by_markdown_it(content))
