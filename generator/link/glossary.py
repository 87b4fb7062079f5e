"""The entries as a whole: how authors name them, and which words mean them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from generator.config import GlossarySettings
from generator.diagnostics import did_you_mean
from generator.document import EntryDocument, PageTerm
from generator.link.matcher import Form, Matcher
from generator.urls import slugify

TERM_PREFIX = "own:"
"""Marks the slug of a page's own term; no entry's slug holds a colon."""


class Glossary:
    """Finds entries by slug, name or alias, and their mentions in texts."""

    def __init__(
        self,
        entries: Iterable[tuple[str, EntryDocument]],
        settings: GlossarySettings,
        broken: frozenset[str] = frozenset(),
    ) -> None:
        """`entries` are slugs with their documents, in any order; `broken` the slugs of files that gave none."""
        self._broken = broken
        self.by_slug = dict(sorted(entries, key=lambda entry: entry[0]))
        self._named: dict[str, set[str]] = {}
        forms: list[Form] = []
        for slug, entry in self.by_slug.items():
            for name in names_of(entry):
                self._named.setdefault(_fold(name), set()).add(slug)
            if entry.matter.link == "auto":
                case = entry.matter.case or settings.case
                is_term = entry.matter.kind == "term"
                forms += (Form(text, slug, case, is_term) for text in forms_of(entry))
        self.forms = frozenset(forms)
        self._matcher: Matcher | None = None

    @property
    def matcher(self) -> Matcher:
        """What finds the mentions of these entries; made where a text is looked at."""
        if self._matcher is None:
            self._matcher = Matcher(self.forms)
        return self._matcher

    def find(self, name: str) -> tuple[str, ...]:
        """Return the slugs that a slug, name or alias may mean: one, none, or several that share it."""
        if name in self.by_slug:
            return (name,)
        named = self._named.get(_fold(name))
        if named:
            return tuple(sorted(named))
        slug = slugify(name)
        return (slug,) if slug in self.by_slug else ()

    def is_broken(self, name: str) -> bool:
        """Return whether a name is probably that of an entry whose own mistakes are told."""
        return slugify(name) in self._broken

    def hint(self, name: str) -> str:
        """Return the hint for a name that no entry has."""
        hint = did_you_mean(name, (*self.by_slug, *(entry.matter.name.value for entry in self.by_slug.values())))
        return (
            hint if hint.startswith("did") else f"add content/glossary/{slugify(name) or 'name'}.md, or mend the name"
        )


def names_of(entry: EntryDocument) -> tuple[str, ...]:
    """Return an entry's name and its aliases."""
    return (entry.matter.name.value, *(alias.value for alias in entry.matter.aliases))


def forms_of(entry: EntryDocument) -> tuple[str, ...]:
    """Return the words that mean an entry; a final star stands for any ending, in names and aliases it is a star."""
    names = (literal(name) for name in names_of(entry))
    return (*names, *(form.value for form in entry.matter.forms))


def literal(name: str) -> str:
    """Return a name as a form that matches it alone."""
    return f"{name[:-1]}\\*" if name.endswith("*") else name


def own_terms(terms: Sequence[PageTerm]) -> Matcher | None:
    """Return the matcher of a page's own terms, or None where it has none."""
    if not terms:
        return None
    forms = (Form(literal(term.name), f"{TERM_PREFIX}{index}", "smart", True) for index, term in enumerate(terms))
    return Matcher(forms, is_local=True)


def _fold(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
