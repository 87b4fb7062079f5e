"""Near matches of a quotation: the places of a text whose words are like it, with the score of each.

All texts here are folded (quotes.py), all offsets speak of the folded text. The way of the Hypothesis client
(`match-quote.ts`): score the quotation and the words around it apart, weigh them, take the best. Its users suffer from
annotations that jump to look-alikes in silence (hypothesis/client, issue 7571), so quotes.py adds floors and a lead.
"""

from __future__ import annotations

import bisect
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property

from generator.model import TextQuoteSelector, Value
from generator.words import atoms

QUOTATION_WEIGHT = 50
CONTEXT_WEIGHT = 20
"""Of prefix and suffix each, against the quotation's 50, as in the Hypothesis client: the words themselves decide,
unless two places are so alike that the words around them must."""

LONGEST = 10_000
"""Characters of a quotation that near matches are looked for; a longer one is a chapter, and a comparison is square."""

FARTHEST = 0.7
"""Share of a quotation's characters by which a stretch of its length may differ to be looked at closely. A similarity
of 0.75 means at most a third of the characters edited, which may move the stretch's end by as much again, and its
beginning is not tried to the letter; chance makes stretches of prose differ by more."""

GAP = 20
"""Beginnings are tried a twentieth of the quotation's length apart: nearer ones find the same stretch."""

THOROUGH = 4_000_000
"""Steps (of about a nanosecond) for which beginnings are tried in the whole text; beyond, shared words tell where to
look. 100 characters are sought so in 80 kB."""

SEED_HITS = 5_000
"""Places of shared words that are looked at, rarest words first, where not every word is tried."""

AGREED = 4
"""A beginning that less than a quarter as many shared words tell as the best one is chance."""

FEW = 64
"""Places of a word that are walked through one by one; of more, only those where what follows is shared too."""

REACH = 3
"""Characters behind a frequent word, at least, that must be shared too: two words in a row tell more than `the`."""

ALIKE = 0.4
"""Similarity from which another word helps to find where to look: of two words that an edit joined, the longer one is
nearly half."""

STRETCHES = 32
"""Stretches that are looked at closely, the likest first: many more than an author could choose from."""

PROBES = 16
"""Ends tried at a time: the distance rises on both sides of the best end, so coarse steps find its surroundings."""

CHUNK = 1 << 16
"""Characters whose words are found at a time, so that their list stays small."""


class Near(Value, frozen=True):
    """A place like a quotation, from word boundary to word boundary."""

    start: int
    end: int
    distance: int
    """Edits (Levenshtein) between the quotation and the words here."""
    similarity: float
    """1 less the distance as a share of the longer one."""
    score: float
    """The weighted score of quotation and given context, 0 to 1."""

    def overlaps(self, other: Near) -> bool:
        """Return whether two places share characters; a place overlaps itself."""
        return self.start < other.end and other.start < self.end


class Words:
    """Where the words of a folded text stand. Costs memory of about twice the text; made once."""

    def __init__(self, folded: str) -> None:
        self._folded = folded
        self.starts = array("I")
        self.ends = array("I")
        at = 0
        while at < len(folded):
            cut = folded.find(" ", at + CHUNK) + 1 or len(folded)
            for start, end in atoms(folded[at:cut]):
                self.starts.append(at + start)
                self.ends.append(at + end)
            at = cut
        self._by_head: dict[tuple[str, int], dict[str, array[int]]] = {}

    def is_boundary(self, offset: int) -> bool:
        """Return whether an offset is not strictly inside a word."""
        before = bisect.bisect_left(self.starts, offset) - 1
        return before < 0 or self.ends[before] <= offset

    def end_from(self, start: int) -> int:
        """Return the end of the first word that ends behind an offset."""
        return self.ends[bisect.bisect_right(self.ends, start)]

    def boundaries(self, low: int, high: int, side: int) -> list[int]:
        """Return the boundaries from `low` to `high` that have no space on one side (-1: before them, 0: behind)."""
        low, high = max(low, -side), min(high, len(self._folded) - 1 - side)
        word = max(0, bisect.bisect_left(self.starts, low) - 1)
        found: list[int] = []
        at = low
        while word < len(self.starts) and self.starts[word] <= high:
            found.extend(range(at, self.starts[word] + 1))
            at = max(low, self.ends[word])
            word += 1
        found.extend(range(at, high + 1))
        return [offset for offset in found if self._folded[offset + side] != " "]

    @cached_property
    def beginnings(self) -> list[int]:
        """All offsets at which words, or signs between them, begin."""
        return self.boundaries(0, len(self._folded), 0)

    @cached_property
    def by_word(self) -> dict[str, array[int]]:
        """The places of each word, in order."""
        places: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for start, end in zip(self.starts, self.ends, strict=True):
            places[self._folded[start:end]].append(start)
        return dict(places)

    def occurrences(self, needle: str, start: int, end: int) -> Sequence[int]:
        """Return the places of the word `needle[start:end]`; of a frequent word, those where what follows is shared.

        They are told apart by as many characters as is the power of two behind the word and a little more, if there
        are as many: so each word's places are sorted about once, and many quotations cost no more than a few.
        """
        word = needle[start:end]
        places = self.by_word.get(word, ())
        length = 1 << min((end - start + REACH).bit_length(), (len(needle) - start).bit_length() - 1)
        if len(places) <= FEW or length <= end - start:
            return places
        if (word, length) not in self._by_head:
            by_head: dict[str, array[int]] = defaultdict(lambda: array("I"))
            for place in places:
                by_head[self._folded[place : place + length]].append(place)
            self._by_head[word, length] = dict(by_head)
        return self._by_head[word, length].get(needle[start : start + length], ())

    @cached_property
    def _by_edge(self) -> dict[str, list[str]]:
        edges: dict[str, list[str]] = defaultdict(list)
        for word in self.by_word:
            edges[f"{word[:3]}*"].append(word)
            edges[f"*{word[-3:]}"].append(word)
        return edges

    def alike(self, word: str) -> list[str]:
        """Return the words that share the first or the last three letters with one and most of the rest."""
        sharing = {*self._by_edge.get(f"{word[:3]}*", ()), *self._by_edge.get(f"*{word[-3:]}", ())}
        return sorted(other for other in sharing if similarity(word, other) >= ALIKE)


