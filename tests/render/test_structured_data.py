"""JSON-LD: it expands with the terms of schema.org, and has the shapes that schema.org documents."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld

from tests.project import article, build_project, entry, write_project

BASE = "https://example.org/base/"
SCHEMA = "http://schema.org/"

REFERENCES = ("url", "sameAs", "image", "mainEntityOfPage")
DATES = ("datePublished", "dateModified", "birthDate", "deathDate", "startDate", "endDate")

CONTEXT = {
    "@context": {
        "@vocab": SCHEMA,
        "schema": SCHEMA,
        **{name: {"@id": f"schema:{name}", "@type": "@id"} for name in REFERENCES},
        **{name: {"@id": f"schema:{name}", "@type": "schema:Date"} for name in DATES},
    }
}
"""The part of https://schema.org/docs/jsonldcontext.jsonld that is used here."""

THING = {"alternateName", "description", "image", "mainEntityOfPage", "name", "sameAs", "subjectOf", "url"}
WORK = THING | {
    *("author", "citation", "dateModified", "datePublished", "inLanguage", "isPartOf", "keywords", "mentions"),
    *("position", "publisher"),
}
ARTICLE = WORK | {"articleSection", "headline", "wordCount"}

PROPERTIES = {
    "Article": ARTICLE,
    "NewsArticle": ARTICLE,
    "OpinionNewsArticle": ARTICLE,
    "CreativeWork": WORK,
    "CreativeWorkSeries": WORK,
    "DefinedTerm": THING | {"inDefinedTermSet", "termCode"},
    "DefinedTermSet": WORK,
    "Event": THING | {"endDate", "startDate"},
    "GeoCoordinates": THING | {"latitude", "longitude"},
    "Organization": THING,
    "Person": THING | {"birthDate", "deathDate", "jobTitle"},
    "Place": THING | {"geo"},
    "WebPage": WORK,
    "WebSite": WORK,
}
"""Of the properties that schema.org lists for each type, those that are used here or may be."""

RANGES = {
    "author": {"Person", "Organization"},
    "citation": {"CreativeWork"},
    "geo": {"GeoCoordinates"},
    "inDefinedTermSet": {"DefinedTermSet"},
    "isPartOf": {"CreativeWorkSeries"},
    "mentions": {"Person", "Organization", "Place", "Event", "DefinedTerm", "CreativeWork"},
    "publisher": {"Organization"},
    "subjectOf": {"CreativeWork"},
}
"""Types that the values of a property may have."""

SOURCES = (
    "sources: {treaty: {title: A treaty, authors: [Jane Roe], publisher: A house, date: 1949-04,"
    " url: 'https://example.com/t', language: fr, page: p. 4}}\n"
)


def files() -> dict[str, str | bytes]:
    front = (
        'description: "What </script><script>alert(1)</script> & \\u2028more"\nupdated: 2022-02-03\ntags: [world]\n'
        "authors: [{name: Jane Roe, url: /about/}, Test]\nseries: Neighbours\ntype: news\n"
        "image: {src: /flag.svg, alt: A flag, credit: Agency}\nglossary: {terms: {Gazprom: A company.}}\n"
    )
    links = "links: {website: 'https://nato.int/', wikidata: Q7184, mail: 'mailto:a@b.example'}\n"
    life = "born: 1970-01-02\nroles: [{title: chief, from: 2020}, {title: deputy, from: 2018, until: 2020}]\n"
    text = "NATO, Moscow, Rogozin, the Battle and Deterrence; [[The Note]]. Gazprom\u2028too. [@treaty]\n"
    return {
        "content/site.yaml": (
            f"title: Test\nurl: {BASE}\ndescription: All.\nauthors: [Test]\nglossary: {{max_density: null}}\n"
        ),
        "content/articles/2021/one.md": article(text, front + SOURCES),
        "content/articles/two.md": article("x\n", "type: opinion\nseries: Neighbours\n"),
        "content/pages/about.md": "---\ntitle: About\nupdated: 2022-01-01\n---\nText.\n",
        "content/static/flag.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "content/glossary/nato.md": entry("NATO", front_matter=f"aliases: [The alliance]\n{links}{SOURCES}"),
        "content/glossary/moscow.md": entry("Moscow", "place", "coordinates: [55.75, 37.62]\n"),
        "content/glossary/rogozin.md": entry("Rogozin", "person", life),
        "content/glossary/battle.md": entry("the Battle", "event", "date: 1949-03\nend: 1949-04-02\n"),
        "content/glossary/deterrence.md": entry("Deterrence", "term"),
        "content/glossary/note.md": entry("The Note", "document", "date: 1950\n"),
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_project(tmp_path_factory.mktemp("data"), files())
    assert build_project(folder).diagnostics == ()
    return folder / "site"


def blocks(site: Path, page: str) -> list[str]:
    html = (site / page / "index.html").read_text("utf-8")
    return re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)


