"""Words of a reading text: where they begin and end, and the key under which two of them are the same word.

Boundaries are those of UAX #29 (Unicode Text Segmentation), section 4.1, with these rules of our own:

- A hyphen or an apostrophe is always a boundary: NATO-led, l'OTAN. So is U+202F, which is a space to a reader.
- A letter of a script that is written without spaces (Han, Kana, Thai, Lao, Khmer, Myanmar and the few others to
  whose letters UAX #29 gives no rule) is an atom of its own, with its marks.
- Hangul parts from whatever is no Hangul: NATO는, G20은.
- Characters that are not seen (soft hyphen, zero-width space) never split a word.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Protocol

APOSTROPHES = "'\u2019\u2018\u201b\u02bc\u02bb\u055a\u05f3\uff07"
"""What is typed for an apostrophe (an okina, a geresh), the one for the other. The first stands for all."""

SKIPPED = re.compile(
    "[\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Characters that are not seen: Default_Ignorable_Code_Point (UAX #44) without the fillers of Hangul."""

# Most texts hold no more than this: Latin, Greek and Cyrillic letters, composed and in normal form, and the usual
# punctuation. They need no tables, and are split in a sixth of the time.
_LETTERS = (
    "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u0370-\u0373\u0376\u0377\u037b-\u037d\u037f\u0386"
    "\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03f5\u03f7-\u0481\u048a-\u052f\u1e00-\u1eff"
)
_OTHERS = (
    "\\x00-\\x7f\u00a0-\u00a9\u00ab\u00ac\u00ae-\u00b4\u00b6\u00b7\u00b9\u00bb-\u00bf\u00d7\u00f7\u2002-\u200a"
    "\u2010-\u2023\u2025\u2026\u202f\u2030-\u203e\u20a0-\u20c0\u2190-\u21ff\u2212"
)
_BEYOND = re.compile(f"[^{_LETTERS}{_OTHERS}]")
_HANGUL = re.compile("[\u1100-\u11ff\u3131-\u318e\ua960-\ua97c\uac00-\ud7fb\uffa0-\uffdc]")


class _Match(Protocol):
    def span(self) -> tuple[int, int]: ...


class _Pattern(Protocol):
    """What the patterns of `re` and `regex` have in common."""

    def split(self, string: str) -> list[str]: ...

    def finditer(self, string: str) -> Iterator[_Match]: ...


def _plain(letters: str, inside: str) -> _Pattern:
    word = f"[{letters}0-9_]"
    middle = f"[{inside}](?<=[{letters}].)(?=[{letters}])|[.,;](?<=[0-9].)(?=[0-9])"  # WB6, WB7, WB11, WB12
    # Most words are behind the first lookahead; entering a repeated group takes longer than all else here.
    return re.compile(f"({word}++(?:(?![{inside},;])|(?:(?:{middle}){word}+)*))")


_ASCII = _plain("A-Za-z", ".:")
_EUROPEAN = _plain(_LETTERS, ".:\u00b7")


