"""Which words of a text are mentions, and which of those are marked (format.md, Mentions)."""

from __future__ import annotations

import bisect
import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import msgspec

from generator.config import GlossarySettings
from generator.diagnostics import Diagnostic, Severity, error
from generator.link.glossary import Glossary
from generator.link.matcher import Match, Matcher
from generator.matter import MentionMode
from generator.model import Fragment, Located, SourcePath, Value
from generator.synopsis import AnyMention, Mention

MIN_CAP = 3
"""Marks that the density cap always leaves, however short a page is."""


class Rules(Value, frozen=True, kw_only=True):
    """What holds for the mentions of one page."""

    mode: MentionMode
    senses: Mapping[str, str | None]
    """By folded words: the slug that they mean here; None: only by hand."""
    excluded: frozenset[str] = frozenset()
    own: Matcher | None = None
    """The page's own terms."""
    itself: str | None = None
    """The entry whose page it is: its words are no mention there."""
    blockquotes: bool = False


def fold_words(words: str) -> str:
    """Return the key under which `senses` knows some words."""
    return " ".join(unicodedata.normalize("NFC", words).casefold().split())


def find_mentions(
    fragment: Fragment, glossary: Glossary, rules: Rules, path: SourcePath
) -> tuple[tuple[Mention, ...], list[Diagnostic]]:
    """Return all mentions of a text in its order, those marked that the mode asks for, and what is wrong with them."""
    diagnostics: list[Diagnostic] = []
    mentions = _by_hand(fragment, glossary, rules, path, diagnostics)
    quiet = sorted(
        (
            *fragment.quiet,
            *(mark.range for mark in fragment.hand_marks),
            *(() if rules.blockquotes else fragment.blockquotes),
        ),
        key=lambda extent: (extent.start, extent.end),
    )
    matches = glossary.matcher.find(
        fragment.text, quiet=quiet, skip=rules.excluded, local=rules.own, shield=rules.itself
    )
    told: set[str] = set()
    for match in matches:
        slug = _sense(match, fragment, rules)
        if slug is not None:
            mentions.append(Mention(match.start, match.end, slug, False, False))
        elif len(match.entries) > 1 and rules.mode != "none":
            words = fragment.text[match.start : match.end]
            if fold_words(words) not in told and not _only_by_hand(words, rules):
                told.add(fold_words(words))
                diagnostics.append(_ambiguous(words, match, fragment, glossary, path))
    mentions.sort(key=lambda mention: mention.start)
    return _marked(mentions, rules.mode, fragment.sections), diagnostics


def _by_hand(
    fragment: Fragment, glossary: Glossary, rules: Rules, path: SourcePath, diagnostics: list[Diagnostic]
) -> list[Mention]:
    mentions: list[Mention] = []
    for mark in fragment.hand_marks:
        if not mark.entry:
            continue
        slugs = glossary.find(mark.entry)
        if len(slugs) == 1:
            if slugs[0] != rules.itself:
                mentions.append(Mention(mark.range.start, mark.range.end, slugs[0], True, True))
            continue
        if glossary.is_broken(mark.entry):
            continue
        if slugs:
            message = f'"{mark.entry}" may mean {_names(slugs, glossary)}'
            code, hint = "mention-ambiguous", f"name the entry by its slug: {slugs[0]}"
        else:
            message = f'there is no entry "{mark.entry}"'
            code, hint = "mention-unknown", glossary.hint(mark.entry)
        diagnostics.append(Diagnostic(code, Severity.ERROR, path, mark.at.line, mark.at.column, message, hint))
    return mentions


def _only_by_hand(words: str, rules: Rules) -> bool:
    return rules.senses.get(fold_words(words), "") is None


def _sense(match: Match, fragment: Fragment, rules: Rules) -> str | None:
    """Return the one entry that a match means here, or None."""
    if rules.senses and not match.entries[0].startswith("own:"):
        key = fold_words(fragment.text[match.start : match.end])
        if key in rules.senses:
            return rules.senses[key]
    return match.entries[0] if len(match.entries) == 1 else None


def _marked(mentions: Sequence[Mention], mode: MentionMode, sections: Sequence[int]) -> tuple[Mention, ...]:
    seen: set[tuple[str, int]] = set()
    result = []
    for mention in mentions:
        section = bisect.bisect_right(sections, mention.start) if mode == "section" else 0
        key = (mention.slug, section)
        marked = mention.by_hand or mode == "all" or (mode != "none" and key not in seen)
        if marked:
            seen.add(key)
        result.append(Mention(mention.start, mention.end, mention.slug, mention.by_hand, marked))
    return tuple(result)


def cap_of(words: int, settings: GlossarySettings) -> int | None:
    """Return how many marked mentions a page of so many words may have; None: any number."""
    if settings.max_density is None:
        return None
    return max(MIN_CAP, math.ceil(settings.max_density * words / 100))


def apply_cap(
    mentions: Sequence[AnyMention], cap: int | None, pages_elsewhere: Callable[[str], int]
) -> tuple[tuple[AnyMention, ...], tuple[AnyMention, ...]]:
    """Return the mentions with no more marks than the cap allows, and those that lost theirs.

    The entries that the site's other pages mention most lose theirs first, from the end of the page; hand marks stay.
    """
    marked = sum(mention.marked for mention in mentions)
    if cap is None or marked <= cap:
        return tuple(mentions), ()
    counts = Counter({slug: pages_elsewhere(slug) for slug in {m.slug for m in mentions if m.marked}})
    candidates = sorted(
        (mention for mention in mentions if mention.marked and not mention.by_hand),
        key=lambda mention: (-counts[mention.slug], mention.slug, -mention.start),
    )
    dropped = {mention.start for mention in candidates[: marked - cap]}
    kept = tuple(msgspec.structs.replace(m, marked=False) if m.start in dropped else m for m in mentions)
    return kept, tuple(m for m in kept if m.start in dropped)


def line_at(fragment: Fragment, offset: int) -> int:
    """Return the line of the file on which an offset of its text stands."""
    index = bisect.bisect_right(fragment.lines, offset, key=lambda line: line[0]) - 1
    return fragment.lines[max(index, 0)][1] if fragment.lines else 1


def _ambiguous(words: str, match: Match, fragment: Fragment, glossary: Glossary, path: SourcePath) -> Diagnostic:
    slug = match.entries[0]
    return Diagnostic(
        "mention-ambiguous",
        Severity.ERROR,
        path,
        line_at(fragment, match.start),
        1,
        f'"{words}" may mean {_names(match.entries, glossary)}',
        f"say which: `glossary: {{senses: {{{words}: {slug}}}}}` here or in site.yaml, or mark it by hand: "
        f"[{words}](term:{slug})",
        words=words,
    )


def _names(slugs: Sequence[str], glossary: Glossary) -> str:
    return " or ".join(f"{glossary.by_slug[slug].path}" for slug in slugs if slug in glossary.by_slug)


def named_entry(name: Located, glossary: Glossary, path: SourcePath, diagnostics: list[Diagnostic]) -> str | None:
    """Return the slug of the entry that a value of the front matter names, or None with what is wrong added."""
    slugs = glossary.find(name.value)
    if len(slugs) == 1:
        return slugs[0]
    if glossary.is_broken(name.value):
        return None
    if slugs:
        message = f'"{name.value}" may mean {" or ".join(slugs)}'
        diagnostics.append(error("mention-ambiguous", path, name.at, message, "name it by its slug"))
    else:
        message = f'there is no entry "{name.value}"'
        diagnostics.append(error("mention-unknown", path, name.at, message, glossary.hint(name.value)))
    return None
