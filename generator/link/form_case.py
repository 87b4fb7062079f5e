"""How a form may be spelt: `case` of an entry (format.md, Mentions)."""

from __future__ import annotations

import unicodedata
from typing import Literal

from generator.words import split

Case = Literal["smart", "exact", "ignore"]

SMALL_WORDS = frozenset(
    "a an and as at but by de des di do du da das den der die e et et from for i in into la las le les los nor o of on"
    " or over per the to u und van via von vs with y".split()
)
"""Words that Title Case leaves in lower case, but for the first of a title: of English, and of names that it takes."""


def in_any_case(text: str, case: Case, *, is_term: bool) -> bool:
    """Return whether a form matches in any case, and not as written alone."""
    if case != "smart":
        return case == "ignore"
    return text.islower() or (is_term and not text.isupper() and is_title_case(text))


def first_word_spellings(word: str, case: Case) -> tuple[str, ...]:
    """Return the spellings of the first word of a form that does not match in any case, as written first.

    Smart case adds a capital for the lower-case letter that it begins with, as at the start of a sentence.
    """
    first = word[0]
    if case == "exact" or not first.islower():
        return (word,)
    capitals = {unicodedata.normalize("NFC", capital + word[1:]) for capital in (first.upper(), first.title())}
    return (word, *sorted(capitals - {word}))


def is_title_case(text: str) -> bool:
    """Return whether each word of a form begins with a capital and has no other: `Climate Change`, `Rule of Law`.

    The parts of a hyphenated word may begin with either (`Cease-fire`), small words but the first one too; an
    abbreviation (`NATO Summit`) is not Title Case. Letters without case and digits do not count.
    """
    cased = False
    for number, word in enumerate(text.split(" ")):
        if number and word in SMALL_WORDS:
            continue
        for place, part in enumerate(split(word)[1::2]):
            letters = [letter for letter in part if letter.islower() or letter.istitle()]
            if not letters:
                continue
            if (not place and not letters[0].istitle()) or any(letter.istitle() for letter in letters[1:]):
                return False
            cased = True
    return cased
