"""The glossary from A to Z."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator

from generator.emit.cards import entry_line
from generator.emit.keys import key_of, value_key
from generator.emit.parts import page_view
from generator.link.library import Library
from generator.model import OutputPath
from generator.output import Output, TemplateOutput
from generator.site import KINDS, Entry, Site
from generator.views import GlossaryView, Letter, SiteView

OTHERS = "#"
"""The thumb letter of names that begin with a digit or a sign."""


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield the glossary's page."""
    cards = [entry.card for entry in site.entries]
    yield TemplateOutput(
        OutputPath("glossary/index.html"),
        key_of(value_key(view), *cards),
        "glossary.html",
        functools.partial(glossary_view, site, view),
    )


def glossary_view(site: Site, view: SiteView, library: Library) -> GlossaryView:
    """Return all entries by their letters."""
    lang = site.settings.language
    by_letter: dict[str, list[Entry]] = {}
    for entry in site.entries:
        by_letter.setdefault(letter_of(entry.document.matter.name.value), []).append(entry)
    letters = sorted(by_letter, key=lambda letter: (letter == OTHERS, letter))
    kinds = {entry.document.matter.kind for entry in site.entries}
    return GlossaryView(
        site=view,
        page=page_view(site, "/glossary/", "glossary", ""),
        letters=tuple(
            Letter(
                letter,
                f"letter-{number}",
                tuple(entry_line(library.entry(entry.slug), lang) for entry in by_letter[letter]),
            )
            for number, letter in enumerate(letters, start=1)
        ),
        kinds=tuple(kind for kind in KINDS if kind in kinds),
        count=len(site.entries),
    )


def letter_of(name: str) -> str:
    """Return the thumb letter of a name: its first letter without accents, in upper case; articles count."""
    for character in unicodedata.normalize("NFD", name):
        if character.isalpha():
            return character.upper()
        if character.isdigit():
            break
    return OTHERS
