"""From a `Source` to a document, whole. Depends on the source and the syntax options, on nothing else."""

from __future__ import annotations

import datetime as dt
from typing import Any

from generator.diagnostics import Diagnostic, error
from generator.document import Annotation, EntryDocument, PageDocument, PageTerm, Parsed
from generator.matter import AnnotationMatter, EntryMatter, PageMatter, SourceRecord, Sources
from generator.model import Fragment, Located, PartialDate, Position
from generator.parse.annotations import anchor_all
from generator.parse.flatten import flatten
from generator.parse.markdown import SyntaxOptions, markdown_parser
from generator.parse.place import Places
from generator.read.convert import Converter
from generator.read.front_matter import compose, split
from generator.read.source import Source, digest_of


def parse(source: Source, options: SyntaxOptions) -> Parsed:
    """Return a source's document with all that is wrong with it; a wrong file has no document."""
    if source.role == "sources":
        return _parse_sources(source)
    return _Parser(source, options).parse()


class _Parser:
    def __init__(self, source: Source, options: SyntaxOptions) -> None:
        self.source = source
        self.path = source.path
        self.options = options
        self.digest = digest_of(f"{source.digest} {source.path} {options.language} {options.raw_html}".encode())
        self.diagnostics: list[Diagnostic] = []

    def parse(self) -> Parsed:
        front, problems = split(self.source.text, self.path)
        self.diagnostics += problems
        node, problems = compose(front.yaml, self.path, 2) if front.yaml else (None, [])
        self.diagnostics += problems
        converter = Converter(self.path, 2)
        matter: PageMatter | EntryMatter | None = None
        if not self.diagnostics:
            if self.source.role == "entry":
                matter = converter.record(node, EntryMatter, "an entry")
            elif self.source.role == "article":
                matter = converter.record(node, PageMatter, "an article", ("title", "date"))
            else:
                matter = converter.record(node, PageMatter, "a page")
            self.diagnostics += converter.diagnostics
        lang = (matter.lang if matter else None) or self.options.language
        body = self.fragment(front.body, lang, Places(front.body, front.body_line), whole_page=True)
        if matter is None:
            return Parsed(path=self.path, diagnostics=tuple(self.diagnostics))
        if isinstance(matter, EntryMatter):
            entry = self.entry(matter, lang, body)
            return Parsed(path=self.path, entry=entry, diagnostics=tuple(self.diagnostics))
        page = self.page(matter, lang, body)
        return Parsed(path=self.path, page=page, diagnostics=tuple(self.diagnostics))

    def fragment(self, text: str, lang: str, places: Places, *, whole_page: bool = False) -> Fragment:
        ended = text if text.endswith("\n") else f"{text}\n"  # the plugin for containers looks behind a text's end
        tokens = markdown_parser(lang, self.options.raw_html).parse(ended, {})
        fragment, problems = flatten(tokens, places, self.path, heading_ids=whole_page)
        self.diagnostics += problems
        return fragment

    def located(self, text: Located, lang: str) -> Fragment:
        return self.fragment(text.value, lang, Places("", 1, text.at))

    def page(self, matter: PageMatter, lang: str, body: Fragment) -> PageDocument:
        self.check_order(matter.date, matter.updated, "updated")
        bodies = [self.located(annotation.note, lang) for annotation in matter.annotations]
        anchored, problems = anchor_all(body.text, matter.annotations, self.path)
        self.diagnostics += problems
        self.check_note_ids(matter.annotations)
        annotations = [
            Annotation(
                matter=matter.annotations[place.index],
                range=place.range,
                state=place.state,
                reason=place.reason,
                body=bodies[place.index],
            )
            for place in anchored
        ]
        return PageDocument(
            path=self.path,
            digest=self.digest,
            role="article" if self.source.role == "article" else "page",
            matter=matter,
            lang=lang,
            body=body,
            annotations=tuple(sorted(annotations, key=lambda a: (a.range.start, a.range.end))),
            terms=tuple(PageTerm(name, self.located(text, lang)) for name, text in matter.glossary.terms.items()),
        )

    def entry(self, matter: EntryMatter, lang: str, body: Fragment) -> EntryDocument:
        self.check_entry(matter)
        return EntryDocument(
            path=self.path,
            digest=self.digest,
            matter=matter,
            lang=lang,
            summary=self.located(matter.summary, lang),
            history=tuple(self.located(epoch.summary, lang) for epoch in matter.history),
            body=body,
        )

    # --- what the types cannot say ------------------------------------------------------------------------------

    def check_order(self, first: dt.date | None, second: dt.date | None, name: str) -> None:
        if first and second and second < first:
            at = Position(1, 1)
            message = f'"{name}" ({second}) lies before "date" ({first})'
            self.diagnostics.append(error("frontmatter-order", self.path, at, message))

    def check_note_ids(self, annotations: tuple[AnnotationMatter, ...]) -> None:
        seen: set[str] = set()
        for annotation in annotations:
            name = annotation.id
            if name is None:
                continue
            if not name.value or name.value.isdigit() or any(c.isspace() for c in name.value):
                message = f'"{name.value}" is no lasting address for a note'
                self.diagnostics.append(error("frontmatter-value", self.path, name.at, message, "such as who-asked"))
            elif name.value in seen:
                message = f'two annotations have the id "{name.value}"'
                self.diagnostics.append(error("id-repeated", self.path, name.at, message, "give one another name"))
            seen.add(name.value)

    def check_entry(self, matter: EntryMatter) -> None:
        for before, epoch in zip(matter.history, matter.history[1:], strict=False):
            if epoch.until.first_day <= before.until.first_day:
                message = f"the history is out of order: {epoch.until} does not follow {before.until}"
                self.diagnostics.append(error("frontmatter-order", self.path, epoch.at, message, "oldest first"))
        for role in matter.roles:
            self.check_span(role.from_, role.until, "until", role.at)
        self.check_span(matter.born, matter.died, "died", matter.name.at)
        self.check_span(matter.date, matter.end, "end", matter.name.at)
        if matter.coordinates and not (abs(matter.coordinates[0]) <= 90 and abs(matter.coordinates[1]) <= 180):
            message = f"no such place: {list(matter.coordinates)}"
            hint = "latitude (-90 to 90) first, then longitude (-180 to 180)"
            self.diagnostics.append(error("frontmatter-value", self.path, matter.name.at, message, hint))

    def check_span(self, first: PartialDate | None, last: PartialDate | None, name: str, at: Position) -> None:
        if first and last and last.first_day < first.first_day:
            message = f'"{name}" ({last}) lies before its beginning ({first})'
            self.diagnostics.append(error("frontmatter-order", self.path, at, message))


def _parse_sources(source: Source) -> Parsed:
    node, problems = compose(source.text, source.path, 1)
    converter = Converter(source.path, 1)
    records: dict[str, SourceRecord] = {}
    if node is not None:
        found: Any = converter.convert(node, Sources, "sources.yaml")
        records = found.records if isinstance(found, Sources) else {}
    return Parsed(path=source.path, sources=records, diagnostics=(*problems, *converter.diagnostics))
