"""Entries among each other and in the site: those that nobody mentions, and words that two of them claim."""

from __future__ import annotations

from collections.abc import Iterator

from generator.commands.check.desk import Desk
from generator.diagnostics import Diagnostic, suggestion
from generator.link.form_case import in_any_case
from generator.link.glossary import literal
from generator.link.mentions import fold_words
from generator.link.normal_text import normal_text
from generator.model import Located
from generator.site import LinkedEntry


def unmentioned_entries(desk: Desk) -> Iterator[Diagnostic]:
    """Yield the entries that no text of the site mentions, other entries' texts included."""
    used = {mention.slug for _, linked in desk.texts() for mention in linked.mentions}
    for entry in desk.entries:
        if entry.slug not in used:
            name = entry.document.matter.name
            message = f'nothing on the site mentions "{name.value}"'
            hint = "add the `forms` that your texts use, mark it by hand, or leave it for later with `draft: true`"
            yield suggestion("entry-unmentioned", entry.document.path, name.at, message, hint)


def shared_forms(desk: Desk) -> Iterator[Diagnostic]:
    """Yield the forms that more than one entry claims, unless the site's `senses` say which of them is meant."""
    settled = {fold_words(words) for words in desk.settings.glossary.senses}
    claims: dict[str, list[tuple[LinkedEntry, Located]]] = {}
    for entry in sorted(desk.entries, key=lambda entry: entry.document.path):
        if entry.document.matter.link == "auto":
            for key, form in _claimed(desk, entry).items():
                claims.setdefault(key, []).append((entry, form))
    for claimants in claims.values():
        (first, _), *others = claimants
        for entry, form in others:
            if fold_words(form.value) in settled:
                continue
            message = f'"{form.value}" may mean this entry or that of {first.document.path}'
            hint = f"say which in site.yaml: `glossary: {{senses: {{{form.value}: {entry.slug}}}}}`, or on each page"
            yield suggestion("entry-shared-form", entry.document.path, form.at, message, hint)


def _claimed(desk: Desk, entry: LinkedEntry) -> dict[str, Located]:
    """Return an entry's forms by what they match: their spelling, or its folding where they match in any case."""
    matter = entry.document.matter
    case = matter.case or desk.settings.glossary.case
    named = ((literal(form.value), form) for form in (matter.name, *matter.aliases))
    claimed: dict[str, Located] = {}
    for text, form in (*named, *((form.value, form) for form in matter.forms)):
        normal = normal_text(" ".join(text.split())).text
        any_case = in_any_case(normal.removesuffix("*"), case, is_term=matter.kind == "term")
        claimed.setdefault(normal.casefold() if any_case else normal, form)
    return claimed
