"""`[[NATO]]`, `[[nato|the alliance]]` and `[@key, p. 4]`: mentions by hand and citations, where no link stands.

CommonMark links win: the rule runs after the link rule has declined, and leaves `[[x]]` alone where `[x]` is a
defined reference.
"""

from __future__ import annotations

import re

from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline

MENTION = re.compile(r"\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\]")
KEY = r"\w(?:[\w.:-]*\w)?"
CITATION = re.compile(rf"\[@{KEY}(?:,[^;\[\]]+)?(?:;\s*@{KEY}(?:,[^;\[\]]+)?)*\]")
_ONE = re.compile(rf"@({KEY})(?:,\s*([^;\[\]]+))?")


def references_rule(state: StateInline, silent: bool) -> bool:
    """Push `mention_open`/`mention_close` around the shown words, or a `cite`; both carry their offset."""
    if state.src[state.pos] != "[":
        return False
    return _mention(state, silent) or _citation(state, silent)


def _mention(state: StateInline, silent: bool) -> bool:
    found = MENTION.match(state.src, state.pos, state.posMax)
    if found is None or normalizeReference(found[0][2:-2]) in state.env.get("references", {}):
        return False
    if not silent:
        entry, words = found[1].strip(), (found[2] or found[1]).strip()
        opening = state.push("mention_open", "", 1)
        opening.meta = {"entry": entry, "at": state.pos}
        text = state.push("text", "", 0)
        text.content = words
        state.push("mention_close", "", -1)
    state.pos = found.end()
    return True


def _citation(state: StateInline, silent: bool) -> bool:
    found = CITATION.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("cite", "", 0)
        cited = [(one[1], (one[2] or "").strip()) for one in _ONE.finditer(found[0])]
        token.meta = {"cited": cited, "at": state.pos}
    state.pos = found.end()
    return True
