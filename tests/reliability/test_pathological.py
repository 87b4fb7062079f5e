"""Four times the input costs at most six times the time: parsing, anchoring, matching and rendering are near linear.

Measured in processor time of this process, never against a clock; the least of several runs counts, since a machine can
only make a run slower. A ratio that is too large is measured again, so that noise alone cannot fail a test; what is
quadratic (a ratio of 16) fails each time.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.project import article, entry, html, load_project, opened, write_project
from tests.reliability.projects import LONG

pytestmark = pytest.mark.long

FACTOR, AT_MOST = 4, 6.0

SMALLEST = 0.02
"""Seconds of processor time that a measured run takes at least: below, the timer's noise is what is measured."""

LARGEST = 200_000
"""Repetitions at which what still takes no time is fast enough."""

TRIES = 5

NESTED = {
    "nested strong emphasis": lambda n: "*a **a " * n + "b" + " a** a*" * n,
    "many emphasis closers": lambda n: "a_ " * n,
    "many emphasis openers": lambda n: "_a " * n,
    "many link closers": lambda n: "a]" * n,
    "many link openers": lambda n: "[a" * n,
    "mismatched openers and closers": lambda n: "*a_ " * n,
    "openers and closers multiple of 3": lambda n: "a**b" + "c* " * n,
    "commonmark.js 172": lambda n: "*_* _ " * n,
    "link openers and emphasis closers": lambda n: "[ a_" * n,
    "pattern [ (]( repeated": lambda n: "[ (](" * n,
    "pattern ![[]() repeated": lambda n: "![[]()" * n,
    "hard link and emphasis": lambda n: "**x [a*b**c*](d)" * n,
    "nested brackets": lambda n: "[" * n + "a" + "]" * n,
    "nested block quotations": lambda n: "> " * n + "a",
    "deeply nested lists": lambda n: "".join("  " * (level % 60) + "* a\n" for level in range(n)),
    "U+0000 as a reference": lambda n: "abc&#0;de&#0;" * n,
    "backticks": lambda n: "".join("e" + "`" * (width % 200) for width in range(n)),
    "unclosed links A": lambda n: "[a](<b" * n,
    "unclosed links B": lambda n: "[a](b" * n,
    "unclosed comments": lambda n: "<!-- " * n,
    "unclosed <?": lambda n: "<?" * n,
    "unclosed declarations": lambda n: "<!A " * n,
    "unclosed CDATA": lambda n: "<![CDATA[" * n,
    "unclosed tags": lambda n: "<a href='" * n,
    "empty lines in lists": lambda n: "* " + "\n" * n + "a\n" * 3,
    "empty lines in lists in quotations": lambda n: "> * " + "\n>\n" * n + "a",
    "references to nothing": lambda n: "[a]: u\n" + "[b] [c][d] " * n,
    "reference definitions": lambda n: "".join(f"[r{number}]: /u{number}\n" for number in range(n)) + "[r0]",
    "one definition again and again": lambda n: "[a]: /u\n" * n,
    "tables": lambda n: "|a|b|\n|-|-|\n" + "|x\n" * n,
    "wide tables": lambda n: "|" + "a|" * n + "\n|" + "-|" * n + "\n|b|\n",
    "pipes": lambda n: "|" * n + "\n",
    "entities": lambda n: "&lt" * n,
    "ampersands": lambda n: "&" * n,
    "backslashes": lambda n: "\\" * n,
    "line ends": lambda n: "a\\\n" * n,
    "headings": lambda n: "# a\n" * n,
    "many headings of one name": lambda n: "## Same name\n\n" * n,
    "setext or not": lambda n: "a\n" * n + "=",
    "fences": lambda n: "```\n~~~\n" * n,
    "strikethrough": lambda n: "~~a" * n,
    "footnotes": lambda n: "".join(f"[^{number}] " for number in range(n)) + "\n\n[^1]: x\n",
    "defined footnotes": lambda n: "".join(f"a[^{i}]\n\n[^{i}]: note\n\n" for i in range(n)),
    "inline footnotes": lambda n: "^[" * n,
    "containers": lambda n: "::: note\n" * n,
    "containers in containers": lambda n: "".join(f"{':' * (n + 43 - level)} note\n" for level in range(40)),
    "definition lists": lambda n: "a\n: b\n" * n,
    "attributes": lambda n: "a{" * n,
    "attributes with quotes": lambda n: "[a]{b='" * n,
    "spans": lambda n: "[a]{.b}" * n,
    "quotation marks": lambda n: "\"a 'b " * n,
    "closed quotation marks": lambda n: "\"'a'\" " * n,
    "mentions by hand": lambda n: "[[" * n,
    "mentions by hand, whole": lambda n: "[[NATO]] " * n,
    "citations": lambda n: "[@" * n,
    "task lists": lambda n: "- [ ] a\n" * n,
    "one long word": lambda n: "x" * n,
    "hyphens": lambda n: "a-" * n,
    "combining marks": lambda n: "a" + "\u0301" * n,
    "soft hyphens": lambda n: "NA\u00adTO " * n,
    "white space": lambda n: " \t" * n + "a",
    "beginnings of names": lambda n: "the North Atlantic Treaty the North Atlantic " * n,
    "names": lambda n: "NATO and the North Atlantic Treaty Organization. " * n,
}
"""CommonMark's own (those that the tests of cmark and of commonmark.js try), and those of our extensions."""

