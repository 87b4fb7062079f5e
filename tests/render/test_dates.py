from __future__ import annotations

import datetime as dt

import pytest

from generator.model import PartialDate
from generator.render.dates import format_date, iso_date
from generator.render.numbers import format_number

DAY, MONTH, YEAR = PartialDate(2021, 12, 15), PartialDate(2021, 12), PartialDate(2021)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ["15 December 2021", "December 2021", "2021"]),
        ("en-US", ["15 December 2021", "December 2021", "2021"]),
        ("lt", ["2021 m. gruodžio 15 d.", "2021 m. gruodis", "2021"]),
        ("de", ["15. Dezember 2021", "Dezember 2021", "2021"]),
        ("ar", ["15 ديسمبر 2021", "ديسمبر 2021", "2021"]),
        ("zh-Hant-TW", ["2021年12月15日", "2021年12月", "2021年"]),
        ("xx", ["December 15, 2021", "December 2021", "2021"]),
    ],
)
def test_a_date_is_as_precise_as_it_was_given(lang: str, said: list[str]) -> None:
    assert [format_date(date, lang) for date in (DAY, MONTH, YEAR)] == said
    assert format_date(dt.date(2021, 12, 15), lang) == said[0]


def test_dates_for_programs() -> None:
    assert [iso_date(date) for date in (DAY, MONTH, YEAR)] == ["2021-12-15", "2021-12", "2021"]
    assert iso_date(dt.date(2021, 12, 15)) == "2021-12-15"


@pytest.mark.parametrize(
    ("value", "lang", "said"),
    [(45.3, "en", "45.3"), (45.3, "lt", "45,3"), (123.456, "de", "123,5"), (0.0, "lt", "0"), (45, "ar", "45")],
)
def test_numbers(value: float, lang: str, said: str) -> None:
    assert format_number(value, lang) == said
