from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Fragment
from generator.parse.flatten import flatten
from generator.parse.markdown import markdown_parser
from generator.parse.place import Places
from generator.render.prose import render_prose
from generator.views import CitationView, MentionMark, NoteMark, NoteView, Prose

SOURCE = """\
Some *North Atlantic* Treaty **text *deep* here**, `code` and [a *link*](/x/) and[^1] more [@a] words.

- an *item* of
  two lines
- [x] done

> a quotation

[^1]: A note's **body**.
"""


def parsed(source: str) -> Fragment:
    fragment, problems = flatten(markdown_parser("en", False).parse(source, {}), Places(source, 1), "page.md")  # type: ignore[arg-type]
    assert not problems
    return fragment


def prose(fragment: Fragment, mentions: list[tuple[int, int]], notes: list[tuple[int, int]]) -> Prose:
    empty = Prose(text="", pieces=())
    return Prose(
        text=fragment.text,
        pieces=fragment.pieces,
        links=tuple((link.href, link.attributes) for link in fragment.links),
        citations=tuple(CitationView(1, c.key, c.locator, f"ref--{c.key}-1") for c in fragment.citations),
        mentions=tuple(MentionMark(a, b, "x", "#term-x", f"ref-x-{n}") for n, (a, b) in enumerate(mentions)),
        note_marks=tuple(NoteMark(a, b, n) for n, (a, b) in enumerate(notes)),
        notes=tuple(
            NoteView(
                number=n + 1,
                id=f"note-{n + 1}",
                reference=f"ref--note-{n + 1}",
                kind="context",
                title="",
                quote="",
                body=empty,
                by="",
                date=None,
                sources=(),
            )
            for n in range(len(notes))
        ),
        anchors=True,
    )


class Reader(HTMLParser):
    """Reads HTML as a browser would, and holds that it nests and that no link holds another."""

    VOID = ("input", "br", "img", "hr")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""
        self.ids: list[str] = []
        self.terms: dict[str, str] = {}
        self._quiet = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "a":
            assert "a" not in self.open
        if tag not in self.VOID:
            self.open.append(tag)
        if given.get("class") in ("note-number", "citation", "back", "locator") or tag in ("sup", "aside"):
            self._quiet = self._quiet or len(self.open)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1] == tag
        if self._quiet == len(self.open):
            self._quiet = 0
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if not self._quiet:
            self.text += data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open
    return reader


FRAGMENT = parsed(SOURCE)


def ranges(limit: int) -> st.SearchStrategy[list[tuple[int, int]]]:
    one = st.tuples(st.integers(0, limit - 1), st.integers(1, 25)).map(lambda r: (r[0], min(r[0] + r[1], limit)))
    return st.lists(one, max_size=6).map(sorted)


def clear(mentions: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Keep the mentions that the linker could find: apart, within a block, outside links and code."""
    kept: list[tuple[int, int]] = []
    for start, end in mentions:
        quiet = any(r.start < end and start < r.end for r in FRAGMENT.quiet)
        if not quiet and "\n" not in FRAGMENT.text[start:end] and (not kept or kept[-1][1] <= start):
            kept.append((start, end))
    return kept


@settings(max_examples=300)
@given(ranges(len(FRAGMENT.text)), ranges(len(FRAGMENT.text)))
def test_marks_nest_and_never_change_the_text(mentions: list[tuple[int, int]], notes: list[tuple[int, int]]) -> None:
    plain = read(render_prose(prose(FRAGMENT, [], []), lambda url: url))
    mentions = clear(mentions)
    notes = [(a, b) for a, b in notes if FRAGMENT.text[a:b].strip()]  # a quotation has words
    laid = render_prose(prose(FRAGMENT, mentions, notes), lambda url: url, note=lambda n: f"<aside>{n.number}</aside>")
    shown = read(laid)
    assert "".join(shown.text.split()) == "".join(plain.text.split())
    assert "".join(plain.text.split()) == "".join(FRAGMENT.text.split()) + ""
    for number in range(len(mentions)):
        assert shown.ids.count(f"ref-x-{number}") == 1
    for number in range(1, len(notes) + 1):
        assert shown.ids.count(f"ref--note-{number}") == 1
        assert laid.count(f"<aside>{number}</aside>") == 1


@pytest.mark.parametrize(
    ("source", "mention", "note", "html"),
    [
        ("the *North* Pact", "North Pact", None, "the <a><em>North</em> Pact</a>"),
        ("*the North* Pact", "North Pact", None, "<em>the </em><a><em>North</em> Pact</a>"),
        ("the North *Pact now*", "North Pact", None, "the <a>North <em>Pact</em></a><em> now</em>"),
        ("the North Pact", "North Pact", "North Pact", "the <mark><a>North Pact</a></mark>#1"),
        ("the North Pact", "North Pact", "Pact", "the <a>North <mark>Pact</mark></a>#1"),
        ("the North Pact", "North Pact", "the North", "<mark>the </mark><a><mark>North</mark> Pact</a>#1"),
        ("the [North](/x/) Pact", None, "the North", "<mark>the <l>North</l></mark>#1 Pact"),
        ("the [North Pact](/x/)", None, "the North", "<mark>the </mark><l><mark>North</mark> Pact</l>#1"),
        ("the `North` Pact", None, "North Pact", "the <mark><code>North</code> Pact</mark>#1"),
        ("the North[^1] Pact\n\n[^1]: n", "North Pact", None, "the <a>North</a>^1<a> Pact</a>"),
    ],
)
def test_what_is_cut(source: str, mention: str | None, note: str | None, html: str) -> None:
    fragment = parsed(source)

    def place(words: str | None) -> list[tuple[int, int]]:
        start = fragment.text.index(words) if words else 0
        return [(start, start + len(words))] if words else []

    shown = str(render_prose(prose(fragment, place(mention), place(note)), lambda url: url)).split("</p>")[0]
    for long, short in (
        ("<p>", ""),
        ('<a class="term" href="#term-x" id="ref-x-0">', "<a>"),
        ('<a class="term" href="#term-x">', "<a>"),
        ('<mark class="annotated">', "<mark>"),
        ('<a class="note-number" id="ref--note-1" href="#note-1" aria-label="Note 1">1</a>', "#1"),
        ('<a href="/x/">North</a>', "<l>North</l>"),
        ('<a href="/x/"><mark>North</mark> Pact</a>', "<l><mark>North</mark> Pact</l>"),
        ('<sup class="footnote-number"><a id="fnref1" href="#fn1">1</a></sup>', "^1"),
    ):
        shown = shown.replace(long, short)
    assert shown == html
