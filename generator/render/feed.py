"""Feeds as Atom (RFC 4287) and as JSON Feed 1.1 (jsonfeed.org/version/1.1).

An article stands in a feed whole, as feed-entry.html shows it. All its links are whole addresses: a mention leads to
the page of its entry, everything else that a page keeps to itself (notes, sources) to its place on that page.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
import re
from collections.abc import Callable, Iterable, MutableMapping
from typing import Any
from xml.etree import ElementTree

from markupsafe import Markup

from generator.output import FeedFormat, FeedOutput
from generator.render.environment import Theme
from generator.urls import public_url
from generator.views import ArticleFacts, ArticleView, CardView, FeedView, Person, SiteView

ENTRY_TEMPLATE = "feed-entry.html"
CARD_TEMPLATE = "partials/feed-card.html"

ATOM_NAMESPACE = "http://www.w3.org/2005/Atom"
JSON_VERSION = "https://jsonfeed.org/version/1.1"

XML = "<?xml version='1.0' encoding='utf-8'?>"

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document can hold (XML 1.0, 2.2)."""


class FeedRenderer:
    """Makes feeds, of entries that are made once, however many feeds they stand in."""

    def __init__(self, theme: Theme, library: Any, entries: MutableMapping[str, str]) -> None:
        """`entries` are those at hand, by the keys of their items; others are added when they are needed."""
        self.theme = theme
        self.library = library
        self._entries = entries
        self._cards: dict[tuple[str, str], Markup] = {}
        self._urls = {f"#term-{slug}": entry.url for slug, entry in library.site.by_slug.items()}

    def render(self, output: FeedOutput) -> bytes:
        """Return a feed in its format."""
        entries = []
        for item in output.items:
            if item.key not in self._entries:
                self._entries[item.key] = self.entry(item.format, item.view(self.library))
            entries.append(self._entries[item.key])
        return atom(output.view, entries) if output.format == "atom" else json_feed(output.view, entries)

    def entry(self, kind: FeedFormat, view: ArticleView) -> str:
        """Return an article as feeds of a format have it: an element of XML, or an object of JSON."""
        card_text = functools.partial(self._card_text, view)
        html = self.theme.text(ENTRY_TEMPLATE, view, linker(view), card_text=card_text).strip()
        return atom_entry(view, html) if kind == "atom" else json_item(view, html)

    def _card_text(self, view: ArticleView, card: CardView) -> Markup:
        """Return what feeds say of a name, made once for all articles in which it is the same."""
        key = (view.page.lang, card.digest)
        if key not in self._cards:
            site = view.site

            def link(url: str) -> str:
                url = self._urls.get(url, url)
                return public_url(site.url, url) if url.startswith("/") else url

            self._cards[key] = self.theme.part(CARD_TEMPLATE, site, view.page.lang, link, it=card)
        return self._cards[key]


def linker(article: ArticleView) -> Callable[[str], str]:
    """Return the function that makes an address of an article's page a whole address."""
    site, page = article.site, public_url(article.site.url, article.page.url)
    entries = {f"#{card.id}": card.url for group in article.groups for card in group.cards if card.url}

    def link(url: str) -> str:
        url = entries.get(url, url)
        if url.startswith("#"):
            return page + url
        return public_url(site.url, url) if url.startswith("/") else url

    return link


# --- Atom --------------------------------------------------------------------------------------------------------


def atom(view: FeedView, entries: Iterable[str]) -> bytes:
    """Return a feed as Atom. Its identifier is the address of the page that it belongs to."""
    site = view.site
    home = public_url(site.url, view.page.url)
    feed = ElementTree.Element("feed", {"xmlns": ATOM_NAMESPACE, "xml:lang": view.page.lang})
    add(feed, "id", home)
    add(feed, "title", view.page.title)
    if view.page.description:
        add(feed, "subtitle", view.page.description)
    add(feed, "updated", timestamp(view.updated))
    add(feed, "link", rel="self", type="application/atom+xml", href=public_url(site.url, view.url))
    add(feed, "link", rel="alternate", type="text/html", href=home)
    add_people(feed, site, site.authors or (Person(site.title),))
    ElementTree.indent(feed, " ")
    head, end = str(ElementTree.tostring(feed, "unicode")).rsplit("\n", 1)
    return "\n".join([XML, head, *entries, end, ""]).encode()


