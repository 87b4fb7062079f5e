"""Every address of the site: who has it, and that no two want the same."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from typing import cast

from generator.diagnostics import START, Diagnostic, error
from generator.model import Located, Position, SourcePath, UrlPath, Value
from generator.site import Tag
from generator.urls import slug_problem, slugify, social_card_url

CORRECTIONS = UrlPath("/corrections/")
"""The list of corrections. A page of the site's own may hold this address: it then has the list below its text."""

GENERATED: tuple[tuple[str, str], ...] = (
    ("/", "the home page"),
    ("/glossary/", "the glossary"),
    ("/glossary.json", "the glossary's data file"),
    ("/search/", "the search page"),
    (CORRECTIONS, "the list of corrections"),
    ("/404.html", "the page for addresses that are not there"),
    ("/.manifest.json", "the list of what was written"),
)

FEEDS: tuple[tuple[str, str], ...] = (("/feed.xml", "the feed"), ("/feed.json", "the feed as JSON"))
"""Of a site with a public address and an article."""


class Claim(Value, frozen=True):
    """Somebody wants an address."""

    url: UrlPath
    owner: str
    """A source's path, or what the program makes there."""
    at: SourcePath | None
    """The source to point at; None for what the program makes."""
    place: Position = START
    hint: str = "give one of them another slug:"


def slug_of(given: Located | None, path: SourcePath) -> tuple[str, list[Diagnostic]]:
    """Return a document's slug: its `slug:`, else its file's name, or its folder's for `index.md`."""
    folder, _, file = path.rpartition("/")
    name = file.removesuffix(".md")
    if name == "index":
        name = folder.rpartition("/")[2]
    slug = slugify(given.value if given else name)
    problem = slug_problem(slug)
    if not problem:
        return slug, []
    what = f'"{given.value}"' if given else f'the name "{name}"'
    at = given.at if given else START
    hint = "write another one" if given else "give the file a slug:"
    return slug, [error("slug-unusable", path, at, f"{what} {problem}", hint)]


def section_of(path: SourcePath) -> str:
    """Return the first folder below content/articles that is not the article's own, or an empty text."""
    parts = path.split("/")[2:]
    folders = parts[:-2] if parts[-1] == "index.md" else parts[:-1]
    return slugify(folders[0]) if folders else ""


def permalink(pattern: str, slug: str, date: dt.date | None, section: str) -> UrlPath:
    """Return a pattern with its parts filled in; an empty part takes its slash with it."""
    filled = pattern.replace("{slug}", slug).replace("{section}", section)
    if "{" in filled:
        year, month, day = date.isoformat().split("-") if date else ("", "", "")
        filled = filled.replace("{year}", year).replace("{month}", month).replace("{day}", day)
    while "//" in filled:
        filled = filled.replace("//", "/")
    return cast("UrlPath", filled)


def published(tags: Iterable[Tag], articles: Collection[str], carded: Iterable[tuple[str, UrlPath]]) -> Iterator[Claim]:
    """Yield what a site with a public address has besides its pages: sitemap, feeds, social cards.

    `articles` are paths, `carded` the paths of what has a social card, with the addresses of its pages.
    """
    yield Claim(cast("UrlPath", "/sitemap.xml"), "the sitemap", None)
    for url, what in FEEDS if articles else ():
        yield Claim(cast("UrlPath", url), what, None)
    for tag in tags:
        if any(path in articles for path in tag.pages):
            yield Claim(cast("UrlPath", f"{tag.url}feed.xml"), f'the feed of the tag "{tag.name}"', None)
    for path, at in carded:
        yield Claim(social_card_url(at), f"the social card of {path}", None)


def archive_url(year: int) -> UrlPath:
    """Return the address of a year of the archive."""
    return cast("UrlPath", f"/archive/{year:04}/")


def conflicts(claims: Iterable[Claim]) -> list[Diagnostic]:
    """Return an error for each address that two want, also where they differ by case or Unicode form only."""
    found: list[Diagnostic] = []
    by_address: dict[str, Claim] = {}
    for claim in claims:
        address = unicodedata.normalize("NFC", claim.url).casefold()
        other = by_address.setdefault(address.removesuffix("index.html"), claim)
        if other is claim or other.owner == claim.owner:
            continue
        culprit, holder = (claim, other) if claim.at else (other, claim)
        if culprit.at is None:
            continue
        message = f"the address {claim.url} is taken by {holder.owner}"
        found.append(error("address-taken", culprit.at, culprit.place, message, culprit.hint))
    return found
