"""Small measures of a reading text."""

from __future__ import annotations

import re

WORDS_A_MINUTE = 230
"""Silent reading of non-fiction in English (Brysbaert 2019, 238 words a minute), rounded down for notes."""

CHARACTERS_A_WORD = 2
"""Of scripts without spaces: two characters of Chinese or Japanese read like a word."""

_SPACELESS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")


def count_words(text: str) -> int:
    """Return how many words a reader reads; in scripts without spaces, how many it amounts to."""
    spaceless = len(_SPACELESS.findall(text)) if not text.isascii() else 0
    return len((_SPACELESS.sub(" ", text) if spaceless else text).split()) + spaceless // CHARACTERS_A_WORD


def reading_minutes(words: int) -> int:
    """Return the reading time in whole minutes, at least 1."""
    return max(1, round(words / WORDS_A_MINUTE))
