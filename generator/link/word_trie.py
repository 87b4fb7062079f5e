"""A trie of words: which forms a text has at one of its words.

The trie is one dict from path to what ends there. A path is words and what stands between them, joined; so going one
word on is one look-up, whatever the number of forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.link.text_words import TextWords
from generator.words import key

DEPTH = 24
"""So many words of a form are in the trie, which bounds the steps from each word of a text; what a longer form has
beyond them is compared at once."""

HEAD = 3
"""So many characters of a word tell whether any stem may begin it."""

_NOT_IN_ENDING = re.compile("[._,;]")
"""What UAX #29 has inside words, but no ending of a name has: `maskva.lt`, `Maskva_1949`."""


class Ending(NamedTuple):
    """A form, at the path where it ends."""

    entry: str
    written: str
    """The form in normal form, as its author wrote it."""
    before: str = ""
    """The punctuation that must stand before the first word."""
    after: str = ""
    rest: tuple[str, ...] = ()
    """What lies beyond `DEPTH`: what stands between words, and words, in turn."""
    any_ending: bool = False
    """The last word may go on."""
    is_local: bool = False
    """It is a term of the page's own."""


_NONE_ENDS: list[Ending] = []
"""Stands at the paths that only lead on."""


class WordTrie:
    """Finds forms by the spelling of their words, or by their keys, which is in any case."""

    __slots__ = ("_any_case", "_heads", "_nodes", "_onward", "_sizes", "_stems")

    def __init__(self, *, any_case: bool) -> None:
        self._any_case = any_case
        self._nodes: dict[str, list[Ending]] = {}
        self._onward: set[str] = set()
        """The paths that lead on."""
        self._stems: dict[str, list[Ending]] = {}
        self._heads: dict[str, list[int]] = {}
        """The lengths of the stems, by path and the first characters."""
        self._sizes: list[int] = []
        """The lengths of the heads."""

    def add(self, parts: Sequence[str], ending: Ending) -> None:
        """Add a form: its words, and what stands between them, in turn."""
        if self._any_case:
            parts = [part if place % 2 else key(part) for place, part in enumerate(parts)]
        rest = tuple(parts[2 * DEPTH - 1 :])
        if rest:
            parts, ending = parts[: 2 * DEPTH - 1], ending._replace(rest=rest)
        path = parts[0]
        for place in range(1, len(parts), 2):
            self._nodes.setdefault(path, _NONE_ENDS)
            self._onward.add(path)
            path += parts[place] + parts[place + 1]
        if ending.any_ending and not rest:
            self._add_stem(path, len(parts[-1]), ending)
        elif known := self._nodes.get(path):
            known.append(ending)
        else:
            self._nodes[path] = [ending]

    def _add_stem(self, path: str, length: int, ending: Ending) -> None:
        self._stems.setdefault(path, []).append(ending)
        size = min(length, HEAD)
        lengths = self._heads.setdefault(path[: len(path) - length + size], [])
        if length not in lengths:
            lengths.append(length)
        if size not in self._sizes:
            self._sizes.append(size)

    @property
    def has_forms(self) -> bool:
        """Whether any form was added."""
        return bool(self._nodes or self._stems)

    def first_words(self, words: set[str]) -> set[str]:
        """Return those of some words at which a form may begin."""
        keys = {word: key(word) if self._any_case else word for word in words}
        found = {word for word, folded in keys.items() if folded in self._nodes}
        for size in self._sizes:
            found |= {word for word, folded in keys.items() if folded[:size] in self._heads}
        return found

    def walk(self, text: TextWords, first: int) -> list[tuple[int, Ending]]:
        """Return the forms whose words a text has from a word on, each with the index of its last word."""
        parts, nodes = text.parts, self._nodes
        found: list[tuple[int, Ending]] = []
        path = ""
        for index in range(first, first + DEPTH):
            label = parts[2 * index + 1]
            if self._any_case:
                label = key(label)
            if self._stems:
                found += [(index, ending) for ending in self._with_stem(path, label)]
            path += label
            for ending in nodes.get(path, _NONE_ENDS):
                if not ending.rest or self._goes_on(text, index, ending):
                    found.append((index + len(ending.rest) // 2, ending))
            if path not in self._onward or not text.reaches(index + 1):
                break
            path += parts[2 * index + 2]
        return found

    def _with_stem(self, path: str, label: str) -> Iterator[Ending]:
        for size in self._sizes:
            if len(label) >= size:
                for length in self._heads.get(path + label[:size], ()):
                    if length <= len(label) and not _NOT_IN_ENDING.search(label, length):
                        yield from self._stems.get(path + label[:length], ())

    def _goes_on(self, text: TextWords, index: int, ending: Ending) -> bool:
        last = index + len(ending.rest) // 2
        if not text.reaches(last):
            return False
        word, end = text.parts[2 * last + 1], ending.rest[-1]
        if self._any_case:
            word = key(word)
        if ending.any_ending:
            ends = word.startswith(end) and not _NOT_IN_ENDING.search(word, len(end))
        else:
            ends = word == end
        if not ends:
            return False
        between = text.parts[2 * index + 2 : 2 * last + 1]
        if self._any_case:
            between[1::2] = map(key, between[1::2])
        return tuple(between) == ending.rest[:-1]
