"""Numbers in the language of the page. English imports nothing, other languages Babel."""

from __future__ import annotations

from generator.render.dates import is_english, locale_of

DIGITS = 4
"""Significant digits: of coordinates, ten metres to ten kilometres, as an encyclopaedia gives them."""


def format_number(value: float, lang: str) -> str:
    """Return a number as text, rounded to four significant digits: `45.3`, in Lithuanian `45,3`."""
    text = f"{value:.{DIGITS}g}"
    if is_english(lang):
        return text
    from babel.numbers import format_decimal

    return format_decimal(float(text), locale=locale_of(lang), decimal_quantization=False)
