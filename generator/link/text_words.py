"""The words of a text as the matcher walks over them: from where a form may begin, as far as one reaches.

A text is parted into tokens at its spaces and line feeds. No word goes beyond a token, and most tokens stand in many
texts, so what a token consists of is remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import compress, count

from generator.link.normal_text import normal_text
from generator.words import is_hangul, split

LONG = 32
"""Tokens of more characters (lines of Chinese, addresses) are not remembered: few stand in two texts."""


def parts_of(token: str) -> tuple[str, ...]:
    """Return what is between the words of a token, and the words, in turn; those of Hangul by the syllable."""
    return tuple(split(token)) if len(token) > LONG else _remembered(token)


@lru_cache(maxsize=1 << 14)
def _remembered(token: str) -> tuple[str, ...]:
    return tuple(split(token))


class TextWords:
    """The words of a text in normal form; those of Hangul by the syllable."""

    __slots__ = ("_begins", "_end", "_next", "_normal", "_run", "parts", "text", "tokens")

    def __init__(self, text: str) -> None:
        self._normal = normal_text(text)
        self.text = self._normal.text
        """The text in normal form; offsets are offsets of this."""
        self.tokens = self.text.replace("\n", " ").split(" ")
        self.parts: list[str] = []
        """What is between the words, and the words, in turn, of a stretch of the text: some tokens in a row."""
        self._begins: dict[int, int] = {}
        """The word with which each token of the stretch begins."""
        self._next = self._end = 0
        """The token behind the stretch, and where the stretch ends."""
        self._run = 0, -1

    def at(self, chosen: Iterable[object]) -> Iterator[tuple[int, int, int]]:
        """Yield the token, the index and the offset of each word of the tokens that were chosen, in their order.

        `chosen` has something true for each of them, and something false for the others.
        """
        start = previous = self._next = 0
        for number in compress(count(), chosen):
            if number > previous:
                start += len(" ".join(self.tokens[previous:number])) + 1
                previous = number
            token = self.tokens[number]
            parts = parts_of(token)
            if number >= self._next:
                self.parts = [*parts]
                self._begins = {number: 0}
                self._next, self._end = number + 1, start + len(token)
                self._run = 0, -1
            offset, begin = start, self._begins[number]
            for place in range(1, len(parts), 2):
                offset += len(parts[place - 1])
                yield number, begin + place // 2, offset
                offset += len(parts[place])

    def reaches(self, index: int) -> bool:
        """Return whether there is a word of this index, which is not far behind those that are at hand."""
        while 2 * index + 1 >= len(self.parts):
            if self._next == len(self.tokens):
                return False
            token = self.tokens[self._next]
            parts = parts_of(token)
            self._begins[self._next] = len(self.parts) // 2
            self.parts[-1] += self.text[self._end] + parts[0]
            self.parts += parts[1:]
            self._end += 1 + len(token)
            self._next += 1
        return True

    def length(self, begin: int, end: int) -> int:
        """Return how long the text is from one part to another, which is not in it."""
        return len("".join(self.parts[begin:end]))

    def source_range(self, start: int, end: int) -> tuple[int, int]:
        """Return a range of the text in normal form as offsets of the text it was made of."""
        return self._normal.source_range(start, end)

    def follows_in_run(self, index: int) -> bool:
        """Return whether a syllable of Hangul stands right behind another, so that no word begins with it."""
        part = 2 * index + 1
        return (
            1 < part < len(self.parts)
            and not self.parts[part - 1]
            and is_hangul(self.parts[part])
            and is_hangul(self.parts[part - 2])
        )

    def last_of_run(self, index: int) -> int:
        """Return the last syllable of the word of Hangul that a syllable belongs to; of others the word itself."""
        first, last = self._run
        if not first <= index <= last:
            last = index
            while self.follows_in_run(last + 1):
                last += 1
            self._run = index, last
        return last
