"""Feeds as RFC 4287, JSON Feed 1.1 and the W3C feed validator ask for them."""

from __future__ import annotations

import datetime as dt
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import pytest

from tests.project import article, build_project, entry, write_project

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://example.org/base/"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")

SITE = (
    f"title: News & more\nurl: {BASE}\ndescription: All of it.\nauthors: [House]\n"
    "feeds: {items: 2}\nglossary: {max_density: null}\n"
)
ONE = (
    "NATO met in Moscow.[^1] See [two](two.md), [here](#more) and [out](https://example.com/?a=1&b=2) [@treaty].\n\n"
    "## More\n\n![A flag](/flag.svg)\n\nGazprom too, and Zürich.\n\n[^1]: A footnote on Zürich.\n"
)
FRONT = (
    "description: What <they> said & did\nupdated: 2022-02-03\ntags: [world, old & new]\n"
    "authors: [{name: Jane Roe, url: /about/}]\n"
    "sources: {treaty: {title: A treaty, url: 'https://example.com/treaty'}}\n"
    "glossary: {terms: {Gazprom: A company.}}\n"
    "timeline: [{date: 1969-03, text: A clash}]\n"
    "annotations: [{quote: met, note: 'Says *NATO*.', kind: source, sources: [treaty], title: Who, by: Jane}]\n"
)


