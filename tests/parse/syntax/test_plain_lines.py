"""The short cuts give what markdown-it gives without them."""

from __future__ import annotations

import functools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.rules_core import block, inline, normalize, text_join
from mdit_py_plugins.attrs.index import _attr_resolve_block_rule

from generator.parse.markdown import markdown_parser
from generator.parse.syntax.empty_headers import empty_headers_rule
from generator.parse.syntax.heading_ids import heading_attributes_rule
from generator.parse.syntax.plain_lines import normalize_link
from generator.parse.syntax.task_lists import task_lists_rule
from tests.parse.syntax.shapes import shapes

FRAGMENTS = (
    *("word", "Two words", "a  ", "\t", "    ", " ", "\n", "\n\n", "\n\n\n", "x\n", "É", "北京", "1. ", "1990. ", "- "),
    *("> ", "# ", "## ", "===\n", "---\n", "***", "|a|b|\n", "|-|-|\n", "a | b\n", "- | -\n", ": def\n", "~ def\n"),
    *("```\n", "~~~\n", "[x]", "[x]: /y\n", "[^1]", "[^1]: note\n", "^[n]", "[a](b)", "![a](b.jpg)", "{.c}", "{#i}\n"),
    *("*a*", "_b_", "`c`", "<b>", "&amp;", "\\*", "<http://a.b>", "[[NATO]]", "[@k]", "[ ] ", '"q"', "it's", "!", "&"),
    *("::: note\n", ":::\n", "* ", "<", "**b c**", "\r\n", "\r", "\0", "<div>\n", "+ ", "2) ", "{.d}\n", "___\n"),
    *(
        "|a|\n|-|\n|b|\n",
        "|:-|:-:|-:|\n",
        "| a | b | c |\n",
        "|c|d|\n",
        "||\n",
        "|\\||\n",
        "| |\n",
        "|a|b|\n|-|-|\n|c|d|\n",
    ),
)


def without_short_cuts() -> MarkdownIt:
    markdown_parser.cache_clear()
    md = markdown_parser("en", False)
    markdown_parser.cache_clear()
    md.disable(["first_character", "plain_paragraph", "plain_table"])
    md.core.ruler.at("normalize", normalize)
    md.core.ruler.at("block", block)
    md.core.ruler.at("attr", functools.partial(_attr_resolve_block_rule, allowed=None))
    md.core.ruler.at("heading_attributes", heading_attributes_rule)
    md.core.ruler.at("inline", inline)
    md.core.ruler.at("empty_headers", empty_headers_rule)
    md.core.ruler.at("task_lists", task_lists_rule)
    md.core.ruler.at("text_join", text_join)
    md.normalizeLink = normalizeLink  # type: ignore[method-assign]
    return md


FULL = without_short_cuts()


def shape(md: MarkdownIt, text: str) -> list[dict[str, Any]]:
    return shapes(md.parse(text, {}))


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join).map("{}\n".format))
def test_the_same_tokens(text: str) -> None:
    assert shape(markdown_parser("en", False), text) == shape(FULL, text)


@pytest.mark.parametrize(
    "text",
    [
        "Term\n\n: definition",
        "Word\n\n\n: no",
        "Head\n===",
        "a | b\n--|--\nc | d",
        "- item\n- other\n\ntext",
        "> quote\n\nlast",
        "x",
        "| a |\n|---|\n| b |\n\n> | a | b |\n> |:-|-:|\n> | c | d |\n> | e | f |  \n",
        "|a|\n|-|\n|b|\nc\n",
        "|a|\n|-|\n|b|c|\n",
        "|a|b|\n|-|-|\n|c|\n",
        "|a|\n|-|\n    |b|\n",
        "- |a|\n  |-|\n  |b|\n|c|\n",
        "|a|\n|-|\n||\n|\\||\n",
    ],
)
def test_what_stands_below_counts(text: str) -> None:
    assert shape(markdown_parser("en", False), text) == shape(FULL, text)


@given(st.text(alphabet="abzAZ019:/?#[]@!$&'()*+,;=-._~% é\\^|", max_size=30))
def test_the_same_addresses(url: str) -> None:
    for address in (url, f"https://example.org/{url}", f"http://{url}"):
        assert normalize_link(address) == normalizeLink(address)
