from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from generator.emit import sitemap
from tests.project import article, build_project, entry, found, write_project

BASE = "https://example.org/base/"
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def project(folder: Path) -> Path:
    return write_project(
        folder,
        {
            "content/site.yaml": f"title: Test\nurl: {BASE}\npaginate: 1\n",
            "content/articles/one.md": article("NATO.\n", "tags: [a & b]\nseries: S\nupdated: 2022-05-06\n"),
            "content/articles/žr.md": article("Text.\n"),
            "content/articles/draft.md": article("Text.\n", "draft: true\n"),
            "content/pages/about.md": "---\ntitle: About\n---\nText.\n",
            "content/glossary/nato.md": entry("NATO"),
        },
    )


def listed(path: Path) -> list[tuple[str, str | None]]:
    root = ElementTree.fromstring(path.read_bytes())
    assert all([child.tag.removeprefix(NAMESPACE) for child in one][:1] == ["loc"] for one in root)
    return [(one.findtext(f"{NAMESPACE}loc") or "", one.findtext(f"{NAMESPACE}lastmod")) for one in root]


def test_it_lists_every_page_once_with_the_day_of_its_last_change(tmp_path: Path) -> None:
    assert build_project(project(tmp_path)).ok
    assert listed(tmp_path / "site/sitemap.xml") == [
        (BASE, "2022-05-06"),
        (f"{BASE}one/", "2022-05-06"),
        (f"{BASE}%C5%BEr/", "2021-12-15"),
        (f"{BASE}about/", None),
        (f"{BASE}glossary/", None),
        (f"{BASE}glossary/nato/", None),
        (f"{BASE}tags/a-b/", "2022-05-06"),
        (f"{BASE}series/s/", "2022-05-06"),
        (f"{BASE}archive/2021/", "2022-05-06"),
    ]


def test_each_listed_address_is_the_canonical_one_of_a_page(tmp_path: Path) -> None:
    build_project(project(tmp_path))
    pages = [path.read_text("utf-8") for path in (tmp_path / "site").rglob("*.html")]
    for address, _ in listed(tmp_path / "site/sitemap.xml"):
        assert sum(f'<link rel="canonical" href="{address}">' in page for page in pages) == 1, address


def test_many_addresses_go_into_several_files_and_an_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_project(project(tmp_path), output=tmp_path / "whole")
    monkeypatch.setattr(sitemap, "MOST", 4)
    build_project(tmp_path)
    site = tmp_path / "site"
    index = ElementTree.fromstring((site / "sitemap.xml").read_bytes())
    assert index.tag == f"{NAMESPACE}sitemapindex"
    parts = [f"sitemap-{number}.xml" for number in (1, 2, 3)]
    assert listed(site / "sitemap.xml") == [(f"{BASE}{part}", "2022-05-06") for part in parts]
    assert [len(listed(site / part)) for part in parts] == [4, 4, 1]
    assert [one for part in parts for one in listed(site / part)] == listed(tmp_path / "whole/sitemap.xml")


def test_exactly_as_many_as_one_may_hold_need_no_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MOST", 9)
    build_project(project(tmp_path))
    assert len(listed(tmp_path / "site/sitemap.xml")) == 9
    assert not list((tmp_path / "site").glob("sitemap-*"))


@pytest.mark.parametrize("name", ["sitemap.xml", "feed.xml", "feed.json", "tags/a-b/feed.xml", "one/social-card.png"])
def test_a_file_of_the_sites_own_at_its_address_is_an_error(tmp_path: Path, name: str) -> None:
    path = project(tmp_path) / "content/static" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x")
    assert f"static/{name}:1:1 error address-taken" in found(build_project(tmp_path))
