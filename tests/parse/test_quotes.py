"""Anchoring of quotations: what is alike, the ladder of states, and where it never goes."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from bisect import bisect_left

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator.model import TextQuoteSelector, TextRange
from generator.parse import quotes
from generator.parse.quotes import Ambiguous, Anchored, Orphaned, anchor, fold, prepare
from generator.words import at_boundary, atoms


def split_marks(marked: str) -> tuple[str, tuple[TextRange, ...]]:
    """Return a text without its ⟦marks⟧, and the ranges that they mark."""
    parts = marked.replace("⟧", "⟦").split("⟦")
    ends = [sum(map(len, parts[: i + 1])) for i in range(len(parts))]
    return "".join(parts), tuple(TextRange(ends[i], ends[i + 1]) for i in range(0, len(parts) - 1, 2))


def ask(text: str, exact: str, prefix: str = "", suffix: str = "") -> Anchored | Ambiguous | Orphaned:
    return anchor(prepare(text), TextQuoteSelector(exact, prefix, suffix))


SAME_WORDS = {
    "as it is": ("Xi calls him ⟦an old friend⟧ of China.", "an old friend"),
    "the whole text": ("⟦an old friend⟧", "an old friend"),
    "white space around the quotation": ("calls him ⟦an old friend⟧ of", " \n an old friend\u00a0"),
    "curly for straight": ("called it ⟦“a new model”, didn’t he⟧ today", '"a new model", didn\'t he'),
    "straight for curly": ('called it ⟦"a new model", didn\'t he⟧ today', "“a new model”, didn’t he"),
    "guillemets": ("il parle d'⟦«un nouveau modèle»⟧ ici", '"un nouveau modèle"'),
    "low quotes": ("er nennt es ⟦„ein ‚neues‘ Modell“⟧ hier", "\"ein 'neues' Modell\""),
    "single guillemets": ("er nennt es ⟦›ein Modell‹⟧ hier", "'ein Modell'"),
    "primes": ("a man of ⟦6′ 2″⟧ and more", "6' 2\""),
    **{
        f"dash U+{ord(dash):04X}": (f"the years ⟦1969{dash}1989, a chill⟧ between", "1969-1989, a chill")
        for dash in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
    },
    "hyphen for a dash": ("closer - ⟦but - no⟧ alliance", "but — no"),
    "ellipsis for dots": ("He said... ⟦and then... left⟧ it", "and then… left"),
    "dots for ellipsis": ("He said… ⟦and then… left⟧ it", "and then... left"),
    "no-break and narrow spaces": ("about ⟦70\u00a0percent\u202fof\u2009all⟧ asked", "70 percent of all"),
    "several spaces": ("about ⟦70  percent \t of all⟧ asked", "70 percent of all"),
    "over blocks": ("Their ⟦border is long.\nIt was⟧ quiet.", "border is long. It was"),
    "over blocks, parted by more": ("Their ⟦border is long.\nIt was⟧ quiet.", "border is long.\n\n  It was"),
    "ideographic space": ("见 ⟦中国\u3000俄罗斯⟧ 关系", "中国 俄罗斯"),
    "soft hyphens in the text": ("a ⟦co\u00adope\u00adra\u00adtion⟧ of equals", "cooperation"),
    "soft hyphens in the quotation": ("a ⟦cooperation⟧ of equals", "coop\u00ad\u200beration"),
    "zero width at the edges": ("a \u200b⟦cooperation⟧\u200b of equals", "cooperation"),
    "zero width among spaces": ("the ⟦new \u200b model⟧ of", "new model"),
    "a soft hyphen before a mark": ("the ⟦cafe\u00ad\u0301⟧ here", "café"),
    "decomposed text": ("the ⟦Sa\u0303o Tome\u0301⟧ case", "São Tomé"),
    "decomposed quotation": ("the ⟦São Tomé⟧ case", "Sa\u0303o Tome\u0301"),
    "marks in another order": ("so ⟦q\u0323\u0307⟧ it is", "q\u0307\u0323"),
    "singletons": ("at ⟦20 \u212b and 3 \u2126⟧ there", "20 \u00c5 and 3 \u03a9"),
    "a mark that no letter takes in": ("see ⟦x\u0303⟧ here", "x\u0303"),
    "a mark behind a sign": ("see ⟦word ❤\ufe0f⟧ here", "word ❤"),
    "a joiner at the end": ("और ⟦क्\u200d⟧ यहाँ", "क्"),
    "Hangul in jamo": ("the ⟦\u1112\u1161\u11ab\u1100\u116e\u11a8⟧ word", "한국"),
    "Chinese": ("俄罗斯和⟦中国的关系⟧超越同盟。", "中国的关系"),
    "Thai": ("ประเทศ⟦ไทย⟧และจีน", "ไทย"),
    "Arabic": ("قال ⟦الرئيس الروسي⟧ اليوم", "الرئيس الروسي"),
    "Hindi": ("यह ⟦हिन्दी भाषा⟧ है", "हिन्दी भाषा"),
    "Hindi, nukta decomposed": ("यह ⟦\u0921\u093c⟧ है", "\u095c"),
    "Hebrew": ("הוא ⟦שלום עולם⟧ אמר", "שלום עולם"),
    "a hyphen is a boundary": ("the ⟦NATO⟧-led force", "NATO"),
    "an apostrophe is a boundary": ("selon l’⟦OTAN⟧ même", "OTAN"),
    "signs at the edges": ("he said ⟦(not once!)⟧ so", "(not once!)"),
    "without the signs there": ("he said (⟦not once⟧!) so", "not once"),
    "signs alone": ("well ⟦?!⟧ then", "?!"),
    "many shifts before it": ("a...  b\u00ad c e\u0301...  ⟦d...  f⟧ g", "d... f"),
}


@pytest.mark.parametrize(("marked", "exact"), SAME_WORDS.values(), ids=SAME_WORDS.keys())
def test_words_that_read_alike_are_the_same(marked: str, exact: str) -> None:
    text, (place,) = split_marks(marked)
    assert ask(text, exact) == Anchored(place, "exact")


OTHER_WORDS = {
    "case": ("the cold war of", "the Cold War"),
    "inside a word": ("an old friendship", "an old friend"),
    "behind a word's beginning": ("antimatter is", "matter is"),
    "a letter without its mark": ("the cafe\u0301 here", "cafe"),
    "compatibility is not sameness": ("the ﬁrst m² here", "first m2"),
    "single quotes are not double ones": ("a 'new' one", 'a "new" one'),
    "two hyphens are no dash": ("closer -- no", "closer — no"),
    "a full stop in an ellipsis": ("and so on…", "and so on."),
    "part of a number": ("in 3.14 of", "in 3"),
}


@pytest.mark.parametrize(("text", "exact"), OTHER_WORDS.values(), ids=OTHER_WORDS.keys())
def test_other_words_are_not_exact(text: str, exact: str) -> None:
    assert getattr(ask(text, exact), "state", None) in (None, "drifted")


@pytest.mark.parametrize("empty", ["", " ", "\n\u00a0\t", "\u00ad\u200b"])
def test_an_empty_quotation_is_an_orphan(empty: str) -> None:
    assert ask("Some text.", empty, "Some", "text") == Orphaned()


@pytest.mark.parametrize("text", ["", " ", "\n", "\u00ad", "!", "\u0301\u0323"])
def test_texts_without_words_have_no_places(text: str) -> None:
    assert ask(text, "a long enough quotation", "of some", "context") == Orphaned()


# --- several places ---------------------------------------------------------------------------------------------

POLLS = "In Russia ⟦70 percent⟧ agree; in China, ⟦70 percent⟧ do. Some ⟦70 percent⟧ of all"
BY_CONTEXT = {
    "prefix": (1, "in China,", ""),
    "prefix cut in a word": (1, "hina, ", ""),
    "suffix": (2, "", " of all"),
    "suffix cut in a word": (2, "", "of a"),
    "both": (0, "In Russia", "agree; in"),
    "folded alike": (0, "in\u00a0 Russia".capitalize(), "agree;\nin"),
    "by a lead: edited suffix": (2, "", "of them all"),
    "by a lead: one of both edited": (1, "in China,", "did. Somewhere"),
}


@pytest.mark.parametrize(("index", "prefix", "suffix"), BY_CONTEXT.values(), ids=BY_CONTEXT.keys())
def test_context_tells_places_apart(index: int, prefix: str, suffix: str) -> None:
    text, places = split_marks(POLLS)
    assert ask(text, "70 percent", prefix, suffix) == Anchored(places[index], "exact-by-context")


@pytest.mark.parametrize(("prefix", "suffix"), [("", ""), (" ", "\n"), ("zzzz", ""), ("", "qqqq"), ("n", "")])
def test_without_telling_context_all_places_are_named(prefix: str, suffix: str) -> None:
    text, places = split_marks(POLLS)
    assert ask(text, "70 percent", prefix, suffix) == Ambiguous(places)


def test_context_that_stands_at_two_places_tells_nothing() -> None:
    text, places = split_marks("one ⟦same⟧ two. one ⟦same⟧ two. three ⟦same⟧ four")
    assert ask(text, "same", "one", "two") == Ambiguous(places)


def test_places_may_overlap() -> None:
    assert ask("ha ha ha", "ha ha") == Ambiguous((TextRange(0, 5), TextRange(3, 8)))


@pytest.mark.parametrize(
    ("marked", "prefix", "suffix", "decided"),
    [
        # A prefix alone weighs 20 of 70: a lead of 0.1 is a difference of 0.35 in its similarity.
        ("abcdefghijklmXXXXXXX ⟦it⟧ is; abcdefZZZZZZZZZZZZZZ ⟦it⟧ is", "abcdefghijklmnopqrst", "", True),
        ("abcdefghijklmXXXXXXX ⟦it⟧ is; abcdefgZZZZZZZZZZZZZ ⟦it⟧ is", "abcdefghijklmnopqrst", "", False),
        # Both weigh 40 of 90: 0.1 is a difference of 0.225 in the mean of the two, here of 0.25 and 0.2.
        ("abcdeXXXXX ⟦it⟧ abcdefghij; abcdeXXXXX ⟦it⟧ abcdeXXXXX", "abcdefghij", "abcdefghij", True),
        ("abcdeXXXXX ⟦it⟧ abcdefghij; abcdefXXXX ⟦it⟧ abcdeXXXXX", "abcdefghij", "abcdefghij", False),
    ],
)
def test_the_lead_is_a_tenth_of_the_weighted_score(marked: str, prefix: str, suffix: str, decided: bool) -> None:
    text, places = split_marks(marked)
    expected = Anchored(places[0], "exact-by-context") if decided else Ambiguous(places)
    assert ask(text, "it", prefix, suffix) == expected


# --- context that contradicts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prefix", "suffix", "contradicted"),
    [
        ("", "", False),
        ("abcdefghij", "", False),
        ("abcdeXXXXX", "", False),  # 0.5
        ("abcdXXXXXX", "", True),  # 0.4
        ("", "klmnoXXXXX", False),
        ("", "klmnXXXXXX", True),
        ("abcdXXXXXX", "klmnoXXXXX", False),
        ("abcdXXXXXX", "klmnXXXXXX", True),
        ("XXXXXXXXXX", "klmnopqrst", False),
        ("a whole sentence that stood before", "", True),
    ],
)
def test_one_place_is_exact_unless_all_context_contradicts_it(prefix: str, suffix: str, contradicted: bool) -> None:
    text, (place,) = split_marks("abcdefghij ⟦quoted⟧ klmnopqrst")
    expected = Anchored(place, "drifted", "context") if contradicted else Anchored(place, "exact")
    assert ask(text, "quoted", prefix, suffix) == expected


@pytest.mark.parametrize(("same", "contradicted"), [(20, False), (19, True)])
def test_half_of_the_context_is_enough(same: int, contradicted: bool) -> None:
    context = "abcdefghijklmnopqrstuvwxyz0123456789ABCD"
    text, (place,) = split_marks(f"{context} ⟦quoted⟧")
    found = ask(text, "quoted", "X" * (40 - same) + context[40 - same :])
    assert found == (Anchored(place, "drifted", "context") if contradicted else Anchored(place, "exact"))


def test_nothing_stands_before_the_text_or_behind_it() -> None:
    assert ask("quoted", "quoted", "before") == Anchored(TextRange(0, 6), "drifted", "context")
    assert ask("quoted", "quoted", "", "behind") == Anchored(TextRange(0, 6), "drifted", "context")


def test_a_place_in_the_lead_is_drifted_where_its_context_contradicts() -> None:
    text, places = split_marks("abcdXXXXXX ⟦it⟧ is; ZZZZZZZZZZ ⟦it⟧ is")
    assert ask(text, "it", "abcdefghij") == Anchored(places[0], "drifted", "context")


# --- what it costs ----------------------------------------------------------------------------------------------


def test_exact_quotations_do_not_import_rapidfuzz() -> None:
    program = (
        "import sys; from generator.model import TextQuoteSelector as S; from generator.parse.quotes import *;"
        "text = prepare('the same; the same again. One more.');"
        "print(anchor(text, S('One', 'again.', 'more')).state, anchor(text, S('same', '', 'again')).state);"
        "sys.exit('rapidfuzz' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split()) == (0, ["exact", "exact-by-context"]), done.stderr


class CountedText(str):
    """A text that counts how often it is searched from end to end."""

    searches = 0

    def find(self, *args: object) -> int:
        type(self).searches += 1
        return super().find(*args)  # type: ignore[arg-type]


def test_a_long_text_is_searched_from_end_to_end_only_so_often() -> None:
    text = prepare(" ".join(f"word{i} is one of them." for i in range(3_000)))
    text.folded = CountedText(text.folded)
    words = [anchor(text, TextQuoteSelector(f"word{i} is")) for i in range(0, 3_000, 3)]
    assert {type(found) for found in words} == {Anchored}
    assert CountedText.searches < 200  # of two thousand: one for each place, and one that finds no more


def test_a_frequent_word_is_not_walked_through_for_each_quotation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quotes, "SCANNED", 0)
    monkeypatch.setattr(quotes, "SCANS", 0)
    text = prepare(" ".join(f"{a} {b}" for a in "abcdefghij" for b in "klmnopqrst" for _ in range(30)))
    for a in "abcdefghij":
        assert len(text.words.by_word[a]) == 300
        assert len(text.words.occurrences(f"{a} k {a}", 0, 1)) == 30
        assert len(text.words.occurrences(f"{a} k", 0, 1)) == 300  # two characters tell no more than the word


def test_places_beyond_counting_are_ambiguous() -> None:
    found = ask("so " * (quotes.MOST_PLACES + 5) + "what", "so", "", "no such words")
    assert isinstance(found, Ambiguous)
    assert len(found.places) == quotes.MOST_PLACES


def test_exact_context_tells_even_beyond_counting() -> None:
    text = "so " * (quotes.MOST_PLACES + 5) + "what"
    end = len(text) - len(" what")
    assert ask(text, "so", "", "what") == Anchored(TextRange(end - 2, end), "exact-by-context")


# --- properties -------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    "the a a it Moscow Beijing nearly 37th 3.14 U.S. café naïve São Ångström x̃y l'OTAN didn’t NATO-led well-known "
    "हिन्दी नमस्ते 中国 日本語の العربية שלום 한국어는 ไทย ... wait… "
    "co\u00adop foo\u200bbar क्\u200dष 🙂 $5 “so” «oui» (no)".split()
)
GAPS = st.sampled_from([" ", " ", " ", "\n", "  ", "\u00a0", ", ", ". ", " — ", "; ", "-", "'", " \u200b", "’ "])


@st.composite
def texts(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.tuples(WORDS, GAPS), min_size=1, max_size=40))
    text = "".join(word + gap for word, gap in parts)
    return unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), text)


@st.composite
def slices(draw: st.DrawFn) -> tuple[str, int, int]:
    """A text and a range of it from word boundary to word boundary, with seen characters at its edges."""
    text = draw(texts())
    words = atoms(text)
    unseen = "\u00ad\u200b\u200c\u200d \u00a0\n"
    edges = [
        i for i in range(len(text) + 1) if at_boundary(words, i) and not unicodedata.combining(text[i : i + 1] or " ")
    ]
    starts = [i for i in edges if i < len(text) and text[i] not in unseen]
    ends = [i for i in edges if i and text[i - 1] not in unseen and text[i : i + 1] not in ("\u200c", "\u200d")]
    ends = [i for i in ends if text[i - 1 : i + 1] != ".."]  # not within an ellipsis
    starts = [i for i in starts if text[max(0, i - 1) : i + 1] != ".."]
    assume(starts)
    start = draw(st.sampled_from(starts))
    after = ends[bisect_left(ends, start + 1) :]
    assume(after)
    return text, start, draw(st.sampled_from(after[:12]))


def count_folded(text: str, words: str) -> int:
    """Return how often words stand in a text, within other words too, and overlapping."""
    return len(re.findall(f"(?={re.escape(fold(words)[0].strip(' '))})", fold(text)[0]))


@settings(deadline=None)
@given(slices(), st.booleans())
def test_a_slice_is_found_at_its_own_offsets(data: tuple[str, int, int], by_index: bool) -> None:
    text, start, end = data
    with pytest.MonkeyPatch.context() as patch:
        if by_index:
            patch.setattr(quotes, "SCANNED", 0)
            patch.setattr(quotes, "SCANS", 0)
        found = ask(text, text[start:end])
    if count_folded(text, text[start:end]) == 1:
        assert found == Anchored(TextRange(start, end), "exact")
    elif isinstance(found, Ambiguous):
        assert TextRange(start, end) in found.places
    else:
        assert found == Anchored(TextRange(start, end), "exact")  # the others are inside of words


@settings(deadline=None)
@given(slices(), st.booleans())
def test_a_slice_with_its_context_is_found_there_or_nowhere(data: tuple[str, int, int], by_index: bool) -> None:
    text, start, end = data
    selector = TextQuoteSelector(text[start:end], text[max(0, start - 20) : start], text[end : end + 20])
    with pytest.MonkeyPatch.context() as patch:
        if by_index:
            patch.setattr(quotes, "SCANNED", 0)
            patch.setattr(quotes, "SCANS", 0)
        found = anchor(prepare(text), selector)
    if isinstance(found, Anchored):
        assert found.range == TextRange(start, end)
        assert found.state in ("exact", "exact-by-context")
    else:
        assert isinstance(found, Ambiguous)
        assert TextRange(start, end) in found.places


@settings(deadline=None)
@given(slices())
def test_the_normal_form_makes_no_difference(data: tuple[str, int, int]) -> None:
    text, start, end = data
    results = set()
    for form in ("NFC", "NFD"):
        for other in ("NFC", "NFD"):
            written = unicodedata.normalize(form, text)
            found = anchor(prepare(written), TextQuoteSelector(unicodedata.normalize(other, text[start:end])))
            places = (
                found.places if isinstance(found, Ambiguous) else (found.range,) if isinstance(found, Anchored) else ()
            )
            parts = [(written[: place.start], written[place.start : place.end]) for place in places]
            results.add(
                (type(found), tuple(tuple(unicodedata.normalize("NFC", part) for part in pair) for pair in parts))
            )
    assert len(results) == 1


@settings(deadline=None)
@given(texts(), texts())
def test_ranges_are_tight_and_end_at_word_boundaries(text: str, quotation: str) -> None:
    found = ask(text, quotation[:30])
    places = found.places if isinstance(found, Ambiguous) else ()
    places += (found.range,) if isinstance(found, Anchored) else ()
    places += tuple(c.range for c in found.candidates) if isinstance(found, Orphaned) else ()
    words = atoms(text)
    for place in places:
        assert text[place.start : place.end] == text[place.start : place.end].strip()
        assert at_boundary(words, place.start)
        assert at_boundary(words, place.end)
        assert place.start < place.end
