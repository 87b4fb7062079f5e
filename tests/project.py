"""Projects for tests: written from a dictionary, built in memory or to a folder."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from generator.build import Loaded, build, load
from generator.emit.article import article_view
from generator.emit.parts import site_view
from generator.emit.prose import prose_of
from generator.options import Options, Result
from generator.render.prose import render_prose
from generator.site import LinkedEntry, LinkedFragment, LinkedPage
from generator.views import CitationView

TODAY = dt.date(2026, 11, 24)

SITE = {"content/site.yaml": "title: Test\n"}


def write_project(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write a project's files; content/site.yaml is there unless it is given."""
    for name, content in (SITE | files).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def article(body: str, front_matter: str = "") -> str:
    """Return an article's source with the keys that it must have."""
    return f"---\ntitle: Title\ndate: 2021-12-15\n{front_matter}---\n{body}"


def entry(name: str, kind: str = "organization", front_matter: str = "", summary: str = "Summary.") -> str:
    """Return an entry's source with the keys that it must have."""
    return f"---\nname: {name}\nkind: {kind}\nsummary: {summary}\n{front_matter}---\n"


def load_project(folder: Path, **options: object) -> Loaded:
    """Read and link a project on the tests' today."""
    return load(Options(**({"project": folder, "output": folder / "site", "today": TODAY} | options)))


def build_project(folder: Path, **options: object) -> Result:
    """Build a project on the tests' today."""
    return build(Options(**({"project": folder, "output": folder / "site", "today": TODAY} | options)))


def opened(loaded: Loaded, slug: str = "") -> LinkedPage:
    """Return the article or page with a slug, opened; the newest article where none is given."""
    assert loaded.site is not None
    assert loaded.library is not None
    pages = (*loaded.site.articles, *loaded.site.pages)
    return loaded.library.page(next(page for page in pages if not slug or page.slug == slug))


def opened_entry(loaded: Loaded, slug: str) -> LinkedEntry:
    """Return the entry with a slug, opened."""
    assert loaded.library is not None
    return loaded.library.entry(slug)


def found(loaded: Loaded | Result) -> list[str]:
    """Return findings as `path:line:column severity code`, without the folder that they all share."""
    return [
        f"{d.path.removeprefix('content/')}:{d.line}:{d.column} {d.severity.value} {d.code}" for d in loaded.diagnostics
    ]


def marked(linked: LinkedFragment) -> str:
    """Return a reading text with its marked mentions written as links to their entries."""
    text = linked.fragment.text
    for mention in reversed(linked.mentions):
        if mention.marked:
            words = text[mention.start : mention.end]
            text = f"{text[: mention.start]}[{words}]({mention.slug}){text[mention.end :]}"
    return text


def annotated(page: LinkedPage) -> str:
    """Return a reading text with its annotated words in double brackets, behind which the note's state stands."""
    text = page.document.body.text
    inserts = []
    for number, note in enumerate(page.document.annotations, start=1):
        inserts += [(note.range.start, 1, "{{"), (note.range.end, 0, f"}}}}[{number} {note.state}]")]
    for offset, _, insert in sorted(inserts, reverse=True):
        text = text[:offset] + insert + text[offset:]
    return text


def shown(loaded: Loaded, page: LinkedPage) -> str:
    """Return the HTML of a page's body with all its marks; each note is an empty aside with its number."""
    assert loaded.site is not None
    assert loaded.library is not None
    body = article_view(loaded.site, site_view(loaded.site, {}), page, loaded.library).body
    return str(render_prose(body, lambda url: url, note=lambda note: f"<aside>{note.number}</aside>\n"))


def cards(loaded: Loaded, page: LinkedPage) -> str:
    """Return what a page's cards say, a card a line: roles, definition, the as-of day, and what changed since."""
    assert loaded.site is not None
    assert loaded.library is not None
    lines = []
    for group in article_view(loaded.site, site_view(loaded.site, {}), page, loaded.library).groups:
        for card in group.cards:
            said = [f"{card.name}:", *(f"{role};" for role in card.roles), card.definition.text]
            said += [f"age {card.age}"] if card.age is not None else []
            said += [f"[as of {card.as_of}]"] if card.as_of else []
            said += [f"({change.date} {change.kind}: {change.text})" for change in card.changes]
            lines.append(" ".join(said))
    return "\n".join(lines)


def html(page: LinkedPage) -> str:
    """Return the HTML of a page's body with nothing marked in it."""
    plain = LinkedFragment(fragment=page.body.fragment, links=page.body.links, media=page.body.media)
    cited = tuple(CitationView(0, c.key, c.locator, "") for c in plain.fragment.citations)
    return str(render_prose(prose_of(plain, lambda slug: "", cited, anchors=True), lambda url: url))
