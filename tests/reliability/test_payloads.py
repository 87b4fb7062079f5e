"""Attacks in every text of every key, in names of files and all constructs of the body run nothing in a real browser.

The pages are served without a Content Security Policy, so that escaping alone has to hold.
"""

from __future__ import annotations

import functools
import http.server
import json
import re
import threading
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import msgspec
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from generator import config, matter
from generator.read.schema import fields_of
from tests.chromium import running_browser
from tests.project import article, build_project, found, load_project, write_project
from tests.reliability.payloads import ATTACK, FIXED, SHORT, write_hostile
from tests.test_docs import records


@pytest.fixture(scope="module", params=[False, True], ids=["raw-html-off", "raw-html-on"])
def raw_html(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(scope="module")
def site(raw_html: bool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = write_hostile(tmp_path_factory.mktemp("hostile"), raw_html=raw_html)
    result = build_project(project)
    assert result.ok, result.diagnostics
    return project / "site"


class Handler(http.server.SimpleHTTPRequestHandler):
    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, ".jsonld": "application/json"}

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture(scope="module")
def origin(site: Path) -> Iterator[str]:
    (site.parent / "www").mkdir()
    (site.parent / "www/base").symlink_to(site)
    handler = functools.partial(Handler, directory=str(site.parent / "www"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/base/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running_browser() as running:
        yield running


@pytest.fixture
def tab(browser: Browser, origin: str, raw_html: bool) -> Iterator[Page]:
    """A tab in which nothing may run, speak, or ask another host."""
    said: list[str] = []

    def allowed(url: str) -> bool:
        """Raw HTML that is allowed may show a picture, here one that is not there; Chromium asks for an icon."""
        return url.endswith("/favicon.ico") or (url.endswith("/x") and raw_html)

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and not allowed(message.location["url"]):
            said.append(f"console: {message.text}")

    page = browser.new_page()
    page.on("console", hear)
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda request: None if request.url.startswith(origin) else said.append(request.url))
    page.on(
        "response",
        lambda answer: said.append(answer.url) if answer.status >= 400 and not allowed(answer.url) else None,
    )
    yield page
    page.close()
    assert said == []


def assert_calm(page: Page) -> None:
    assert page.evaluate("window.pwned") is None


def test_every_text_of_the_schema_is_attacked_or_named() -> None:
    """A key that cannot hold an attack is named in FIXED; a name there that is no key is a mistake."""
    keys = {
        f"{record.__name__}.{key}"
        for module in (matter, config)
        for record in records(module)
        for key in fields_of(record)
    }
    assert FIXED.keys() <= keys
    assert len(keys - FIXED.keys()) > 50


def test_the_attack_would_be_noticed(browser: Browser) -> None:
    page = browser.new_page()
    for written in (
        f"<p>{ATTACK}",
        f'<p title="{ATTACK}">',
        f"<title>{ATTACK}",
        f"<script>'{ATTACK}'",
        f"<!--{ATTACK}",
    ):
        page.set_content(f"<!doctype html>{written}")
        page.wait_for_function("window.pwned")
    page.close()


def test_every_page_is_calm(site: Path, origin: str, tab: Page) -> None:
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    assert len(pages) > 15
    for path in pages:
        tab.goto(origin + quote(path))
        if 'http-equiv="refresh"' in (site / path).read_text("utf-8"):
            tab.wait_for_function("document.title && !document.querySelector('meta[http-equiv=refresh]')")
        assert_calm(tab)


def test_what_is_no_page_is_calm(site: Path, origin: str, tab: Page) -> None:
    """Feeds opened as XML, data opened as text."""
    names = [
        path.relative_to(site).as_posix() for path in site.rglob("*") if path.suffix in (".xml", ".json", ".jsonld")
    ]
    assert {"feed.xml", "feed.json", "sitemap.xml", "glossary.json"} <= set(names)
    for name in sorted(name for name in names if not name.startswith("pagefind/")):
        tab.goto(origin + quote(name))
        assert_calm(tab)


def test_popups_are_calm(site: Path, origin: str, tab: Page) -> None:
    tab.goto(f"{origin}one/")
    opened = 0
    for mention in tab.locator("a.term").all()[:6]:
        mention.focus()
        tab.keyboard.press("Enter")
        tab.locator(".popup:popover-open").first.wait_for()
        opened += 1
        assert_calm(tab)
        tab.keyboard.press("Escape")
        tab.keyboard.press("Escape")
    assert opened > 1


def test_search_results_are_calm(site: Path, origin: str, tab: Page) -> None:
    tab.goto(f"{origin}search/?q={quote(ATTACK)}")
    assert_calm(tab)
    for words in (SHORT, "NATO", "onerror", "script"):
        tab.get_by_role("main").get_by_role("searchbox").fill(words)
        tab.wait_for_timeout(700)
        assert_calm(tab)
        assert tab.locator(".search-results img, .search-results script").count() == 0
    assert tab.locator(".search-results").last.locator("li").count() > 0


class Found(HTMLParser):
    """What would be able to run: scripts that are not the theme's, attributes of events, addresses of scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.bad: list[str] = []
        self.text: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        runs = tag == "script" and given.get("type") != "application/ld+json" and "src" not in given
        wild = [name for name in given if name.startswith("on") or name == "style"]
        scheme = [
            value
            for value in given.values()
            if value and value.strip().lower().startswith(("javascript:", "data:text"))
        ]
        if runs or wild or scheme:
            self.bad.append(str(self.get_starttag_text())[:200])

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_nothing_could_run_and_templates_stay_text(site: Path, raw_html: bool) -> None:
    shown = 0
    for path in site.rglob("*.html"):
        page = Found(path.read_text("utf-8"))
        assert page.bad == [], path
        assert raw_html or '<img src="x"' not in path.read_text("utf-8"), path
        text = "".join(page.text)
        shown += text.count("{{ 7*7 }}")
        assert "49" not in text, path
    assert shown > 50


def test_data_is_data(site: Path) -> None:
    """JSON in pages and files, XML: read by strict readers, the attack comes out as it went in."""
    feed = ElementTree.parse(site / "feed.xml").getroot()
    assert f"title {ATTACK}" in [title.text for title in feed.iter("{http://www.w3.org/2005/Atom}title")]
    ElementTree.parse(site / "sitemap.xml")
    glossary = (site / "glossary.json").read_text("utf-8")
    assert f"Name {ATTACK}" in json.dumps(json.loads(glossary), ensure_ascii=False).replace('\\"', '"')
    json.loads((site / "feed.json").read_text("utf-8"))
    blocks = 0
    for path in site.rglob("*.html"):
        for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', path.read_text("utf-8"), re.S):
            json.loads(block)
            assert "<" not in block
            blocks += 1
    assert blocks > 2


# --- keys that cannot hold an attack ----------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["slug", "lang", "tags", "series"])
@pytest.mark.parametrize(
    "value", [ATTACK, "../../x", "..", "/etc/passwd", "a\\..\\b", "%2e%2e%2f", "con", "x" * 500, "é" * 300]
)
def test_what_makes_an_address_or_picks_a_file_stays_inside(tmp_path: Path, key: str, value: str) -> None:
    shown = f"[{json.dumps(value)}]" if key == "tags" else json.dumps(value)
    project = write_project(tmp_path / "project", {"content/articles/one.md": article("Text.\n", f"{key}: {shown}\n")})
    before = set(tmp_path.rglob("*"))
    result = build_project(project)
    assert result.ok or 4 in {one.line for one in result.diagnostics}, result.diagnostics
    made = set(tmp_path.rglob("*")) - before
    assert all(path.is_relative_to(project / "site") for path in made)
    for path in (project / "site").rglob("*.html"):
        assert Found(path.read_text("utf-8")).bad == []


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ('language: "en\\"><script>"', 2),
        ("language: ../../../etc/passwd", 2),
        ("timezone: ../../etc/passwd", 2),
        ("timezone: /etc/localtime", 2),
        ("url: javascript:alert(1)", 2),
        ("menu: [{title: x, url: 'javascript:alert(1)'}]", 2),
        ("permalinks: {article: '/../{slug}/'}", 2),
        ("permalinks: {article: '/{slug.__class__}/{slug}/'}", 2),
        ("permalinks: {article: '/{slug}/{'}", 2),
        ("permalinks: {article: '/{slug}}/'}", 2),
        ("permalinks: {article: '/{slug!r:>9999999999}/'}", 2),
        ("permalinks: {article: '/.git/{slug}/'}", None),
        ("theme: {accent: '</style><script>'}", 2),
        ("theme: {accent: 'red; } body { background: url(//x)'}", 2),
        ("theme: {accent: 'url(//evil.example/x)'}", 2),
        ("paginate: 99999999999999999999", 2),
        ("images: {max_pixels: 9e99}", 2),
        ("extra: {x: " + "9" * 100_000 + "}", None),
    ],
)
def test_settings_that_cannot_be(tmp_path: Path, settings: str, line: int | None) -> None:
    project = write_project(
        tmp_path, {"content/site.yaml": f"title: T\n{settings}\n", "content/articles/one.md": article("x\n")}
    )
    result = build_project(project)
    assert all(not name.startswith("Traceback") for name in found(result))
    if line is not None:
        assert not result.ok
        assert [one.line for one in result.diagnostics] == [line]
    elif not result.ok:
        assert result.diagnostics


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#10;script:alert(1)",
        "&#1;javascript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "//evil.example/",
        "/\\\\\\\\evil.example/x",
    ],
)
def test_addresses_that_run_are_errors_everywhere(tmp_path: Path, link: str) -> None:
    quoted = json.dumps(link)
    files: dict[str, str | bytes] = {
        "content/articles/body.md": article(f"[x](<{link}>)\n"),
        "content/articles/source.md": article("x\n", f"sources: {{a: {{title: A, url: {quoted}}}}}\n"),
        "content/articles/author.md": article("x\n", f"authors: [{{name: A, url: {quoted}}}]\n"),
        "content/articles/note.md": article(
            "word\n", f"annotations: [{{quote: word, note: {json.dumps(f'[x](<{link}>)')}}}]\n"
        ),
        "content/glossary/a.md": f"---\nname: A\nkind: term\nsummary: S.\nlinks: {{website: {quoted}}}\n---\n",
        "content/articles/image.md": article("x\n", f"image: {{src: {quoted}, alt: a, credit: c}}\n"),
    }
    loaded = load_project(write_project(tmp_path, files))
    assert {one.path for one in loaded.diagnostics} == set(files)
    assert {one.code for one in loaded.diagnostics} <= {"link-scheme", "link-broken", "image-missing"}


def test_every_record_is_looked_through() -> None:
    assert all(issubclass(record, msgspec.Struct) for record in records(matter))
