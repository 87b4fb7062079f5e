"""From a `Prose` to HTML: the pieces in their order, with mentions and annotations laid over the text.

Elements are ranges of the reading text. An author's elements nest; mentions and annotations may overlap them. A link is
never cut and never holds another: formatting that a mention overlaps in part is closed and opened again inside it, and
an annotation's `mark` is cut by everything (format.md, Annotations).
"""

from __future__ import annotations

import bisect
import functools
from collections.abc import Callable, Sequence
from html import escape as escape_html
from typing import NamedTuple

from markupsafe import Markup as Safe

from generator import model
from generator.views import NoteView, Picture, Prose

escape = functools.lru_cache(maxsize=1 << 14)(escape_html)
"""For attributes: addresses and ids are much the same on all pages."""

MARK, FORMATTING, LINK = 0, 1, 2
"""Ranks: an element that opens cuts those of lower rank that end inside it."""

Link = Callable[[str], str]


class Labels(NamedTuple):
    """What signs say to those who do not see them, in the page's language."""

    note: str = "Note {number}"
    back: str = "Back to the text"
    done: str = "Done"
    open: str = "Open"


Insert = Callable[[NoteView], str]


class _Element:
    __slots__ = ("close", "end", "mention", "note", "open", "rank", "reopen")

    def __init__(
        self, rank: int, html: str, reopen: str, close: str, end: int, mention: int = -1, note: int = -1
    ) -> None:
        self.rank = rank
        self.open = html
        self.reopen = reopen
        self.close = close
        self.end = end
        self.mention = mention
        self.note = note

    @property
    def is_authors(self) -> bool:
        return self.mention < 0 and self.note < 0


def render_prose(
    prose: Prose,
    link: Link,
    *,
    note: Insert | None = None,
    figure: Callable[[Picture], str] | None = None,
    picture: Callable[[Picture], str] | None = None,
    box: Callable[[str], str] | None = None,
    labels: Labels | None = None,
) -> Safe:
    """Return the HTML of a text. `link` turns addresses into links from the page that shows it.

    `note` writes the aside behind the block that an annotation ends in, `figure` a picture alone in its paragraph,
    `picture` any other, `box` a box that the author placed by hand; without them nothing (for pictures: the bare one)
    is written.
    """
    return Safe(_Renderer(prose, link, note, figure, picture, box, labels or Labels()).render())


