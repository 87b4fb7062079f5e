"""Marks that a page lost or has too many of, and marks that come after the reader has met the name."""

from __future__ import annotations

from collections.abc import Iterator

from generator.commands.check.desk import Desk
from generator.commands.check.places import in_text
from generator.diagnostics import Diagnostic, Severity, suggestion
from generator.link.glossary import TERM_PREFIX, forms_of, literal
from generator.link.matcher import Form, Matcher
from generator.link.mentions import MIN_CAP, cap_of, line_at
from generator.site import LinkedEntry, LinkedPage
from generator.synopsis import Mention
from generator.text import count_words


def dropped_mentions(desk: Desk) -> Iterator[Diagnostic]:
    """Yield the pages on which the density cap has left names unmarked, at the first of them."""
    names = {entry.slug: entry.document.matter.name.value for entry in desk.entries}
    for page in (*desk.articles, *desk.pages):
        if page.page.dropped:
            first = page.page.dropped[0]
            left_out = dict.fromkeys(_name(page, mention.slug, names) for mention in page.page.dropped)
            yield in_text(
                Severity.SUGGESTION,
                "mention-dropped",
                page.document.path,
                page.body,
                first.start,
                first.end,
                f"the density cap left {_counted(len(page.page.dropped))} unmarked: {', '.join(left_out)}",
                "raise `glossary: max_density` in site.yaml, `exclude` what readers know, or mark by hand what must be",
            )


def dense_pages(desk: Desk) -> Iterator[Diagnostic]:
    """Yield the pages that have more marks by hand than the density cap allows, at the first beyond it."""
    for page in (*desk.articles, *desk.pages):
        by_hand = [mention for mention in page.body.mentions if mention.by_hand]
        if len(by_hand) <= MIN_CAP:
            continue
        cap = cap_of(count_words(page.document.body.text), desk.settings.glossary)
        if cap is not None and len(by_hand) > cap:
            yield at_mark(
                page,
                by_hand[cap],
                "mention-dense",
                f"{_counted(len(by_hand))} are marked by hand, and the density cap would leave {cap}",
                "a page that is all marks is hard to read: take back those that readers can do without",
            )


def late_marks(desk: Desk) -> Iterator[Diagnostic]:
    """Yield the marks, by hand or of a page's own term, before which the name already stands unmarked.

    In a block quotation, too, where only a mark by hand would explain it; headings, links and code do not count.
    """
    entries = {entry.slug: entry for entry in desk.entries}
    for page in (*desk.articles, *desk.pages):
        unmarked: dict[str, int] = {}
        marked: set[str] = set()
        for mention in page.body.mentions:
            if mention.slug in marked:
                continue
            if not mention.marked:
                unmarked.setdefault(mention.slug, mention.start)
                continue
            marked.add(mention.slug)
            own = mention.slug.startswith(TERM_PREFIX)
            if not own and not mention.by_hand:
                continue
            place = unmarked.get(mention.slug)
            if place is None:
                forms = _own_form(page, mention.slug) if own else _forms(desk, entries[mention.slug])
                place = _unmarked_before(page, forms, mention.start)
            if place is not None:
                words = page.document.body.text[mention.start : mention.end]
                line = line_at(page.body.fragment, place)
                yield at_mark(
                    page,
                    mention,
                    "mention-late",
                    f"“{words}” is marked here, but readers meet the name before, on line {line}",
                    "mark it there instead",
                )


def at_mark(page: LinkedPage, mention: Mention, code: str, message: str, hint: str) -> Diagnostic:
    """Return a suggestion at a mention of a body: where the mark by hand is written, or at the words."""
    path = page.document.path
    for mark in page.body.fragment.hand_marks:
        if mark.range.start == mention.start:
            return suggestion(code, path, mark.at, message, hint)
    return in_text(Severity.SUGGESTION, code, path, page.body, mention.start, mention.end, message, hint)


def _unmarked_before(page: LinkedPage, forms: list[Form], end: int) -> int | None:
    """Return where forms stand before an offset without having been looked for there, if anywhere."""
    fragment = page.body.fragment
    lowered = fragment.text[:end].lower()
    if not any(form.text.removesuffix("*").replace("\\*", "*").lower() in lowered for form in forms):
        return None
    quiet = (*fragment.quiet, *(mark.range for mark in fragment.hand_marks))
    found = Matcher(forms).find(fragment.text[:end], quiet=[extent for extent in quiet if extent.start < end])
    return found[0].start if found else None


def _forms(desk: Desk, entry: LinkedEntry) -> list[Form]:
    matter = entry.document.matter
    case, is_term = matter.case or desk.settings.glossary.case, matter.kind == "term"
    return [Form(form, entry.slug, case, is_term) for form in forms_of(entry.document)]


def _own_form(page: LinkedPage, slug: str) -> list[Form]:
    return [Form(literal(_name(page, slug, {})), slug, "smart", True)]


def _name(page: LinkedPage, slug: str, names: dict[str, str]) -> str:
    if slug.startswith(TERM_PREFIX):
        return page.document.terms[int(slug.removeprefix(TERM_PREFIX))].name
    return names[slug]


def _counted(count: int) -> str:
    return "1 mention" if count == 1 else f"{count} mentions"
