"""Which names are another form of one: `Merkel` of `Angela Merkel`."""

from __future__ import annotations

from typing import NamedTuple

from generator.model import SourcePath
from generator.site import LinkedFragment


class Use(NamedTuple):
    """A place where a name stands."""

    path: SourcePath
    linked: LinkedFragment
    start: int
    end: int


class Name(NamedTuple):
    """A name that no entry explains, with its places in the order of the files."""

    words: str
    uses: list[Use]
    also: list[str]
    """Shorter forms that were counted with it."""


def merged(found: dict[str, list[Use]]) -> list[Name]:
    """Return names with what is another form of them: `Merkel` of `Angela Merkel`, `Bank of X` of `Bank`."""
    homes = _homes(found)
    uses: dict[str, list[Use]] = {words: list(places) for words, places in found.items() if words not in homes}
    also: dict[str, list[str]] = {}
    for words in found:
        home = words
        while home in homes:
            home = homes[home]
        if home != words:
            uses[home] += found[words]
            also.setdefault(home, []).append(words)
    for places in uses.values():
        places.sort(key=lambda use: (use.path, use.linked.fragment.lines[:1], use.start))
    return [Name(words, places, also.get(words, [])) for words, places in uses.items()]


def _homes(found: dict[str, list[Use]]) -> dict[str, str]:
    """Return the names that are another form of a name, with that one: never in a circle, as each rule goes one way."""
    homes: dict[str, str] = {}
    by_last: dict[str, list[str]] = {}
    for words in found:
        head = words.partition(" of ")[0]
        if head != words and " " in head and head in found:
            homes[words] = head
        elif " " in words:
            by_last.setdefault(words.rpartition(" ")[2], []).append(words)
    for last, longer in by_last.items():
        if last in found:
            homes[last] = max(longer, key=lambda words: (len(found[words]), words))
    return homes
