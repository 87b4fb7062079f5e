"""`annotate`: the state of every annotation; `--fix` takes the present words of those that drifted."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator
from pathlib import Path

from generator.build import open_all
from generator.diagnostics import Diagnostic, Severity, in_order
from generator.document import Annotation, PageDocument
from generator.options import Options
from generator.parse.annotations import shorten
from generator.read.rewrite import Key, replace_value
from generator.report import plain, report
from generator.words import atoms


def annotate(options: Options, fix: bool) -> int:
    """Print the states on standard output; return 1 while there are errors, else 0."""
    pages, diagnostics = parse_pages(options)
    if fix:
        for page in pages:
            fix_page(options.project, page)
        pages, diagnostics = parse_pages(options)
    told = [d for d in diagnostics if d.code.startswith("quote-") or d.severity is Severity.ERROR]
    for page in pages:
        for annotation in page.annotations:
            quote = annotation.matter.quote
            print(plain(f"{page.path}:{quote.at.line}: {annotation.state}: “{shorten(quote.value)}”"))
    sys.stdout.write(report(in_order(told), options.project))
    states = [annotation.state for page in pages for annotation in page.annotations]
    lost = [d.code.removeprefix("quote-") for d in told if d.code in ("quote-ambiguous", "quote-orphaned")]
    counts = {state: (states + lost).count(state) for state in dict.fromkeys(states + lost)}
    print(", ".join(f"{count} {state}" for state, count in counts.items()) or "no annotations")
    return int(any(d.severity is Severity.ERROR for d in told))


def parse_pages(options: Options) -> tuple[list[PageDocument], tuple[Diagnostic, ...]]:
    """Return all pages of a project, drafts too, and what is wrong with each file by itself."""
    project = open_all(options)
    if project.opened is None:
        return [], project.diagnostics
    return project.opened.documents, (*project.diagnostics, *project.opened.diagnostics)


def fix_page(project: Path, page: PageDocument) -> None:
    """Write the present words of a page's drifted annotations into its front matter, and show the difference."""
    path = project / page.path
    raw = path.read_bytes().decode("utf-8")
    crlf = "\r\n" in raw
    text = before = raw.replace("\r\n", "\n")
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(bom)
    for annotation in page.annotations:
        for keys, value in present(page, annotation):
            changed = replace_value(text, keys, value)
            if changed is None:
                print(
                    f"{page.path}:{annotation.matter.at.line}: cannot be changed safely; write it by hand",
                    file=sys.stderr,
                )
            else:
                text = changed
    text = bom + text
    if text == before:
        return
    name = str(page.path)
    shown = difflib.unified_diff(before.split("\n"), text.split("\n"), f"a/{name}", f"b/{name}", lineterm="", n=1)
    print("\n".join(plain(line) for line in shown))
    replacement = path.with_name(f".{path.name}.new")
    replacement.write_bytes((text.replace("\n", "\r\n") if crlf else text).encode())
    replacement.replace(path)


def present(page: PageDocument, annotation: Annotation) -> Iterator[tuple[tuple[Key, ...], str]]:
    """Yield what of a drifted annotation's selector is to change, with the page's present words."""
    if annotation.state != "drifted":
        return
    text, place = page.body.text, annotation.range
    index = page.matter.annotations.index(annotation.matter)
    words = " ".join(text[place.start : place.end].split())
    if annotation.reason == "quotation":
        yield ("annotations", index, "quote"), words
        return
    if annotation.matter.prefix is not None:
        wanted = len(annotation.matter.prefix.value.strip())
        start = next((a for a, _ in atoms(text) if a >= place.start - wanted), place.start)
        yield ("annotations", index, "prefix"), " ".join(text[min(start, place.start) : place.start].split())
    if annotation.matter.suffix is not None:
        wanted = len(annotation.matter.suffix.value.strip())
        ends = [b for _, b in atoms(text) if place.end < b <= place.end + wanted]
        yield ("annotations", index, "suffix"), " ".join(text[place.end : max(ends, default=place.end)].split())