class _Renderer:
    def __init__(
        self,
        prose: Prose,
        link: Link,
        note: Insert | None,
        figure: Callable[[Picture], str] | None,
        picture: Callable[[Picture], str] | None,
        box: Callable[[str], str] | None,
        labels: Labels,
    ) -> None:
        self.prose = prose
        self.link = link
        self.note = note
        self.figure = figure
        self.inline_picture = picture
        self.box = box
        self.labels = labels
        self.out: list[str] = []
        self.stack: list[_Element] = []
        self.marks = 0
        """Mentions and annotations on the stack; where there are none, an author's elements nest as they came."""
        self.offset = 0
        self.opened: set[int] = set()
        self.numbers: list[int] = []
        self.notes_written = 0
        notes = [(m.start, m.end) for m in prose.note_marks]
        marks = sorted([*[(m.start, m.end) for m in prose.mentions], *notes])
        self.boundaries = sorted({offset for extent in marks for offset in extent})
        self.spans = [*_joined(marks), (_END, _END)]
        self.span = 0
        """The first of the spans that the text has not left behind."""
        self.escape = _escape if "&" in prose.text or "<" in prose.text or ">" in prose.text else str
        """Most texts have nothing to escape."""
        self.mention_starts = [mention.start for mention in prose.mentions]
        self.note_spans = [(0, 0), *_joined(notes)] if notes else []

    def render(self) -> str:
        for piece in self.prose.pieces:
            if type(piece) is model.Text:
                self.text(piece.start, piece.end)
            else:
                _PIECES[type(piece)](self, piece)
        self.close_marks()
        self.write_notes(len(self.prose.text))
        return "".join(self.out)

    # --- text and what lies over it -----------------------------------------------------------------------------

    def is_free(self, start: int, end: int) -> bool:
        """Return whether no mark is open or lies over a range; each range begins no sooner than the one before."""
        if self.marks or self.numbers:
            return False
        while self.spans[self.span][1] <= start:
            self.span += 1
        return self.spans[self.span][0] >= end

    def text(self, start: int, end: int) -> None:
        text, boundaries = self.prose.text, self.boundaries
        if self.is_free(start, end):
            self.out.append(self.escape(text[start:end]))
            self.offset = end
            return
        if self.plain_mentions(start, end):
            return
        index = bisect.bisect_right(boundaries, start)
        while start < end:
            cut = boundaries[index] if index < len(boundaries) and boundaries[index] < end else end
            self.enter(start)
            self.out.append(self.escape(text[start:cut]))
            self.offset = start = cut
            self.leave()
            index += 1

    def plain_mentions(self, start: int, end: int) -> bool:
        """Write a text whose mentions all lie within it, with no annotation on it: most texts. Else write nothing."""
        if self.marks or self.numbers:
            return False
        text, mentions = self.prose.text, self.prose.mentions
        first = bisect.bisect_left(self.mention_starts, start)
        if first and mentions[first - 1].end > start:
            return False
        last = bisect.bisect_left(self.mention_starts, end)
        if last > first and mentions[last - 1].end > end:
            return False
        if self.note_spans and self.note_spans[bisect.bisect_right(self.note_spans, (end - 1, _END)) - 1][1] > start:
            return False
        out = self.out
        for index in range(first, last):
            mention = mentions[index]
            if mention.start > start:
                out.append(self.escape(text[start : mention.start]))
            anchor = f' id="{escape(mention.id)}"' if mention.id and index not in self.opened else ""
            words = self.escape(text[mention.start : mention.end])
            out.append(f'<a class="term" href="{escape(self.link(mention.href))}"{anchor}>{words}</a>')
            start = mention.end
        if start < end:
            out.append(self.escape(text[start:end]))
        self.offset = end
        return True

    def covering(self, offset: int) -> list[_Element]:
        """Return the marks that cover an offset and are not open, those that reach farthest first."""
        found: list[_Element] = []
        active_notes = {e.note for e in self.stack}
        for mark in self.prose.note_marks:
            if mark.start > offset:
                break
            if offset < mark.end and mark.index not in active_notes:
                found.append(
                    _Element(
                        MARK,
                        '<mark class="annotated">',
                        '<mark class="annotated">',
                        "</mark>",
                        mark.end,
                        note=mark.index,
                    )
                )
        index = bisect.bisect_right(self.mention_starts, offset) - 1
        if index >= 0 and offset < self.prose.mentions[index].end and all(e.mention != index for e in self.stack):
            found.append(self.mention(index))
        return sorted(found, key=lambda element: (-element.end, element.rank)) if len(found) > 1 else found

    def mention(self, index: int) -> _Element:
        mention = self.prose.mentions[index]
        href = escape(self.link(mention.href))
        reopen = f'<a class="term" href="{href}">'
        first = mention.id and index not in self.opened
        html = f'<a class="term" href="{href}" id="{escape(mention.id)}">' if first else reopen
        return _Element(LINK, html, reopen, "</a>", mention.end, mention=index)

    def enter(self, offset: int) -> None:
        """Open what covers the text from here."""
        self.close_ended(force=True)
        while elements := self.covering(offset):
            self.push(elements[0])

    def push(self, element: _Element) -> None:
        """Open an element, cutting what it overlaps in part."""
        if element.is_authors and not self.marks:
            self.out.append(element.open)
            self.stack.append(element)
            return
        cut = [e for e in self.stack if e.rank < element.rank and e.end < element.end]
        again: list[_Element] = []
        if cut:
            popped = self.pop_to(self.stack.index(cut[0]))
            again = [e for e in popped if e in cut and e.rank == FORMATTING]
            self.reopen(e for e in popped if e not in cut)
        self.out.append(element.open)
        self.stack.append(element)
        self.marks += not element.is_authors
        self.opened.add(element.mention)
        self.reopen(again)

    def pop_to(self, height: int) -> list[_Element]:
        popped = self.stack[height:]
        for element in reversed(popped):
            self.out.append(element.close)
            self.marks -= not element.is_authors
        del self.stack[height:]
        return popped

    def reopen(self, elements: object) -> None:
        for element in elements:  # type: ignore[attr-defined]
            self.out.append(element.reopen)
            self.stack.append(element)
            self.marks += not element.is_authors

    def leave(self) -> None:
        self.close_ended(force=False)

    def close_ended(self, *, force: bool) -> None:
        """Close the marks that have ended; without `force` those alone that nothing of the author's still covers."""
        while self.marks:
            ended = next((i for i, e in enumerate(self.stack) if not e.is_authors and e.end <= self.offset), None)
            if ended is None:
                break
            above = [e for e in self.stack[ended + 1 :] if e.is_authors]
            if above and not force and all(e.end <= self.offset for e in above):
                break
            popped = self.pop_to(ended)
            over = [e for e in popped if not e.is_authors and e.end <= self.offset]
            self.numbers += (e.note for e in over if e.note >= 0)
            self.write_numbers()
            self.reopen(e for e in popped if e not in over)
        self.write_numbers()

    def close_marks(self) -> None:
        """Close all marks, at the end of a block; those that go on are opened again by the next text."""
        if self.prose.text[self.offset : self.offset + 1] == "\n":
            self.offset += 1  # the line feed that parts blocks is in no piece, but marks may end with it
        self.close_ended(force=True)
        self.pop_to(0)
        self.write_numbers()

    def write_numbers(self) -> None:
        if not self.numbers or any(element.rank == LINK for element in self.stack):
            return
        for index in sorted(self.numbers):
            note = self.prose.notes[index]
            self.out.append(
                f'<a class="note-number" id="{escape(note.reference)}" href="{self.within(note.id)}"'
                f' aria-label="{escape(self.labels.note.format(number=note.number))}">{note.number}</a>'
            )
        self.numbers.clear()

    def within(self, anchor: str) -> str:
        """Return the link to a place of the text's own page."""
        return escape(self.link(f"#{anchor}"))

    def part_links(self) -> None:
        """Close a mention around a number that is a link itself; the next text opens it again."""
        self.close_ended(force=True)
        first = next((i for i, e in enumerate(self.stack) if e.mention >= 0), None)
        if first is not None:
            self.reopen(e for e in self.pop_to(first) if e.is_authors)
        self.write_numbers()

    # --- pieces -------------------------------------------------------------------------------------------------

    def markup(self, piece: model.Markup) -> None:
        if self.stack:
            self.close_marks()
        self.out.append(piece.html)

    def open(self, piece: model.Open) -> None:
        rank = LINK if piece.tag == "code" else FORMATTING
        reopen = f"<{piece.tag}{_without_id(piece.attributes)}>"
        self.open_element(rank, f"<{piece.tag}{piece.attributes}>", reopen, f"</{piece.tag}>", piece.end)

    def open_link(self, piece: model.OpenLink) -> None:
        address, attributes = self.prose.links[piece.index]
        html = f'<a href="{escape(self.link(address))}"{attributes}>'
        self.open_element(LINK, html, html, "</a>", piece.end)

    def open_element(self, rank: int, html: str, reopen: str, close: str, end: int) -> None:
        if end > self.offset_of_next() and not self.is_free(self.next_offset, end):
            self.close_ended(force=True)
            for element in self.covering(self.next_offset):
                if element.end >= end:
                    self.push(element)
        self.push(_Element(rank, html, reopen, close, end))

    def offset_of_next(self) -> int:
        """Return where the next text begins: blocks are parted by a line feed that no piece holds."""
        self.next_offset = self.offset
        if not self.stack and self.prose.text[self.offset : self.offset + 1] == "\n":
            self.next_offset += 1
        return self.next_offset

    def close(self, piece: model.Close) -> None:
        if not self.marks and not self.numbers:
            self.out.append(self.stack.pop().close)
            return
        height = next(i for i in range(len(self.stack) - 1, -1, -1) if self.stack[i].is_authors)
        for element in self.pop_to(height):
            if element.note >= 0 and element.end <= self.offset:
                self.numbers.append(element.note)
        self.leave()

    def inline(self, piece: model.Inline) -> None:
        self.out.append(piece.html)

    def cite(self, piece: model.Cite) -> None:
        self.part_links()
        cited = self.prose.citations[piece.index]
        locator = f'<span class="locator">, {escape(cited.locator)}</span>' if cited.locator else ""
        anchor = f' id="{escape(cited.id)}"' if cited.id else ""
        link = f'<a class="citation"{anchor} href="{self.within(f"source-{cited.key}")}">{cited.number}</a>'
        self.out.append(f"<sup>{link}{locator}</sup>")

    def footnote_reference(self, piece: model.FootnoteReference) -> None:
        self.part_links()
        if not self.prose.anchors:
            self.out.append(f'<sup class="footnote-number">{piece.number}</sup>')
            return
        anchor = _footnote_anchor(piece.number, piece.occurrence)
        self.out.append(
            f'<sup class="footnote-number"><a id="{anchor}" href="{self.within(f"fn{piece.number}")}">'
            f"{piece.number}</a></sup>"
        )

    def footnote_backlinks(self, piece: model.FootnoteBacklinks) -> None:
        if not self.prose.anchors:
            return
        for occurrence in range(1, piece.occurrences + 1):
            anchor = _footnote_anchor(piece.number, occurrence)
            href = self.within(anchor)
            self.out.append(f' <a class="back" href="{href}" aria-label="{escape(self.labels.back)}">↑</a>')

    def picture(self, piece: model.Picture) -> None:
        picture = self.prose.pictures[piece.index]
        if picture.figure and self.figure is not None:
            self.close_marks()
            self.out.append(str(self.figure(picture)))
            return
        if self.inline_picture is not None:
            self.out.append(str(self.inline_picture(picture)))
            return
        size = f' width="{picture.width}" height="{picture.height}"' if picture.width else ""
        self.out.append(
            f'<img src="{escape(self.link(picture.src))}" alt="{escape(picture.alt)}"{size}{picture.attributes}>'
        )

    def place_box(self, piece: model.Box) -> None:
        self.close_marks()
        if self.box is not None:
            self.out.append(str(self.box(piece.name)))

    def checkbox(self, piece: model.Checkbox) -> None:
        label = escape(self.labels.done if piece.done else self.labels.open)
        self.out.append(f'<input type="checkbox" disabled{" checked" if piece.done else ""} aria-label="{label}"> ')

    def block_end(self, piece: model.BlockEnd) -> None:
        if self.stack:
            self.close_marks()
        if self.notes_written < len(self.prose.notes):
            self.write_notes(piece.end)

    def write_notes(self, end: int) -> None:
        marks = self.prose.note_marks
        while self.notes_written < len(marks) and marks[self.notes_written].end <= end:
            if self.note is not None:
                self.out.append(str(self.note(self.prose.notes[marks[self.notes_written].index])))
            self.notes_written += 1


def _joined(extents: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return ranges, which come in order, joined where they overlap or touch."""
    joined: list[tuple[int, int]] = []
    for start, end in extents:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _escape(text: str) -> str:
    return escape_html(text, quote=False)


_END = 1 << 60


def _footnote_anchor(number: int, occurrence: int) -> str:
    return f"fnref{number}" if occurrence == 1 else f"fnref{number}-{occurrence}"


def _without_id(attributes: str) -> str:
    start = attributes.find(' id="')
    return attributes if start < 0 else attributes[:start] + attributes[attributes.index('"', start + 5) + 1 :]


_PIECES: dict[type, Callable[..., None]] = {
    model.Markup: _Renderer.markup,
    model.Open: _Renderer.open,
    model.Close: _Renderer.close,
    model.OpenLink: _Renderer.open_link,
    model.Inline: _Renderer.inline,
    model.Cite: _Renderer.cite,
    model.FootnoteReference: _Renderer.footnote_reference,
    model.FootnoteBacklinks: _Renderer.footnote_backlinks,
    model.Picture: _Renderer.picture,
    model.Box: _Renderer.place_box,
    model.BlockEnd: _Renderer.block_end,
    model.Checkbox: _Renderer.checkbox,
}
