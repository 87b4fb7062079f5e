"""Dates in the language of the page, as precise as they were given. English imports nothing, other languages Babel."""

from __future__ import annotations

import datetime as dt
import functools
from typing import TYPE_CHECKING

from generator.model import PartialDate

if TYPE_CHECKING:
    from babel import Locale


@functools.lru_cache(maxsize=4096)
def format_date(date: PartialDate | dt.date, lang: str) -> str:
    """Return a date as text: a day, a month with its year, or a year."""
    if isinstance(date, dt.date):
        date = PartialDate(date.year, date.month, date.day)
    if is_english(lang):
        if date.month is None:
            return str(date.year)
        month = _ENGLISH_MONTHS[date.month - 1]
        return f"{month} {date.year}" if date.day is None else f"{date.day} {month} {date.year}"
    from babel.dates import format_date as babel_format
    from babel.dates import format_skeleton

    locale = locale_of(lang)
    if date.month is None:
        return format_skeleton("y", date.first_day, locale=locale)
    if date.day is None:
        return format_skeleton("yMMMM", date.first_day, locale=locale)
    return babel_format(date.first_day, format="long", locale=locale)


def iso_date(date: PartialDate | dt.date) -> str:
    """Return a date for the `datetime` attribute (HTML, 2.3.5): 2021, 2021-12 or 2021-12-15."""
    return date.isoformat() if isinstance(date, dt.date) else str(date)


_ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def is_english(lang: str) -> bool:
    """Return whether a language is English, for which nothing has to be imported."""
    return lang.split("-")[0] == "en"


@functools.lru_cache(maxsize=64)
def locale_of(lang: str) -> Locale:
    """Return what Babel knows of a language: itself, else without its region, else English."""
    from babel import Locale, UnknownLocaleError

    for name in (lang, lang.split("-")[0], "en"):
        try:
            return Locale.parse(name, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    raise AssertionError("English is always there")
