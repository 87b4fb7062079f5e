"""Annotations found in the reading text of their page, and what is to be said of those that were edited or lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from generator.diagnostics import Diagnostic, error, warning
from generator.document import AnchorState
from generator.matter import AnnotationMatter
from generator.model import SourcePath, TextQuoteSelector, TextRange, Value
from generator.parse.quotes import Ambiguous, Orphaned, PreparedText, anchor, prepare

SHOWN = 60
"""Characters of a quotation that a message shows."""

AROUND = 25
"""Characters on either side of a place that a message shows."""


class Anchor(Value, frozen=True):
    """Where the annotation at `index` of the front matter stands."""

    index: int
    range: TextRange
    state: AnchorState
    reason: Literal["quotation", "context"] | None


def selector_of(annotation: AnnotationMatter) -> TextQuoteSelector:
    """Return an annotation's quotation with the context that its author gave."""
    prefix, suffix = annotation.prefix, annotation.suffix
    return TextQuoteSelector(annotation.quote.value, prefix.value if prefix else "", suffix.value if suffix else "")


def anchor_all(
    text: str, annotations: Sequence[AnnotationMatter], path: SourcePath
) -> tuple[list[Anchor], list[Diagnostic]]:
    """Return the annotations that have a place, in the order of the front matter, and a finding for each other."""
    anchors: list[Anchor] = []
    diagnostics: list[Diagnostic] = []
    if not annotations:
        return anchors, diagnostics
    prepared = prepare(text)
    for index, annotation in enumerate(annotations):
        found = anchor(prepared, selector_of(annotation))
        if isinstance(found, Ambiguous):
            diagnostics.append(_ambiguous(prepared, found, annotation, path))
        elif isinstance(found, Orphaned):
            diagnostics.append(_orphaned(text, found, annotation, path))
        else:
            anchors.append(Anchor(index, found.range, found.state, found.reason))
            if found.state == "drifted":
                diagnostics.append(_drifted(text, found.range, found.reason, annotation, path))
    return anchors, diagnostics


def _drifted(
    text: str, place: TextRange, reason: str | None, annotation: AnnotationMatter, path: SourcePath
) -> Diagnostic:
    present = text[place.start : place.end]
    if reason == "context":
        at = (annotation.prefix or annotation.suffix or annotation.quote).at
        message = f"the words around “{shorten(annotation.quote.value)}” are not those given"
        note = f"the page now has: {in_context(text, place)}"
    else:
        at = annotation.quote.at
        message = f"the quoted words were edited: “{shorten(annotation.quote.value)}”"
        note = f"the page now has: “{shorten(present)}”"
    return warning(
        "quote-drifted", path, at, message, "run `python -m generator annotate --fix` to take the present words", note
    )


def _ambiguous(prepared: PreparedText, found: Ambiguous, annotation: AnnotationMatter, path: SourcePath) -> Diagnostic:
    places = [in_context(prepared.text, place) for place in found.places[:5]]
    more = [f"and {len(found.places) - 5} more"] if len(found.places) > 5 else []
    message = f"“{shorten(annotation.quote.value)}” could be any of {len(found.places)} places"
    hint = "add a prefix or a suffix: the words just before or after it"
    return error("quote-ambiguous", path, annotation.quote.at, message, hint, *places, *more)


def _orphaned(text: str, found: Orphaned, annotation: AnnotationMatter, path: SourcePath) -> Diagnostic:
    nearest = [f"“{shorten(text[c.range.start : c.range.end])}”" for c in found.candidates]
    message = f"no such words on this page: “{shorten(annotation.quote.value)}”"
    hint = f"did you mean {nearest[0]}?" if nearest else "quote the words as the page shows them"
    return error(
        "quote-orphaned", path, annotation.quote.at, message, hint, *(f"near: {words}" for words in nearest[1:])
    )


def shorten(text: str) -> str:
    """Return a text on one line, cut where it is too long for a message."""
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1].rstrip() + "…"


def in_context(text: str, place: TextRange) -> str:
    """Return the words of a place with a few around them, the place in brackets."""
    before = text[max(0, place.start - AROUND) : place.start]
    after = text[place.end : place.end + AROUND]
    return " ".join(f"…{before}[{shorten(text[place.start : place.end])}]{after}…".split())
