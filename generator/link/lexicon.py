"""The glossary before any text is looked at: which entries are published, what they are called, what words mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.config import Settings
from generator.diagnostics import Diagnostic
from generator.document import EntryDocument
from generator.link.addresses import slug_of
from generator.link.glossary import Glossary
from generator.link.index import SiteRules
from generator.link.matcher import Form
from generator.link.mentions import fold_words, named_entry
from generator.link.select import Selection, select_entries
from generator.model import SourcePath, Value


class Lexicon(Value, frozen=True, kw_only=True):
    """All that finding the mentions of a text rests on."""

    glossary: Glossary
    rules: SiteRules
    slugs: Mapping[SourcePath, str]
    """Of the published entries."""
    left_out: Mapping[str, str]
    """Entries that are not published, with the reason."""
    diagnostics: tuple[Diagnostic, ...]

    @property
    def forms(self) -> frozenset[Form]:
        """All words that mean an entry."""
        return self.glossary.forms


def lexicon_of(
    entries: Iterable[EntryDocument], broken: Iterable[SourcePath], settings: Settings, wanted: Selection
) -> Lexicon:
    """Return the lexicon of a site; `broken` are the files of entries that gave none."""
    chosen, left_out = select_entries(entries, wanted)
    slugs: dict[SourcePath, str] = {}
    diagnostics: list[Diagnostic] = []
    for entry in chosen:
        slugs[entry.path], problems = slug_of(entry.matter.slug, entry.path)
        diagnostics += problems
    glossary = Glossary(
        ((slugs[entry.path], entry) for entry in chosen),
        settings.glossary,
        frozenset(slug_of(None, path)[0] for path in broken),
    )
    path = SourcePath("content/site.yaml")
    senses = {
        fold_words(words): named_entry(name, glossary, path, diagnostics) if name else None
        for words, name in settings.glossary.senses.items()
    }
    return Lexicon(
        glossary=glossary,
        rules=SiteRules(settings.glossary, senses),
        slugs=slugs,
        left_out=left_out,
        diagnostics=tuple(diagnostics),
    )
