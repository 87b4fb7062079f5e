"""The colours of social cards: the theme's own, of its light scheme, in a palette of sixteen."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PIL import ImageColor

PLAIN = {"paper": "#ffffff", "ink": "#000000", "soft": "#555555", "accent": "#555555"}
"""For a theme that names none, or in a way that Pillow cannot read (`oklch(...)`)."""

STEPS = {"ink": 7, "soft": 4, "accent": 4}
"""Shades between paper and a colour, which make edges smooth; with paper sixteen: four bits a pixel."""

_PROPERTY = re.compile(r"--(paper|ink|soft|accent)\s*:\s*([^;}]+)")

Colour = tuple[int, int, int]

Styles = tuple[tuple[str, str], ...]
"""Names and texts of style sheets, in their order."""


class Palette(NamedTuple):
    """The palette, and for each colour the number of its shade by coverage (0 to 255)."""

    colours: list[int]
    """Red, green and blue of each number, one after the other; 0 is paper."""
    ink: Sequence[int]
    soft: Sequence[int]
    accent: Sequence[int]


@functools.lru_cache(maxsize=16)
def palette_of(styles: Styles, own: tuple[tuple[str, str], ...]) -> Palette:
    """Return the palette of a theme's style sheets, in which the site's own custom properties come first."""
    colours = colours_of(styles, dict(own))
    paper = colours["paper"]
    palette, shades = [*paper], {}
    for name, steps in STEPS.items():
        first = len(palette) // 3
        for step in range(1, steps + 1):
            palette += [round(p + (c - p) * step / steps) for p, c in zip(paper, colours[name], strict=True)]
        by_coverage = (round(coverage * steps / 255) for coverage in range(256))
        shades[name] = [first - 1 + step if step else 0 for step in by_coverage]
    return Palette(palette, **shades)


def colours_of(styles: Styles, own: Mapping[str, str]) -> dict[str, Colour]:
    """Return the colours by name; what style sheets say first counts, as the light scheme comes before the dark."""
    said: dict[str, str] = {name: value for name, value in own.items() if name in PLAIN}
    for _, text in styles:
        for name, value in _PROPERTY.findall(text):
            said.setdefault(name, value.strip())
    return {name: _parsed(said.get(name, "")) or _parsed(plain) or (0, 0, 0) for name, plain in PLAIN.items()}


def _parsed(colour: str) -> Colour | None:
    try:
        return ImageColor.getrgb(colour)[:3]
    except ValueError:
        return None
