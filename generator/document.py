"""What parsing one file gives: a document, or a record of settings or sources; and its diagnostics for replay."""

from __future__ import annotations

from typing import Literal

from generator.config import Settings
from generator.diagnostics import Diagnostic
from generator.matter import AnnotationMatter, EntryMatter, PageMatter, SourceRecord
from generator.model import Fragment, SourcePath, TextRange, Value

AnchorState = Literal["exact", "exact-by-context", "drifted"]


class Annotation(Value, frozen=True, kw_only=True, array_like=True):
    """An annotation whose words were found in the reading text of its page."""

    matter: AnnotationMatter
    range: TextRange
    state: AnchorState
    reason: Literal["quotation", "context"] | None
    """What drifted."""
    body: Fragment


class PageTerm(Value, frozen=True, array_like=True):
    """A definition for one page alone."""

    name: str
    definition: Fragment


class PageDocument(Value, frozen=True, kw_only=True, array_like=True):
    """An article or a page."""

    path: SourcePath
    digest: str
    """Of the source and of everything else that parsing depends on."""
    role: Literal["article", "page"]
    matter: PageMatter
    lang: str
    body: Fragment
    annotations: tuple[Annotation, ...]
    """In the order of the text."""
    terms: tuple[PageTerm, ...]


class EntryDocument(Value, frozen=True, kw_only=True, array_like=True):
    """A glossary entry."""

    path: SourcePath
    digest: str
    matter: EntryMatter
    lang: str
    summary: Fragment
    history: tuple[Fragment, ...]
    """The summaries of `matter.history`, in its order."""
    body: Fragment


class Parsed(Value, frozen=True, kw_only=True, array_like=True):
    """The outcome of parsing one file: at most one of the values, and what is to be said."""

    path: SourcePath
    page: PageDocument | None = None
    entry: EntryDocument | None = None
    settings: Settings | None = None
    sources: dict[str, SourceRecord] = {}
    diagnostics: tuple[Diagnostic, ...] = ()
