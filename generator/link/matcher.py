"""Finds the forms of entries in a reading text, in one pass (format.md, Mentions).

The time is linear in the text, whatever the number of forms: each token is looked up once, and from the few words at
which a form begins the trie of words is followed for at most `word_trie.DEPTH` steps.
"""

from __future__ import annotations

import operator
import unicodedata
from bisect import bisect_right
from collections.abc import Container, Iterable, Sequence
from itertools import chain

from generator.link.form_case import Case, first_word_spellings, in_any_case
from generator.link.normal_text import normal_text
from generator.link.text_words import LONG, TextWords, parts_of
from generator.link.word_trie import Ending, WordTrie
from generator.model import TextRange, Value
from generator.words import key, split

MOST_KNOWN = 1 << 16
"""So many tokens a matcher remembers, some 6 MB of them, before it begins anew."""


class Form(Value, frozen=True):
    """Words that mean an entry."""

    text: str
    """As the author wrote it: `North Atlantic Treaty Organization`, `Levados*`."""
    entry: str
    """The slug of the entry, or what stands for a page's own term."""
    case: Case = "smart"
    is_term: bool = False
    """The entry is a term: smart case takes its Title Case for no name."""
    wildcard: bool = True
    r"""Whether a final `*` stands for any ending, and `\*` for a star; else both are what they are."""


class Match(Value, frozen=True):
    """Words of a text that mean an entry; offsets are in code points."""

    start: int
    end: int
    entries: tuple[str, ...]
    """The entries that claim these words, sorted. More than one is an ambiguity, for the caller to solve."""


class _Claim(Value, frozen=True):
    """A form found in a text, with offsets of the text in normal form."""

    start: int
    end: int
    ending: Ending


class Matcher:
    """Finds the forms that it was made of, in whatever order; a form without a letter or digit is never found.

    With `is_local` they are the terms of one page.
    """

    __slots__ = ("_known", "_tries")

    def __init__(self, forms: Iterable[Form], *, is_local: bool = False) -> None:
        as_written, any_case = WordTrie(any_case=False), WordTrie(any_case=True)
        self._known: dict[str, tuple[WordTrie, ...]] = {}
        """What `_tries_of` knows of the tokens of other texts."""
        for form in forms:
            text, any_ending = _normal_form(form)
            parts = split(text)
            if len(parts) == 1:  # no word
                continue
            before, *parts, after = parts
            ending = Ending(
                form.entry, text + "*" * any_ending, before, after, any_ending=any_ending, is_local=is_local
            )
            if in_any_case(text, form.case, is_term=form.is_term):
                any_case.add(parts, ending)
                continue
            for word in first_word_spellings(parts[0], form.case):
                parts[0] = word
                as_written.add(parts, ending)
        self._tries = [trie for trie in (as_written, any_case) if trie.has_forms]

    def find(
        self,
        text: str,
        *,
        quiet: Sequence[TextRange] = (),
        skip: Container[str] = frozenset(),
        local: Matcher | None = None,
        shield: str | None = None,
    ) -> list[Match]:
        """Return the matches in a reading text in its order: leftmost, then longest; they do not overlap.

        No match overlaps a range of `quiet` (in any order). Entries in `skip` claim nothing. The forms of `local`, the
        page's own terms, win over entries at the same words. The words of the entry `shield` are found but not
        returned, wherever they stand, so that no shorter name within them is. `skip` and `shield` do not speak of
        `local`. Where the form of one entry is spelt just like the words, entries whose forms are not lose them.
        """
        words = TextWords(text)
        quiet_ranges = _Ranges(quiet)

        def admits(claim: _Claim) -> bool:
            if not claim.ending.is_local:
                if claim.ending.entry == shield:
                    return True
                if claim.ending.entry in skip:
                    return False
            return not quiet or not quiet_ranges.overlap(*words.source_range(claim.start, claim.end))

        tries = self._tries_of(words.tokens)
        if local is not None:
            tries = list(map(operator.add, tries, local._tries_of(words.tokens)))
        matches: list[Match] = []
        reached = 0
        for token, index, start in words.at(tries):
            if start < reached or words.follows_in_run(index):
                continue
            claims = [
                claim
                for trie in tries[token]
                for last, ending in trie.walk(words, index)
                if (claim := _claim(words, index, start, last, ending)) and claim.start >= reached and admits(claim)
            ]
            if not claims:
                continue
            claims = _best(claims, words.text)
            reached = claims[0].end
            entries = tuple(sorted({claim.ending.entry for claim in claims}))
            if claims[0].ending.is_local or shield not in entries:
                matches.append(Match(*words.source_range(claims[0].start, reached), entries))
        return matches

    def _tries_of(self, tokens: list[str]) -> list[tuple[WordTrie, ...]]:
        """Return for each token of a text the tries with a form that may begin in it."""
        known = self._known
        try:
            return list(map(known.__getitem__, tokens))
        except KeyError:
            if len(known) > MOST_KNOWN:
                known.clear()
            new = set(tokens).difference(known)
        words_of = {token: parts_of(token)[1::2] for token in new}
        words = set(chain.from_iterable(words_of.values()))
        firsts = [(trie, trie.first_words(words)) for trie in self._tries]
        for token in new:
            known[token] = tuple(trie for trie, first in firsts if not first.isdisjoint(words_of[token]))
        found = list(map(known.__getitem__, tokens))
        for token in new:
            if len(token) > LONG:
                del known[token]
        return found


