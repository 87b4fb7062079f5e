"""Names and acronyms that a site uses and does not explain.

A capital says "name" only where nothing else asks for it. At the start of a sentence it counts when the same words
stand capitalised elsewhere in a sentence; days, months and languages are no names; and in German, where every noun has
a capital, only acronyms and two such words in a row count.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from generator.commands.check.capitals import opens, runs
from generator.commands.check.desk import Desk
from generator.commands.check.places import in_text
from generator.commands.check.same_name import Name, Use, merged
from generator.diagnostics import Diagnostic, Severity
from generator.link.glossary import forms_of
from generator.link.mentions import fold_words
from generator.model import TextRange
from generator.site import LinkedFragment

CAPITAL_NOUNS = ("de", "lb", "gsw", "nds")
"""Languages that write every noun with a capital."""

SHORTEST = 2

_ROMAN = re.compile(r"[IVX]+")


class Opening(NamedTuple):
    """Words with capitals that a sentence begins with."""

    words: str
    use: Use
    single: bool
    """In a language where one word with a capital may be a name."""


def unexplained_names(desk: Desk) -> Iterator[Diagnostic]:
    """Yield the names and acronyms that articles and pages use without an entry, at the first use of each."""
    asked = desk.settings.glossary.unexplained
    names = [name for name in find_names(desk) if len(name.uses) >= asked.at_least]
    for name in names:
        first = name.uses[0]
        files = len({use.path for use in name.uses})
        also = f" (also as {', '.join(f'“{words}”' for words in name.also)})" if name.also else ""
        times = "once" if len(name.uses) == 1 else f"{len(name.uses)} times"
        where = f" in {files} files" if files > 1 else ""
        yield in_text(
            Severity.SUGGESTION,
            "name-unexplained",
            first.path,
            first.linked,
            first.start,
            first.end,
            f"“{name.words}”{also} is used {times}{where}, and no entry explains it",
            f'python -m generator new entry "{name.words}"; or add it to the aliases of an entry, or to '
            "`glossary: unexplained: ignore` in site.yaml",
        )


def find_names(desk: Desk) -> list[Name]:
    """Return the names that no entry explains, by the place of their first use."""
    glossary = desk.settings.glossary
    forms = [form for entry in desk.entries for form in forms_of(entry.document)]
    known = {fold_words(words) for words in (*forms, *glossary.unexplained.ignore, *glossary.senses)}
    stems = tuple(fold_words(form[:-1]) for form in forms if form.endswith("*") and not form.endswith("\\*"))
    inside: dict[str, list[Use]] = {}
    opening: list[Opening] = []
    texts: list[str] = []
    for page in sorted((*desk.articles, *desk.pages), key=lambda page: page.document.path):
        single = page.document.lang.partition("-")[0] not in CAPITAL_NOUNS
        ordinary = calendar_and_languages(page.document.lang)
        for linked in (page.body, *page.notes):
            texts.append(linked.fragment.text)
            for start, end in _unmentioned(linked, quotations=glossary.blockquotes):
                words = linked.fragment.text[start:end].replace("\u00a0", " ")
                if words in ordinary or not _tells(words, single=single):
                    continue
                use = Use(page.document.path, linked, start, end)
                if opens(linked.fragment.text, start) and not _is_acronym(words):
                    opening.append(Opening(words, use, single))
                else:
                    inside.setdefault(words, []).append(use)
    _count_openings(inside, opening, texts)
    folded = {words: fold_words(words) for words in inside}
    unknown = [words for words in inside if folded[words] not in known and not folded[words].startswith(stems)]
    return merged({words: inside[words] for words in unknown})


@cache
def calendar_and_languages(lang: str) -> frozenset[str]:
    """Return words of a language that have a capital without being a name: days, months, languages."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(lang, sep="-")
    except (UnknownLocaleError, ValueError):
        return frozenset()
    words = {str(word) for width in ("wide", "abbreviated") for word in locale.days["format"][width].values()}
    words |= {str(word) for width in ("wide", "abbreviated") for word in locale.months["format"][width].values()}
    words |= {str(name) for name in locale.languages.values()}
    return frozenset(words)


def _unmentioned(linked: LinkedFragment, *, quotations: bool) -> Iterator[tuple[int, int]]:
    """Return the runs of a text that lie outside of mentions and of all that is never marked."""
    fragment = linked.fragment
    taken: Sequence[TextRange] = sorted(
        (
            *fragment.quiet,
            *(() if quotations else fragment.blockquotes),
            *(mark.range for mark in fragment.hand_marks),
            *(TextRange(mention.start, mention.end) for mention in linked.mentions),
        ),
        key=lambda extent: extent.start,
    )
    starts = [extent.start for extent in taken]
    reached = 0
    ends = [reached := max(reached, extent.end) for extent in taken]
    for start, end in runs(fragment.text):
        before = bisect_right(starts, end - 1) - 1
        if before < 0 or ends[before] <= start:
            yield start, end


def _tells(words: str, *, single: bool) -> bool:
    """Return whether capitals make words a name in a language where single capitalised words are one, or are not."""
    if len(words) < SHORTEST or _ROMAN.fullmatch(words):
        return False
    return single or " " in words or _is_acronym(words)


def _is_acronym(words: str) -> bool:
    """Return whether a name is in capitals alone, which no place in a sentence asks for: `NATO`, `U.S.`, `G20`."""
    return words.isupper() and " " not in words


def _count_openings(inside: dict[str, list[Use]], opening: list[Opening], texts: list[str]) -> None:
    """Count the runs that open a sentence as far as the rest of the site says that they are names."""
    ordinary: set[str] | None = None
    added: list[tuple[str, Use]] = []
    for words, use, single in opening:
        first, _, rest = words.partition(" ")
        if not rest and words not in inside:
            continue
        if ordinary is None:
            ordinary = {word for text in texts for word in text.split()}
        if words in inside and (rest or first.lower() not in ordinary):
            added.append((words, use))
        elif rest in inside or (single and " " in rest and first.lower() in ordinary):
            added.append((rest, use._replace(start=use.start + len(first) + 1)))
        elif single and rest and first.lower() not in ordinary:
            added.append((words, use))
    for words, use in added:
        inside.setdefault(words, []).append(use)
