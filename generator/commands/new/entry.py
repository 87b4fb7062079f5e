"""`new entry NAME`: a draft of an entry, its kind guessed from the name, its review a year from now."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from generator.commands.new.place import new_path, split_name, write_new, written
from generator.matter import Kind

ENTRY = """\
---
name: {name}
kind: {kind} # person, organization, place, event, term or document
aliases: []
summary: {summary}
sources: []
review_by: {review_by}
draft: true # take this line out, and the entry is built and checked
---
"""

SUMMARY = "What a reader needs to know to go on reading, in one or two sentences."

_ORGANIZATION = re.compile(
    r"\b(?:Academy|Agency|Alliance|Association|Authority|Bank|Board|Bureau|Center|Centre|College|Commission|Committee"
    r"|Company|Conference|Congress|Corporation|Council|Court|Department|Foundation|Fund|Group|Institute|League"
    r"|Ministry|Office|Organi[sz]ation|Parliament|Party|Service|Society|Union|University)\b"
)
_EVENT = re.compile(r"\b(?:Battle|Conference|Congress|Crisis|Election|Games|Olympics|Revolution|Summit|War)\b")
_DOCUMENT = re.compile(r"\b(?:Accords?|Act|Agreement|Charter|Constitution|Convention|Declaration|Protocol|Treaty)\b")


def new_entry(project: Path, name: str, today: dt.date) -> Path:
    """Write a new entry and return its path; raises NewError where something is in the way."""
    folder, title = split_name(name, sentence=False)
    path = new_path(project, "glossary", folder, title)
    text = ENTRY.format(name=written(title), kind=kind_of(title), summary=SUMMARY, review_by=a_year_after(today))
    write_new(path, text)
    return path


def kind_of(name: str) -> Kind:
    """Return the likeliest kind of a name, for its author to mend."""
    if name.lower() == name:
        return "term"
    if _DOCUMENT.search(name):
        return "document"
    if _ORGANIZATION.search(name) or re.fullmatch(r"[A-Z.]{2,}\d*", name):
        return "organization"
    if _EVENT.search(name):
        return "event"
    words = name.split()
    capitals = all(word[0].isupper() for word in words)
    return "person" if len(words) in (2, 3) and capitals else "place" if len(words) == 1 else "term"


def a_year_after(day: dt.date) -> dt.date:
    """Return the same day of the next year; for 29 February the day before."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
