"""robots.txt and the web manifest."""

from __future__ import annotations

import json
import urllib.robotparser
from pathlib import Path
from urllib.parse import urljoin

import pytest

from tests.project import build_project, write_project

SITE = "title: Test\nurl: https://example.org/base/\nlanguage: ar\ndescription: What it is.\n"


def test_robots_may_read_everything_and_find_the_sitemap(tmp_path: Path) -> None:
    build_project(write_project(tmp_path, {"content/site.yaml": SITE}))
    robots = urllib.robotparser.RobotFileParser()
    robots.parse((tmp_path / "site/robots.txt").read_text().splitlines())
    assert robots.can_fetch("anybot", "https://example.org/base/nato/")
    assert robots.site_maps() == ["https://example.org/base/sitemap.xml"]


def test_robots_without_an_address_names_no_sitemap(tmp_path: Path) -> None:
    build_project(write_project(tmp_path, {}))
    assert (tmp_path / "site/robots.txt").read_text() == "User-agent: *\nDisallow:\n"


@pytest.mark.parametrize("name", ["robots.txt", "manifest.webmanifest"])
def test_the_sites_own_file_wins(tmp_path: Path, name: str) -> None:
    assert build_project(write_project(tmp_path, {f"content/static/{name}": b"mine"})).diagnostics == ()
    assert (tmp_path / "site" / name).read_bytes() == b"mine"


def test_the_manifest_names_the_site_and_its_icons(tmp_path: Path) -> None:
    build_project(write_project(tmp_path, {"content/site.yaml": SITE}))
    manifest = json.loads((tmp_path / "site/manifest.webmanifest").read_bytes())
    icons = manifest.pop("icons")
    assert manifest == {
        "name": "Test",
        "lang": "ar",
        "dir": "rtl",
        "description": "What it is.",
        "start_url": "./",
        "scope": "./",
        "display": "browser",
    }
    assert [(icon["type"], icon["sizes"]) for icon in icons] == [("image/svg+xml", "any"), ("image/png", "512x512")]
    for icon in icons:
        address = urljoin("https://example.org/base/manifest.webmanifest", icon["src"])
        assert (tmp_path / "site" / address.removeprefix("https://example.org/base/")).is_file()


def test_pages_name_the_manifest_and_the_icons(tmp_path: Path) -> None:
    build_project(write_project(tmp_path, {}))
    home = (tmp_path / "site/index.html").read_text("utf-8")
    assert '<link rel="manifest" href="manifest.webmanifest">' in home
    (icon,) = (tmp_path / "site/assets").glob("apple-touch-icon.*.png")
    assert f'<link rel="apple-touch-icon" href="assets/{icon.name}">' in home


def test_a_site_with_an_icon_of_its_own_has_no_other(tmp_path: Path) -> None:
    build_project(write_project(tmp_path, {"templates/favicon.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}))
    assert not list((tmp_path / "site/assets").glob("*.png"))
    assert "apple-touch-icon" not in (tmp_path / "site/index.html").read_text("utf-8")
