"""Dates in the language of the page, as precise as they were given. Babel is imported here alone, on first use."""

from __future__ import annotations

import datetime as dt
import functools
import re
from typing import TYPE_CHECKING

from generator.model import PartialDate

if TYPE_CHECKING:
    from babel import Locale


@functools.lru_cache(maxsize=4096)
def format_date(date: PartialDate | dt.date, lang: str) -> str:
    """Return a date as text: a day, a month with its year, or a year."""
    if isinstance(date, dt.date):
        date = PartialDate(date.year, date.month, date.day)
    if date.month is None:
        return str(date.year)
    if lang.split("-")[0] == "en":
        month = _ENGLISH_MONTHS[date.month - 1]
        return f"{month} {date.year}" if date.day is None else f"{date.day} {month} {date.year}"
    from babel.dates import format_date as babel_format
    from babel.dates import format_skeleton

    locale = _locale(lang)
    if date.day is None:
        return format_skeleton("yMMMM", date.first_day, locale=locale)
    return babel_format(date.first_day, format="long", locale=locale)


@functools.lru_cache(maxsize=4096)
def format_span(start: PartialDate, end: PartialDate | None, lang: str) -> str:
    """Return the time from a date to another, what they have in common said once: 9–10 December 2021.

    It may be broken behind the dash alone.
    """
    text = format_date(start, lang) if end is None or start == end else _span(start, end, lang)
    return re.sub("[\u00a0\u2009]–[\u00a0\u2009]", "\u00a0– ", text.replace(" ", "\u00a0"))


def _span(start: PartialDate, end: PartialDate, lang: str) -> str:
    alike = (start.month is None) == (end.month is None) and (start.day is None) == (end.day is None)
    if not alike:
        return f"{format_date(start, lang)} – {format_date(end, lang)}"
    if start.month is None:
        return f"{start.year}–{end.year}"
    if lang.split("-")[0] == "en":
        if start.year != end.year:
            return f"{format_date(start, lang)} – {format_date(end, lang)}"
        if start.month == end.month:
            return f"{start.day}–{format_date(end, lang)}"
        month = _ENGLISH_MONTHS[start.month - 1]
        return f"{month if start.day is None else f'{start.day} {month}'} – {format_date(end, lang)}"
    from babel.dates import format_interval

    return format_interval(
        start.first_day, end.first_day, "yMMMM" if start.day is None else "yMMMMd", locale=_locale(lang)
    )


@functools.lru_cache(maxsize=4096)
def short_date(date: PartialDate, lang: str) -> str:
    """Return a date for a scale: a year, a month with its year, or a day with its month, months abbreviated."""
    if date.month is None:
        return str(date.year)
    if lang.split("-")[0] == "en":
        month = _ENGLISH_MONTHS[date.month - 1][:3]
        return f"{month} {date.year}" if date.day is None else f"{date.day} {month}"
    from babel.dates import format_skeleton

    return format_skeleton("yMMM" if date.day is None else "MMMd", date.first_day, locale=_locale(lang))


def iso_date(date: PartialDate | dt.date) -> str:
    """Return a date for the `datetime` attribute (HTML, 2.3.5): 2021, 2021-12 or 2021-12-15."""
    return date.isoformat() if isinstance(date, dt.date) else str(date)


_ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@functools.lru_cache(maxsize=64)
def _locale(lang: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    for name in (lang, lang.split("-")[0], "en"):
        try:
            return Locale.parse(name, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    raise AssertionError("English is always there")
