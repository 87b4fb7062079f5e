from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.commands.check.capitals import opens, runs
from tests.commands.check.desk import checked, places
from tests.project import article, entry


def named(text: str) -> list[str]:
    """Return the runs of a text; those that open a sentence in brackets."""
    return [f"({text[a:b]})" if opens(text, a) else text[a:b] for a, b in runs(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("so the Bundestag met", ["Bundestag"]),
        ("The Bundestag met. It left. “We met,” she said", ["(The Bundestag)", "(It)", "(We)"]),
        ("by Angela Merkel and Olaf Scholz", ["Angela Merkel", "Olaf Scholz"]),
        ("by Ursula von der Leyen, the University of the Arts", ["Ursula von der Leyen", "University of the Arts"]),
        ("said Mr. Macron and Dr. Xu. Then all", ["Macron", "Xu", "(Then)"]),
        ("by Joseph R. Biden", ["Joseph R. Biden"]),
        ("in the U.S. and the U.K. State", ["U.S.", "U.K. State"]),
        ("Russia’s war", ["(Russia)"]),
        ("for Jean-Luc O’Brien", ["Jean-Luc O’Brien"]),
        ("the G20 in İstanbul, то Москва и Łódź", ["G20", "İstanbul", "Москва", "Łódź"]),
        ("one iPhone, an eBay", []),
        ("北京 and 東京", []),
        ("first\nThen", ["(Then)"]),
        ("", []),
    ],
)
def test_runs_of_capitalised_words(text: str, expected: list[str]) -> None:
    assert named(text) == expected


@given(st.text(st.sampled_from("Aa .Éé-'’ofİÀ\u0301\n“”!ДдMr9_")))
def test_runs_are_in_order_apart_and_begin_with_a_capital(text: str) -> None:
    reached = 0
    for start, end in runs(text):
        assert reached <= start < end <= len(text)
        assert text[start].isupper()
        opens(text, start)
        reached = end


def names(tmp_path: Path, *bodies: str, matter: str = "", site: str = "", **entries: str) -> list[str]:
    files: dict[str, str | bytes] = {f"content/articles/{n}.md": article(body, matter) for n, body in enumerate(bodies)}
    files |= {f"content/glossary/{name}.md": text for name, text in entries.items()}
    files["content/site.yaml"] = f"title: Test\n{site}"
    return [one.message.split("”")[0].removeprefix("“") for one in checked(tmp_path, files, "name-unexplained")]


def test_a_name_used_twice_is_found_where_it_first_stands(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "content/site.yaml": "title: Test\n",
        "content/articles/a.md": article("Nothing.\n\nThen the Bundestag met.\n"),
        "content/articles/b.md": article("In the Bundestag.\n"),
    }
    (found,) = checked(tmp_path, files, "name-unexplained")
    assert places([found]) == ["articles/a.md:7:10"]
    assert found.message == "“Bundestag” is used 2 times in 2 files, and no entry explains it"
    assert found.severity == "suggestion"
    assert 'new entry "Bundestag"' in found.hint


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("the Bundestag once", []),
        ("He met them. He left. He did.", []),
        ("Bundestag. Bundestag. Bundestag.", []),
        ("the Bundestag. Bundestag voted.", ["Bundestag"]),
        ("the UNESCO, the UNESCO", ["UNESCO"]),
        ("UNESCO voted. UNESCO left.", ["UNESCO"]),
        ("on Monday and Monday, in May, in May, in English, in English", []),
        ("chapter IV, chapter IV", []),
        ("G20 met. G20 left. U.S. and U.S. again", ["G20", "U.S."]),
        ("Погода была. Погода стала, а в Москве и в Москве нет.", ["Москве"]),
        ("Έτσι. Έτσι. στην Αθήνα, την Αθήνα", ["Αθήνα"]),
        ("by Angela Merkel; Merkel said; to Merkel", ["Angela Merkel"]),
        ("`Foo` and the `Foo`; [Bar](https://example.org/), the [Bar](https://example.org/)", []),
        ("## The Foo\n\n## A Foo\n\n> the Bar\n\n> the Bar", []),
        ("The White House met. At the White House, a white dog.", ["White House"]),
        ("Angela Merkel met them. Angela Merkel left.", ["Angela Merkel"]),
        ("Then Angela Merkel met them and then left. Then Angela Merkel.", ["Angela Merkel"]),
    ],
)
def test_what_counts_as_a_name(tmp_path: Path, body: str, expected: list[str]) -> None:
    assert names(tmp_path, body + "\n") == expected


def test_shorter_forms_are_counted_with_the_longer_one(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "content/site.yaml": "title: Test\n",
        "content/articles/a.md": article("by Angela Merkel; and Merkel, and Merkel\n"),
    }
    (found,) = checked(tmp_path, files, "name-unexplained")
    assert found.message.startswith("“Angela Merkel” (also as “Merkel”) is used 3 times, and")


def test_a_name_with_its_place_is_counted_with_the_name(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "content/site.yaml": "title: Test\nglossary: {unexplained: {at_least: 3}}\n",
        "content/articles/a.md": article(
            "the General Assembly of the United Nations, a General Assembly; the Assembly\n"
        ),
    }
    (found,) = checked(tmp_path, files, "name-unexplained")
    assert found.message.startswith(
        "“General Assembly” (also as “General Assembly of the United Nations”, “Assembly”) is used 3 times, and"
    )


def test_what_an_entry_explains_is_silent(tmp_path: Path) -> None:
    body = "so NATO, and NATO, the Kremlin, the Kremlin, the Levadan, the Levadan, of Gazprom, of Gazprom\n"
    entries = {
        "nato": entry("NATO"),
        "kremlin": entry("Kremlin", front_matter="link: manual\n"),
        "levada": entry("Pollster", front_matter="forms: [Levada*]\nlink: manual\n"),
    }
    own = "glossary: {mentions: none, terms: {Gazprom: A company.}}\n"
    assert names(tmp_path, body, matter=own, **entries) == []
    assert names(tmp_path, body, matter="glossary: {exclude: [nato]}\n", **entries) == ["Gazprom"]


def test_site_yaml_says_what_to_ignore_and_from_when_to_count(tmp_path: Path) -> None:
    body = "the Foo, the Foo, the Foo, of Bar, of Bar, and Bar, to Baz and Baz\n"
    assert names(tmp_path, body) == ["Foo", "Bar", "Baz"]
    assert names(tmp_path, body, site="glossary: {unexplained: {at_least: 3, ignore: [Foo]}}\n") == ["Bar"]


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("de", ["Deutsche Bahn", "EZB"]), ("en", ["Zug", "Deutsche Bahn", "Haus", "EZB"])],
)
def test_in_german_a_capital_alone_says_nothing(tmp_path: Path, lang: str, expected: list[str]) -> None:
    body = "ein Zug und ein Zug, die Deutsche Bahn, die Deutsche Bahn, das Haus, das Haus, die EZB, die EZB.\n"
    assert names(tmp_path, body, matter=f"lang: {lang}\n") == expected


def test_days_and_months_are_those_of_the_language(tmp_path: Path) -> None:
    body = "der Montag Mai, un Lunedi, un Lunedi\n"
    assert names(tmp_path, body, matter="lang: it\n") == ["Lunedi"]
    assert names(tmp_path, "po Piątek i Piątek\n", matter="lang: pl\n") == ["Piątek"]
    assert names(tmp_path, "on Friday or Friday\n", matter="lang: en-GB\n") == []
    assert names(tmp_path, "on Friday or Friday\n", matter="lang: tlh\n") == ["Friday"]
