"""A short cut for tables as most are written: every row between pipes, with as many cells as the header has."""

from __future__ import annotations

import re

from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock

_DELIMITERS = re.compile(r"\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*")
_STYLES = {(True, True): "center", (False, True): "right", (True, False): "left"}
"""By the colons before and behind a column's hyphens."""


def plain_table_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Push a table (GitHub Flavored Markdown, 4.10) whose end is an empty line, or that of what it stands in.

    No row can be the beginning of another block, as each begins with a pipe.
    """
    if silent or start + 1 >= end or state.is_code_block(start) or state.is_code_block(start + 1):
        return False
    if state.sCount[start + 1] < state.blkIndent or not _DELIMITERS.fullmatch(_line(state, start + 1)):
        return False
    styles = [_style(cell) for cell in _line(state, start + 1).split("|")[1:-1]]
    rows: list[list[str]] = []
    line = start
    while line < end and state.sCount[line] >= state.blkIndent and not state.isEmpty(line):
        row = mdTrim(_line(state, line))
        cells = [mdTrim(cell) for cell in row.split("|")[1:-1]]
        if not (row.startswith("|") and row.endswith("|") and len(cells) == len(styles)):
            return False
        if "\\" in row or state.is_code_block(line):
            return False
        rows.append(cells)
        line += 2 if line == start else 1
    _push(state, start, line, styles, rows)
    state.line = line
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _style(delimiter: str) -> str:
    hyphens = mdTrim(delimiter)
    return _STYLES.get((hyphens.startswith(":"), hyphens.endswith(":")), "")


def _push(state: StateBlock, start: int, end: int, styles: list[str], rows: list[list[str]]) -> None:
    state.push("table_open", "table", 1).map = [start, end]
    state.push("thead_open", "thead", 1).map = [start, start + 1]
    _push_row(state, "th", start, styles, rows[0])
    state.push("thead_close", "thead", -1)
    if rows[1:]:
        state.push("tbody_open", "tbody", 1).map = [start + 2, end]
        for line, row in enumerate(rows[1:], start=start + 2):
            _push_row(state, "td", line, styles, row)
        state.push("tbody_close", "tbody", -1)
    state.push("table_close", "table", -1)


def _push_row(state: StateBlock, tag: str, line: int, styles: list[str], cells: list[str]) -> None:
    state.push("tr_open", "tr", 1).map = [line, line + 1]
    for style, cell in zip(styles, cells, strict=True):
        opening = state.push(f"{tag}_open", tag, 1)
        if style:
            opening.attrs = {"style": f"text-align:{style}"}
        inline = state.push("inline", "", 0)
        inline.map, inline.content, inline.children = [line, line + 1], cell, []
        state.push(f"{tag}_close", tag, -1)
    state.push("tr_close", "tr", -1)
