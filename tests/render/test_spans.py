from __future__ import annotations

import pytest

from generator.model import PartialDate
from generator.render.spans import format_span, short_date


def partial(date: str) -> PartialDate:
    return PartialDate(*(int(part) for part in date.split("-")))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u2060", "")


@pytest.mark.parametrize(
    ("start", "end", "lang", "expected"),
    [
        ("2021-12-09", "2021-12-10", "en", "9–10 December 2021"),
        ("2021-11-09", "2021-12-10", "en", "9 November – 10 December 2021"),
        ("2020-12-09", "2021-12-09", "en-GB", "9 December 2020 – 9 December 2021"),
        ("2021-03", "2021-05", "en", "March–May 2021"),
        ("2021-03", "2022-03", "en", "March 2021 – March 2022"),
        ("1914", "1918", "en", "1914–1918"),
        ("1914", "1918-11-11", "en", "1914 – 11 November 1918"),
        ("1914", "1914", "en", "1914"),
        ("2021-12-09", "2021-12-10", "fr", "9–10 déc. 2021"),
        ("1914", "1918-11-11", "fr", "1914 – 11 novembre 1918"),
    ],
)
def test_what_both_ends_share_is_said_once(start: str, end: str, lang: str, expected: str) -> None:
    assert plain(format_span(partial(start), partial(end), lang)) == expected


def test_without_an_end_it_is_a_date() -> None:
    assert plain(format_span(partial("2021-12-09"), None, "en")) == "9 December 2021"


def test_lines_break_behind_a_dash_between_spaces_alone() -> None:
    long = format_span(partial("2020-12-09"), partial("2021-12-09"), "en")
    assert [plain(part) for part in long.split(" ")] == ["9 December 2020 –", "9 December 2021"]
    assert "\u2060–\u2060" in format_span(partial("1914"), partial("1918"), "en")


@pytest.mark.parametrize(
    ("date", "lang", "expected"),
    [
        ("1970", "en", "1970"),
        ("2021-12", "en", "Dec 2021"),
        ("2021-12-09", "en", "9 Dec"),
        ("2021-12", "fr", "déc. 2021"),
        ("2021-12-09", "fr", "9 déc."),
    ],
)
def test_dates_of_a_scale_are_short(date: str, lang: str, expected: str) -> None:
    assert plain(short_date(partial(date), lang)) == expected
