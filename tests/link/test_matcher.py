"""Which words a form matches: one table a rule, then properties, then a slow matcher that must agree."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.link import matcher, word_trie
from generator.link.form_case import Case, in_any_case, is_title_case
from generator.link.matcher import Form, Match, Matcher, folded, phrases_of
from generator.link.normal_text import normal_text
from generator.model import TextRange
from generator.words import at_boundary, atoms, is_hangul


def found(text: str, *forms: str | Form, **asked: object) -> list[str]:
    """Return the words that forms match, each of an entry of its own."""
    made = [Form(form, f"entry-{number}") if isinstance(form, str) else form for number, form in enumerate(forms)]
    return [text[match.start : match.end] for match in Matcher(made).find(text, **asked)]  # type: ignore[arg-type]


def entries(text: str, *forms: Form, **asked: object) -> list[tuple[str, tuple[str, ...]]]:
    matches = Matcher(forms).find(text, **asked)  # type: ignore[arg-type]
    return [(text[match.start : match.end], match.entries) for match in matches]


# --- words -------------------------------------------------------------------------------------------------------

WORDS: list[tuple[str, str, list[str]]] = [
    # boundaries
    ("NATO", "NATO-led and pre-NATO, l'OTAN", ["NATO", "NATO"]),
    ("OTAN", "l'OTAN et l’OTAN", ["OTAN", "OTAN"]),
    ("Levada", "said Levada. Levada’s", ["Levada", "Levada"]),
    ("NATO", "NATOs NATO2 NATO_x eNATO", []),
    ("İstanbul", "İstanbul'da ve İstanbul’un, istanbul", ["İstanbul", "İstanbul"]),
    ("gene", "gene expression", ["gene"]),
    # what stands between words
    (
        "St. Petersburg",
        "St. Petersburg, St.\u00a0Petersburg, St.\u202fPetersburg",
        ["St. Petersburg", "St.\u00a0Petersburg", "St.\u202fPetersburg"],
    ),
    ("New York", "New\tYork New  York New \u00a0York", ["New\tYork", "New  York", "New \u00a0York"]),
    ("New York", "New\nYork New \n York", []),
    ("New York", "New-York NewYork New, York", []),
    ("New\n  York ", "New York", ["New York"]),
    (
        "Jean-Luc",
        "Jean-Luc Jean\u2010Luc Jean\u2011Luc Jean–Luc Jean Luc",
        ["Jean-Luc", "Jean\u2010Luc", "Jean\u2011Luc"],
    ),
    ("Côte d'Ivoire", "Côte d’Ivoire, Côte d'Ivoire", ["Côte d’Ivoire", "Côte d'Ivoire"]),
    ("Côte d’Ivoire", "Côte d'Ivoire", ["Côte d'Ivoire"]),
    ("Лук'янівка", "Лук’янівка, Лукʼянівка", ["Лук’янівка", "Лукʼянівка"]),
    ('Operation "Storm"', "Operation “Storm” Operation „Storm“", ["Operation “Storm”", "Operation „Storm“"]),
    ("'t Hooft", "‘t Hooft, ’t Hooft", ["‘t Hooft", "’t Hooft"]),
    ("AT&T", "AT&T AT & T", ["AT&T"]),
    ("S&P 500", "S&P 500 S&P 5000", ["S&P 500"]),
    # punctuation at the ends
    ("U.S.", "U.S. U.S.-led the U.S., in the U.S.", ["U.S.", "U.S.", "U.S.", "U.S."]),
    ("U.S.", "U.S U.S.A. U.S.A xU.S.", []),
    ("U.S. State Department", "The U.S. State Department.", ["U.S. State Department"]),
    ("Dr. Root", "Dr. Root, Dr Root, Dr.\u00a0Root", ["Dr. Root", "Dr.\u00a0Root"]),
    ("Inc.", "Inc. Inc Inc.. Incs.", ["Inc.", "Inc."]),
    ("C++", "C++, C+ C and (C++) C+++\u0301 xC++", ["C++", "C++", "C++"]),
    ("C++", "C+\u0301+ C++\u0301", []),
    (".NET", ".NET, ASP.NET .NETs NET (.NET)", [".NET", ".NET"]),
    ("example.com", "example.com. example.communism", ["example.com"]),
    ("Yahoo!", "Yahoo! Yahoo", ["Yahoo!"]),
    ("3.14", "3.14 3.141 13.14", ["3.14"]),
    # what is not seen
    ("international", "inter\u00adnational \u00adinternational\u00ad", ["inter\u00adnational", "international"]),
    ("inter\u00adnational", "international inter\u200bnational", ["international", "inter\u200bnational"]),
    ("New York", "New\u00ad \u200bYork", ["New\u00ad \u200bYork"]),
    ("U.S.", "U\u00ad.S\u2060.", ["U\u00ad.S\u2060."]),
    # normal forms and marks
    ("naïve", "nai\u0308ve naïve naive", ["nai\u0308ve", "naïve"]),
    ("nai\u0308ve", "naïve", ["naïve"]),
    ("cafe", "café cafe\u0301", []),
    ("Å", "\u212b", ["\u212b"]),
    ("Löwe", "Lo\u00ad\u0308we", ["Lo\u00ad\u0308we"]),
    # the star
    ("Levados*", "Levados, Levadoso; Levada Levado", ["Levados", "Levadoso"]),
    ("Levados cent*", "Levados centras, Levados CENTRAS", ["Levados centras"]),
    ("Maskv*", "Maskva, Maskvos, Maskvoje, MASKVA, maskvoje", ["Maskva", "Maskvos", "Maskvoje"]),
    ("Maskv*", "Maskva.lt Maskva_1949 Maskv9 Maskvą Maskva\u0328", ["Maskv9", "Maskvą", "Maskva\u0328"]),
    ("Maskv*", "Maskv. Po-Maskvinis", ["Maskv", "Maskvinis"]),
    ("EU*", "EU:n EUssa", ["EU:n", "EUssa"]),
    ("Москв*", "Москва, Москвы; в Москве", ["Москва", "Москвы", "Москве"]),
    ("NATO*", "NATO는 NATOs natos NATOS", ["NATO", "NATOs", "NATOS"]),
    ("दिल्ल*", "दिल्ली में", ["दिल्ली"]),
    ("пам'ят*", "пам’ятка, памʼять", ["пам’ятка", "памʼять"]),
    ("中国*", "中国人", ["中国"]),
    (r"Sgr A\*", "Sgr A*, Sgr A, Sgr Ab", ["Sgr A*"]),
    ("M*A*S*H", "M*A*S*H MASH", ["M*A*S*H"]),
    ("C++*", "C++ C++* C++a", ["C++*"]),
    ("Group *", "Group * Group A", ["Group *"]),
    # nothing to find
    ("", "a b", []),
    ("*", "a * b", []),
    ("+++", "+++", []),
]


@pytest.mark.parametrize(("form", "text", "expected"), WORDS)
def test_words(form: str, text: str, expected: list[str]) -> None:
    assert found(text, form) == expected


def test_offsets_are_those_of_the_text() -> None:
    text = "\u00ad na\u00adi\u0308ve  x, C++\u200b and \u200bU.S.\u200b"
    matches = Matcher([Form("naïve", "a"), Form("C++", "b"), Form("U.S.", "c")]).find(text)
    assert [(match.start, match.end) for match in matches] == [(2, 9), (14, 17), (24, 28)]


def test_without_wildcard_a_star_is_a_star() -> None:
    form = Form(r"A*", "a", wildcard=False)
    assert found("A* Ab A", form) == ["A*"]
    assert found(r"A\* A*", Form(r"A\*", "a", wildcard=False)) == [r"A\*"]


# --- scripts -----------------------------------------------------------------------------------------------------

SCRIPTS: list[tuple[str, str, list[str]]] = [
    ("한국", "한국은 한국이 한국", ["한국", "한국", "한국"]),
    ("한국", "남한국 대한국은 NATO한국", ["한국"]),
    ("한국", "한구 한", []),
    ("한국 전쟁", "한국 전쟁은, 한국은 전쟁", ["한국 전쟁"]),
    ("한국*", "한국은 남한국은", ["한국은"]),
    ("NATO", "NATO는 NATO의", ["NATO", "NATO"]),
    ("G20", "G20은", ["G20"]),
    ("제2차 세계대전", "제2차 세계대전은", ["제2차 세계대전"]),
    ("가", "각", []),
    ("한국", unicodedata.normalize("NFD", "한국은"), [unicodedata.normalize("NFD", "한국")]),
    ("北京", "在北京的", ["北京"]),
    ("中国", "中国和俄罗斯", ["中国"]),
    ("弗拉基米尔·普京", "总统弗拉基米尔·普京说", ["弗拉基米尔·普京"]),
    ("北京", "北 京", []),
    ("葛飾", "葛\U000e0100飾区", ["葛\U000e0100飾"]),
    ("NATO", "在NATO中", ["NATO"]),
    ("東京", "東京で", ["東京"]),
    ("ロシア", "ロシアの", ["ロシア"]),
    ("か", "が か\u3099", []),
    ("กรุงเทพ", "ในกรุงเทพและ", ["กรุงเทพ"]),
    ("น", "น้ำ", []),
    ("ກ", "ກຳ", []),
    ("Diyarbakır", "Diyarbakır'da Diyarbakir", ["Diyarbakır"]),
    ("Αθήνα", "Αθήνα, Αθήνας", ["Αθήνα"]),
    ("Κύπρο*", "Κύπρος Κύπρου ΚΎΠΡΟΣ", ["Κύπρος", "Κύπρου"]),
    ("Düsseldorf", "Düsseldorf-Nord Du\u0308sseldorf", ["Düsseldorf", "Du\u0308sseldorf"]),
    ("حلف الناتو", "حلف الناتو", ["حلف الناتو"]),
    ("حلف", "حِلف حلـف", []),
    ("روسيا", "روسيا\u200f، روسيا", ["روسيا", "روسيا"]),
    ("میخواهم", "می\u200cخواهم", ["می\u200cخواهم"]),
    ('צה"ל', "צה״ל, צה”ל", ["צה״ל", "צה”ל"]),
    ("ז'בוטינסקי", "ז׳בוטינסקי", ["ז׳בוטינסקי"]),
    ("तेल अवीव", "तेल अवीव में", ["तेल अवीव"]),
    ("दिल", "दिल्ली", []),
    ("თბილისი", "თბილისი", ["თბილისი"]),
]


@pytest.mark.parametrize(("form", "text", "expected"), SCRIPTS)
def test_scripts(form: str, text: str, expected: list[str]) -> None:
    assert found(text, form) == expected


# --- case --------------------------------------------------------------------------------------------------------

CASES: list[tuple[str, Case, bool, str, list[str]]] = [
    # all in lower case: any case
    ("inflation", "smart", False, "Inflation, INFLATION, inflation", ["Inflation", "INFLATION", "inflation"]),
    ("ceasefire line", "smart", True, "Ceasefire Line", ["Ceasefire Line"]),
    ("straße", "smart", False, "STRASSE Straße", ["STRASSE", "Straße"]),
    # no lower-case letters: as written
    ("NATO", "smart", False, "NATO Nato nato", ["NATO"]),
    ("WHO", "smart", True, "WHO who Who", ["WHO"]),
    ("IN", "smart", True, "in In IN", ["IN"]),
    ("U.S.", "smart", False, "U.S. u.s.", ["U.S."]),
    ("F-16", "smart", False, "F-16 f-16", ["F-16"]),
    # Title Case of a term: any case
    ("Climate Change", "smart", True, "climate change, Climate change", ["climate change", "Climate change"]),
    ("Inflation", "smart", True, "inflation INFLATION", ["inflation", "INFLATION"]),
    ("Rule of Law", "smart", True, "the rule of law", ["rule of law"]),
    ("Climate Change", "smart", False, "climate change Climate Change", ["Climate Change"]),
    ("Climate change", "smart", True, "climate change, Climate change", ["Climate change"]),
    # everything else: as written, the first letter may be upper case
    ("the Levada Center", "smart", False, "The Levada Center the Levada center", ["The Levada Center"]),
    ("von der Leyen", "smart", False, "Von der Leyen von Der Leyen VON DER LEYEN", ["Von der Leyen"]),
    ("d'Artagnan", "smart", False, "D’Artagnan d'artagnan", ["D’Artagnan"]),
    ("éducation Nationale", "smart", False, "E\u0301ducation Nationale", ["E\u0301ducation Nationale"]),
    ("ǆungla Borneo", "smart", False, "ǅungla Borneo Ǆungla Borneo", ["ǅungla Borneo", "Ǆungla Borneo"]),
    ("Moscow", "smart", False, "MOSCOW moscow Moscow", ["Moscow"]),
    ("iPhone", "smart", False, "IPhone iPhone iphone", ["IPhone", "iPhone"]),
    # ignore and exact
    ("WHO", "ignore", False, "who WHO", ["who", "WHO"]),
    ("Αθήνας", "ignore", False, "ΑΘΉΝΑΣ", ["ΑΘΉΝΑΣ"]),
    ("İstanbul", "ignore", False, "İSTANBUL istanbul", ["İSTANBUL"]),
    ("Strass*", "ignore", False, "Straßenbahn STRASSE", ["Straßenbahn", "STRASSE"]),
    ("von der Leyen", "exact", False, "Von der Leyen von der\u00a0Leyen", ["von der\u00a0Leyen"]),
    ("inflation", "exact", True, "Inflation infla\u00adtion", ["infla\u00adtion"]),
    ("naïve", "exact", False, "nai\u0308ve Naïve", ["nai\u0308ve"]),
    ("Straße", "exact", False, "Strasse", []),
    # the stem before a star
    ("maskv*", "smart", False, "MASKVOJE Maskva", ["MASKVOJE", "Maskva"]),
    ("Maskv*", "exact", False, "MaskvOJE maskva", ["MaskvOJE"]),
    ("di Maggi*", "smart", False, "Di Maggio di maggio", ["Di Maggio"]),
    ("Refugee*", "smart", True, "refugees", ["refugees"]),
    # scripts without case match as written
    ("北京", "smart", True, "北京", ["北京"]),
    ("روسيا", "exact", False, "روسيا", ["روسيا"]),
]


@pytest.mark.parametrize(("form", "case", "is_term", "text", "expected"), CASES)
def test_case(form: str, case: Case, is_term: bool, text: str, expected: list[str]) -> None:
    assert found(text, Form(form, "entry", case=case, is_term=is_term)) == expected


@pytest.mark.parametrize(
    "text",
    (
        "Climate Change|Inflation|Rule of Law|Cease-fire|Check-In|Vitamin D|5G Network|People's War|Guerre de Position"
        "|Изменение Климата|ǅungla|The End of the Line|Article 5"
    ).split("|"),
)
def test_title_case(text: str) -> None:
    assert is_title_case(text)


@pytest.mark.parametrize(
    "text",
    [
        "Climate change",
        "climate change",
        "of Law",
        "NATO Summit",
        "U.S. Dollar",
        "McCarthyism",
        "iPhone",
        "北京",
        "5",
        "",
    ],
)
def test_no_title_case(text: str) -> None:
    assert not is_title_case(text)


def test_no_form_without_lower_case_matches_in_any_case() -> None:
    assert not in_any_case("A", "smart", is_term=True)
    assert in_any_case("Ab", "smart", is_term=True)


# --- which of several --------------------------------------------------------------------------------------------


def test_the_longest_whole_match_wins() -> None:
    forms = ["European", "European Union", "Union", "European Union Council"]
    assert found("European Union Councils, European Unions", *forms) == ["European Union", "European"]


def test_no_longer_form_that_is_not_whole_hides_a_shorter_one() -> None:
    assert found("gene expression", "gene", "gene express") == ["gene"]
    assert found("a b c x", "a b c d", "b c", "c x") == ["b c"]


def test_leftmost_wins_before_longest() -> None:
    assert found("Bank of England", "Bank of", "of England") == ["Bank of"]
    assert found(".NET Framework", ".NET", "NET Framework") == [".NET"]
    assert found("A/B", "A/", "/B", "B") == ["A/", "B"]


def test_longer_forms_than_the_trie_is_deep() -> None:
    deep = word_trie.DEPTH
    name = " ".join(f"w{number}w" for number in range(deep + 6))
    text = f"x {name} {name}y {name.upper()}"
    assert found(text, name) == [name, name.upper()]
    assert found(text, Form(name, "a", case="exact"), Form("w1w", "b", case="exact")) == [name, "w1w"]
    assert found(text, name + "*") == [name, name + "y", name.upper()]
    assert found(text, Form(name + "*", "a", case="exact")) == [name, name + "y"]
    assert found(f"{name}.lt", name + "*") == []
    assert found(name[:-3], name) == []
    for words in range(deep - 1, deep + 3):
        part = " ".join(name.split()[:words])
        assert found(name, part) == [part]
        assert found(name, part[:-1] + "*") == [part]
        assert found(name, part, name) == [name]


def test_excluded_entries_do_not_claim() -> None:
    forms = [Form("European Union", "eu"), Form("European", "europe"), Form("Union", "union")]
    assert entries("European Union", *forms, skip={"eu"}) == [("European", ("europe",)), ("Union", ("union",))]
    assert entries("a", Form("a", "x"), Form("a", "y"), skip={"x"}) == [("a", ("y",))]


def test_entries_that_share_words_are_all_named() -> None:
    assert entries("Georgia", Form("Georgia", "us"), Form("Georgia", "country")) == [("Georgia", ("country", "us"))]
    assert entries("Georgia", Form("Georgia", "us"), Form("Georgi*", "us")) == [("Georgia", ("us",))]


def test_the_form_that_is_spelt_just_so_wins() -> None:
    forms = [Form("WHO", "org"), Form("who", "doctor", case="ignore")]
    assert entries("WHO who Who", *forms) == [("WHO", ("org",)), ("who", ("doctor",)), ("Who", ("doctor",))]
    forms = [Form("May", "theresa"), Form("may", "modal")]
    assert entries("May may", *forms) == [("May", ("theresa",)), ("may", ("modal",))]
    forms = [Form("Rusija", "country"), Form("Rusij*", "language")]
    assert entries("Rusija Rusijos", *forms) == [("Rusija", ("country",)), ("Rusijos", ("language",))]
    forms = [Form("new\u00a0york", "a", case="ignore"), Form("New York", "b", case="ignore")]
    assert entries("NE\u00adW\u00a0YORK New\u00a0Yo\u00adrk", *forms) == [
        ("NE\u00adW\u00a0YORK", ("a", "b")),
        ("New\u00a0Yo\u00adrk", ("b",)),
    ]


def test_a_local_term_wins_over_an_entry_at_the_same_words_only() -> None:
    local = Matcher([Form("gazprom", "own:0"), Form("Union", "own:1")], is_local=True)
    forms = [Form("Gazprom", "gazprom"), Form("European Union", "eu"), Form("Gazprom Neft", "neft")]
    assert entries("Gazprom, Gazprom Neft, European Union, Union", *forms, local=local) == [
        ("Gazprom", ("own:0",)),
        ("Gazprom Neft", ("neft",)),
        ("European Union", ("eu",)),
        ("Union", ("own:1",)),
    ]


def test_skip_and_shield_do_not_speak_of_local_terms() -> None:
    local = Matcher([Form("Gazprom", "gazprom")], is_local=True)
    assert entries("Gazprom", local=local, skip={"gazprom"}) == [("Gazprom", ("gazprom",))]
    assert entries("Gazprom", Form("Gazprom", "gazprom"), local=local, shield="gazprom") == [("Gazprom", ("gazprom",))]


def test_the_words_of_the_shield_are_recognised_but_not_returned() -> None:
    forms = [Form("European Union", "eu"), Form("Union", "union"), Form("European", "europe")]
    assert entries("European Union Union", *forms, shield="eu") == [("Union", ("union",))]
    assert entries("Georgia", Form("Georgia", "us"), Form("Georgia", "country"), shield="us") == []
    assert entries("European Union", *forms, shield="eu", skip={"eu"}) == []
    # "European" is in a link; still the Union is no other
    assert entries("European Union", *forms, shield="eu", quiet=[TextRange(0, 8)]) == []


@pytest.mark.parametrize(
    ("quiet", "expected"),
    [
        ([], ["European Union", "Union"]),
        ([(0, 8)], ["Union", "Union"]),
        ([(9, 14)], ["European", "Union"]),
        ([(13, 16)], ["European"]),
        ([(8, 9)], ["European", "Union", "Union"]),
        ([(14, 15)], ["European Union", "Union"]),
        ([(5, 5)], ["European Union", "Union"]),
        ([(16, 17), (0, 3), (1, 9)], ["Union"]),
        ([(0, 20)], []),
    ],
)
def test_nothing_is_found_in_quiet_ranges(quiet: list[tuple[int, int]], expected: list[str]) -> None:
    ranges = [TextRange(*extent) for extent in quiet]
    assert found("European Union Union", "European Union", "European", "Union", quiet=ranges) == expected


def test_quiet_ranges_are_offsets_of_the_text() -> None:
    text = "Euro\u00adpean\u00ad European"
    assert Matcher([Form("European", "e")]).find(text, quiet=[TextRange(0, 3)]) == [Match(11, 19, ("e",))]
    assert Matcher([Form("European", "e")]).find(text, quiet=[TextRange(9, 12)]) == [Match(0, 9, ("e",))]


# --- the text in normal form -------------------------------------------------------------------------------------


@given(
    st.text(
        "aé\u0301\u00ad\u200b\u200d \u00a0\u3000\t\n’“한\u1112\u1161\u11ab\u0958\u212bक\u093e-\u2011中", max_size=12
    )
)
@example("\u1112\u00ad\u1161")
@example(" \u200d \u0301")
def test_normal_text_is_normal_and_knows_where_it_came_from(text: str) -> None:
    made = normal_text(text)
    assert unicodedata.is_normalized("NFC", made.text)
    assert normal_text(made.text).text == made.text
    assert not re.search("[\u00ad\u200b\u200d\u00a0\u3000\t’“\u2011]|  ", made.text)
    ranges = [made.source_range(place, place + 1) for place in range(len(made.text))]
    assert all(0 <= start < end <= len(text) for start, end in ranges)
    assert ranges == sorted(ranges)
    for c, (start, end) in zip(made.text, ranges, strict=True):
        assert c in normal_text(text[start:end]).text


# --- properties --------------------------------------------------------------------------------------------------

NAMES = (
    "NATO|North Atlantic Treaty Organization|U.S.|U.S. State Department|C++|.NET|naïve|Lietuv*|Žemaitija|Москв*|Київ"
    "|Αθήνα|İstanbul|Diyarbakır|한국|한국 전쟁|北京|中国|ロシア|กรุงเทพ|น้ำ|दिल्ली|حلف الناتو|صלום|l'OTAN|Jean-Luc|в|a b"
    "|Ångström"
).split("|")
BETWEEN = [" ", " ", "\u00a0", "\n", "-", "’", ". ", "는", "的", "s", "_", ", ", "\u00ad", ""]
multilingual = st.lists(
    st.sampled_from(NAMES).map(lambda name: name.replace("*", "os")) | st.sampled_from(BETWEEN), max_size=12
).map("".join)
MULTILINGUAL = Matcher(Form(name, f"entry-{number}") for number, name in enumerate(NAMES))


@given(multilingual)
def test_matches_are_whole_and_do_not_overlap(text: str) -> None:
    matches = MULTILINGUAL.find(text)
    ends = [offset for match in matches for offset in (match.start, match.end)]
    assert ends == sorted(ends)
    text_atoms = atoms(text)
    for match in matches:
        assert match.start < match.end
        assert at_boundary(text_atoms, match.start)
        assert at_boundary(text_atoms, match.end) or is_hangul(text[match.end - 1])
        assert "\n" not in text[match.start : match.end]


@given(multilingual)
def test_both_normal_forms_of_a_text_have_the_same_matches(text: str) -> None:
    def told(text: str) -> list[tuple[str, tuple[str, ...]]]:
        matches = MULTILINGUAL.find(text)
        return [(unicodedata.normalize("NFC", text[match.start : match.end]), match.entries) for match in matches]

    assert told(unicodedata.normalize("NFD", text)) == told(unicodedata.normalize("NFC", text))


@given(multilingual, st.lists(st.tuples(st.integers(0, 100), st.sampled_from("\u00ad\u200b\u2060\u200d"))))
def test_what_is_not_seen_changes_nothing(text: str, insertions: list[tuple[int, str]]) -> None:
    with_unseen = text
    for place, c in insertions:
        place %= len(with_unseen) + 1
        with_unseen = with_unseen[:place] + c + with_unseen[place:]

    def told(text: str) -> list[tuple[str, tuple[str, ...]]]:
        matches = MULTILINGUAL.find(text)
        return [
            (re.sub("[\u00ad\u200b\u2060\u200d]", "", text[match.start : match.end]), match.entries)
            for match in matches
        ]

    assert told(with_unseen) == told(text)


# --- the slow matcher: every range of the text against a regular expression for every form -------------------------

SPACES = "[ \u00a0]+"


def expression(form: Form) -> re.Pattern[str] | None:
    text = " ".join(form.text.split())
    wildcard = re.search(r"(?<!\\)\*$", text) is not None and re.search(r"\w\*$", text) is not None
    stem = (text[:-1] if wildcard else text).replace(r"\*", "*")
    if not re.search(r"\w", stem):
        return None
    first = next(place for place, c in enumerate(stem) if re.match(r"\w", c))
    any_case = form.case == "ignore" or (form.case == "smart" and stem.lower() == stem and stem.upper() != stem)
    capital = form.case == "smart" and not any_case and stem[first].islower()
    made = ""
    for place, c in enumerate(stem):
        if c in "'’":
            made += "['’]"
        elif c.isspace():
            made += SPACES
        elif place == first and capital:
            made += f"[{c}{c.upper()}]"
        else:
            made += f"(?i:{re.escape(c)})" if any_case else re.escape(c)
    return re.compile(made + (r"[^\W_]*" if wildcard else ""))


def slowly(
    text: str, forms: Iterable[tuple[Form, bool]], quiet: Sequence[TextRange], skip: set[str], shield: str
) -> list[Match]:
    expressions = [(form, is_local, expression(form)) for form, is_local in forms]
    text_atoms = atoms(text)
    matches: list[Match] = []
    start = 0
    while start < len(text):
        for end in range(len(text), start, -1):
            if not (at_boundary(text_atoms, start) and at_boundary(text_atoms, end)):
                continue
            overlaps = any(q.start < end and start < q.end for q in quiet if q.start < q.end)
            claims = [
                (form, is_local)
                for form, is_local, pattern in expressions
                if pattern and pattern.fullmatch(text, start, end)
                if (form.entry == shield and not is_local) or ((is_local or form.entry not in skip) and not overlaps)
            ]
            if not claims:
                continue
            words = re.sub(SPACES, " ", text[start:end]).replace("’", "'")
            claims = [claim for claim in claims if claim[1]] or claims
            exact = [
                claim
                for claim in claims
                if " ".join(claim[0].text.split()).replace("’", "'").replace(r"\*", "*") == words
            ]
            claims = exact or claims
            named = {form.entry for form, _ in claims}
            if claims[0][1] or shield not in named:
                matches.append(Match(start, end, tuple(sorted(named))))
            start = end - 1
            break
        start += 1
    return matches


cases = st.sampled_from(["smart", "exact", "ignore"])
words_of_forms = st.text("aAb1", min_size=1, max_size=2)
form_texts = st.one_of(
    words_of_forms,
    st.lists(words_of_forms, min_size=2, max_size=4).map(" ".join),
    st.text("aAb. '’-1_", min_size=1, max_size=6),
    st.builds(lambda text, star: text + star, st.text("aAb .", min_size=1, max_size=4), st.sampled_from(["*", r"\*"])),
)
some_form = st.builds(Form, form_texts, st.sampled_from(["x", "y", "z"]), cases)
any_text = st.text("aAb  .'’-1_\u00a0\n*", max_size=6)


@st.composite
def forms_and_text(draw: st.DrawFn) -> tuple[list[Form], str]:
    """Return forms, and a text in which they are likely to stand."""
    forms = draw(st.lists(some_form, min_size=1, max_size=8))
    spelt = st.sampled_from([form.text.rstrip("*") for form in forms])
    part = spelt | spelt.map(str.upper) | spelt.map(str.capitalize) | any_text | st.sampled_from(" -a’")
    return forms, "".join(draw(st.lists(part, max_size=6)))


some_ranges = st.lists(
    st.tuples(st.integers(0, 16), st.integers(0, 3)).map(lambda r: TextRange(r[0], r[0] + r[1])), max_size=2
)


@settings(max_examples=400)
@given(
    forms_and_text(),
    st.integers(0, 8),
    some_ranges,
    st.sets(st.sampled_from("xy"), max_size=1),
    st.sampled_from(["x", "", ""]),
)
@example(([Form("gene", "x"), Form("gene express", "y")], "gene expression"), 2, [], set(), "")
@example(([Form("a.", "x"), Form("a", "y")], "a.b a."), 2, [], set(), "")
def test_a_slow_matcher_agrees(
    made: tuple[list[Form], str], cut: int, quiet: list[TextRange], skip: set[str], shield: str
) -> None:
    (forms, local), text = (made[0][:cut], made[0][cut:]), made[1]
    own = Matcher(local, is_local=True) if local else None
    quickly = Matcher(forms).find(text, quiet=quiet, skip=skip, local=own, shield=shield)
    both = [(form, False) for form in forms] + [(form, True) for form in local]
    assert quickly == slowly(text, both, quiet, skip, shield)


def assert_it_holds_a_phrase(text: str, forms: Iterable[Form]) -> None:
    for form in forms:
        if Matcher([form]).find(text):
            assert any(phrase in folded(text) for phrase in phrases_of(form)), form


@settings(max_examples=400)
@given(forms_and_text())
@example(([Form("ısparta Kalesi", "x")], "Isparta Kalesi"))
@example(([Form("ßa", "x")], "SSa"))
def test_a_text_holds_the_phrases_of_what_is_found_in_it(made: tuple[list[Form], str]) -> None:
    assert_it_holds_a_phrase(made[1], made[0])


@given(multilingual)
def test_a_text_in_any_script_holds_them_too(text: str) -> None:
    assert_it_holds_a_phrase(text, [Form(name, "x", case) for name in NAMES for case in ("smart", "ignore")])


@pytest.mark.parametrize(("form", "text"), [row[:2] for row in (*WORDS, *SCRIPTS)])
def test_every_example_holds_them(form: str, text: str) -> None:
    assert_it_holds_a_phrase(text, [Form(form, "x", case) for case in ("smart", "exact", "ignore")])


@given(forms_and_text(), st.randoms(use_true_random=False))
def test_the_order_of_the_forms_does_not_matter(made: tuple[list[Form], str], random: Random) -> None:
    forms, text = made
    shuffled = list(forms)
    random.shuffle(shuffled)
    assert Matcher(shuffled).find(text) == Matcher(forms).find(text)


@given(forms_and_text())
def test_a_shallow_trie_finds_the_same(made: tuple[list[Form], str]) -> None:
    forms, text = made
    expected = Matcher(forms).find(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_trie, "DEPTH", 1)
        assert Matcher(forms).find(text) == expected


@pytest.mark.parametrize("most", [0, 3, matcher.MOST_KNOWN])
@given(forms_and_text(), st.lists(any_text, max_size=4))
def test_what_a_matcher_remembers_of_other_texts_changes_nothing(
    most: int, made: tuple[list[Form], str], others: list[str]
) -> None:
    forms, text = made
    remembering = Matcher(forms)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matcher, "MOST_KNOWN", most)
        patch.setattr(matcher, "LONG", 2)
        for each in (*others, text, *others):
            assert remembering.find(each) == Matcher(forms).find(each)