def data(site: Path, page: str) -> dict[str, Any]:
    (block,) = blocks(site, page)
    found: dict[str, Any] = json.loads(block)
    assert found["@context"] == "https://schema.org"
    return found


def expanded(site: Path, page: str) -> dict[str, Any]:
    def load(url: str, options: object) -> dict[str, Any]:
        assert url == "https://schema.org"
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": CONTEXT}

    (node,) = jsonld.expand(data(site, page), {"documentLoader": load})
    found: dict[str, Any] = node
    return found


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from nodes(item)
    elif isinstance(value, dict):
        if "@type" in value and "@value" not in value:
            yield value
        for item in value.values():
            yield from nodes(item)


PAGES = (
    *(".", "one", "two", "about", "glossary", "glossary/nato", "glossary/moscow", "glossary/rogozin"),
    *("glossary/battle", "glossary/deterrence", "glossary/note"),
)


@pytest.mark.parametrize("page", PAGES)
def test_every_thing_has_the_shape_that_schema_org_documents(site: Path, page: str) -> None:
    found = list(nodes(expanded(site, page)))
    assert found
    for node in found:
        (kind,) = (name.removeprefix(SCHEMA) for name in node["@type"])
        names = {name.removeprefix(SCHEMA) for name in node if not name.startswith("@")}
        assert names <= PROPERTIES[kind], kind
        assert "name" in names or "headline" in names or kind == "GeoCoordinates"
        for name in names:
            for value in node[SCHEMA + name]:
                if name in RANGES:
                    assert {one.removeprefix(SCHEMA) for one in value["@type"]} <= RANGES[name], name
                elif name in REFERENCES:
                    assert re.fullmatch(r"https?://\S+", value["@id"]), name
                elif name in DATES:
                    assert value["@type"] == f"{SCHEMA}Date"
                    assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value["@value"])
                else:
                    assert value.get("@value") not in (None, ""), name


@pytest.mark.parametrize("page", PAGES)
def test_every_identifier_is_a_whole_address(site: Path, page: str) -> None:
    for node in nodes(expanded(site, page)):
        assert node.get("@id", BASE).startswith(BASE)


