"""Marks that a page lost or has too many of, and marks that come after the reader has met the name."""

from __future__ import annotations

from collections.abc import Iterator

from generator.commands.check.places import in_text
from generator.diagnostics import Diagnostic, Severity
from generator.link.glossary import TERM_PREFIX, forms_of
from generator.link.matcher import Form, Matcher
from generator.link.mentions import MIN_CAP, cap_of, line_at
from generator.site import LinkedEntry, LinkedPage, Site
from generator.text import count_words


def dropped_mentions(site: Site) -> Iterator[Diagnostic]:
    """Yield the pages on which the density cap has left names unmarked, at the first of them."""
    names = {entry.slug: entry.document.matter.name.value for entry in site.entries}
    for page in (*site.articles, *site.pages):
        if page.dropped:
            first = page.dropped[0]
            left_out = dict.fromkeys(_name(page, mention.slug, names) for mention in page.dropped)
            yield in_text(
                Severity.SUGGESTION,
                "mention-dropped",
                page.document.path,
                page.body,
                first.start,
                first.end,
                f"the density cap left {_counted(len(page.dropped))} unmarked: {', '.join(left_out)}",
                "raise `glossary: max_density` in site.yaml, `exclude` what readers know, or mark by hand what must be",
            )


def dense_pages(site: Site) -> Iterator[Diagnostic]:
    """Yield the pages that have more marks by hand than the density cap allows, at the first beyond it."""
    for page in (*site.articles, *site.pages):
        by_hand = [mention for mention in page.body.mentions if mention.by_hand]
        if len(by_hand) <= MIN_CAP:
            continue
        cap = cap_of(count_words(page.document.body.text), site.settings.glossary)
        if cap is not None and len(by_hand) > cap:
            yield in_text(
                Severity.SUGGESTION,
                "mention-dense",
                page.document.path,
                page.body,
                by_hand[cap].start,
                by_hand[cap].end,
                f"{_counted(len(by_hand))} are marked by hand, and the density cap would leave {cap}",
                "a page that is all marks is hard to read: take back those that readers can do without",
            )


def late_marks(site: Site) -> Iterator[Diagnostic]:
    """Yield the marks, by hand or of a page's own term, before which the name already stands unmarked."""
    entries = {entry.slug: entry for entry in site.entries}
    for page in (*site.articles, *site.pages):
        unmarked: dict[str, int] = {}
        marked: set[str] = set()
        for mention in page.body.mentions:
            if mention.slug in marked:
                continue
            if not mention.marked:
                unmarked.setdefault(mention.slug, mention.start)
                continue
            marked.add(mention.slug)
            place = None
            if mention.by_hand:
                place = unmarked.get(mention.slug)
                if place is None:
                    place = _unmarked_before(site, page, entries[mention.slug], mention.start)
            elif mention.slug.startswith(TERM_PREFIX):
                place = unmarked.get(mention.slug)
            if place is not None:
                words = page.document.body.text[mention.start : mention.end]
                line = line_at(page.body.fragment, place)
                yield in_text(
                    Severity.SUGGESTION,
                    "mention-late",
                    page.document.path,
                    page.body,
                    mention.start,
                    mention.end,
                    f"“{words}” is marked here, but readers meet the name before, on line {line}",
                    "mark it there instead",
                )


def _unmarked_before(site: Site, page: LinkedPage, entry: LinkedEntry, end: int) -> int | None:
    """Return where the forms of an entry that is not looked for on a page stand before an offset, if anywhere."""
    fragment, matter = page.body.fragment, entry.document.matter
    lowered = fragment.text[:end].lower()
    forms = forms_of(entry.document)
    if not any(form.removesuffix("*").lower() in lowered for form in forms):
        return None
    case, is_term = matter.case or site.settings.glossary.case, matter.kind == "term"
    quiet = (*fragment.quiet, *fragment.blockquotes, *(mark.range for mark in fragment.hand_marks))
    matcher = Matcher(Form(form, entry.slug, case, is_term) for form in forms)
    found = matcher.find(fragment.text[:end], quiet=[extent for extent in quiet if extent.start < end])
    return found[0].start if found else None


def _name(page: LinkedPage, slug: str, names: dict[str, str]) -> str:
    if slug.startswith(TERM_PREFIX):
        return page.document.terms[int(slug.removeprefix(TERM_PREFIX))].name
    return names[slug]


def _counted(count: int) -> str:
    return "1 mention" if count == 1 else f"{count} mentions"