@cache
def _levenshtein() -> Callable[[str, str], int]:
    """Return the distance function; imported when the first words differ, as most pages never need it."""
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance


def similarity(one: str, other: str) -> float:
    """Return 1 less the Levenshtein distance as a share of the longer text; two empty texts are alike."""
    if one == other:
        return 1.0
    return 1 - _levenshtein()(one, other) / max(len(one), len(other))


def context_similarities(folded: str, start: int, end: int, selector: TextQuoteSelector) -> Iterator[float]:
    """Yield how like prefix and suffix, where given, are to as much text beside a place, white space there apart."""
    if prefix := selector.prefix:
        before = folded[max(0, start - len(prefix) - 1) : start].rstrip(" ")
        yield similarity(prefix, before[-len(prefix) :])
    if suffix := selector.suffix:
        after = folded[end : end + len(suffix) + 1].lstrip(" ")
        yield similarity(suffix, after[: len(suffix)])


def weighted_score(quotation: float, context: Iterable[float]) -> float:
    """Return the mean of a place's similarities, 0 to 1, weighted; context that is not given has no weight."""
    given = tuple(context)
    weight = QUOTATION_WEIGHT + CONTEXT_WEIGHT * len(given)
    return (QUOTATION_WEIGHT * quotation + CONTEXT_WEIGHT * sum(given)) / weight


def find_near(
    folded: str, words: Words, selector: TextQuoteSelector, framed: Iterable[tuple[int, int]] = ()
) -> list[Near]:
    """Return the places like a quotation, the likest first; some overlap.

    No floor is applied: what is too unlike to stand for the quotation may still rival a place, or be shown to an
    author. `framed` are ranges that the given context points at, whatever their words are.
    """
    quotation = selector.exact
    if not 0 < len(quotation) <= LONGEST:
        return []
    fits = {_fit(folded, words, quotation, start) for start in _beginnings(folded, words, quotation)}
    fits.update(_measure(folded, quotation, start, end) for start, end in framed)
    places = []
    for unlike, distance, start, end in sorted(fits):
        score = weighted_score(1 - unlike, context_similarities(folded, start, end, selector))
        places.append(Near(start, end, distance, 1 - unlike, score))
    return places


def without_overlaps(places: Iterable[Near]) -> list[Near]:
    """Return places, the likest first, without those that overlap a better one."""
    kept: list[Near] = []
    for place in places:
        if not any(place.overlaps(other) for other in kept):
            kept.append(place)
    return kept


Fit = tuple[float, int, int, int]
"""Distance as a share of the longer text, distance, start, end: the best fit sorts first."""


def _measure(folded: str, quotation: str, start: int, end: int) -> Fit:
    distance = _levenshtein()(quotation, folded[start:end])
    return distance / max(len(quotation), end - start), distance, start, end


