"""Where a quotation stands in a reading text, and how sure that is (format.md, Annotations).

A selector (W3C Web Annotation Data Model, 4.2.4: the exact words, some before, some behind) is looked for in the text
as it reads: both are folded, so that quotes, dashes, ellipses, white space and normal forms are alike, and the places
found are mapped back to the text as it is. Edited words are found by near_quotes.py, and never placed in silence.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import Literal

from generator.model import TextQuoteSelector, TextRange, Value
from generator.parse.near_quotes import Near, Words, context_similarities, find_near, weighted_score, without_overlaps
from generator.words import APOSTROPHES, SKIPPED, atoms

SAME = {
    " ": "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000",
    "'": APOSTROPHES[1:] + "\u201a\u2039\u203a\u2032",
    '"': "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212",
}
"""Characters that read alike, under the one that stands for them. Single and double quotes stay apart, as they may be
nested; primes are what curly quotes become in measures. A doubled hyphen is two characters, so no dash."""

JOINERS = "\u200c\u200d"
"""Belong to the letter before them, as its marks do (UAX #29, WB4)."""

NEVER_NEAR = 10
"""Characters below which edited words are not recognised: "Linus" was found in "chines" (hypothesis/h, issue 2634)."""

ONE_EDIT = 20
"""Characters below which words may differ by one edit only: a share would let another name of the same length in."""

ALIKE = 0.75
"""Similarity that a longer quotation needs, alone: with less, a sentence of the same make is another sentence."""

LEAD = 0.1
"""Of the weighted score, over the best other place: with less, chance decides between two look-alikes."""

CONTRADICTED = 0.5
"""Similarity below which given context is not the text beside a place: less than half of it is there."""

MOST_PLACES = 1_000
"""Places of one quotation that are told apart or listed, so that a page of one word over and over costs no more."""

CANDIDATES = 3
WORTH_SHOWING = 0.5
"""Similarity, or weighted score, from which an author may recognise the words meant."""

SCANNED = 20_000
SCANS = 64
"""Longer texts are searched from end to end only so often before the places of all their words are noted down; in
shorter ones, searching is as quick as looking up."""

SCAN_HITS = 100
"""Hits that cost about as much as a search: those of a short word are mostly inside of others."""

TELLING = 10
"""Characters of context from which its places say where a quotation may have stood, whatever stands there now."""

_PLAIN = tuple((other, plain) for plain, others in SAME.items() for other in others)
_PLAIN_ASCII = tuple((other, plain) for other, plain in _PLAIN if other.isascii())
_LENGTHS = re.compile(rf" (?:(?:{SKIPPED.pattern})? )+|{SKIPPED.pattern}|\.\.\.")
_NOT_ASCII = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")


class Anchored(Value, frozen=True):
    """The one place of a quotation."""

    range: TextRange
    state: Literal["exact", "exact-by-context", "drifted"]
    reason: Literal["quotation", "context"] | None = None
    """What differs from the text, where the state is drifted."""


class Ambiguous(Value, frozen=True):
    """Several places, exact or near, and none in the lead; in the order of the text, at most MOST_PLACES."""

    places: tuple[TextRange, ...]


class Candidate(Value, frozen=True):
    """Words that an orphaned quotation may have meant; similarity of the quotation alone, 0 to 1."""

    range: TextRange
    similarity: float


class Orphaned(Value, frozen=True):
    """No place; the nearest candidates, the likest first, at most three, none overlapping another."""

    candidates: tuple[Candidate, ...] = ()


class Shifts:
    """The offsets at which two texts part or meet again, each with how far the original is ahead from there on.

    They are kept as half steps (twice the offset of the new text): a replacement counts from its end on; a removal half
    a step later, so that what ends there ends before the removed characters and what starts there, behind them.
    """

    def __init__(self) -> None:
        self._at: list[int] = []
        self._ahead: list[int] = []

    def add(self, offset: int, ahead: int, *, removal: bool) -> None:
        """Note that from an offset of the new text on, the original is `ahead` characters further."""
        self._at.append(2 * offset + removal)
        self._ahead.append(ahead)

    def original(self, offset: int, *, is_end: bool) -> int:
        """Return the offset of the original at which a range that starts or ends at an offset does so."""
        index = bisect_right(self._at, 2 * offset + (not is_end)) - 1
        return offset + self._ahead[index] if index >= 0 else offset


def fold(text: str) -> tuple[str, list[Shifts]]:
    """Return a text in which all that reads alike is alike, and the shifts of the steps that led there.

    One character for each quote, dash and run of white space, one for an ellipsis, none without width, NFC. ASCII that
    has nothing to fold costs a few scans.
    """
    for other, plain in _PLAIN_ASCII if text.isascii() else _PLAIN:
        if other in text:
            text = text.replace(other, plain)
    steps = []
    if "  " in text or "..." in text or (not text.isascii() and SKIPPED.search(text)):
        text, shifts = _fold_lengths(text)
        steps.append(shifts)
    if not unicodedata.is_normalized("NFC", text):
        text, shifts = _compose(text)
        steps.append(shifts)
    return text, steps


def _fold_lengths(text: str) -> tuple[str, Shifts]:
    shifts = Shifts()
    parts: list[str] = []
    done = length = 0
    for match in _LENGTHS.finditer(text):
        start, end = match.span()
        by = {" ": " ", ".": "…"}.get(text[start], "")
        parts += (text[done:start], by)
        length += start - done + len(by)
        shifts.add(length, end - length, removal=not by)
        done = end
    return "".join((*parts, text[done:])), shifts


def _compose(text: str) -> tuple[str, Shifts]:
    """Return NFC, made of a letter and its marks at a time (a Hangul syllable and its jamo), so that each is mapped."""
    shifts = Shifts()
    parts: list[str] = []
    done = length = 0
    for match in _NOT_ASCII.finditer(text):
        run, start = match[0], match.start()
        if unicodedata.is_normalized("NFC", run):
            continue
        edges = [
            i
            for i, c in enumerate(run)
            if not i or not (unicodedata.category(c)[0] == "M" or "\u1160" <= c <= "\u11ff")
        ]
        for low, high in zip(edges, [*edges[1:], len(run)], strict=True):
            composed = unicodedata.normalize("NFC", run[low:high])
            if composed != run[low:high]:
                parts += (text[done : start + low], composed)
                length += start + low - done + len(composed)
                done = start + high
                shifts.add(length, done - length, removal=False)
    return "".join((*parts, text[done:])), shifts


class PreparedText:
    """A reading text made ready for many quotations; what only some of them need is made when the first does."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded, self._steps = fold(text)
        self._scans = 0
        self.anchored: dict[TextQuoteSelector, Anchored | Ambiguous | Orphaned] = {}
        """What was found for a folded selector: one that stands again in many annotations is looked for once."""

    @cached_property
    def words(self) -> Words:
        """Where the words of the folded text stand."""
        return Words(self.folded)

    def range_of(self, start: int, end: int) -> TextRange:
        """Return a range of the folded text as one of the text, with the marks that follow its last letter."""
        for step in reversed(self._steps):
            start, end = step.original(start, is_end=False), step.original(end, is_end=True)
        while end < len(self.text) and (self.text[end] in JOINERS or unicodedata.category(self.text[end])[0] == "M"):
            end += 1
        return TextRange(start, end)

    def is_boundary(self, offset: int) -> bool:
        """Return whether an offset of the folded text is a word boundary; beside a space, without asking for words."""
        beside = self.folded[max(0, offset - 1) : offset + 1]
        return len(beside) < 2 or " " in beside or self.words.is_boundary(offset)

    def places(self, selector: TextQuoteSelector) -> Iterator[int]:
        """Yield where a folded quotation stands as whole words, right between its context where given."""
        exact, prefix, suffix = selector.exact, selector.prefix, selector.suffix
        for before in (prefix, f"{prefix} ") if prefix else ("",):
            for after in (suffix, f" {suffix}") if suffix else ("",):
                # Context may begin or end within a word: no index knows its outermost words.
                first = before.find(" ") + 1 or len(before)
                last = len(before) + len(exact) + max(after.rfind(" "), 0)
                for found in self._find_all(before + exact + after, first, last):
                    start = found + len(before)
                    if self.is_boundary(start) and self.is_boundary(start + len(exact)):
                        yield start

    def _find_all(self, needle: str, first: int, last: int) -> Iterator[int]:
        """Yield where a folded text stands, in order; between `first` and `last` it is made of whole words."""
        rarest = self._rarest(needle, first, last) if len(self.folded) > SCANNED and self._scans >= SCANS else None
        if rarest is None:
            self._scans += 1
            hits = 0
            found = self.folded.find(needle)
            while found >= 0:
                yield found
                hits += 1
                self._scans += hits % SCAN_HITS == 0
                found = self.folded.find(needle, found + 1)
            return
        start, end = rarest
        for place in self.words.occurrences(needle, start, end):
            if place >= start and self.folded.startswith(needle, place - start):
                yield place - start

    def _rarest(self, needle: str, first: int, last: int) -> tuple[int, int] | None:
        by_word = self.words.by_word
        spans = [(first + start, first + end) for start, end in atoms(needle[first:last])]
        return min(spans, key=lambda span: len(by_word.get(needle[span[0] : span[1]], ())), default=None)

    def framed(self, selector: TextQuoteSelector) -> list[tuple[int, int]]:
        """Return where a quotation stood if telling context that stands exactly is right; with whatever words now."""
        size, prefix, suffix = len(selector.exact), selector.prefix, selector.suffix
        starts = [
            found + len(prefix) for found in self._telling(prefix, prefix.find(" ") + 1 or len(prefix), len(prefix))
        ]
        ends = self._telling(suffix, 0, suffix.rfind(" "))
        ranges = [
            (start, min((e for e in ends if start < e <= start + 2 * size), default=start + size)) for start in starts
        ]
        ranges += [(end - size, end) for end in ends if end not in {end for _, end in ranges}]
        aligned = []
        for start, end in ranges:
            inner = self.words.boundaries(start, end - 1, 0), self.words.boundaries(start + 1, end, -1)
            if inner[0] and inner[1] and inner[0][0] < inner[1][-1]:
                aligned.append((inner[0][0], inner[1][-1]))
        return aligned

    def _telling(self, context: str, first: int, last: int) -> list[int]:
        known = len(context) >= TELLING and first < last
        return list(islice(self._find_all(context, first, last), 2 * CANDIDATES)) if known else []


def prepare(text: str) -> PreparedText:
    """Return a reading text made ready for `anchor`: once for all quotations of a page."""
    return PreparedText(text)


def anchor(text: PreparedText, selector: TextQuoteSelector) -> Anchored | Ambiguous | Orphaned:
    """Return the place of a quotation, the places between which nothing decides, or the nearest candidates.

    Ranges are tight, begin and end at word boundaries, and count code points of the text as it is. A quotation of white
    space alone is an orphan.
    """
    asked = TextQuoteSelector(
        *(fold(part)[0].strip(" ") for part in (selector.exact, selector.prefix, selector.suffix))
    )
    if asked not in text.anchored:
        text.anchored[asked] = _anchor(text, asked) if asked.exact else Orphaned()
    return text.anchored[asked]


def _anchor(text: PreparedText, asked: TextQuoteSelector) -> Anchored | Ambiguous | Orphaned:
    bare = TextQuoteSelector(asked.exact)
    places = list(islice(text.places(bare), 2))
    if not places:
        return _near(text, asked)
    if len(places) == 1:
        return _placed(text, places[0], asked, "exact")
    in_context = list(islice(text.places(asked), 2))
    if len(in_context) == 1:
        return _placed(text, in_context[0], asked, "exact-by-context")
    places = list(islice(text.places(bare), MOST_PLACES + 1))
    if not in_context and len(places) <= MOST_PLACES:
        size = len(asked.exact)
        scores = [weighted_score(1, context_similarities(text.folded, at, at + size, asked)) for at in places]
        second, best = sorted(scores)[-2:]
        if _leads(best, second):
            return _placed(text, places[scores.index(best)], asked, "exact-by-context")
    return Ambiguous(tuple(text.range_of(at, at + len(asked.exact)) for at in places[:MOST_PLACES]))


def _placed(
    text: PreparedText, start: int, asked: TextQuoteSelector, state: Literal["exact", "exact-by-context"]
) -> Anchored:
    """Return an exact place, drifted where all the given context contradicts it."""
    end = start + len(asked.exact)
    place = text.range_of(start, end)
    if (asked.prefix or asked.suffix) and all(
        alike < CONTRADICTED for alike in context_similarities(text.folded, start, end, asked)
    ):
        return Anchored(place, "drifted", "context")
    return Anchored(place, state)


def _near(text: PreparedText, asked: TextQuoteSelector) -> Anchored | Ambiguous | Orphaned:
    found = find_near(text.folded, text.words, asked, text.framed(asked))
    places = without_overlaps(found)
    good = [place for place in places if _recognised(asked.exact, place)]
    if good:
        leader = max(good, key=lambda place: place.score)
        if _leads(leader.score, max((rival.score for rival in found if not rival.overlaps(leader)), default=0)):
            return Anchored(text.range_of(leader.start, leader.end), "drifted", "quotation")
    if len(good) > 1:
        return Ambiguous(tuple(text.range_of(p.start, p.end) for p in sorted(good, key=lambda place: place.start)))
    shown = [place for place in places if max(place.similarity, place.score) >= WORTH_SHOWING][:CANDIDATES]
    return Orphaned(tuple(Candidate(text.range_of(place.start, place.end), place.similarity) for place in shown))


def _recognised(quotation: str, place: Near) -> bool:
    if len(quotation) < ONE_EDIT:
        return len(quotation) >= NEVER_NEAR and place.distance <= 1
    return place.similarity >= ALIKE


def _leads(score: float, second: float) -> bool:
    return score - second >= LEAD - 1e-9  # a billionth forgives what floats lose
