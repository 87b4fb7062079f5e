"""What of a text's structure leaves readers behind: headings, pictures, links into a page."""

from __future__ import annotations

from collections.abc import Iterator

from generator.commands.check.desk import Desk
from generator.diagnostics import Diagnostic, suggestion, warning
from generator.emit.cards import card_id
from generator.emit.parts import note_id
from generator.model import FootnoteReference
from generator.site import LinkedEntry, LinkedFragment, LinkedPage

CHECKED = ("term-", "note-", "source-", "fn")
"""Beginnings of the program's own ids, of which the build checks none, as it knows them only once a page is made."""


def skipped_headings(desk: Desk) -> Iterator[Diagnostic]:
    """Yield the headings that lie more than one level below the one before; the title is the page's h1."""
    documents: tuple[LinkedPage | LinkedEntry, ...] = (*desk.articles, *desk.pages, *desk.entries)
    for document in documents:
        before = 1
        for heading in document.document.body.headings:
            if heading.level > before + 1:
                message = f'"{heading.text}" is a heading of level {heading.level} below one of level {before}'
                hint = f"make it {'#' * (before + 1)}: those who cannot see the page go by the levels"
                yield warning("heading-skipped", document.document.path, heading.at, message, hint)
            before = heading.level


def uncredited_images(desk: Desk) -> Iterator[Diagnostic]:
    """Yield the pictures of texts that name nobody; a front matter's must, and text for the blind is the build's."""
    for path, linked in desk.texts():
        for use in linked.fragment.images:
            if not use.credit.strip():
                message = f"nobody is named for the picture {use.src}"
                hint = 'say whose it is behind the picture: {credit="..."}'
                yield suggestion("image-credit", path, use.at, message, hint)


def dead_fragments(desk: Desk) -> Iterator[Diagnostic]:
    """Yield the links to a card, note, source or footnote that the page they lead to does not have."""
    by_url: dict[str, LinkedPage | LinkedEntry] = {page.page.url: page for page in (*desk.articles, *desk.pages)}
    by_url |= {entry.url: entry for entry in desk.entries}
    own = {document.document.path: url for url, document in by_url.items()}
    ids: dict[str, frozenset[str]] = {}
    for path, linked in desk.texts():
        for address, link in zip(linked.links, linked.fragment.links, strict=True):
            url, mark, name = address.partition("#")
            url = url or own[path]
            if not mark or not name.startswith(CHECKED) or url not in by_url:
                continue
            if url not in ids:
                ids[url] = _ids(by_url[url])
            if name not in ids[url]:
                message = f'{url} has no card, note, source or footnote "{name}"'
                yield warning("link-fragment", path, link.at, message, "the page has changed: look for the new place")


def _ids(document: LinkedPage | LinkedEntry) -> frozenset[str]:
    """Return the ids that the program gives to the parts of a page, of those that are checked."""
    fragments: tuple[LinkedFragment, ...] = (document.body,)
    fragments += document.notes if isinstance(document, LinkedPage) else (document.summary, *document.history)
    found = {card_id(mention.slug) for one in fragments for mention in one.mentions if mention.marked}
    found |= {f"source-{cited.key}" for cited in document.sources}
    pieces = document.document.body.pieces
    found |= {f"fn{piece.number}" for piece in pieces if isinstance(piece, FootnoteReference)}
    found.update(document.document.body.ids)
    if isinstance(document, LinkedPage):
        found |= {note_id(note, number) for number, note in enumerate(document.document.annotations, start=1)}
    return frozenset(found)