def _beginnings(folded: str, words: Words, quotation: str) -> list[int]:
    """Return where stretches like the quotation begin, more than half its length apart, the likest first."""
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    size = len(quotation)
    most = THOROUGH // (100 + size * (size // 64 + 1))
    gap = size // GAP
    if min(len(words.starts), len(folded) // max(1, gap)) <= most:
        starts = _apart(words.beginnings, gap)
    else:
        starts = _seeded(words, quotation)
    stretches = [folded[start : start + size] for start in starts]
    near = process.extract(
        quotation, stretches, scorer=Levenshtein.distance, score_cutoff=int(size * FARTHEST), limit=None
    )
    chosen: list[int] = []
    in_order: list[int] = []
    for _, _, index in near:
        start = starts[index]
        at = bisect.bisect(in_order, start)
        if all(abs(start - other) * 2 > size for other in in_order[max(0, at - 1) : at + 1]):
            in_order.insert(at, start)
            chosen.append(start)
            if len(chosen) == STRETCHES:
                break
    return chosen


def _apart(starts: list[int], gap: int) -> list[int]:
    """Return some sorted offsets without those less than `gap` behind the one before."""
    if gap < 2:
        return starts
    kept: list[int] = []
    following = 0
    for start in starts:
        if start >= following:
            kept.append(start)
            following = start + gap
    return kept


def _seeded(words: Words, quotation: str) -> list[int]:
    """Return beginnings around which a quotation's words, rare ones first, stand as they would.

    Each place of a shared word tells where the quotation would begin; those are chosen that most words agree on, to a
    quarter of the quotation's length, so that the cost does not grow with the text.
    """
    seeds: list[tuple[int, Sequence[int]]] = []
    for start, end in atoms(quotation):
        word = quotation[start:end]
        if word in words.by_word:
            seeds.append((start, words.occurrences(quotation, start, end)))
        else:
            seeds += [(start, words.by_word[other]) for other in words.alike(word)]
    seeds.sort(key=lambda seed: (len(seed[1]), seed[0]))
    width = max(8, len(quotation) // 4)
    votes: Counter[int] = Counter()
    left = SEED_HITS
    for offset, places in seeds:
        votes.update((place - offset) // width for place in places[:left])
        left -= len(places)
        if left <= 0:
            break
    telling = max(votes.values(), default=0) / AGREED
    slack = max(width, len(quotation) // 3)  # a box or more, so that those beside a chosen one need no look
    taken: set[int] = set()
    beginnings: set[int] = set()
    for box in sorted((box for box in votes if votes[box] >= telling), key=lambda box: (-votes[box], box)):
        if taken.isdisjoint((box - 1, box + 1)) and len(taken) < STRETCHES:
            taken.add(box)
            around = words.boundaries(box * width - slack, (box + 1) * width + slack, 0)
            beginnings.update(_apart(around, len(quotation) // GAP))
    return sorted(beginnings)


def _fit(folded: str, words: Words, quotation: str, start: int) -> Fit:
    """Return the range about a beginning whose words fit the quotation best, from boundary to boundary.

    The best end for the start, then the best start for that end, until the start stays: the best of all pairs in all
    but contrived texts, at a hundredth of the measurements.
    """
    longest = 2 * len(quotation)
    for _ in range(3):
        ends = words.boundaries(start + 1, start + longest, -1) or [words.end_from(start)]
        end = _best_of([(start, end) for end in ends], folded, quotation)[3]
        starts = words.boundaries(end - longest, end - 1, 0)
        best = _best_of([(start, end) for start in starts or [start]], folded, quotation)
        if best[2] == start:
            break
        start = best[2]
    return _trimmed(best, folded, words, quotation)


def _trimmed(fit: Fit, folded: str, words: Words, quotation: str) -> Fit:
    """Return a fit without signs at its edges that bring it no nearer: a share of more characters is only smaller."""
    _, distance, start, end = fit
    first = bisect.bisect_left(words.starts, start)
    last = bisect.bisect_right(words.ends, end) - 1
    if first <= last:
        low, high = words.starts[first], words.ends[last]
        for narrower in ((low, high), (low, end), (start, high)):
            tried = _measure(folded, quotation, *narrower)
            if tried[1] <= distance:
                return tried
    return fit


def _best_of(ranges: Sequence[tuple[int, int]], folded: str, quotation: str) -> Fit:
    """Return the best fit of some ranges that share an end, without measuring each where they are many."""
    while True:
        step = max(1, len(ranges) // PROBES)
        best, index = min((_measure(folded, quotation, *ranges[i]), i) for i in range(0, len(ranges), step))
        if step == 1:
            return best
        ranges = ranges[max(0, index - step) : index + step + 1]
