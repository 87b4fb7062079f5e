"""Task lists: `- [ ] open` and `- [x] done` (GitHub Flavored Markdown, 5.3)."""

from __future__ import annotations

import re

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

MARKER = re.compile(r"\[([ xX])\](?:[ \t\n\u00a0]+|$)")
"""The marker with the white space behind it; an item may be all marker."""

_WHITE_SPACE = " \t\n\u00a0"


def task_lists_rule(state: StateCore) -> None:
    """Turn the markers of list items into `task_checkbox` tokens; a core rule for `after("inline", ...)`.

    The token, whose `meta` is `{"checked": bool}`, is the first child of the paragraph's inline token; the item gets
    the class `task`, its list `tasks`. A marker that CommonMark reads as a link, or that is escaped, is none.
    """
    lists: list[Token] = []
    for index, token in enumerate(state.tokens):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(token)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            following = [candidate.type for candidate in state.tokens[index + 1 : index + 3]]
            if following == ["paragraph_open", "inline"] and _take_marker(state.tokens[index + 2]):
                token.attrJoin("class", "task")
                if "tasks" not in str(lists[-1].attrGet("class") or "").split():
                    lists[-1].attrJoin("class", "tasks")


def _take_marker(inline: Token) -> bool:
    """Replace the marker at the beginning of a paragraph by a checkbox; return whether there was one."""
    children = inline.children or []
    match = MARKER.match(inline.content)
    if not children or children[0].type != "text" or not match:
        match = _marker_before_entity(children)
    if not match or not children[0].content.startswith(match[0][:3]):
        return False
    behind = children[0].content[3:]
    if behind and behind[0] not in _WHITE_SPACE:
        return False
    checkbox = Token("task_checkbox", "input", 0, meta={"checked": match[1] != " "}, level=children[0].level)
    children[0].content = behind.lstrip(_WHITE_SPACE)
    inline.children = [checkbox, *_without_leading_space(children)]
    inline.content = inline.content[3:].lstrip(_WHITE_SPACE)
    return True


def _marker_before_entity(children: list[Token]) -> re.Match[str] | None:
    """Return the marker in front of a no-break space that is written as an entity."""
    if len(children) < 2 or children[0].type != "text" or children[1].type != "text_special":
        return None
    spaced = children[1].info == "entity" and children[1].content == "\u00a0"
    return MARKER.fullmatch(children[0].content) if spaced else None


def _without_leading_space(children: list[Token]) -> list[Token]:
    """Return the children from the first that shows: without emptied texts, line breaks and spaces."""
    for index, child in enumerate(children):
        blank = child.type in ("text", "text_special") and not child.content.strip(_WHITE_SPACE)
        if not blank and child.type not in ("softbreak", "hardbreak"):
            return children[index:]
    return []