def files() -> dict[str, str | bytes]:
    old = article("Old.\n", "tags: [archive]\n").replace("2021-12-15", "2001-01-01")
    two = article("Nothing here.\n", "lang: lt\n").replace("2021-12-15", "2021-12-14")
    return {
        "content/site.yaml": SITE,
        "content/articles/one.md": article(ONE, FRONT),
        "content/static/flag.svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        "content/articles/two.md": two,
        "content/articles/old.md": old,
        "content/pages/about.md": "---\ntitle: About\ntags: [archive]\n---\nAbout us.\n",
        "content/glossary/nato.md": entry("NATO", summary="Not in Moscow."),
        "content/glossary/moscow.md": entry("Moscow", "place"),
        "content/glossary/zürich.md": entry("Zürich", "place"),
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_project(tmp_path_factory.mktemp("feeds"), files())
    result = build_project(folder)
    assert result.diagnostics == ()
    return folder / "site"


@pytest.fixture(scope="module")
def atom(site: Path) -> ElementTree.Element:
    return ElementTree.fromstring((site / "feed.xml").read_bytes())


@pytest.fixture(scope="module")
def json_feed(site: Path) -> dict[str, Any]:
    feed: dict[str, Any] = json.loads((site / "feed.json").read_bytes())
    return feed


class Addresses(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not [name for name, _ in attrs if name == "style" or name.startswith(("on", "data-"))]
        self.found += [str(value) for name, value in attrs if name in ("href", "src", "srcset")]


def contents(feed: ElementTree.Element) -> list[str]:
    return [str(content.text) for content in feed.iter(f"{ATOM}content")]


def feeds(site: Path) -> list[Path]:
    found = sorted(site.rglob("feed.xml"))
    assert [path.relative_to(site).as_posix() for path in found] == [
        "feed.xml",
        "tags/archive/feed.xml",
        "tags/old-new/feed.xml",
        "tags/world/feed.xml",
    ]
    return found


def test_feedparser_reads_every_feed_without_complaint(site: Path) -> None:
    for path in feeds(site):
        parsed = feedparser.parse(path.read_bytes())
        assert not parsed.bozo, parsed.get("bozo_exception")
        assert parsed.version == "atom10"
        assert parsed.entries
        assert all(one.content[0].value and one.id and one.title for one in parsed.entries)


def test_required_elements_stand_once(site: Path) -> None:
    for path in feeds(site):
        feed = ElementTree.fromstring(path.read_bytes())
        assert feed.tag == f"{ATOM}feed"
        for holder in (feed, *feed.iter(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                (element,) = holder.findall(f"{ATOM}{name}")
                assert element.text
                assert element.text.strip() == element.text
            assert holder.findall(f"{ATOM}author/{ATOM}name")
        rels = [(link.get("rel"), link.get("type")) for link in feed.findall(f"{ATOM}link")]
        assert rels == [("self", "application/atom+xml"), ("alternate", "text/html")]


def test_the_feed_says_what_it_is(atom: ElementTree.Element) -> None:
    def text(name: str) -> str | None:
        return atom.findtext(f"{ATOM}{name}")

    assert (text("id"), text("title"), text("subtitle")) == (BASE, "News & more", "All of it.")
    assert text("updated") == "2022-02-03T00:00:00Z"
    assert [link.get("href") for link in atom.findall(f"{ATOM}link")] == [f"{BASE}feed.xml", BASE]


def test_an_entry_says_what_it_is(atom: ElementTree.Element) -> None:
    first = next(atom.iter(f"{ATOM}entry"))
    texts = {name: first.findtext(f"{ATOM}{name}") for name in ("id", "title", "published", "updated", "summary")}
    assert texts == {
        "id": f"{BASE}one/",
        "title": "Title",
        "published": "2021-12-15T00:00:00Z",
        "updated": "2022-02-03T00:00:00Z",
        "summary": "What <they> said & did",
    }
    assert first.findtext(f"{ATOM}author/{ATOM}name") == "Jane Roe"
    assert first.findtext(f"{ATOM}author/{ATOM}uri") == f"{BASE}about/"
    assert [one.get("term") for one in first.iter(f"{ATOM}category")] == ["world", "old & new"]


def test_the_newest_items_alone_newest_first(atom: ElementTree.Element, json_feed: dict[str, Any]) -> None:
    ids = [str(entry.findtext(f"{ATOM}id")) for entry in atom.iter(f"{ATOM}entry")]
    assert ids == [f"{BASE}one/", f"{BASE}two/"]
    assert [item["id"] for item in json_feed["items"]] == ids


def test_ids_are_unique_and_dates_are_rfc_3339(site: Path) -> None:
    for path in feeds(site):
        feed = ElementTree.fromstring(path.read_bytes())
        ids = [element.text for element in feed.iter(f"{ATOM}id")]
        assert len(ids) == len(set(ids))
        dates = [e.text or "" for name in ("updated", "published") for e in feed.iter(f"{ATOM}{name}")]
        assert all(RFC3339.fullmatch(date) and dt.datetime.fromisoformat(date) for date in dates)


def test_every_address_is_whole(site: Path, json_feed: dict[str, Any]) -> None:
    pages = [contents(ElementTree.fromstring(path.read_bytes())) for path in feeds(site)]
    for content in [*(one for page in pages for one in page), *(item["content_html"] for item in json_feed["items"])]:
        for address in Addresses(content).found:
            assert urlsplit(address).scheme == "https", address
            assert address.isascii()
            assert " " not in address


def test_mentions_lead_to_entries_and_the_rest_to_the_page(atom: ElementTree.Element) -> None:
    html = contents(atom)[0]
    links = Addresses(html).found
    assert f'<a class="term" href="{BASE}glossary/nato/" id="ref-nato-1">NATO</a>' in html
    assert f"{BASE}glossary/z%C3%BCrich/" in links
    assert f"{BASE}one/#term-own-0" in links, "a page's own term has no page but the article's"
    for anchor in ("#fn1", "#note-1", "#source-treaty", "#more"):
        assert f"{BASE}one/{anchor}" in links
    assert {f"{BASE}two/", "https://example.com/?a=1&b=2", "https://example.com/treaty"} <= set(links)


def test_notes_cards_timeline_and_sources_are_there(atom: ElementTree.Element) -> None:
    html = contents(atom)[0]
    assert "Note 1 · Source: Who" in html
    assert "<h2>Terms and people in this explainer</h2>" in html
    assert f'<dt><a href="{BASE}glossary/moscow/">Moscow</a></dt>' in html
    assert "<dt>Gazprom</dt>" in html
    assert "A clash" in html
    assert "A treaty" in html
    assert Addresses(html).tags.isdisjoint({"script", "style", "iframe", "form", "input", "nav", "object"})
    assert html == html.strip()


def test_languages(atom: ElementTree.Element, json_feed: dict[str, Any]) -> None:
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert [atom.get(lang), *(entry.get(lang) for entry in atom.iter(f"{ATOM}entry"))] == ["en", "en", "lt"]
    assert [json_feed["language"], *(item["language"] for item in json_feed["items"])] == ["en", "en", "lt"]


def test_ends_of_lines_that_are_none_to_json_stay_as_they_are(tmp_path: Path) -> None:
    write_project(tmp_path, files() | {"content/articles/two.md": article("One\u2028two\u2029three\x85four.\n")})
    assert build_project(tmp_path).ok
    feed = json.loads((tmp_path / "site/feed.json").read_bytes())
    assert any("One\u2028two\u2029three\x85four." in item["content_html"] for item in feed["items"])


def test_json_feed_has_its_keys(json_feed: dict[str, Any], atom: ElementTree.Element) -> None:
    items = json_feed.pop("items")
    assert json_feed == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "News & more",
        "home_page_url": BASE,
        "feed_url": f"{BASE}feed.json",
        "description": "All of it.",
        "language": "en",
        "authors": [{"name": "House"}],
    }
    html = items[0].pop("content_html")
    assert html == contents(atom)[0]
    assert items[0] == {
        "id": f"{BASE}one/",
        "url": f"{BASE}one/",
        "title": "Title",
        "summary": "What <they> said & did",
        "date_published": "2021-12-15T00:00:00Z",
        "date_modified": "2022-02-03T00:00:00Z",
        "authors": [{"name": "Jane Roe", "url": f"{BASE}about/"}],
        "tags": ["world", "old & new"],
        "language": "en",
    }


def test_a_tags_feed_holds_its_articles(site: Path) -> None:
    feed = ElementTree.fromstring((site / "tags/archive/feed.xml").read_bytes())
    assert feed.findtext(f"{ATOM}title") == "archive · News & more"
    assert feed.findtext(f"{ATOM}id") == f"{BASE}tags/archive/"
    assert feed.findtext(f"{ATOM}updated") == "2001-01-01T00:00:00Z"
    assert [e.findtext(f"{ATOM}id") for e in feed.iter(f"{ATOM}entry")] == [f"{BASE}old/"]


def test_pages_name_the_feeds(site: Path) -> None:
    def alternates(page: str) -> list[str]:
        html = (site / page).read_text("utf-8")
        return re.findall(r'<link rel="alternate" type="application/[a-z+]+" title="[^"]+" href="([^"]+)">', html)

    assert alternates("one/index.html") == ["../feed.xml", "../feed.json"]
    assert sorted(alternates("tags/archive/index.html")) == [
        *("../../feed.json", "../../feed.xml", "../../tags/archive/feed.xml")
    ]


def test_what_xml_cannot_hold_is_left_out(tmp_path: Path) -> None:
    body = article("Bell \x07 and escape \x1b.\n").replace("title: Title", 'title: "A\\u0008B"')
    project = write_project(tmp_path, {"content/site.yaml": SITE, "content/articles/one.md": body})
    build_project(project)
    feed = ElementTree.fromstring((project / "site/feed.xml").read_bytes())
    assert [title.text for title in feed.iter(f"{ATOM}title")][1] == "AB"


@pytest.mark.parametrize("url", ["", "url: /base/\n"])
def test_no_feed_without_a_public_address(tmp_path: Path, url: str) -> None:
    settings = f"title: Test\n{url}"
    project = write_project(
        tmp_path, {"content/site.yaml": settings, "content/articles/one.md": article("x\n", "tags: [a]\n")}
    )
    assert build_project(project).ok
    assert not [*(project / "site").rglob("feed.*"), *(project / "site").rglob("sitemap*")]
    assert 'rel="alternate"' not in (project / "site/tags/a/index.html").read_text("utf-8")


def test_links_may_lead_to_feeds_that_are_there(tmp_path: Path) -> None:
    text = (
        "[All](/feed.xml), [as data](/feed.json), [a](/tags/a/feed.xml), [map](/sitemap.xml), [2021](/archive/2021/).\n"
    )
    project = write_project(
        tmp_path, {"content/site.yaml": SITE, "content/articles/one.md": article(text, "tags: [a]\n")}
    )
    assert build_project(project).diagnostics == ()
    page = "---\ntitle: A\ntags: [a]\n---\n[All](/feed.xml) and [a](/tags/a/feed.xml).\n"
    (project / "content/articles/one.md").unlink()
    write_project(project, {"content/site.yaml": SITE, "content/pages/about.md": page})
    assert [one.code for one in build_project(project).diagnostics] == ["link-broken", "link-broken"]


def test_no_feed_without_an_article(tmp_path: Path) -> None:
    project = write_project(
        tmp_path, {"content/site.yaml": SITE, "content/pages/about.md": "---\ntitle: A\ntags: [a]\n---\nx\n"}
    )
    assert build_project(project).ok
    assert not list((project / "site").rglob("feed.*"))
    assert 'rel="alternate"' not in (project / "site/tags/a/index.html").read_text("utf-8")


def test_a_mistake_in_its_template_is_told_at_its_line(tmp_path: Path) -> None:
    template = "{{ article.title }}\n{{ article.nonsense }}\n"
    project = write_project(tmp_path, files() | {"templates/feed-entry.html": template})
    result = build_project(project)
    assert {(one.code, one.path, one.line) for one in result.diagnostics} == {
        ("template-error", "templates/feed-entry.html", 2)
    }
