"""The words of a text as the matcher walks over them."""

from __future__ import annotations

from itertools import accumulate

from generator.link.normal_text import normal_text
from generator.words import is_hangul, key, split


class TextWords:
    """The words of a text in normal form, by their index; those of Hangul by the syllable."""

    __slots__ = ("_folded", "_normal", "_offsets", "keys", "parts", "text", "words")

    def __init__(self, text: str) -> None:
        self._normal = normal_text(text)
        self.text = self._normal.text
        """The text in normal form; offsets are offsets of this."""
        self.parts = split(self.text)
        """What is between the words, and the words, in turn."""
        self.words = self.parts[1::2]
        self.keys = {word: key(word) for word in set(self.words)}
        """The key of each word."""
        self._offsets = list(accumulate(map(len, self.parts)))
        self._folded: list[str] | None = None

    def start(self, index: int) -> int:
        """Return the offset at which a word begins."""
        return self._offsets[2 * index]

    def end(self, index: int) -> int:
        """Return the offset at which a word ends."""
        return self._offsets[2 * index + 1]

    def source_range(self, start: int, end: int) -> tuple[int, int]:
        """Return a range of the text in normal form as offsets of the text it was made of."""
        return self._normal.source_range(start, end)

    def follows_in_run(self, index: int) -> bool:
        """Return whether a syllable of Hangul stands right behind another, so that no word begins with it."""
        return (
            0 < index < len(self.words)
            and not self.parts[2 * index]
            and is_hangul(self.words[index])
            and is_hangul(self.words[index - 1])
        )

    def end_of_run(self, index: int) -> int:
        """Return the offset at which the word of Hangul ends that a syllable belongs to; of others the word's own."""
        while self.follows_in_run(index + 1):
            index += 1
        return self.end(index)

    @property
    def folded_parts(self) -> list[str]:
        """The parts with the keys of the words in their stead; made where a long form asks for it."""
        if self._folded is None:
            self._folded = [self.keys.get(part, part) for part in self.parts]
        return self._folded