def atom_entry(view: ArticleView, html: str) -> str:
    """Return an article, whose content is given, as an entry of Atom. Its identifier is its address."""
    site, facts = view.site, view.article
    url = public_url(site.url, view.page.url)
    published, updated = days_of(facts)
    entry = ElementTree.Element("entry", {"xml:lang": view.page.lang})
    add(entry, "id", url)
    add(entry, "title", facts.title)
    add(entry, "link", rel="alternate", type="text/html", href=url)
    add(entry, "published", timestamp(published))
    add(entry, "updated", timestamp(updated))
    add_people(entry, site, facts.authors)
    for tag in facts.tags:
        add(entry, "category", term=tag.name, scheme=public_url(site.url, "/tags/"))
    if facts.description:
        add(entry, "summary", facts.description)
    add(entry, "content", html, type="html")
    ElementTree.indent(entry, " ", level=1)
    return " " + str(ElementTree.tostring(entry, "unicode"))


def add_people(parent: ElementTree.Element, site: SiteView, people: tuple[Person, ...]) -> None:
    """Add authors."""
    for person in people:
        author = ElementTree.SubElement(parent, "author")
        add(author, "name", person.name)
        if person.url:
            add(author, "uri", whole(site, person.url))


def add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> None:
    """Add an element with its text, without the characters that XML cannot hold."""
    clean = {key: _NOT_XML.sub("", value) for key, value in attributes.items()}
    ElementTree.SubElement(parent, name, clean).text = _NOT_XML.sub("", text) or None


# --- JSON Feed ---------------------------------------------------------------------------------------------------


def json_feed(view: FeedView, entries: Iterable[str]) -> bytes:
    """Return a feed as JSON Feed."""
    site = view.site
    feed: dict[str, Any] = {
        "version": JSON_VERSION,
        "title": view.page.title,
        "home_page_url": public_url(site.url, view.page.url),
        "feed_url": public_url(site.url, view.url),
        "description": view.page.description,
        "language": view.page.lang,
        "authors": json_people(site, site.authors or (Person(site.title),)),
    }
    feed = {name: value for name, value in feed.items() if value}
    feed["items"] = []
    head, end = json.dumps(feed, ensure_ascii=False, indent=1).rsplit("[]", 1)
    items = ",\n".join(entries)
    return f"{head}[\n{items}\n ]{end}\n".encode()


def json_item(view: ArticleView, html: str) -> str:
    """Return an article, whose content is given, as an item of JSON Feed."""
    site, facts = view.site, view.article
    url = public_url(site.url, view.page.url)
    published, updated = days_of(facts)
    item: dict[str, Any] = {
        "id": url,
        "url": url,
        "title": facts.title,
        "summary": facts.description,
        "content_html": html,
        "image": whole(site, facts.image.src) if facts.image else "",
        "date_published": timestamp(published),
        "date_modified": timestamp(updated),
        "authors": json_people(site, facts.authors),
        "tags": [tag.name for tag in facts.tags],
        "language": view.page.lang,
    }
    shown = {name: value for name, value in item.items() if value}
    lines = json.dumps(shown, ensure_ascii=False, indent=1).split("\n")  # alone: U+2028 in a text ends no line of JSON
    return "\n".join(f"  {line}" for line in lines)


def json_people(site: SiteView, people: tuple[Person, ...]) -> list[dict[str, str]]:
    """Return authors."""
    return [{"name": one.name} | ({"url": whole(site, one.url)} if one.url else {}) for one in people]


# --- both --------------------------------------------------------------------------------------------------------


def days_of(article: ArticleFacts) -> tuple[dt.date, dt.date]:
    """Return when an article was published and last changed: every article has a date."""
    assert article.date is not None
    return article.date, article.updated or article.date


def timestamp(day: dt.date) -> str:
    """Return a day as RFC 3339 has it; content knows days, and a day begins at midnight."""
    return f"{day.isoformat()}T00:00:00Z"


def whole(site: SiteView, url: str) -> str:
    """Return an address within the site or outside of it as a whole one."""
    return public_url(site.url, url) if url.startswith("/") else url
