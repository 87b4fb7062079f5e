"""Runs the examples of the specification files beside this one: they document the language, and hold it.

An example is a fence of four backticks with the word `example`. Lines that begin with `===` part it:

    === entries            YAML: a list of glossary entries (kind, date and summary are filled in)
    === page               an article; title and date are filled in where it has no front matter of its own
    === any/path.md        another file below content/
    === marked             the reading text with marked mentions as [words](slug)
    === annotated          the reading text with annotated words as {{words}}[number state]
    === text               the reading text
    === shown              the body's HTML with all marks, each note an empty aside
    === cards              what the cards say, a card a line
    === html               the body's HTML with nothing marked in it
    === found              what the build says: `path:line:column severity code`, a line each

An example without `=== found` must give no finding.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from generator.urls import slugify
from tests.project import annotated, article, cards, found, html, load_project, marked, opened, shown, write_project

HERE = Path(__file__).parent
EXAMPLE = re.compile(r"^````+ example\n(.*?)^````+$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
PART = re.compile(r"^=== (.*)\n", re.MULTILINE)

EXPECTATIONS = ("marked", "annotated", "shown", "cards", "text", "html", "found")


def examples() -> list[object]:
    collected = []
    for path in sorted(HERE.glob("*.md")):
        text = path.read_text("utf-8")
        for number, example in enumerate(EXAMPLE.finditer(text), start=1):
            headings = HEADING.findall(text, 0, example.start())
            name = f"{path.stem}-{number}-{slugify(headings[-1]) if headings else ''}"
            collected.append(pytest.param(example[1], id=name))
    return collected


@pytest.mark.parametrize("example", examples())
def test_example(example: str, tmp_path: Path) -> None:
    parts = PART.split(example)
    assert parts[0].strip() == "", "an example begins with a === line"
    named = dict(zip(parts[1::2], parts[2::2], strict=True))
    expected = {name: named.pop(name).strip("\n") for name in EXPECTATIONS if name in named}
    assert expected, "an example expects something"
    expected = {name: visible(text) for name, text in expected.items()}
    loaded = load_project(write_project(tmp_path, files_of(named)))
    assert "\n".join(found(loaded)) == expected.pop("found", "")
    assert loaded.site is not None
    page = opened(loaded, "page") if any(p.slug == "page" for p in loaded.site.articles) else None
    for what, text in expected.items():
        assert page is not None
        if what == "marked":
            assert marked(page.body) == text
        elif what == "annotated":
            assert annotated(page) == text
        elif what == "shown":
            assert shown(loaded, page).strip("\n") == text
        elif what == "cards":
            assert cards(loaded, page) == text
        elif what == "text":
            assert page.document.body.text == text
        else:
            assert html(page).strip("\n") == text


def visible(text: str) -> str:
    """Return a text with the white space that an example shows as signs."""
    return text.replace("␣", " ").replace("⍽", "\N{NO-BREAK SPACE}")


def files_of(named: dict[str, str]) -> dict[str, str | bytes]:
    files: dict[str, str | bytes] = {}
    for name, text in named.items():
        text = visible(text)
        if name == "entries":
            for given in yaml.safe_load(text):
                matter = {"kind": "organization", "summary": "What it is."} | given
                slug = matter.get("slug") or slugify(matter["name"])
                body = yaml.safe_dump(matter, allow_unicode=True, sort_keys=False)
                files[f"content/glossary/{slug}.md"] = f"---\n{body}---\n"
        elif name == "page":
            files["content/articles/page.md"] = text if text.startswith("---\n") else article(text)
        else:
            files[f"content/{name}"] = text
    return files
