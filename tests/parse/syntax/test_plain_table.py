"""The short cut for tables takes those that are plain; that it gives the same tokens, test_plain_lines.py tests."""

from __future__ import annotations

import pytest
from markdown_it.rules_block import StateBlock

from generator.parse.markdown import markdown_parser
from generator.parse.syntax.plain_table import plain_table_rule


def is_taken(text: str) -> bool:
    state = StateBlock(text, markdown_parser("en", False), {}, [])
    return plain_table_rule(state, 0, state.lineMax, False)


@pytest.mark.parametrize(
    "text",
    [
        "|a|b|\n|-|-|\n",
        "| a | b |\n|:--|--:|\n| *c* |  |\n| d | e |\n\nText.\n",
        "|a|\n|-|\n|b|  \n",
        "  |a|\n|-|\n |b|\n",
    ],
)
def test_a_plain_table_is_taken(text: str) -> None:
    assert is_taken(text)


@pytest.mark.parametrize(
    "text",
    [
        "|a|b|\n|-|\n",
        "|a|b|\n|-|-|\n|c|\n",
        "|a|b|\n|-|-|\n|c|d|e|\n",
        "|a|\n|-|\n|b\n",
        "|a|\n|-|\n|b\\||\n",
        "|a|\n|-|\nText.\n",
        "|a|\n|-|\n    |b|\n",
        "|a|\n| |\n",
        "|a|\n",
    ],
)
def test_any_other_is_left_to_markdown_it(text: str) -> None:
    assert not is_taken(text)
