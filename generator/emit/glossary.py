"""The glossary from A to Z."""

from __future__ import annotations

import functools
import re
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


ARTICLES = {
    lang: re.compile(rf"(?:{words})(?=\w)", re.IGNORECASE)
    for lang, words in {
        "en": "the ",
        "de": "der |die |das ",
        "nl": "de |het ",
        "fr": "le |la |les |l['’]",
        "es": "el |la |los |las ",
        "it": "il |lo |la |i |gli |le |l['’]",
    }.items()
}
"""Definite articles, which do not count in an index."""


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
    for entry in sorted(
        site.entries, key=lambda entry: sort_key(entry.document.matter.name.value, entry.document.lang)
    ):
        name = without_article(entry.document.matter.name.value, entry.document.lang)
        by_letter.setdefault(letter_of(name), []).append(entry)
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


def without_article(name: str, lang: str) -> str:
    """Return a name as an index has it: the Kremlin stands under K."""
    article = ARTICLES.get(lang.partition("-")[0])
    return article.sub("", name) if article else name


def sort_key(name: str, lang: str) -> tuple[str, str]:
    """Return what names are put in order by: letters before accents and case."""
    letters = unicodedata.normalize("NFD", without_article(name, lang).casefold())
    return "".join(c for c in letters if not unicodedata.combining(c)), name


def letter_of(name: str) -> str:
    """Return the thumb letter of a name: its first letter without accents, in upper case."""
    for character in unicodedata.normalize("NFD", name):
        if character.isalpha():
            return character.upper()
        if character.isdigit():
            break
    return OTHERS
