"""Word atoms and keys, script by script; what the fast patterns and the full one have in common."""

from __future__ import annotations

import sys
import unicodedata

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from generator import words
from generator.words import APOSTROPHES, SKIPPED, at_boundary, atoms, is_european, is_hangul, key, split


def all_characters() -> list[str]:
    return [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]


ATOMS = [
    # hyphens and apostrophes are boundaries
    ("NATO-led", "NATO led"),
    ("NATO\u2010led NATO\u2011led", "NATO led NATO led"),
    ("l'OTAN, l’OTAN", "l OTAN l OTAN"),
    ("Russia's Russia’s", "Russia s Russia s"),
    ("İstanbul'da Diyarbakır’a", "İstanbul da Diyarbakır a"),
    ("Лук’янівка Лук'янівка Лукʼянівка", "Лук янівка Лук янівка Лук янівка"),
    ("Oʻzbekiston Hawaiʻi", "O zbekiston Hawai i"),
    ("ז׳בוטינסקי", "ז בוטינסקי"),
    # UAX #29, WB6 to WB13b
    ("The U.S. and the U.S.-led", "The U.S and the U.S led"),
    ("3.14 and 1,000; 2014.", "3.14 and 1,000 2014"),
    ("example.com. Then", "example.com Then"),
    ("EU:n jäsen", "EU:n jäsen"),
    ("col·legi", "col·legi"),
    ("NATO2 NATO_x _", "NATO2 NATO_x _"),
    ("C++, AT&T, S&P 500, .NET, C#", "C AT T S P 500 NET C"),
    ("1st/2nd (a) “b” — c…", "1st 2nd a b c"),
    ("a.5 5.a .a a.", "a 5 5 a a a"),
    ('צה"ל צה״ל "צה"ל"', 'צה"ל צה״ל צה"ל'),
    ('a"b', "a b"),
    ("10\u202f000", "10 000"),
    # combining marks belong to the word
    ("nai\u0308ve e\u0301", "nai\u0308ve e\u0301"),
    ("दिल्ली में", "दिल्ली में"),
    ("বাংলাদেশ", "বাংলাদেশ"),
    ("حِلْف النَّاتُو", "حِلْف النَّاتُو"),
    ("Леви\u0301нский", "Леви\u0301нский"),
    # scripts without spaces: each letter with its marks
    ("北京和NATO", "北 京 和 NATO"),
    ("日本のカ\u3099ナ ﾅﾞ", "日 本 の カ\u3099 ナ ﾅﾞ"),
    ("スーパー", "ス ー パ ー"),
    ("๒๐ น้ำใน", "๒๐ น้ำ ใ น"),
    ("ลาวນ້ຳ", "ล า ว ນ້ຳ"),
    ("ខ្មែរ", "ខ្មែ រ"),
    ("မြန်မာ", "မြ န် မာ"),
    ("葛\U000e0100飾", "葛\U000e0100 飾"),
    ("7วัน", "7 วั น"),
    # Hangul
    ("NATO는 G20은 한국은", "NATO 는 G20 은 한국은"),
    ("한국전쟁 제2차", "한국전쟁 제 2 차"),
    ("中国인 ㄱㄴ", "中 国 인 ㄱㄴ"),
    (unicodedata.normalize("NFD", "한국은"), unicodedata.normalize("NFD", "한국은")),
    # what is not seen is inside, or nowhere
    ("inter\u00adnational inter\u200bnational", "inter\u00adnational inter\u200bnational"),
    ("\u00adNATO\u00ad \u200bNATO\u2060", "NATO NATO"),
    ("می\u200cخواهم", "می\u200cخواهم"),
    ("അവന്\u200d x", "അവന്\u200d x"),
    ("a\u00ad.b", "a\u00ad.b"),
    # no words
    ("", ""),
    ("++ … — \U0001f44d\U0001f3fd \u0301", ""),
]


@pytest.mark.parametrize(("text", "expected"), ATOMS)
def test_atoms(text: str, expected: str) -> None:
    assert [text[start:end] for start, end in atoms(text)] == expected.split()


@pytest.mark.parametrize(("text", "expected"), ATOMS)
def test_split_has_the_atoms_but_for_hangul(text: str, expected: str) -> None:
    parts = split(text)
    assert "".join(parts) == text
    if not any(map(is_hangul, expected)):
        assert parts[1::2] == expected.split()


def test_split_takes_hangul_by_the_syllable() -> None:
    assert split("한국은 NATO는") == ["", "한", "", "국", "", "은", " ", "NATO", "", "는", ""]
    decomposed = unicodedata.normalize("NFD", "한국")
    assert [unicodedata.normalize("NFC", part) for part in split(decomposed)] == ["", "한", "", "국", ""]


@pytest.mark.parametrize("apostrophe", APOSTROPHES)
def test_every_apostrophe_is_a_boundary(apostrophe: str) -> None:
    assert atoms(f"a{apostrophe}b ж{apostrophe}ж א{apostrophe}א") == [(0, 1), (2, 3), (4, 5), (6, 7), (8, 9), (10, 11)]


@pytest.mark.parametrize("hyphen", "-\u058a\u05be\u1806\u2010\u2011\u2012\u2013\u2014")
def test_every_hyphen_is_a_boundary(hyphen: str) -> None:
    assert atoms(f"a{hyphen}b") == [(0, 1), (2, 3)]


