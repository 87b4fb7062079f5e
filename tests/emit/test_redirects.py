from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from generator.emit.redirects import MAX_BYTES, MAX_LINE, MAX_RULES, rules_of
from generator.link.redirects import path_problem
from generator.site import Redirect
from tests.project import article, build_project, entry, found, load_project, write_project

URL = "title: Test\nurl: https://example.org/\n"
BELOW = "title: Test\nurl: https://example.org/base/\n"


def test_a_page_stands_at_each_old_address(tmp_path: Path) -> None:
    write_project(
        tmp_path,
        {
            "content/site.yaml": URL,
            "content/articles/new.md": article("Text.\n", "redirect_from: [/old/address/, /older.html, /2020/naïve]\n"),
            "content/glossary/nato.md": entry("NATO", front_matter="redirect_from: [/glossary/otan/]\n"),
        },
    )
    assert build_project(tmp_path).diagnostics == ()
    html = (tmp_path / "site/old/address/index.html").read_text("utf-8")
    assert '<meta http-equiv="refresh" content="0; url=../../new/">' in html
    assert '<link rel="canonical" href="https://example.org/new/">' in html
    assert '<meta name="robots" content="noindex">' in html
    assert '<a href="../../new/">' in html
    assert 'content="0; url=new/"' in (tmp_path / "site/older.html").read_text("utf-8")
    assert "url=../../glossary/nato/" in (tmp_path / "site/glossary/otan/index.html").read_text("utf-8")
    assert (tmp_path / "site/_redirects").read_text("utf-8") == (
        "/2020/na%C3%AFve/ /new/ 301\n"
        "/glossary/otan/ /glossary/nato/ 301\n"
        "/old/address/ /new/ 301\n"
        "/older.html /new/ 301\n"
    )


def test_rules_below_a_base_path_lead_to_whole_addresses(tmp_path: Path) -> None:
    files = {"content/site.yaml": BELOW, "content/articles/new.md": article("Text.\n", "redirect_from: [/old/]\n")}
    build_project(write_project(tmp_path, dict(files)))
    assert (tmp_path / "site/_redirects").read_text("utf-8") == "/old/ https://example.org/base/new/ 301\n"


def test_a_sites_own_rules_win_and_its_pages_stay(tmp_path: Path) -> None:
    own = {"content/static/_redirects": "/x /y 302\n"}
    build_project(write_project(tmp_path, {**own, "content/pages/new.md": "---\nredirect_from: [/old/]\n---\nText.\n"}))
    assert (tmp_path / "site/_redirects").read_text("utf-8") == "/x /y 302\n"
    assert "url=../new/" in (tmp_path / "site/old/index.html").read_text("utf-8")


def test_no_redirects_no_file(tmp_path: Path) -> None:
    build_project(write_project(tmp_path, {}))
    assert not (tmp_path / "site/_redirects").exists()


def test_an_old_address_that_is_taken(tmp_path: Path) -> None:
    write_project(
        tmp_path,
        {
            "content/articles/one.md": article("Text.\n", "redirect_from:\n  - /two/\n  - /old/\n  - /old\n"),
            "content/articles/two.md": article("Text.\n", "redirect_from: [/OLD/]\n"),
            "content/pages/three.md": "---\nredirect_from: [/three/, /]\n---\nText.\n",
        },
    )
    loaded = load_project(tmp_path)
    assert found(loaded) == [
        "articles/one.md:5:5 error address-taken",
        "articles/two.md:4:17 error address-taken",
        "pages/three.md:2:17 error address-taken",
        "pages/three.md:2:26 error address-taken",
    ]
    assert loaded.diagnostics[0].message == "the address /two/ is taken by content/articles/two.md"
    assert loaded.diagnostics[0].hint == "take it out of redirect_from:"


def test_drafts_leave_no_redirect(tmp_path: Path) -> None:
    draft = article("Text.\n", "draft: true\nredirect_from: [/old/]\n")
    build_project(write_project(tmp_path, {"content/articles/new.md": draft}))
    assert not (tmp_path / "site/old").exists()


@pytest.mark.parametrize(
    "address",
    [
        *("/../up/", "/a/../../b", "/./a/", "//evil.example/x", "https://evil.example/x", "javascript:alert(1)"),
        *("/%2e%2e/up/", "/a%00b/", "\\\\host\\share", "/a\\..\\b/", "/a\0b/", "/a b/", "/a\tb/", "old/", "", "/a//b/"),
        *("/.git/config", "/a/.staging/", "/a?b=1", "/a#b", "/a*", "/:slug/", "/" + "x" * 300, "/a\u202eb/", "C:/x"),
    ],
)
def test_what_is_no_path_of_the_site_is_refused(address: str) -> None:
    assert path_problem(address)


@pytest.mark.parametrize(
    "address", ["/a/", "/a", "/a.html", "/2020/01/a.php", "/.well-known/x/", "/новости/", "/a'b,c;d/"]
)
def test_what_is_one_passes(address: str) -> None:
    assert path_problem(address) == ""


def test_the_finding_is_located(tmp_path: Path) -> None:
    page = article("Text.\n", 'redirect_from: [/fine/, "/%2e%2e/up/"]\n')
    loaded = load_project(write_project(tmp_path, {"content/articles/one.md": page}))
    assert found(loaded) == ["articles/one.md:4:25 error redirect-address"]
    assert loaded.diagnostics[0].message == '"/%2e%2e/up/" is percent-encoded'


def test_the_hosts_limits_hold(tmp_path: Path) -> None:
    site = load_project(write_project(tmp_path, {})).site
    assert site is not None

    def redirects(count: int, name: str) -> tuple[Redirect, ...]:
        return tuple(
            Redirect(url=f"/{name}{number:05}/", target="/new/", title="", lang="en")  # type: ignore[arg-type]
            for number in range(count)
        )

    rules = rules_of(msgspec.structs.replace(site, redirects=redirects(3000, "a"))).splitlines()
    assert len(rules) == MAX_RULES
    long = "/".join(["x" * 100] * 5)
    text = rules_of(msgspec.structs.replace(site, redirects=redirects(1000, long)))
    assert len(text) <= MAX_BYTES
    assert max(map(len, text.splitlines())) <= MAX_LINE
    assert rules_of(msgspec.structs.replace(site, redirects=redirects(1, "x/" * 600))) == ""
