"""Where a construct of a text stands in its file."""

from __future__ import annotations

from generator.model import Position


class Places:
    """Turns a block's first line and an offset in its inline source into a position of the file."""

    def __init__(self, source: str, first_line: int, fixed: Position | None = None) -> None:
        """`fixed` is the one position of a text in the front matter: the value's."""
        self._lines = source.split("\n")
        self._first_line = first_line
        self._fixed = fixed

    def number_of(self, line: int) -> int:
        """Return a line's number in the file; `line` counts from 0."""
        return self._fixed.line if self._fixed else self._first_line + line

    def of_line(self, line: int) -> Position:
        """Return the position of a line's first character that is no space; `line` counts from 0."""
        if self._fixed:
            return self._fixed
        text = self._lines[line] if line < len(self._lines) else ""
        return Position(self._first_line + line, len(text) - len(text.lstrip()) + 1)

    def of_inline(self, block_line: int, content: str, offset: int) -> Position:
        """Return the position of an offset in a block's inline source.

        Inline sources lose indentation, list markers and escapes of table cells, so that the column is found by
        looking for the inline line in the line as written, then for what stands at the offset.
        """
        if self._fixed:
            return self._fixed
        line = block_line + content.count("\n", 0, offset)
        if line >= len(self._lines):
            return Position(self._first_line + block_line, 1)
        start = content.rfind("\n", 0, offset) + 1
        end = content.find("\n", start)
        shown = content[start : end if end >= 0 else len(content)]
        written = self._lines[line]
        found = written.find(shown.strip())
        if found >= 0:
            column = found + (offset - start) - (len(shown) - len(shown.lstrip()))
        else:
            rest = content[offset : end if end >= 0 else len(content)]
            column = max(written.find(rest[:12]), written.find(rest[:4]), 0)
        return Position(self._first_line + line, column + 1)
