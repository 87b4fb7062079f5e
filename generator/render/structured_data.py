"""What a page says of itself to machines: JSON-LD in the words of schema.org, made from the same view as the page.

https://schema.org/docs/full.html has the types and the properties that each of them takes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import msgspec
from markupsafe import Markup

from generator.matter import Kind
from generator.model import PartialDate
from generator.urls import is_external, public_url
from generator.views import (
    ArticleView,
    EntryFacts,
    EntryView,
    GlossaryView,
    ListingView,
    Person,
    SeriesPlace,
    SiteView,
    SourceView,
)

Node = dict[str, Any]
"""A thing with its properties."""

CONTEXT = "https://schema.org"

ARTICLES = {"article": "Article", "news": "NewsArticle", "opinion": "OpinionNewsArticle"}
"""Types of articles, by `type:`."""

ENTRIES: dict[Kind, str] = {
    "person": "Person",
    "organization": "Organization",
    "place": "Place",
    "event": "Event",
    "term": "DefinedTerm",
    "document": "CreativeWork",
}

ESCAPES = tuple((c, f"\\u{ord(c):04x}") for c in "<>&\u2028\u2029")
"""What could end a script element, or a line of an old parser's (HTML, 4.12.1.3)."""


def structured_data(view: Any) -> Markup:
    """Return the JSON-LD of a page, ready to stand in a script element; empty where the page has none.

    Things are named by their public address: a site without one has no structured data.
    """
    node = node_of(view) if is_external(view.site.url) else None
    if node is None:
        return Markup("")
    text = msgspec.json.encode({"@context": CONTEXT, **node}).decode()
    for character, escape in ESCAPES:
        text = text.replace(character, escape)
    return Markup(text)


def kept(node: Node) -> Node:
    """Return a thing without the properties of which nothing is known."""
    return {name: value for name, value in node.items() if value not in (None, "", [])}


def node_of(view: Any) -> Node | None:
    """Return what a page is about."""
    if isinstance(view, ArticleView):
        return article(view) if view.page.kind == "article" else web_page(view)
    if isinstance(view, EntryView):
        return entry(view)
    if isinstance(view, GlossaryView):
        return term_set(view.site)
    if isinstance(view, ListingView) and view.page.kind == "home" and view.paging.number == 1:
        return web_site(view.site)
    return None


def article(view: ArticleView) -> Node:
    """Return an Article with its author, its dates, what it cites and what it mentions."""
    site, facts = view.site, view.article
    url = public_url(site.url, view.page.url)
    pictures = [public_url(site.url, facts.image.src)] if facts.image else []
    return kept(
        {
            "@type": ARTICLES[facts.type],
            "@id": f"{url}#article",
            "url": url,
            "mainEntityOfPage": url,
            "headline": facts.title,
            "description": facts.description,
            "inLanguage": view.page.lang,
            "datePublished": iso(facts.date),
            "dateModified": iso(facts.updated or facts.date),
            "author": [author(site, one) for one in facts.authors] or publisher(site),
            "publisher": publisher(site),
            "image": [*pictures, *social_cards(view)],
            "articleSection": facts.section,
            "keywords": [tag.name for tag in facts.tags],
            "wordCount": facts.words,
            "isPartOf": series(site, view.series) if view.series else None,
            "position": view.series.number if view.series else None,
            "citation": citations(view.sources),
            "mentions": [
                mention(site, card.kind, card.name, card.url)
                for group in view.groups
                for card in group.cards
                if card.url
            ],
        }
    )


def social_cards(view: ArticleView | EntryView) -> list[str]:
    """Return the address of a page's social card, where it has one."""
    return [public_url(view.site.url, view.page.social_card)] if view.page.social_card else []


def web_page(view: ArticleView) -> Node:
    """Return a page that is no article."""
    url = public_url(view.site.url, view.page.url)
    return kept(
        {
            "@type": "WebPage",
            "@id": url,
            "url": url,
            "name": view.article.title,
            "description": view.article.description,
            "inLanguage": view.page.lang,
            "datePublished": iso(view.article.date),
            "dateModified": iso(view.article.updated),
        }
    )


