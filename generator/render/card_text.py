"""The words of a social card: in which size and in how many lines they stand in the room that there is."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.render.card_fonts import Face, face_for

WIDTH = 1040
"""Pixels of a line."""

LEADING = 1.18
"""From one line to the next, in the size of the letters."""


class Block(NamedTuple):
    """Lines of one size and colour."""

    lines: Sequence[str]
    face: Face
    size: int
    ink: Sequence[int]
    """By the coverage of a pixel (0 to 255), the colour's number in the palette."""

    @property
    def leading(self) -> int:
        """Pixels from one line to the next."""
        return round(self.size * LEADING)

    @property
    def height(self) -> int:
        """Pixels that the lines take."""
        return self.leading * len(self.lines)


def block_of(
    faces: Sequence[Face],
    text: str,
    sizes: Sequence[int],
    ink: Sequence[int],
    room: int,
    most: int = 0,
    *,
    cut: bool = False,
) -> Block | None:
    """Return a text in the largest size in which it stands in the room; None where it does not, or cannot be set.

    `most` is the number of lines that it may take. With `cut`, what is too long ends in an ellipsis.
    """
    words = unicodedata.normalize("NFC", text).split()
    face = face_for(faces, "".join(words))
    if face is None or not words:
        return None
    for size in sizes:
        fits = min(room // round(size * LEADING), most or len(words))
        lines = wrap(words, face, size)
        if len(lines) <= fits and all(face.width(line, size) <= WIDTH for line in lines):
            return Block(lines, face, size, ink)
    if not cut or fits < 1:
        return None
    return Block(shortened(wrap(words, face, size, even=False)[:fits], face, size), face, size, ink)


def wrap(words: Sequence[str], face: Face, size: int, *, even: bool = True) -> list[str]:
    """Return the lines of a text, as few as there can be and then, if `even`, as even as they can be."""
    widths = [face.width(word, size) for word in words]
    space = face.width(" ", size)
    starts = filled(widths, space, WIDTH)
    low, high = WIDTH // 2, WIDTH
    while even and len(starts) > 1 and high - low > size // 4:  # the narrowest column that needs no more lines
        middle = (low + high) // 2
        narrower = filled(widths, space, middle)
        if len(narrower) == len(starts):
            high, starts = middle, narrower
        else:
            low = middle
    return [" ".join(words[start:end]) for start, end in pairwise((*starts, len(words)))]


def filled(widths: Sequence[float], space: float, width: float) -> list[int]:
    """Return with which word each line begins where it holds as many as it can; too long a word has its own line."""
    starts: list[int] = []
    filled_to = width
    for index, needed in enumerate(widths):
        if filled_to + space + needed > width:
            starts.append(index)
            filled_to = needed
        else:
            filled_to += space + needed
    return starts


def shortened(lines: Sequence[str], face: Face, size: int) -> list[str]:
    """Return lines of which the last ends in an ellipsis, and none is too long."""
    found = [fitting(line, face, size) if face.width(line, size) > WIDTH else line for line in lines[:-1]]
    return [*found, fitting(lines[-1], face, size)]


def fitting(line: str, face: Face, size: int) -> str:
    """Return as much of a line as stands in the width, with an ellipsis."""
    while line and face.width(f"{line}…", size) > WIDTH:
        line = line[:-1]
    return f"{line.rstrip(' ,;:.–—-')}…"
