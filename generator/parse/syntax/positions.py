"""Links and pictures that know where they stand: markdown-it's inline tokens have no positions of their own."""

from __future__ import annotations

from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, autolink, image, link

InlineRule = Callable[[StateInline, bool], bool]


def use_positions(md: MarkdownIt) -> None:
    """Make links, autolinks and pictures carry their offset in the inline source as `meta["at"]`."""
    md.inline.ruler.at("link", _with_position(link, "link_open"))
    md.inline.ruler.at("autolink", _with_position(autolink, "link_open"))
    md.inline.ruler.at("image", _with_position(image, "image"))


def _with_position(rule: InlineRule, pushed: str) -> InlineRule:
    def positioned(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            for token in state.tokens[count:]:
                if token.type == pushed:
                    token.meta["at"] = start
                    break
        return True

    return positioned
