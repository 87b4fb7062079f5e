"""The words of a text as the matcher walks over them."""

from __future__ import annotations

from generator.link.normal_text import normal_text
from generator.words import is_european, is_hangul, key, split


class TextWords:
    """The words of a text in normal form, by their index; those of Hangul by the syllable."""

    __slots__ = ("_folded", "_normal", "_run", "has_runs", "keys", "parts", "text", "words")

    def __init__(self, text: str) -> None:
        self._normal = normal_text(text)
        self.text = self._normal.text
        """The text in normal form; offsets are offsets of this."""
        self.parts = split(self.text)
        """What is between the words, and the words, in turn."""
        self.words = self.parts[1::2]
        self.keys = _keys(self.text, set(self.words))
        """The key of each word."""
        self.has_runs = not is_european(self.text)
        """Whether there may be words of Hangul."""
        self._folded: list[str] = []
        self._run = 0, -1

    def length(self, begin: int, end: int) -> int:
        """Return how long the text is from one part to another, which is not in it."""
        return len("".join(self.parts[begin:end]))

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

    def last_of_run(self, index: int) -> int:
        """Return the last syllable of the word of Hangul that a syllable belongs to; of others the word itself."""
        first, last = self._run
        if not first <= index <= last:
            last = index
            while self.follows_in_run(last + 1):
                last += 1
            self._run = index, last
        return last

    @property
    def folded_parts(self) -> list[str]:
        """The parts with the keys of the words in their stead; made where a long form asks for it."""
        if not self._folded:
            self._folded = [self.keys.get(part, part) for part in self.parts]
        return self._folded


def _keys(text: str, words: set[str]) -> dict[str, str]:
    """Return the key of each word of a text."""
    if text.isascii():
        return dict(zip(words, map(str.lower, words), strict=True))
    if is_european(text):  # where folding keeps the length, there is nothing to normalise
        return {word: folded if len(folded := word.casefold()) == len(word) else key(word) for word in words}
    return {word: key(word) for word in words}
