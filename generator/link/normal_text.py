"""A text in the form in which words are compared, and the way back to the offsets of the text itself."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from typing import Any

from generator.words import APOSTROPHES, SKIPPED, is_european

# Each character of a group is typed, or set by smart quotes, for the others; the first one stands for all.
_HYPHENS = "-\u2010\u2011\u05be"
_QUOTATION_MARKS = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u05f4'
_SPACES = " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_ALIKE = {
    other: group[0]
    for group in (APOSTROPHES, _HYPHENS, _QUOTATION_MARKS, _SPACES)
    for other in group
    if other != group[0]
}
_TO_CHANGE = re.compile(f"[{re.escape(''.join(_ALIKE))}]")


class NormalText:
    """A text in normal form, which knows where each of its characters came from."""

    __slots__ = ("_changes", "_starts", "text")

    def __init__(self, text: str, changes: Iterable[tuple[int, int, int, int]] = ()) -> None:
        """`changes` are the parts that came of other text: start and end here, start and end there, in order."""
        self.text = text
        self._changes = tuple(changes)
        self._starts = [change[0] for change in self._changes]

    def source_range(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the source that a range (not an empty one) came from."""
        if not self._starts:
            return start, end
        return self._source_of(start)[0], self._source_of(end - 1)[1]

    def _source_of(self, offset: int) -> tuple[int, int]:
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return offset, offset + 1
        _, end, source_start, source_end = self._changes[index]
        if offset < end:
            return source_start, source_end
        return source_end + offset - end, source_end + offset - end + 1


def normal_text(text: str) -> NormalText:
    """Return a text in normal form C, without what is not seen, a space for any white space within a line.

    Hyphens, apostrophes and quotation marks become the ASCII ones; a line feed and other ends of lines stay. Words are
    the same words as before, but where `"` joins Hebrew letters.
    """
    normal = text
    for other in set(_TO_CHANGE.findall(text)) if not text.isascii() else "\t":
        normal = normal.replace(other, _ALIKE[other])
    if is_european(normal):
        return _collapse(normal, _SPACE_RUN) if "  " in normal else NormalText(normal)
    if "  " not in normal and unicodedata.is_normalized("NFC", normal) and not SKIPPED.search(normal):
        return NormalText(normal)
    return _collapse(normal, _changing())


_SPACE_RUN = re.compile(" {2,}")


@cache
def _changing() -> Any:
    """Return the pattern of what may change its length: runs of spaces, what is not seen, letters with their marks."""
    import regex  # type: ignore[import-untyped]  # see generator.words

    extend = r"[\p{WB=Extend}\p{WB=ZWJ}]"
    unseen = f"[{SKIPPED.pattern}--{extend}]"
    mark = rf"[{extend}\u1160-\u11ff\ud7b0-\ud7fb]"  # and the vowels and finals of Hangul
    return regex.compile(
        rf"(?V1)\ (?:{SKIPPED.pattern}*+\ )++|[^{SKIPPED.pattern}{extend}](?:{unseen}*+{mark})++"
        rf"|{SKIPPED.pattern}++|\p{{NFC_QC=No}}"
    )


def _collapse(text: str, pattern: Any) -> NormalText:
    parts: list[str] = []
    changes: list[tuple[int, int, int, int]] = []
    done = length = 0
    for match in pattern.finditer(text):
        source_start, source_end = match.span()
        part = unicodedata.normalize("NFC", SKIPPED.sub("", match[0]))
        if part[:1] == " ":
            part = " " + part.lstrip(" ")
        if part == match[0]:
            continue
        parts += (text[done:source_start], part)
        start = length + source_start - done
        length = start + len(part)
        changes.append((start, length, source_start, source_end))
        done = source_end
    parts.append(text[done:])
    return NormalText("".join(parts), changes)
