"""The glossary from A to Z."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from generator.emit.cards import entry_line
from generator.emit.parts import page_view
from generator.model import OutputPath
from generator.output import Output, TemplateOutput
from generator.site import KINDS, LinkedEntry, Site
from generator.views import GlossaryView, Letter, SiteView

OTHERS = "#"
"""The thumb letter of names that begin with a digit or a sign."""


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield the glossary's page."""
    lang = site.settings.language
    by_letter: dict[str, list[LinkedEntry]] = {}
    for entry in site.entries:
        by_letter.setdefault(letter_of(entry.document.matter.name.value), []).append(entry)
    letters = sorted(by_letter, key=lambda letter: (letter == OTHERS, letter))
    kinds = {entry.document.matter.kind for entry in site.entries}
    yield TemplateOutput(
        OutputPath("glossary/index.html"),
        "glossary.html",
        GlossaryView(
            site=view,
            page=page_view(site, "/glossary/", "glossary", ""),
            letters=tuple(
                Letter(letter, f"letter-{number}", tuple(entry_line(entry, lang) for entry in by_letter[letter]))
                for number, letter in enumerate(letters, start=1)
            ),
            kinds=tuple(kind for kind in KINDS if kind in kinds),
            count=len(site.entries),
        ),
    )


def letter_of(name: str) -> str:
    """Return the thumb letter of a name: its first letter without accents, in upper case; articles count."""
    for character in unicodedata.normalize("NFD", name):
        if character.isalpha():
            return character.upper()
        if character.isdigit():
            break
    return OTHERS
