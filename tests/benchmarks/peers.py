"""The generators that are compared: how each lays out the corpus, and how it is run.

All make a page for each article and each entry, and a list of the articles; in articles every name and alias of an
entry becomes a link with the entry's definition. Ours makes all that its theme has besides: cards, backlinks, tags,
feeds, a sitemap, checks. The peers have small templates and what their users would write for the glossary.
"""

from __future__ import annotations

import html
import json
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.corpus import Article, Corpus, Entry

ROOT = Path(__file__).parents[2]
LAYOUTS = Path(__file__).parent / "layouts"
"""Templates and settings of the peers, copied as they are."""

Files = dict[str, str]
"""Texts by path."""


@dataclass(frozen=True)
class Generator:
    """A generator of sites."""

    name: str
    command: tuple[str, ...]
    lay_out: Callable[[Corpus], Files]
    made: tuple[str, ...]
    """Folders that it makes: without them a build is a cold one."""
    pages: str
    """Where an article's page is, by its slug."""
    mention: str
    """What stands once in a page for each mention that is linked."""
    extra: Mapping[str, str] = field(default_factory=dict)
    """Environment variables that it needs."""
    packages: Path | None = None
    """The folder of npm packages that it is run from."""


def ours(jobs: int | None) -> Generator:
    """Return this repository's program, in so many processes (default: one a core)."""
    asked = ("--jobs", str(jobs)) if jobs else ()
    return Generator(
        name="ours",
        command=(sys.executable, "-m", "generator", "build", "--json", *asked),
        lay_out=our_files,
        made=("site", ".cache"),
        pages="site/{}/index.html",
        mention='id="ref-e',
        extra={"PYTHONPATH": str(ROOT)},
    )


def eleventy(program: str | None) -> Generator | None:
    """Return Eleventy, or None where it is not installed."""
    found = shutil.which(program or "eleventy")
    if found is None:
        return None
    packages = next((folder for folder in Path(found).absolute().parents if folder.name == "node_modules"), None)
    return Generator(
        name="Eleventy",
        command=(found,),
        lay_out=eleventy_files,
        made=("_site",),
        pages="_site/articles/{}/index.html",
        mention='class="term"',
        packages=packages,
    )


def hugo(program: str | None) -> Generator | None:
    """Return Hugo, or None where it is not installed."""
    found = shutil.which(program or "hugo")
    if found is None:
        return None
    return Generator(
        name="Hugo",
        command=(found, "--quiet"),
        lay_out=hugo_files,
        made=("public", "resources"),
        pages="public/articles/{}/index.html",
        mention='class="term"',
    )


def our_files(corpus: Corpus) -> Files:
    """Return the corpus as our program reads it."""
    settings = {
        "title": "Explainers",
        "url": "https://example.org/",
        "search": "none",
        "images": {"social_cards": False},
        "glossary": {"mentions": "all", "max_density": None},
    }
    return {"content/site.yaml": json.dumps(settings)} | texts(corpus, "content", "tags", "name", "aliases")


def eleventy_files(corpus: Corpus) -> Files:
    """Return the corpus as Eleventy reads it: a transform links what one regular expression of all forms finds."""
    glossary = [
        {"slug": e.slug, "forms": [e.name, *e.aliases], "summary": html.escape(e.summary)} for e in corpus.entries
    ]
    written = texts(corpus, "src", "topics", "title", "aka")
    return layout("eleventy") | written | {"glossary-data.json": json.dumps(glossary)}


def hugo_files(corpus: Corpus) -> Files:
    """Return the corpus as Hugo reads it: a partial looks for the forms whose first words an article has."""
    return layout("hugo") | texts(corpus, "content", "topics", "title", "aka")


def texts(corpus: Corpus, folder: str, tags: str, name: str, aliases: str) -> Files:
    """Return the corpus's Markdown files in a generator's folder, their front matter in its words."""
    files = {}
    for article in corpus.articles:
        files[f"{folder}/articles/{article.slug}.md"] = with_matter(of_article(article, tags), article.body)
    for entry in corpus.entries:
        files[f"{folder}/glossary/{entry.slug}.md"] = with_matter(of_entry(entry, name, aliases), entry.body)
    return files


def layout(name: str) -> Files:
    """Return a peer's templates and settings."""
    folder = LAYOUTS / name
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()
    }


def of_article(article: Article, tags: str) -> dict[str, object]:
    """Return an article's front matter; `tags` is what a generator calls them."""
    date = article.date.isoformat()
    return {"title": article.title, "date": date, tags: article.tags, "description": article.description}


def of_entry(entry: Entry, name: str, aliases: str) -> dict[str, object]:
    """Return an entry's front matter, in a generator's words."""
    return {name: entry.name, "kind": entry.kind, aliases: entry.aliases, "summary": entry.summary}


def with_matter(matter: Mapping[str, object], body: str) -> str:
    """Return a file with its front matter; JSON is YAML, but for dates, which may not be quoted."""
    lines = (f"{key}: {value if key == 'date' else json.dumps(value)}" for key, value in matter.items())
    return "\n".join(("---", *lines, "---", "", body))
