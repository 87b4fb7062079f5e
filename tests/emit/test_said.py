"""The law of `said_key`: while it is what it was, so is every output that is said to follow from it alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from generator.emit import emit_following
from generator.emit.parts import site_view
from generator.emit.said import said_key
from tests.project import article, entry, load_project, write_project

SITE = "title: Test\nurl: https://example.org/\nglossary: {max_density: null}\n"
TEXT = "NATO met in Moscow. Nobody left.\n"
FRONT = "tags: [war]\nseries: Cold\n"

PROJECT: dict[str, str | bytes] = {
    "content/site.yaml": SITE,
    "content/articles/one.md": article(TEXT, FRONT),
    "content/articles/two.md": article("Moscow spoke.\n", "series: Cold\n"),
    "content/pages/about.md": "---\ntitle: About\ntags: [war]\n---\nOf us.\n",
    "content/glossary/nato.md": entry("NATO", front_matter="tags: [war]\n"),
    "content/glossary/moscow.md": entry("Moscow", "place", summary="Where NATO never met."),
}

NOTHING_SAID: dict[str, dict[str, str | bytes]] = {
    "words at the end of an article": {"content/articles/one.md": article(f"{TEXT}\nMore of it.\n", FRONT)},
    "a note": {
        "content/articles/one.md": article(TEXT, FRONT + "annotations: [{quote: Nobody left, note: Not even later.}]\n")
    },
    "the text of a page": {"content/pages/about.md": "---\ntitle: About\ntags: [war]\n---\nOf all of us.\n"},
}
"""Edits of what stands on one page alone."""

SOMETHING_SAID: dict[str, dict[str, str | bytes]] = {
    "a title": {"content/articles/one.md": article(TEXT, FRONT).replace("Title", "Other title")},
    "a date": {"content/articles/one.md": article(TEXT, FRONT).replace("2021-12-15", "2021-12-16")},
    "a description": {"content/articles/one.md": article(TEXT, f"{FRONT}description: Of it all.\n")},
    "a tag": {"content/articles/one.md": article(TEXT, "tags: [peace]\nseries: Cold\n")},
    "a series": {"content/articles/one.md": article(TEXT, "tags: [war]\n")},
    "a slug": {"content/articles/one.md": article(TEXT, f"{FRONT}slug: first\n")},
    "a draft": {"content/articles/one.md": article(TEXT, f"{FRONT}draft: true\n")},
    "a longer text": {"content/articles/one.md": article(TEXT + "Word " * 900, FRONT)},
    "the words around a mention": {"content/articles/one.md": article(f"And {TEXT}", FRONT)},
    "a mention": {"content/articles/one.md": article("NATO met there.\n", FRONT)},
    "an unmarked mention": {"content/articles/one.md": article(TEXT, f"{FRONT}glossary: {{mentions: none}}\n")},
    "a summary": {"content/glossary/nato.md": entry("NATO", front_matter="tags: [war]\n", summary="An alliance.")},
    "an alias": {"content/glossary/nato.md": entry("NATO", front_matter="tags: [war]\naliases: [Nobody]\n")},
    "an entry's body": {"content/glossary/nato.md": entry("NATO", front_matter="tags: [war]\n") + "Of 1949.\n"},
    "an entry's name": {"content/glossary/nato.md": entry("Nato", front_matter="tags: [war]\n")},
    "a page's title": {"content/pages/about.md": "---\ntitle: On us\ntags: [war]\n---\nOf us.\n"},
    "a setting": {"content/site.yaml": SITE + "paginate: 1\n"},
    "the site's title": {"content/site.yaml": SITE.replace("Test", "News")},
    "permalinks": {"content/site.yaml": SITE + "permalinks: {entry: '/terms/{slug}/'}\n"},
}
"""Edits of what other pages show."""

EDITS = NOTHING_SAID | SOMETHING_SAID


def said_and_keys(folder: Path) -> tuple[str, dict[str, str]]:
    """Return what a project says of itself, and the keys of what follows from that."""
    site = load_project(folder).site
    assert site is not None
    view = site_view(site, {})
    return said_key(site, view), {one.path: one.key for one in emit_following(site, view)}


@pytest.mark.parametrize("edit", EDITS)
def test_what_follows_is_the_same_where_the_same_is_said(tmp_path: Path, edit: str) -> None:
    before = said_and_keys(write_project(tmp_path, PROJECT))
    after = said_and_keys(write_project(tmp_path, PROJECT | EDITS[edit]))
    assert (before[0] == after[0]) == (before[1] == after[1]) == (edit in NOTHING_SAID)


def test_what_is_said_today_is_not_what_is_said_tomorrow(tmp_path: Path) -> None:
    site = load_project(write_project(tmp_path, PROJECT)).site
    later = load_project(tmp_path, today=dt.date(2027, 1, 1)).site
    assert site is not None
    assert later is not None
    assert said_key(site, site_view(site, {})) != said_key(later, site_view(later, {}))