def entry(view: EntryView) -> Node:
    """Return the person, organization, place, event or term that an entry explains."""
    site, facts = view.site, view.entry
    url = public_url(site.url, view.page.url)
    node: Node = {
        "@type": ENTRIES[facts.kind],
        "@id": entry_id(url),
        "url": url,
        "mainEntityOfPage": url,
        "name": facts.name,
        "alternateName": list(facts.aliases),
        "description": view.page.description,
        "image": public_url(site.url, facts.image.src) if facts.image else "".join(social_cards(view)),
        "sameAs": [link.url for link in facts.links if link.url.startswith(("http://", "https://"))],
    }
    return kept(node | of_kind(site, facts) | {"subjectOf": citations(view.sources)})


def of_kind(site: SiteView, facts: EntryFacts) -> Node:
    """Return what is said of things of an entry's kind alone."""
    if facts.kind == "person":
        return {"birthDate": iso(facts.born), "deathDate": iso(facts.died), "jobTitle": list(facts.current_roles)}
    if facts.kind == "event":
        return {"startDate": iso(facts.date), "endDate": iso(facts.end)}
    if facts.kind == "place" and facts.coordinates:
        latitude, longitude = facts.coordinates
        return {"geo": {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}}
    if facts.kind == "term":
        return {"inDefinedTermSet": term_set(site), "termCode": facts.slug}
    return {"datePublished": iso(facts.date)} if facts.kind == "document" else {}


def mention(site: SiteView, kind: Kind, name: str, url: str) -> Node:
    """Return a thing that an article mentions; its own page tells the rest of it."""
    address = public_url(site.url, url)
    return {"@type": ENTRIES[kind], "@id": entry_id(address), "name": name, "url": address}


def entry_id(url: str) -> str:
    """Return the identifier of the thing that an entry's page is about."""
    return f"{url}#it"


def term_set(site: SiteView) -> Node:
    """Return the glossary."""
    url = public_url(site.url, "/glossary/")
    return {"@type": "DefinedTermSet", "@id": f"{url}#terms", "name": site.title, "url": url}


def web_site(site: SiteView) -> Node:
    """Return the site."""
    return kept(
        {
            "@type": "WebSite",
            "@id": f"{site.url}#site",
            "url": site.url,
            "name": site.title,
            "description": site.description,
            "inLanguage": site.language,
            "publisher": publisher(site),
        }
    )


def series(site: SiteView, place: SeriesPlace) -> Node:
    """Return the series that an article is a part of."""
    url = public_url(site.url, place.url)
    return {"@type": "CreativeWorkSeries", "@id": f"{url}#series", "name": place.name, "url": url}


def publisher(site: SiteView) -> Node:
    """Return who publishes: the site itself."""
    return {"@type": "Organization", "@id": f"{site.url}#publisher", "name": site.title, "url": site.url}


def author(site: SiteView, person: Person) -> Node:
    """Return an author: a person, or the house where its name is the site's."""
    if person.name == site.title:
        return publisher(site)
    url = public_url(site.url, person.url) if person.url.startswith("/") else person.url
    return kept({"@type": "Person", "name": person.name, "url": url, "description": person.about})


def citations(sources: Iterable[SourceView]) -> list[Node]:
    """Return sources as works."""
    return [
        kept(
            {
                "@type": "CreativeWork",
                "name": source.title,
                "url": source.url,
                "author": [{"@type": "Person", "name": name} for name in source.authors],
                "publisher": {"@type": "Organization", "name": source.publisher} if source.publisher else None,
                "datePublished": iso(source.date),
                "inLanguage": source.language,
            }
        )
        for source in sources
    ]


def iso(date: PartialDate | dt.date | None) -> str:
    """Return a date as precise as it is known (ISO 8601), or an empty text."""
    return "" if date is None else date.isoformat() if isinstance(date, dt.date) else str(date)
