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


_NONE_ENDS: list[Ending] = []
"""Stands at the paths that only lead on."""


class WordTrie:
    """Finds forms by the spelling of their words, or by their keys, which is in any case."""

    __slots__ = ("_any_case", "_heads", "_nodes", "_sizes", "_stems")

    def __init__(self, *, any_case: bool) -> None:
        self._any_case = any_case
        self._nodes: dict[str, list[Ending]] = {}
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

    def first_words(self, text: TextWords) -> set[str]:
        """Return the words of a text at which a form may begin."""
        keys, nodes, heads = text.keys, self._nodes, self._heads
        if self._any_case:
            found = {word for word, folded in keys.items() if folded in nodes}
            for size in self._sizes:
                found |= {word for word, folded in keys.items() if folded[:size] in heads}
            return found
        found = keys.keys() & nodes.keys()
        for size in self._sizes:
            found |= {word for word in keys if word[:size] in heads}
        return found

    def walk(self, text: TextWords, first: int) -> list[tuple[int, Ending]]:
        """Return the forms whose words a text has from a word on, each with the index of its last word."""
        parts, keys, nodes = text.parts, text.keys, self._nodes
        found: list[tuple[int, Ending]] = []
        path = ""
        for index in range(first, min(first + DEPTH, len(text.words))):
            if index > first:
                path += parts[2 * index]
            label = parts[2 * index + 1]
            if self._any_case:
                label = keys[label]
            if self._stems:
                found += [(index, ending) for ending in self._with_stem(path, label)]
            path += label
            endings = nodes.get(path)
            if endings is None:
                break
            for ending in endings:
                if not ending.rest or self._goes_on(text, index, ending):
                    found.append((index + len(ending.rest) // 2, ending))
        return found

    def _with_stem(self, path: str, label: str) -> Iterator[Ending]:
        for size in self._sizes:
            if len(label) >= size:
                for length in self._heads.get(path + label[:size], ()):
                    if length <= len(label) and not _NOT_IN_ENDING.search(label, length):
                        yield from self._stems.get(path + label[:length], ())

    def _goes_on(self, text: TextWords, index: int, ending: Ending) -> bool:
        parts = text.folded_parts if self._any_case else text.parts
        begin, rest = 2 * index + 2, ending.rest
        last = begin + len(rest) - 1
        if last >= len(parts):
            return False
        if ending.any_ending:
            ends = parts[last].startswith(rest[-1]) and not _NOT_IN_ENDING.search(parts[last], len(rest[-1]))
        else:
            ends = parts[last] == rest[-1]
        return ends and tuple(parts[begin:last]) == rest[:-1]
