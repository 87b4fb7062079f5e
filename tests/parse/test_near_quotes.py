"""Near matches: what is recognised, what is not, and that no look-alike is taken in silence."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from generator.model import TextQuoteSelector, TextRange
from generator.parse import near_quotes
from generator.parse.near_quotes import Words, find_near, similarity, weighted_score, without_overlaps
from generator.parse.quotes import Ambiguous, Anchored, Orphaned, anchor, fold, prepare
from tests.parse.test_quotes import ask, split_marks

FILLER = "Nothing else on this page is at all like what was quoted. "


def words_of(found: Orphaned, text: str) -> list[str]:
    return [text[candidate.range.start : candidate.range.end] for candidate in found.candidates]


# --- floors, just above and just below --------------------------------------------------------------------------

# 32 letters of which each is another, so that every changed one is an edit; the text has capitals for it.
ALPHABET = "abcdefghijklmnopqrstuvwxyz012345"

FLOORS = [
    # (present words, quotation, recognised)
    ("abcdefghi", "abcdefghX", False),  # 9 characters: never
    ("abcdefghij", "abcdefghX", False),  # 9 quoted
    ("abcdefghij", "abcdefghiX", True),  # 10: one edit
    ("abcdefghi", "abcdefghiX", True),
    ("abcdefghijk", "abcdefghij", True),
    ("abcdefghij", "abcdefghXX", False),  # 10: two edits
    (ALPHABET[:19], ALPHABET[:18] + "X", True),
    (ALPHABET[:19], ALPHABET[:17] + "XX", False),  # 19: two edits, though a similarity of 0.89
    (ALPHABET[:20], ALPHABET[:18] + "XX", True),  # 20: a similarity of 0.75 is enough
    (ALPHABET[:20], ALPHABET[:15] + "XXXXX", True),  # 0.75
    (ALPHABET[:20], ALPHABET[:14] + "XXXXXX", False),  # 0.70
    (ALPHABET[:24], ALPHABET[:18] + "XXXXXX", True),  # 0.75
    (ALPHABET[:23], ALPHABET[:17] + "XXXXXX", False),  # 0.739
    (ALPHABET[:24], ALPHABET[:18] + "XX", True),  # 18 of 24 characters: 0.75, of the longer one
    (ALPHABET[:27], ALPHABET[:20], False),  # 0.741
    (ALPHABET[:26], ALPHABET[:20], True),  # 0.769
]


@pytest.mark.parametrize(("present", "quoted", "recognised"), FLOORS)
def test_floors(present: str, quoted: str, recognised: bool) -> None:
    text, (place,) = split_marks(f"{FILLER}⟦{present}⟧, {FILLER}")
    found = ask(text, quoted)
    if recognised:
        assert found == Anchored(place, "drifted", "quotation")
    else:
        assert isinstance(found, Orphaned)
        assert found.candidates[0].range == place
        assert found.candidates[0].similarity == pytest.approx(similarity(quoted, present))


def test_the_length_that_counts_is_the_folded_one() -> None:
    text, _ = split_marks(f"{FILLER}⟦abcdefghi⟧")
    assert isinstance(ask(text, "abc\u00ad\u200bdefghX  \n "), Orphaned)


# --- what an author edits ---------------------------------------------------------------------------------------

EDITED = {
    "a word replaced": ("He said ⟦a small model of cooperation⟧ today.", "a new model of cooperation"),
    "a word added": ("He said ⟦a new model of close cooperation⟧ today.", "a new model of cooperation"),
    "a word left out": ("He said ⟦a model of cooperation⟧ today.", "a new model of cooperation"),
    "the first word": ("He said ⟦that new model of cooperation⟧ today.", "this new model of cooperation"),
    "the last word": ("He said ⟦a new model of cooperating⟧ today.", "a new model of cooperation"),
    "the last word lost": ("He said ⟦a new model of quiet⟧.", "a new model of quiet now"),
    "a typing error": ("He said ⟦a new model of cooperation⟧ today.", "a new modle of cooperation"),
    "case": ("He said ⟦A New Model of cooperation⟧ today.", "a new model of cooperation"),
    "a sign": ("He said ⟦a new model; of cooperation⟧ today.", "a new model of cooperation"),
    "no signs that came near": ("He said “⟦A new model of cooperating⟧”.", "a new model of cooperation"),
    "signs that were quoted": ("He said ⟦(a new modest cooperation!)⟧", "(a new model cooperation!)"),
    "words joined": ("All saw ⟦the video conference of both⟧.", "the videoconference of both"),
    "a quotation cut in a word": ("He said a ⟦new model of cooperation⟧ today.", "new model of cooperatio"),
    "over blocks": ("The ⟦border is short.\nIt was quiet⟧.", "border is long. It was quiet"),
    "decomposed": ("The ⟦presidentes de Sa\u0303o Tome\u0301⟧ came", "presidente de São Tomé"),
    "soft hyphens": ("all of ⟦the co\u00adope\u00adra\u00adtions of equals⟧", "the cooperation of equals"),
    "Chinese": (
        "会晤。⟦俄罗斯和中国的密切关系已经超越了传统的同盟关系⟧。完",
        "俄罗斯和中国的友好关系已经超越了传统的同盟关系",
    ),
    "Arabic": ("قال ⟦الرئيس الروسي اليوم في موسكو⟧ إن", "الرئيس الصيني اليوم في موسكو"),
    "Hindi": ("यह ⟦हिन्दी भाषाओं का एक नया उदाहरण⟧ है", "हिन्दी भाषा का एक नया उदाहरण"),
}


@pytest.mark.parametrize(("marked", "quotation"), EDITED.values(), ids=EDITED.keys())
def test_edited_words_are_found_from_boundary_to_boundary(marked: str, quotation: str) -> None:
    text, (place,) = split_marks(f"{FILLER}\n{marked} {FILLER}")
    assert ask(text, quotation) == Anchored(place, "drifted", "quotation")


# --- look-alikes ------------------------------------------------------------------------------------------------

ALPHA = "Team Alpha reported that the new deployment reduced latency by twelve percent across all regions."
BETA = "Team Beta reported that the new deployment reduced latency by twelve percent across all regions."


def test_two_look_alikes_are_ambiguous() -> None:
    text, places = split_marks(f"⟦{ALPHA}⟧\n{FILLER}\n⟦{BETA}⟧")
    assert ask(text, ALPHA.replace("Alpha", "Gamma")) == Ambiguous(places)


def test_context_decides_between_look_alikes() -> None:
    text, places = split_marks(f"Last of all: ⟦{ALPHA}⟧ So far so good.\nBut then, ⟦{BETA}⟧ This is too much.")
    gamma = ALPHA.replace("Alpha", "Gamma")
    assert ask(text, gamma, "But then,", "This is") == Anchored(places[1], "drifted", "quotation")
    assert ask(text, gamma, "Last of all:") == Anchored(places[0], "drifted", "quotation")


def test_a_look_alike_is_not_taken_where_the_context_shows_that_the_words_were_rewritten() -> None:
    text = f"As we wrote here, nobody knows why it did. This was said in June.\n{FILLER}\n{BETA}"
    context = ("As we wrote here,", "This was said in June.")
    assert isinstance(ask(text, ALPHA), Anchored)
    found = ask(text, ALPHA.replace("twelve", "ten"), *context)
    assert isinstance(found, Orphaned)
    assert set(words_of(found, text)) >= {BETA, "nobody knows why it did."}


@pytest.mark.parametrize("context", [("As we wrote here,", ""), ("", "This was said in June.")])
def test_one_side_of_context_gives_a_rival_too(context: tuple[str, str]) -> None:
    text = f"As we wrote here, {FILLER}{FILLER}This was said in June.\n{BETA}"
    framed = prepare(text).framed(TextQuoteSelector(ALPHA, *context))
    assert len(framed) == 1
    start, end = framed[0]
    assert text[:start].endswith("As we wrote here, ") if context[0] else text[end:].startswith(" This was said")


def test_short_context_frames_nothing() -> None:
    text = prepare("in the end, in the end, in the end. in the")
    assert text.framed(TextQuoteSelector("something that was", "in the", "in the")) == []


@pytest.mark.parametrize(
    ("quoted", "rival", "decided"),
    [
        # Without context the score is the similarity: 1 edit in 20 is 0.95 against 3 and 2 in 20.
        (ALPHABET[:19] + "X", ALPHABET[:17] + "YYY", True),
        (ALPHABET[:19] + "X", ALPHABET[:18] + "YY", False),
        # The rival need not pass the floor itself: 0.75 against 0.65 and 0.70.
        (ALPHABET[:15] + "XXXXX", ALPHABET[:13] + "YYYYYYY", True),
        (ALPHABET[:15] + "XXXXX", ALPHABET[:14] + "YYYYYY", False),
    ],
)
def test_the_lead_is_a_tenth_over_the_best_other_place(quoted: str, rival: str, decided: bool) -> None:
    text, (place, other) = split_marks(f"{FILLER}⟦{ALPHABET[:20]}⟧ {FILLER} ⟦{rival}⟧, {FILLER}")
    found = ask(text, quoted)
    if decided:
        assert found == Anchored(place, "drifted", "quotation")
    elif similarity(quoted, rival) >= 0.75:
        assert found == Ambiguous((place, other))
    else:
        assert isinstance(found, Orphaned)
        assert [candidate.range for candidate in found.candidates] == [place, other]


def test_short_look_alikes_are_not_taken() -> None:
    text = "Machines and engines decline; Linux and minus signs align."
    for quotation in ("Linus", "chines", "Robin", "engine"):
        assert isinstance(ask(text, quotation), Orphaned)


# --- orphans ----------------------------------------------------------------------------------------------------


def test_candidates_are_the_likest_first_at_most_three_and_apart() -> None:
    text = "a good old friend, a bad old fiend, a gold old trend and an old frame; a fold. Some more words."
    found = ask(text, "good old friends", "quite a")
    assert isinstance(found, Orphaned)
    assert words_of(found, text)[0] == "good old friend"
    assert len(found.candidates) == 3
    assert [c.similarity for c in found.candidates] == sorted((c.similarity for c in found.candidates), reverse=True)
    ranges = sorted((c.range.start, c.range.end) for c in found.candidates)
    assert all(first[1] <= second[0] for first, second in pairwise(ranges))


def test_signs_beside_the_words_are_no_part_of_them() -> None:
    text = "“The Levada Center” polls face to face."
    found = ask(text, "the Levada Centre")  # 3 edits, in 17 characters; and in 18 with the sign
    assert isinstance(found, Orphaned)
    assert words_of(found, text) == ["The Levada Center"]


def test_what_is_unlike_is_no_candidate() -> None:
    assert ask("Nothing here is near to it.", "quick brown foxes jump") == Orphaned()


def test_a_chapter_is_matched_exactly_or_not_at_all() -> None:
    chapter = "word " * (near_quotes.LONGEST // 5 + 1)
    assert ask(chapter, chapter.replace("word", "ward", 1)) == Orphaned()


# --- the parts --------------------------------------------------------------------------------------------------


def test_weights_of_what_is_given() -> None:
    assert weighted_score(0.8, []) == pytest.approx(0.8)
    assert weighted_score(0.8, [0.5]) == pytest.approx((40 + 10) / 70)
    assert weighted_score(0.8, [0.5, 1]) == pytest.approx((40 + 10 + 20) / 90)


def test_words_know_their_boundaries() -> None:
    folded = "it's 3.14, (über) 中国!"
    words = Words(folded)
    inside = {i for i in range(len(folded) + 1) if not words.is_boundary(i)}
    assert inside == {1, 6, 7, 8, 13, 14, 15}
    assert words.boundaries(0, len(folded), 0) == [
        i for i in range(len(folded)) if i not in inside and folded[i] != " "
    ]
    assert words.boundaries(0, len(folded), -1) == [
        i for i in range(1, len(folded) + 1) if i not in inside and folded[i - 1] != " "
    ]
    assert words.boundaries(6, 8, 0) == []
    assert words.boundaries(6, 9, -1) == [9]


def test_words_are_the_same_in_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    folded = "it's 3.14, (über) 中国! " * 20
    whole = Words(folded)
    monkeypatch.setattr(near_quotes, "CHUNK", 7)
    assert (Words(folded).starts, Words(folded).ends) == (whole.starts, whole.ends)


def test_a_range_is_fitted_at_both_ends() -> None:
    text = "closer Beijing of old in percent Moscow Moscow"
    best, *_ = find_near(text, Words(text), TextQuoteSelector("old percent percent Moscow"))
    assert text[best.start : best.end] == "old in percent Moscow"


def test_other_spellings_of_a_word_are_known() -> None:
    assert Words("the Constitution of Constance constitutes it").alike("Constitucion") == [
        "Constance",
        "Constitution",
    ]
    assert Words("the Konstitution").alike("Constitution") == ["Konstitution"]


# --- long texts -------------------------------------------------------------------------------------------------


def count_calls(monkeypatch: pytest.MonkeyPatch, name: str) -> list[tuple[Any, ...]]:
    """Return a list to which each call of a function of near_quotes adds its arguments."""
    calls: list[tuple[Any, ...]] = []
    function = getattr(near_quotes, name)

    def counted(*args: Any) -> Any:
        calls.append(args)
        return function(*args)

    monkeypatch.setattr(near_quotes, name, counted)
    return calls


def long_text(words: int) -> str:
    rng = random.Random(7)
    vocabulary = ["".join(rng.choices("etaoinshrdlu", k=rng.randint(2, 9))) for _ in range(2_000)]
    return " ".join(rng.choices(vocabulary, k=words))


@pytest.mark.parametrize("size", [12, 15, 25, 60, 200, 1_000])
def test_shared_words_find_what_trying_all_finds(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    folded = long_text(6_000)
    words = Words(folded)
    rng = random.Random(size)
    steps = 100 + size * (size // 64 + 1)
    for _ in range(10):
        start = folded.index(" ", rng.randrange(len(folded) - 2 * size)) + 1
        end = folded.index(" ", start + size)
        edited = rng.randrange(start + 1, end - 1)
        quotation = folded[start:edited] + "X" + folded[edited + 1 : end]
        monkeypatch.setattr(near_quotes, "THOROUGH", 100 * steps)
        (best, *_) = find_near(folded, words, TextQuoteSelector(quotation))
        assert (best.start, best.end, best.distance) == (start, end, 1)


def test_the_work_for_a_quotation_does_not_grow_with_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = count_calls(monkeypatch, "_apart")
    monkeypatch.setattr(near_quotes, "THOROUGH", 300_000)
    work = []
    for words in (20_000, 80_000):
        tried.clear()
        text = prepare(long_text(words))
        for at in range(100_000, 110_000, 1_000):
            start, end = text.folded.index(" ", at) + 1, text.folded.index(" ", at + 100)
            found = anchor(text, TextQuoteSelector(text.folded[start:end].replace("e", "X", 4)))
            assert found == Anchored(TextRange(start, end), "drifted", "quotation")
        work.append(sum(len(starts) for starts, _ in tried))
    assert work[1] <= 1.5 * work[0]


def test_a_formula_repeated_costs_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    votes: list[Counter[int]] = []

    class Votes(Counter[int]):
        def __init__(self) -> None:
            super().__init__()
            votes.append(self)

    tried, looked = count_calls(monkeypatch, "_measure"), count_calls(monkeypatch, "_apart")
    monkeypatch.setattr(near_quotes, "Counter", Votes)
    text = prepare(" ".join(f"In the year {year} the people of the land numbered few." for year in range(9_000)))
    found = anchor(text, TextQuoteSelector("In the year X the people of this land numbered few."))
    assert not isinstance(found, Anchored)
    assert "beginnings" not in vars(text.words)  # not every word was tried
    assert sum(votes[0].values()) <= 5_000
    assert len(looked) <= 32
    assert len(tried) <= 32 * 3 * 2 * 60


def test_beginnings_are_tried_apart() -> None:
    assert near_quotes._apart([0, 3, 5, 9, 10, 11], 5) == [0, 5, 10]
    folded = "the end of the end of the end of the end of it all"
    chosen = sorted(near_quotes._beginnings(folded, Words(folded), "the end of the end"))
    assert len(chosen) > 2
    assert all(later - sooner > 9 for sooner, later in pairwise(chosen))


# --- properties -------------------------------------------------------------------------------------------------

PROSE = st.lists(
    st.sampled_from("the a of in to and Moscow Beijing alliance closer friends old new 70 percent well-known".split()),
    min_size=8,
    max_size=60,
).map(" ".join)

EDITS = st.lists(
    st.tuples(st.integers(0, 200), st.sampled_from(["", "e", "x", " ", "re"]), st.booleans()), min_size=1, max_size=6
)


@st.composite
def edited_slices(draw: st.DrawFn) -> tuple[str, TextRange, str]:
    """A text, a range of whole words, and these words with some characters replaced or added."""
    text = draw(PROSE)
    starts = [0, *(i + 1 for i, c in enumerate(text) if c == " ")]
    first = draw(st.integers(0, len(starts) - 2))
    last = draw(st.integers(first + 1, min(len(starts) - 1, first + 12)))
    true = TextRange(starts[first], starts[last] - 1)
    quotation = text[true.start : true.end]
    for at, by, replace in draw(EDITS):
        at %= len(quotation) + 1
        quotation = quotation[:at] + by + quotation[at + replace :]
    assume(quotation.strip())
    return text, true, quotation


def never_a_worse_place(text: str, true: TextRange, quotation: str, prefix: str = "", suffix: str = "") -> None:
    found = ask(text, quotation, prefix, suffix)
    if not isinstance(found, Anchored) or (found.range.start < true.end and true.start < found.range.end):
        return
    folded = fold(quotation)[0].strip(" ")
    there = Levenshtein.normalized_similarity(folded, text[found.range.start : found.range.end])
    assert there > Levenshtein.normalized_similarity(folded, text[true.start : true.end])
    assert (found.state == "drifted") == (there < 1 or found.reason == "context")


@settings(deadline=None)
@given(edited_slices())
def test_edited_words_are_found_at_their_place_or_at_none_that_is_worse(data: tuple[str, TextRange, str]) -> None:
    never_a_worse_place(*data)


@settings(deadline=None)
@given(edited_slices())
def test_the_same_with_context(data: tuple[str, TextRange, str]) -> None:
    text, true, quotation = data
    context = text[max(0, true.start - 20) : true.start], text[true.end : true.end + 20]
    never_a_worse_place(text, true, quotation, *context)


@settings(deadline=None)
@given(edited_slices())
def test_the_best_range_is_the_best_of_all(data: tuple[str, TextRange, str]) -> None:
    text, _, quotation = data
    quotation = fold(quotation)[0].strip(" ")
    assume(len(quotation) >= 10)
    words = Words(text)
    starts, ends = words.boundaries(0, len(text), 0), words.boundaries(0, len(text), -1)
    best = max(similarity(quotation, text[start:end]) for start in starts for end in ends if start < end)
    found = without_overlaps(find_near(text, words, TextQuoteSelector(quotation)))
    if best >= 0.75:
        # A share of more characters may be better by a sign at the edge, which is left out.
        assert found[0].similarity >= best - 1 / len(quotation)
        assert found[0].similarity == pytest.approx(similarity(quotation, text[found[0].start : found[0].end]))