def test_at_boundary() -> None:
    found = atoms("NATO-led a")
    assert [offset for offset in range(11) if at_boundary(found, offset)] == [0, 4, 5, 8, 9, 10]
    assert at_boundary([], 3)


def test_skipped_are_the_default_ignorable_characters_without_the_fillers_of_hangul() -> None:
    ignorable = regex.compile(r"\p{Default_Ignorable_Code_Point}")
    fillers = set("\u115f\u1160\u3164\uffa0")
    assert all(bool(SKIPPED.match(c)) == bool(ignorable.match(c) and c not in fillers) for c in all_characters())


def test_the_european_pattern_agrees_with_the_full_one() -> None:
    full = words._any_script(syllables=False)
    european = [c for c in all_characters() if is_european(c)]
    assert len(european) > 1500
    for c in european:
        for text in (c, f"a{c}b", f"1{c}2", f"_{c}a", f"ž{c}", f"{c}.{c}", f"{c},{c}", f"{c}:{c}", f"{c}{c} "):
            assert [match.span() for match in full.finditer(text)] == atoms(text), text


def test_european_text_is_in_normal_form_and_has_nothing_to_skip() -> None:
    for c in all_characters():
        if is_european(c):
            assert unicodedata.normalize("NFC", c) == c
            assert unicodedata.combining(c) == 0
            assert not SKIPPED.match(c)


def test_is_hangul_knows_the_letters_of_the_script() -> None:
    hangul = regex.compile(r"(?V1)[\p{Script=Hangul}&&\p{L}]")
    assert all(is_hangul(c) for c in all_characters() if hangul.match(c))
    assert not any(map(is_hangul, ["", "a", "中", "か", "\u302e", "\U0001f600"]))


# The scripts and rules that we take from UAX #29 as they are.
UNICODE_ALPHABET = 'aZéžж\u05d0\u05d1عदी1٣_.:,;·" \n!\u0301\u0308\u00ad\u2060\u200d\u200c\u0327'


@given(st.text(UNICODE_ALPHABET, max_size=12))
@example("a.\u00adb")
@example('\u05d0"\u05d1')
def test_boundaries_are_those_of_unicode(text: str) -> None:
    boundaries = {match.start() for match in regex.finditer(r"(?V1w)\b", text)} | {0, len(text)}
    for start, end in atoms(text):
        assert start in boundaries
        # A format character behind the last letter is part of the word to UAX #29, of nothing to us.
        assert end in boundaries or text[end] in "\u00ad\u2060"
        assert not any(start < boundary < end for boundary in boundaries)
    letters = regex.compile(r"(?V1)[\p{L}\p{Nd}_]")
    inside = {offset for start, end in atoms(text) for offset in range(start, end)}
    assert {place for place, c in enumerate(text) if letters.match(c)} <= inside


@given(st.text(UNICODE_ALPHABET + "'’-中のน้ำ한국はNATO\u200b\U0001f600\ufe0f", max_size=15))
def test_atoms_are_sorted_disjoint_and_not_empty(text: str) -> None:
    found = atoms(text)
    offsets = [offset for extent in found for offset in extent]
    assert offsets == sorted(offsets)
    assert all(start < end for start, end in found)
    for offset in range(len(text) + 1):
        assert at_boundary(found, offset) == (not any(start < offset < end for start, end in found))
    assert "".join(split(text)) == text


@given(st.text(UNICODE_ALPHABET + "'’-·中のน้ำ한국はNATO\u200b\u202f\U0001f600\ufe0f", max_size=15))
@example("a \u0301b")
def test_no_word_goes_beyond_a_space_or_a_line(text: str) -> None:
    tokens = text.replace("\n", " ").split(" ")
    assert [word for token in tokens for word in split(token)[1::2]] == split(text)[1::2]


KEYS = [
    ("NATO", "nato"),
    ("Straße", "STRASSE"),
    ("Straße", "STRAẞE"),
    ("Αθήνας", "ΑΘΉΝΑΣ"),
    ("Κύπρος", "ΚΎΠΡΟΣ"),
    ("Москва", "МОСКВА"),
    ("naïve", "NAI\u0308VE"),
    ("inter\u00adnational", "INTER\u200bNATIONAL"),
    ("\u1fb3\u0323", "\u03b1\u0323\u0345"),
    ("\u212bngström", "ångström"),
    ("한국", unicodedata.normalize("NFD", "한국")),
    ("葛\U000e0100", "葛"),
    ("می\u200cخواهم", "میخواهم"),
]


@pytest.mark.parametrize(("one", "other"), KEYS)
def test_spellings_of_one_word_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("İstanbul", "istanbul"),
        ("Diyarbakır", "Diyarbakir"),
        ("naïve", "naive"),
        ("حِلْف", "حلف"),
        ("ー", "一"),
        ("가", "각"),
    ],
)
def test_other_words_have_another_key(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_key_of_the_turkish_i_is_two_characters() -> None:
    assert key("İstanbul") == "i\u0307stanbul"
    assert key("I") == "i"
    assert key("ı") == "ı"


@given(st.text(max_size=8))
def test_keys_agree_in_all_normal_forms_and_keep_themselves(word: str) -> None:
    assert key(unicodedata.normalize("NFD", word)) == key(unicodedata.normalize("NFC", word)) == key(word)
    assert key(key(word)) == key(word)
