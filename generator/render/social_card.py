"""Social cards: title and standfirst on the theme's paper, 1200 by 630 pixels, as networks show them.

The same bytes for the same lock file: letters are laid out by FreeType alone, as Pillow's other way depends on a
library of the machine. So scripts that need shaping, or run from right to left, cannot be set; nor can letters that no
font of the theme has. A title that cannot be set gets the plain card, which has the site's name in its place; a
standfirst that cannot be set is left out.
"""

from __future__ import annotations

import io
import unicodedata
import zlib
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from PIL import Image, ImageDraw

from generator.output import SocialCardOutput
from generator.render.card_colours import Palette, palette_of
from generator.render.card_fonts import Face, face_for, faces_of
from generator.render.environment import Theme

SIZE = (1200, 630)
"""What every network shows without cutting (Open Graph)."""

MARGIN = 80
WIDTH = SIZE[0] - 2 * MARGIN
TOP, BOTTOM = 72, 72

TITLE_SIZES = (88, 76, 66, 58, 50, 44)
"""In pixels. A title takes the largest in which it stands in the room that is left for it."""

DETAIL_SIZE, NAME_SIZE = 34, 32
LEADING = 1.18
DETAIL_LINES = 3
GAP = 34

TITLE_TOP = TOP + 2 * NAME_SIZE + GAP

DOT, DOTS, PITCH = 10, 12, 26
"""The dotted line below: the sign of a mention."""

ROOM = SIZE[1] - BOTTOM - DOT - GAP - TITLE_TOP
"""Pixels between the site's name and the dots."""


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


def render_card(theme: Theme, card: SocialCardOutput) -> bytes:
    """Return a card as PNG."""
    faces = faces_of(theme.folders)
    palette = palette_of(theme.styles, tuple(sorted(card.colours.items())))
    image = Image.new("P", SIZE)
    image.putpalette(palette.colours)
    draw_dots(image, palette)
    title = block_of(faces, card.title, TITLE_SIZES, palette.ink, ROOM, cut=True)
    if title:
        name = block_of(faces, card.site_title, (NAME_SIZE,), palette.accent, 2 * NAME_SIZE, 1, cut=True)
        detail = block_of(faces, card.detail, (DETAIL_SIZE,), palette.soft, ROOM, DETAIL_LINES, cut=True)
        beside = block_of(faces, card.title, TITLE_SIZES, palette.ink, ROOM - detail.height - GAP) if detail else None
        draw_blocks(image, [(TOP, name), (TITLE_TOP, beside or title)])
        if detail and beside:  # a title that leaves no room for it stands alone
            draw_blocks(image, [(TITLE_TOP + beside.height + GAP, detail)])
    else:
        draw_blocks(image, [(TITLE_TOP, block_of(faces, card.site_title, TITLE_SIZES, palette.ink, ROOM, cut=True))])
    out = io.BytesIO()
    image.save(out, "PNG", compress_type=zlib.Z_RLE)  # runs of paper: as small as level 6, in a third of its time
    return out.getvalue()


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


def draw_blocks(image: Image.Image, blocks: Iterable[tuple[int, Block | None]]) -> None:
    """Draw blocks from the left margin, the first line of each at its height."""
    for top, block in blocks:
        if block is None:
            continue
        canvas = Image.new("L", (WIDTH, block.height + block.size // 2))
        for number, line in enumerate(block.lines):
            block.face.draw(canvas, line, block.size, number * block.leading)
        image.paste(canvas.point(block.ink), (MARGIN, top))


def draw_dots(image: Image.Image, palette: Palette) -> None:
    """Draw the dotted line at the foot of a card, smooth by drawing it four times as large."""
    canvas = Image.new("L", (4 * PITCH * DOTS, 4 * DOT))
    draw = ImageDraw.Draw(canvas)
    for number in range(DOTS):
        left = 4 * PITCH * number
        draw.ellipse((left, 0, left + 4 * DOT - 1, 4 * DOT - 1), fill=255)
    small = canvas.resize((PITCH * DOTS, DOT), Image.Resampling.BOX)
    image.paste(small.point(palette.accent), (MARGIN, SIZE[1] - BOTTOM - DOT))