def phrases_of(form: Form) -> set[str]:
    """Return what a text must hold, once it is `folded`, for a form to be found in it: one of these."""
    text, _ = _normal_form(form)
    parts = split(text)[1:-1]
    return {key("".join((word, *parts[1:]))) for word in first_word_spellings(parts[0], form.case)} if parts else set()


def folded(text: str) -> str:
    """Return a text in which `phrases_of` forms can be looked for: in normal form, and in one case."""
    return key(normal_text(text).text)


class _Ranges:
    """Ranges of a text, to be asked whether any of them overlaps another."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, ranges: Sequence[TextRange]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted((extent.start, extent.end) for extent in ranges if extent.start < extent.end):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def overlap(self, start: int, end: int) -> bool:
        index = bisect_right(self._ends, start)
        return index < len(self._starts) and self._starts[index] < end


def _normal_form(form: Form) -> tuple[str, bool]:
    """Return the words of a form in normal form, and whether any ending may follow them."""
    text = " ".join(form.text.split())
    any_ending = False
    if form.wildcard and "*" in text:
        stem = text.removesuffix("*")
        # Behind a space or punctuation there is no word that the star could be the ending of: it is a star.
        any_ending = stem != text and not stem.endswith("\\") and not split(stem)[-1]
        text = (stem if any_ending else text).replace("\\*", "*")
    return normal_text(text).text.strip(" "), any_ending


def _claim(words: TextWords, first: int, start: int, last: int, ending: Ending) -> _Claim | None:
    """Return the claim of a form to the words from a first to a last one, if the text has its punctuation too."""
    text = words.text
    end = start + words.length(2 * first + 1, 2 * (words.last_of_run(last) if ending.any_ending else last) + 2)
    if ending.after:
        if not text.startswith(ending.after, end):
            return None
        end += len(ending.after)
        if unicodedata.category(text[end : end + 1] or " ").startswith("M"):
            return None  # the mark belongs to the last character: it is another one
    if ending.before:
        if not text.endswith(ending.before, 0, start):
            return None
        start -= len(ending.before)
    return _Claim(start, end, ending)


def _best(claims: list[_Claim], text: str) -> list[_Claim]:
    """Return the claims to the words that begin first and are the longest; of several the stronger ones."""
    if len(claims) == 1:
        return claims
    start, end = min((claim.start, -claim.end) for claim in claims)
    best = [claim for claim in claims if (claim.start, -claim.end) == (start, end)]
    if len(best) > 1:
        best = [claim for claim in best if claim.ending.is_local] or best
        best = [claim for claim in best if claim.ending.written == text[start:-end]] or best
    return best