def test_an_article(site: Path) -> None:
    found = data(site, "one")
    mentions = found.pop("mentions")
    house = {"@type": "Organization", "@id": f"{BASE}#publisher", "name": "Test", "url": BASE}
    assert found == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": f"{BASE}one/#article",
        "url": f"{BASE}one/",
        "mainEntityOfPage": f"{BASE}one/",
        "headline": "Title",
        "description": "What </script><script>alert(1)</script> & \u2028more",
        "inLanguage": "en",
        "datePublished": "2021-12-15",
        "dateModified": "2022-02-03",
        "author": [{"@type": "Person", "name": "Jane Roe", "url": f"{BASE}about/"}, house],
        "publisher": house,
        "image": [f"{BASE}flag.svg", f"{BASE}one/social-card.png"],
        "articleSection": "2021",
        "keywords": ["world"],
        "wordCount": 11,
        "isPartOf": {
            "@type": "CreativeWorkSeries",
            "@id": f"{BASE}series/neighbours/#series",
            "name": "Neighbours",
            "url": f"{BASE}series/neighbours/",
        },
        "position": 1,
        "citation": [
            {
                "@type": "CreativeWork",
                "name": "A treaty",
                "url": "https://example.com/t",
                "author": [{"@type": "Person", "name": "Jane Roe"}],
                "publisher": {"@type": "Organization", "name": "A house"},
                "datePublished": "1949-04",
                "inLanguage": "fr",
            }
        ],
    }
    assert {one["name"]: one["@type"] for one in mentions} == {
        "Rogozin": "Person",
        "NATO": "Organization",
        "Moscow": "Place",
        "the Battle": "Event",
        "Deterrence": "DefinedTerm",
        "The Note": "CreativeWork",
    }
    nato = {"@type": "Organization", "@id": f"{BASE}glossary/nato/#it", "name": "NATO", "url": f"{BASE}glossary/nato/"}
    assert nato in mentions, "what is mentioned has the identifier of the entry's own page"


def test_an_entry_is_the_thing_that_articles_mention(site: Path) -> None:
    found = data(site, "glossary/nato")
    assert found["@id"] in [one["@id"] for one in data(site, "one")["mentions"]]
    assert (found["@type"], found["name"], found["alternateName"]) == ("Organization", "NATO", ["The alliance"])
    assert found["sameAs"] == ["https://nato.int/", "https://www.wikidata.org/wiki/Q7184"]
    assert found["subjectOf"][0]["name"] == "A treaty"
    assert found["image"] == f"{BASE}glossary/nato/social-card.png"


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("rogozin", {"@type": "Person", "birthDate": "1970-01-02", "jobTitle": ["chief"]}),
        ("battle", {"@type": "Event", "startDate": "1949-03", "endDate": "1949-04-02"}),
        ("note", {"@type": "CreativeWork", "datePublished": "1950"}),
        ("moscow", {"geo": {"@type": "GeoCoordinates", "latitude": 55.75, "longitude": 37.62}}),
        ("deterrence", {"@type": "DefinedTerm", "termCode": "deterrence"}),
    ],
)
def test_each_kind_of_entry_says_what_is_its_own(site: Path, slug: str, said: dict[str, Any]) -> None:
    found = data(site, f"glossary/{slug}")
    assert {name: found.get(name) for name in said} == said


def test_terms_are_in_the_set_that_the_glossary_is(site: Path) -> None:
    assert data(site, "glossary/deterrence")["inDefinedTermSet"]["@id"] == data(site, "glossary")["@id"]


def test_other_types_and_pages(site: Path) -> None:
    assert data(site, "two")["@type"] == "OpinionNewsArticle"
    assert data(site, "two")["dateModified"] == "2021-12-15"
    assert (data(site, "about")["@type"], data(site, "about")["dateModified"]) == ("WebPage", "2022-01-01")
    assert (data(site, ".")["@type"], data(site, ".")["url"]) == ("WebSite", BASE)
    assert blocks(site, "archive/2021") == []


def test_nothing_in_it_ends_the_script_or_a_line(site: Path) -> None:
    for page in PAGES:
        (block,) = blocks(site, page)
        assert not set("<>&\u2028\u2029\n") & set(block), page
    assert "\\u003c/script\\u003e" in blocks(site, "one")[0]
    assert "\\u0026 \\u2028more" in blocks(site, "one")[0]


def test_without_a_public_address_there_is_none(tmp_path: Path) -> None:
    build_project(write_project(tmp_path, {"content/articles/one.md": article("x\n")}))
    assert blocks(tmp_path / "site", "one") == []
