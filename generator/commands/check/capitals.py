"""Runs of capitalised words and acronyms in a text: what looks like a name (`names.py` says which are one)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import chain

CONNECTORS = (
    *("of the", "of", "for", "de la", "del", "della", "de", "di", "da", "dos", "do", "du", "des"),
    *("van der", "van", "von der", "von"),
)
"""Small words within names: University of Oxford, Ursula von der Leyen. `and` is none: it joins two names."""

TITLES = frozenset(["Mr", "Mrs", "Ms", "Dr", "Prof", "St", "Gen", "Sen", "Rep", "Gov"])
"""Abbreviations behind whose point no sentence ends; they are no part of the name."""

_BICAMERAL = chain(range(0x2000), range(0x2C00, 0x2E00), range(0xA640, 0xA800))
"""Where Unicode has the letters of living alphabets with capitals; with those beyond its first plane, `re` takes ten
times as long."""

_ENDS = ".!?:…"
_CLOSING = "\"'”’»)]"
_OPENING = "\"'“‘„«‹"
_SPACES = " \u00a0"


def runs(text: str) -> Iterator[tuple[int, int]]:
    """Return where the runs of a text are, in its order; scripts without capitals have none."""
    for match in (_ASCII if text.isascii() else _any_script()).finditer(text):
        if match[0] not in TITLES:
            yield match.span()


def opens(text: str, start: int) -> bool:
    """Return whether a sentence, a quotation or a block begins at an offset, so that a capital there says nothing."""
    if start < 2:
        return True
    before = text[start - 1]
    if before not in _SPACES:
        return before == "\n" or before in _OPENING
    if text[start - 2] not in _ENDS and text[start - 2] not in _CLOSING:
        return False
    words = text[max(0, start - 6) : start].rstrip(_SPACES).rstrip(_CLOSING)
    if words[-1:] != ".":
        return words[-1:] in _ENDS
    return words[:-1].rpartition(" ")[2] not in TITLES


def _pattern(capitals: str) -> re.Pattern[str]:
    """Return the pattern of runs; it begins with a class of characters, by which `re` skips what begins none."""
    space, capital = f"[{_SPACES}]", f"[{capitals}]"
    rest = rf"[^\W_]*(?:[-'’]{capital}[^\W_]*)*"
    tail = rf"(?:(?:\.{capital})+\.|\.(?={space}{capital})|{rest})"  # U.S.; an initial; a word
    following = rf"(?:{space}(?:(?:{'|'.join(CONNECTORS)}){space})?{capital}{tail})*"
    return re.compile(rf"{capital}(?<![\w-].){tail}{following}")


_ASCII = _pattern("A-Z")


@cache
def _any_script() -> re.Pattern[str]:
    return _pattern("".join(chr(code) for code in _BICAMERAL if unicodedata.category(chr(code)) in ("Lu", "Lt")))
