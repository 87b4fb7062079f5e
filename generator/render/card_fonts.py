"""Fonts for social cards: those in the theme's fonts/ folder; a site's own come first."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageFont

FOLDER, ENDINGS = "fonts", (".otf", ".ttf")

NOWHERE = "\U0010fffd"
"""A character for private use that no font has: what is drawn for it is drawn for all that a font lacks."""

PROBE = 32
"""Pixels: large enough that no letter looks like the sign for what is missing."""


class Letter(NamedTuple):
    """A letter in one size."""

    mask: Image.Image | None
    """How far it covers each pixel; None for a space."""
    left: int
    """Pixels from where the pen stands to the mask."""
    top: int
    right: int
    bottom: int
    advance: float
    """Pixels that the pen moves on."""


class Face:
    """A font, whose letters are drawn once for each size and then copied: titles are made of few letters."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._sizes: dict[int, ImageFont.FreeTypeFont] = {}
        self._letters: dict[tuple[int, str], Letter] = {}
        self._known: dict[str, bool] = {}
        self._missing = self._bits(NOWHERE)

    def can_set(self, text: str) -> bool:
        """Return whether the font has all letters of a text, and they need nothing but to stand side by side."""
        return all(self._has(character) for character in dict.fromkeys(text))

    def width(self, text: str, size: int) -> float:
        """Return how many pixels a text takes."""
        return sum(self._letter(character, size).advance for character in text)

    def draw(self, canvas: Image.Image, text: str, size: int, top: int) -> None:
        """Draw a line into a mask."""
        paste = canvas.im.paste  # what Image.paste does in the end, without asking each time what it is given
        pen = 0.0
        for character in text:
            mask, left, above, right, below, advance = self._letter(character, size)
            if mask is not None:
                x = round(pen)
                paste(255, (x + left, top + above, x + right, top + below), mask.im)
            pen += advance

    def _letter(self, character: str, size: int) -> Letter:
        key = (size, character)
        found = self._letters.get(key)
        if found is None:
            font = self._font(size)
            left, top, _, _ = font.getbbox(character)
            bits, _ = font.getmask2(character, "L")
            width, height = bits.size
            mask = Image.frombytes("L", bits.size, bytes(bits)) if width and height else None
            x, y = round(left), round(top)
            found = Letter(mask, x, y, x + width, y + height, font.getlength(character))
            self._letters[key] = found
        return found

    def _has(self, character: str) -> bool:
        if character not in self._known:
            plain = unicodedata.category(character)[0] != "M" and unicodedata.bidirectional(character) not in (
                *("R", "AL", "AN"),
                *("RLE", "RLO", "RLI"),
            )
            self._known[character] = plain and self._bits(character) != self._missing
        return self._known[character]

    def _bits(self, character: str) -> bytes:
        return bytes(self._font(PROBE).getmask(character))

    def _font(self, size: int) -> ImageFont.FreeTypeFont:
        if size not in self._sizes:
            self._sizes[size] = ImageFont.truetype(self.path, size, layout_engine=ImageFont.Layout.BASIC)
        return self._sizes[size]


def face_for(faces: Sequence[Face], text: str) -> Face | None:
    """Return the first font that can set a text."""
    return next((face for face in faces if face.can_set(text)), None)


def faces_of(folders: Sequence[Path]) -> tuple[Face, ...]:
    """Return the fonts of a theme, a site's own first."""
    paths = [path for folder in folders if (folder / FOLDER).is_dir() for path in sorted((folder / FOLDER).iterdir())]
    return tuple(_face(path, path.stat().st_mtime_ns) for path in paths if path.suffix.lower() in ENDINGS)


@functools.lru_cache(maxsize=16)
def _face(path: Path, modified: int) -> Face:
    """Return a font, read again where its file has changed."""
    return Face(path)
