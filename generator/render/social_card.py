"""Social cards: title and standfirst on the theme's paper, 1200 by 630 pixels, as networks show them.

The same bytes for the same lock file: letters are laid out by FreeType alone, as Pillow's other way depends on a
library of the machine. So scripts that need shaping, or run from right to left, cannot be set; nor can letters that no
font of the theme has. A title that cannot be set gets the plain card, which has the site's name in its place; a
standfirst that cannot be set is left out.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable

from PIL import Image, ImageDraw

from generator.output import SocialCardOutput
from generator.render.card_colours import Palette, palette_of
from generator.render.card_fonts import faces_of
from generator.render.card_text import WIDTH, Block, block_of
from generator.render.environment import Theme

SIZE = (1200, 630)
"""What every network shows without cutting (Open Graph)."""

MARGIN = (SIZE[0] - WIDTH) // 2
TOP, BOTTOM = 72, 72

TITLE_SIZES = (88, 76, 66, 58, 50, 44)
"""In pixels. A title takes the largest in which it stands in the room that is left for it."""

DETAIL_SIZE, NAME_SIZE = 34, 32
DETAIL_LINES = 3
GAP = 34

TITLE_TOP = TOP + 2 * NAME_SIZE + GAP

DOT, DOTS, PITCH = 10, 12, 26
"""The dotted line below: the sign of a mention."""

ROOM = SIZE[1] - BOTTOM - DOT - GAP - TITLE_TOP
"""Pixels between the site's name and the dots."""


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
