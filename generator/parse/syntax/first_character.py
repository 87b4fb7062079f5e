"""A short cut to the rule that a block is for: by its first character, most of them need not be asked."""

from __future__ import annotations

from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

BlockRule = Callable[[StateBlock, int, int, bool], bool]

BEGINNINGS = {
    "plain_table": "|",
    "attr": "{",
    "fence": "`~",
    "container_box": ":",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "footnote_def": "[",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
}
"""What the blocks of some rules begin with; the other rules look at more than that."""


def use_first_characters(md: MarkdownIt) -> None:
    """Have the block rules of a parser, which has all of them, asked by the first character of the block."""
    named = tuple(zip(md.block.ruler.get_active_rules(), md.block.ruler.getRules(""), strict=True))
    by_character = {
        character: tuple(rule for name, rule in named if character in BEGINNINGS.get(name, character))
        for character in {*"".join(BEGINNINGS.values())}
    }
    others = tuple(rule for name, rule in named if name not in BEGINNINGS)

    def first_character_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if silent:
            return False
        character = state.src[state.bMarks[start] + state.tShift[start]]
        for rule in by_character.get(character, others):  # noqa: SIM110 - any() would make a generator for each block
            if rule(state, start, end, False):
                return True
        return False

    md.block.ruler.before(md.block.ruler.get_active_rules()[0], "first_character", first_character_rule)
