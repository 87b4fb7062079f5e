"""What social networks read in the head of a page (The Open Graph protocol, ogp.me)."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from PIL import Image

from tests.project import article, build_project, entry, write_project

BASE = "https://example.org/base/"
FRONT = (
    "description: What & why\nupdated: 2022-02-03\ntags: [one, two]\nlang: pt-br\nauthors: [Jane Roe]\n"
    "image: {src: /photo.png, alt: 'A \"photo\"', credit: Agency}\n"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graph")
    files: dict[str, str | bytes] = {
        "content/site.yaml": f"title: Test\nurl: {BASE}\n",
        "content/articles/world/one.md": article("Text.\n", FRONT),
        "content/articles/two.md": article("Text.\n", "image: {src: /flag.svg, alt: A flag, credit: Me}\n"),
        "content/glossary/nato.md": entry("NATO", summary="An *alliance*."),
        "content/static/flag.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    }
    write_project(folder, files)
    Image.new("RGB", (30, 20)).save(folder / "content/static/photo.png")
    assert build_project(folder).diagnostics == ()
    return folder / "site"


def said(site: Path, page: str) -> list[tuple[str, str]]:
    head = (site / page / "index.html").read_text("utf-8").split("</head>")[0]
    found = re.findall(r'<meta (?:property|name)="((?:og|article|twitter):[a-z:_]+)" content="([^"]*)">', head)
    return sorted((name, html.unescape(value)) for name, value in found)


def test_an_article(site: Path) -> None:
    assert said(site, "one") == [
        ("article:modified_time", "2022-02-03"),
        ("article:published_time", "2021-12-15"),
        ("article:section", "world"),
        ("article:tag", "one"),
        ("article:tag", "two"),
        ("og:description", "What & why"),
        ("og:image", f"{BASE}one/social-card.png"),
        ("og:image", f"{BASE}photo.png"),
        ("og:image:alt", 'A "photo"'),
        ("og:image:alt", "Title"),
        ("og:image:height", "20"),
        ("og:image:height", "630"),
        ("og:image:type", "image/png"),
        ("og:image:width", "1200"),
        ("og:image:width", "30"),
        ("og:locale", "pt_BR"),
        ("og:site_name", "Test"),
        ("og:title", "Title"),
        ("og:type", "article"),
        ("og:url", f"{BASE}one/"),
        ("twitter:card", "summary_large_image"),
    ]


def test_its_own_picture_comes_before_its_card(site: Path) -> None:
    head = (site / "one/index.html").read_text("utf-8").split("</head>")[0]
    assert head.index("photo.png") < head.index("social-card.png")


def test_a_drawing_that_networks_do_not_show_is_left_out(site: Path) -> None:
    assert [value for name, value in said(site, "two") if name == "og:image"] == [f"{BASE}two/social-card.png"]


def test_an_entry(site: Path) -> None:
    found = dict(said(site, "glossary/nato"))
    assert (found["og:title"], found["og:description"]) == ("NATO", "An alliance.")
    assert found["og:image"] == f"{BASE}glossary/nato/social-card.png"
    assert "og:locale" not in found, "a language alone is no locale"


def test_a_page_without_a_card(site: Path) -> None:
    found = dict(said(site, "."))
    assert (found["og:type"], found["og:title"], found["twitter:card"]) == ("website", "Test", "summary")
    assert "og:image" not in found
