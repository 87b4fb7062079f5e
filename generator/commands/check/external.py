"""`--external`: the links that lead out of the site, and what became of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

from generator.commands.check.desk import Desk
from generator.commands.check.fetch import Answer, Manners, ask_all
from generator.commands.check.known_links import KnownLinks
from generator.commands.check.places import SOMEWHERE
from generator.diagnostics import Diagnostic, Severity
from generator.model import SourcePath, Value
from generator.site import LinkedEntry, LinkedPage
from generator.urls import scheme_of

SHARED = SourcePath("content/sources.yaml")

_FINDINGS = {
    "dead": (Severity.WARNING, "link-dead"),
    "moved": (Severity.SUGGESTION, "link-moved"),
    "unsure": (Severity.SUGGESTION, "link-unsure"),
}


class Outward(Value, frozen=True):
    """A file that links to an address of another site."""

    url: str
    path: SourcePath
    line: int
    """`SOMEWHERE` for a value of the front matter."""
    column: int
    archived: str
    """The copy that the source's record names, or empty."""


def check_links(
    desk: Desk,
    project: Path,
    *,
    say: Callable[[str], object],
    manners: Manners | None = None,
    now: dt.datetime | None = None,
) -> Iterator[Diagnostic]:
    """Yield the links to pages that are gone, have moved, or do not answer; a file's links to one page once."""
    links = sorted(set(outward_links(desk, project)), key=_order)
    first = {(link.path, link.url): link for link in reversed(links)}
    known = KnownLinks(project, now or dt.datetime.now(dt.UTC))
    urls = sorted({link.url for link in links})
    unknown = [url for url in urls if known.get(url) is None]
    if unknown:
        say(f"asking for {len(unknown)} of {len(urls)} pages of other sites ...")
    try:
        for url, answer in ask_all(unknown, manners or Manners()):
            known.put(url, answer)
    finally:
        known.save()
    for link in first.values():
        found = known.get(link.url)
        if found is not None and found.state in _FINDINGS:
            yield _finding(link, found)


def outward_links(desk: Desk, project: Path) -> Iterator[Outward]:
    """Yield every link of texts, sources, entries and bylines to the web."""
    for path, linked in desk.texts():
        for address, link in zip(linked.links, linked.fragment.links, strict=True):
            if scheme_of(address) in ("http", "https"):
                yield Outward(address, path, link.at.line, link.at.column, "")
    shared = _text(project / SHARED)
    documents: tuple[LinkedPage | LinkedEntry, ...] = (*desk.articles, *desk.pages, *desk.entries)
    for document in documents:
        path = document.document.path
        for cited in document.sources:
            record = cited.record
            if record.url and scheme_of(record.url.value) in ("http", "https"):
                where = SHARED if record.url.value in shared else path
                archived = record.archived.value if record.archived else ""
                yield Outward(record.url.value, where, SOMEWHERE, 1, archived)
    for page in (*desk.articles, *desk.pages):
        for author in page.document.matter.authors:
            if author.url and scheme_of(author.url.value) in ("http", "https"):
                yield Outward(author.url.value, page.document.path, SOMEWHERE, 1, "")
    for entry in desk.entries:
        for elsewhere in entry.document.matter.links.values():
            if scheme_of(elsewhere.value) in ("http", "https"):
                yield Outward(elsewhere.value, entry.document.path, SOMEWHERE, 1, "")


def _order(link: Outward) -> tuple[str, str, bool, int, int]:
    """Return what puts a file's links to one page in order: the one whose record names a copy first."""
    return link.path, link.url, not link.archived, link.line, link.column


def _finding(link: Outward, answer: Answer) -> Diagnostic:
    severity, code = _FINDINGS[answer.state]
    message, hint = _said(link, answer)
    return Diagnostic(code, severity, link.path, link.line, link.column, message, hint, (), _words(link))


def _words(link: Outward) -> str:
    """Return what to look for in the file; `wikidata: Q7184` is the address of an item."""
    if link.line != SOMEWHERE:
        return ""
    item = link.url.rpartition("/")[2]
    return item if "wikidata.org/" in link.url else link.url


def _said(link: Outward, answer: Answer) -> tuple[str, str]:
    if answer.state == "moved":
        return f"{link.url} has moved for good", f"link to {answer.moved_to}"
    archive = f"link to the copy that its record names: {link.archived}" if link.archived else ""
    if answer.state == "dead":
        hint = archive or "look for its new place, or for a copy: https://web.archive.org/web/*/" + link.url
        return f"{link.url} is gone: {answer.reason}", hint
    return f"{link.url} did not open: {answer.reason}", f"open it in a browser{'; or ' + archive if archive else ''}"


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig", errors="replace")
    except OSError:
        return ""
