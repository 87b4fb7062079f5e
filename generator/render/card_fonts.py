"""Fonts for social cards: those in the theme's fonts/ folder; a site's own come first."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageFont

FOLDER, ENDINGS = "fonts", (".otf", ".ttf")

NOWHERE = "\U0010fffd"
"""A character for private use that no font has: what is drawn for it is drawn for all that a font lacks."""

PROBE = 32
"""Pixels: large enough that no letter looks like the sign for what is missing."""


class Face:
    """A font, whose letters are drawn once for each size and then copied: titles are made of few letters."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._sizes: dict[int, ImageFont.FreeTypeFont] = {}
        self._letters: dict[tuple[int, str], tuple[Image.Image, tuple[int, int], float]] = {}
        self._known: dict[str, bool] = {}
        self._missing = self._bits(NOWHERE)

    def can_set(self, text: str) -> bool:
        """Return whether the font has all letters of a text, and they need nothing but to stand side by side."""
        return all(self._has(character) for character in dict.fromkeys(text))

    def width(self, text: str, size: int) -> float:
        """Return how many pixels a text takes."""
        return sum(self._letter(character, size)[2] for character in text)

    def draw(self, canvas: Image.Image, text: str, size: int, top: int) -> None:
        """Draw a line into a mask."""
        left = 0.0
        for character in text:
            letter, (dx, dy), advance = self._letter(character, size)
            if letter.width:
                x, y = round(left) + dx, top + dy
                canvas.im.paste(255, (x, y, x + letter.width, y + letter.height), letter.im)
            left += advance

    def _letter(self, character: str, size: int) -> tuple[Image.Image, tuple[int, int], float]:
        key = (size, character)
        if key not in self._letters:
            font = self._font(size)
            box = font.getbbox(character)
            letter = Image.new("L", (max(0, round(box[2] - box[0])), max(0, round(box[3] - box[1]))))
            if letter.width and letter.height:
                mask, _ = font.getmask2(character, "L")
                letter = Image.frombytes("L", mask.size, bytes(mask))
            self._letters[key] = letter, (round(box[0]), round(box[1])), font.getlength(character)
        return self._letters[key]

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


def face_for(folders: Sequence[Path], text: str) -> Face | None:
    """Return the first font of a theme that can set a text."""
    return next((face for face in faces(tuple(folders)) if face.can_set(text)), None)


def faces(folders: tuple[Path, ...]) -> tuple[Face, ...]:
    """Return the fonts of a theme, a site's own first."""
    paths = [path for folder in folders if (folder / FOLDER).is_dir() for path in sorted((folder / FOLDER).iterdir())]
    return tuple(_face(path, path.stat().st_mtime_ns) for path in paths if path.suffix.lower() in ENDINGS)


@functools.lru_cache(maxsize=16)
def _face(path: Path, modified: int) -> Face:
    """Return a font, read again where its file has changed."""
    return Face(path)