QUICK = (
    *("nested strong emphasis", "link openers and emphasis closers", "pattern ![[]() repeated", "nested brackets"),
    *("one definition again and again", "quotation marks", "wide tables", "names", "beginnings of names", "backticks"),
    *("mentions by hand", "attributes with quotes", "inline footnotes", "unclosed links A", "defined footnotes"),
)

Work = Callable[[str], object]


def seconds(work: Work, text: str) -> float:
    """Return the least processor time that the work takes in a few runs."""
    least = float("inf")
    gc.disable()  # as a build does
    try:
        for _ in range(3):
            gc.collect()
            started = time.process_time()
            work(text)
            least = min(least, time.process_time() - started)
    finally:
        gc.enable()
    return least


def ratio(work: Work, make: Callable[[int], str]) -> float:
    """Return how many times longer FACTOR times the input takes, from a size that can be measured.

    What no text at all takes is taken off: it would hide what grows.
    """
    idle = seconds(work, make(0))
    size = 100
    while (base := seconds(work, make(size)) - idle) < SMALLEST and size < LARGEST:
        size *= 2
    return (seconds(work, make(size * FACTOR)) - idle) / max(base, SMALLEST)


def assert_near_linear(work: Work, make: Callable[[int], str]) -> None:
    measured = []
    for _ in range(TRIES):
        measured.append(ratio(work, make))
        if measured[-1] <= AT_MOST:
            return
    pytest.fail(f"{FACTOR} times the input took {min(measured):.1f} times the time at best")


@pytest.fixture
def page(tmp_path: Path) -> Work:
    """Opens an article whole: read, parsed, its mentions found, linked, and its body rendered."""
    folder = write_project(
        tmp_path,
        {
            "content/glossary/nato.md": entry(
                "NATO", "organization", "aliases: [North Atlantic Treaty Organization]\n"
            ),
            "content/glossary/treaty.md": entry("North Atlantic Treaty Series", "document"),
        },
    )

    def work(text: str) -> object:
        write_project(folder, {"content/articles/one.md": article(text + "\n")})
        loaded = load_project(folder)
        assert loaded.site is not None
        return html(opened(loaded, "one"))

    return work


@pytest.mark.parametrize("name", NESTED if LONG else QUICK)
def test_markdown(page: Work, name: str) -> None:
    assert_near_linear(page, NESTED[name])


ANNOTATED = {
    "exact": lambda n: [f"number {i} is here" for i in range(n)],
    "drifted": lambda n: [f"number {i} is nowhere to be seen" for i in range(n)],
    "the same": lambda n: ["is here" for _ in range(n)],
}


@pytest.mark.parametrize("name", ANNOTATED if LONG else ["exact"])
def test_annotations(page: Work, name: str) -> None:
    """Four times the text with four times the notes."""

    def work(text: str) -> object:
        count = int(text)
        notes = "".join(f"  - {{quote: {quote}, note: N}}\n" for quote in ANNOTATED[name](count))
        body = " ".join(f"Then number {i} is here, one says." for i in range(count))
        return page(f"{body}\n") if not notes else parse_with(notes, body)

    def parse_with(notes: str, body: str) -> object:
        from generator.model import SourcePath
        from generator.parse.document import parse
        from generator.parse.markdown import SyntaxOptions
        from generator.read.source import Source

        source = article(body + "\n", f"annotations:\n{notes}")
        return parse(Source(SourcePath("content/articles/one.md"), "article", source, "x"), SyntaxOptions())

    assert_near_linear(work, str)


YAML = {
    "keys": lambda n: "extra: {" + ", ".join(f"k{i}: v" for i in range(n)) + "}\n",
    "lists": lambda n: "tags: [" + ", ".join(f"t{i}" for i in range(n)) + "]\n",
    "unknown keys": lambda n: "".join(f"unknown{i}: x\n" for i in range(n)),
    "repeated keys": lambda n: "tags: []\n" * n,
    "a long text": lambda n: f"description: {'word ' * n}\n",
    "quoted": lambda n: f'description: "{"a" * n}\n',
    "anchors": lambda n: "extra: [" + ", ".join(f"&a{i} x" for i in range(n)) + "]\n",
}


@pytest.mark.parametrize("name", YAML if LONG else ["keys", "unknown keys"])
def test_front_matter(tmp_path: Path, name: str) -> None:
    def work(text: str) -> object:
        write_project(tmp_path, {"content/articles/one.md": article("x\n", text)})
        return load_project(tmp_path)

    assert_near_linear(work, YAML[name])


def test_what_is_quadratic_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.reliability.test_pathological.TRIES", 1)
    monkeypatch.setattr("tests.reliability.test_pathological.SMALLEST", 0.005)

    def quadratic(text: str) -> int:
        return sum(1 for _ in text for _ in text)

    with pytest.raises(pytest.fail.Exception, match="times the time at best"):
        assert_near_linear(quadratic, lambda n: "x" * n)