@cache
def _any_script(*, syllables: bool) -> _Pattern:
    """Return the pattern for all texts; with `syllables` Hangul comes by the syllable. Compiled where it is needed."""
    import regex  # type: ignore[import-untyped]  # here, as its 11 ms are wasted on most sites

    extend = r"[\p{WB=Extend}\p{WB=ZWJ}]"
    unseen = r"[\p{WB=Format}[\p{DI}--\p{WB=Extend}--\p{WB=ZWJ}--\p{L}]]"
    marks = f"(?:{unseen}*+{extend})*+"
    glue = rf"[{unseen}{extend}]*+"  # WB4
    hyphens = r"\u058a\u30a0"
    apostrophes = f"[{APOSTROPHES}]"
    letter = rf"[[\p{{WB=ALetter}}\p{{WB=Hebrew_Letter}}]--\p{{Script=Hangul}}--{apostrophes}--[{hyphens}]]"
    joiner = r"[\p{WB=ExtendNumLet}--[\u202f]]"
    in_letters = rf"[[\p{{WB=MidLetter}}\p{{WB=MidNumLet}}]--{apostrophes}--[\u05f4]]"
    in_numbers = rf"[[\p{{WB=MidNum}}\p{{WB=MidNumLet}}]--{apostrophes}]"
    # WB7b, WB7c; gershayim and the quotation mark that is typed for them are the same to us.
    gershayim = rf'(?<=\p{{WB=Hebrew_Letter}}[{unseen}{extend}]*)["\u05f4](?={glue}\p{{WB=Hebrew_Letter}})'
    letters = f"{letter}(?:{glue}(?:(?:{in_letters}|{gershayim}){glue})?{letter})*+"
    numbers = rf"\p{{WB=Numeric}}(?:{glue}(?:{in_numbers}{glue})?\p{{WB=Numeric}})*+"
    run = f"(?:{letters}|{numbers}|{joiner})"
    word = f"{run}(?:{glue}{run})*+{marks}"

    ruled = r"\p{WB=ALetter}\p{WB=Hebrew_Letter}\p{WB=Numeric}\p{WB=Extend}"
    single = rf"[[\p{{L}}\p{{Nl}}]--[{ruled}]]"
    # A vowel that belongs to its grapheme without being a mark, and what stands below a virama (UAX #29, GB9a, GB9c).
    lone = rf"{single}(?:{unseen}*+{extend}|[\u0e33\u0eb3]|(?<=[\u1039\u17d2\u1a60]){single})*+"

    hangul = r"[\p{Script=Hangul}&&\p{WB=ALetter}]"
    vowels_and_finals = r"\u1160-\u11ff\ud7b0-\ud7fb"
    initials = r"[\u1100-\u115f\ua960-\ua97c]"
    syllable = (  # GB6, GB7, GB8
        rf"(?:{initials}*+[\uac00-\ud7a3]|{initials}++|{hangul})(?:{unseen}*+[{extend}{vowels_and_finals}])*+"
    )
    korean = syllable if syllables else f"{hangul}(?:{unseen}*+[{extend}{hangul}])*+"
    # The first alternative is the commonest case of the second, found sooner.
    quick = rf"{letter}[{letter}{extend}\p{{WB=Numeric}}_]*+(?=[\ \n])"
    compiled: _Pattern = regex.compile(f"(?V1)({quick}|{word}|{lone}|{korean})")
    return compiled


def _pattern(text: str, *, syllables: bool) -> _Pattern:
    if text.isascii():
        return _ASCII
    return _EUROPEAN if is_european(text) else _any_script(syllables=syllables)


def atoms(text: str) -> list[tuple[int, int]]:
    """Return where the words of a text are: half-open ranges in code points, sorted and disjoint.

    What is no word (space, punctuation, symbols) is in none of them. A character that is not seen belongs to the atom
    that has characters on both sides of it; a joiner or a variation selector to the one that it follows.
    """
    return [match.span() for match in _pattern(text, syllables=False).finditer(text)]


def split(text: str) -> list[str]:
    """Return a text in parts: what stands before the first word, the word, what stands behind it, and so on.

    The words are at the odd places, and are the atoms of the text, but that Hangul comes by the syllable. Joined, the
    parts are the text.
    """
    return _pattern(text, syllables=True).split(text)


def is_european(text: str) -> bool:
    """Return whether a text needs no Unicode tables: it is in normal form C, and nothing in it is to be skipped."""
    return text.isascii() or not _BEYOND.search(text)


def at_boundary(text_atoms: Sequence[tuple[int, int]], offset: int) -> bool:
    """Return whether an offset is not inside an atom: it is where one begins or ends, or outside of all."""
    before = bisect_left(text_atoms, (offset,)) - 1
    return before < 0 or text_atoms[before][1] <= offset


def key(atom: str) -> str:
    """Return what an atom has in common with all its spellings: NFC of its case folding, without what is not seen.

    Canonical caseless matching (Unicode Standard, 3.13, D145), so that NFC and NFD agree, and ß and ss, and the two
    small sigmas. Turkish has no rule of its own: İ is i with a dot above, ı is itself. May be longer or shorter
    than the atom.
    """
    if atom.isascii():
        return atom.lower()
    folded = unicodedata.normalize("NFD", SKIPPED.sub("", atom)).casefold()
    return unicodedata.normalize("NFC", folded)


def is_hangul(word: str) -> bool:
    """Return whether a word begins with a letter of Hangul."""
    first = word[:1]
    return "\u1100" <= first <= "\uffdc" and _HANGUL.match(first) is not None
