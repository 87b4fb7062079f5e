"""Spans of time and the dates of a scale, in the language of the page."""

from __future__ import annotations

import functools
import re

from generator.model import PartialDate
from generator.render.dates import format_date, is_english, locale_of

NO_BREAK, JOINER = "\u00a0", "\u2060"


@functools.lru_cache(maxsize=4096)
def format_span(start: PartialDate, end: PartialDate | None, lang: str) -> str:
    """Return the time from a date to another, what they have in common said once: 9–10 December 2021.

    It may be broken behind a dash between spaces alone.
    """
    text = format_date(start, lang) if end is None or start == end else _span(start, end, lang)
    text = re.sub(r"\s", NO_BREAK, text)
    text = re.sub(f"{NO_BREAK}([–-]){NO_BREAK}", rf"{NO_BREAK}\1 ", text)
    return re.sub(r"(?<=\S)–(?=\S)", f"{JOINER}–{JOINER}", text)


def _span(start: PartialDate, end: PartialDate, lang: str) -> str:
    alike = (start.month is None) == (end.month is None) and (start.day is None) == (end.day is None)
    if start.month is None and end.month is None:
        return f"{format_date(start, lang)}–{format_date(end, lang)}"
    if not alike or (is_english(lang) and start.year != end.year):
        return f"{format_date(start, lang)} – {format_date(end, lang)}"
    if is_english(lang):
        if start.day is not None and start.month == end.month:
            return f"{start.day}–{format_date(end, lang)}"
        first = format_date(start, lang).removesuffix(f" {start.year}")
        return f"{first}–{format_date(end, lang)}" if start.day is None else f"{first} – {format_date(end, lang)}"
    from babel.dates import format_interval

    skeleton = "yMMMM" if start.day is None else "yMMMMd"
    return format_interval(start.first_day, end.first_day, skeleton, locale=locale_of(lang))


@functools.lru_cache(maxsize=4096)
def short_date(date: PartialDate, lang: str) -> str:
    """Return a date for a scale: a year, a month with its year, or a day with its month, months abbreviated."""
    if date.month is None:
        return format_date(date, lang)
    if is_english(lang):
        day, _, month = format_date(PartialDate(date.year, date.month, date.day or 1), lang).partition(" ")
        return f"{month[:3]} {date.year}" if date.day is None else f"{day} {month[:3]}"
    from babel.dates import format_skeleton

    return format_skeleton("yMMM" if date.day is None else "MMMd", date.first_day, locale=locale_of(lang))
