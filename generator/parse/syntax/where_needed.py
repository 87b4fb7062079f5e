"""Rules that look at every token, and most texts give none of them anything to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore, text_join
from markdown_it.token import Token

CoreRule = Callable[[StateCore], None]

MARKS = {
    "attr": ("{",),
    "heading_attributes": ("{",),
    "empty_headers": ("|",),
    "task_lists": ("[ ]", "[x]", "[X]"),
}
"""Of what a text has to have one of them, that a rule may find something in it."""


def use_where_needed(md: MarkdownIt) -> None:
    """Have the core rules of a parser, which has all of them, run where the text has their marks."""
    for name, rule in zip(md.core.ruler.get_active_rules(), md.core.ruler.getRules(""), strict=True):
        if name in MARKS:
            md.core.ruler.at(name, _only_with(MARKS[name], rule))
    md.core.ruler.at("text_join", text_join_rule)


def _only_with(marks: Sequence[str], rule: CoreRule) -> CoreRule:
    def needed(state: StateCore) -> None:
        if any(mark in state.src for mark in marks):
            rule(state)

    return needed


def text_join_rule(state: StateCore) -> None:
    """Join texts that follow one another in the blocks that have any."""
    tokens = state.tokens
    state.tokens = [token for token in tokens if token.type == "inline" and not _is_joined(token.children or ())]
    text_join(state)
    state.tokens = tokens


def _is_joined(children: Sequence[Token]) -> bool:
    kinds = [child.type for child in children]
    if "text_special" in kinds or "image" in kinds:
        return False
    return len(kinds) < 2 or "text text" not in " ".join(kinds)
