"""Drawn figures in the pages of the built-in theme: a timeline to scale, a map of a place."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from generator.render.land import rings
from tests.project import article, build_project, entry, write_project

TIMELINE = "timeline: [{date: 1969-03-02, text: First}, {date: 2001, end: 2005, text: Then}]\n"


def built(folder: Path, files: dict[str, str | bytes], page: str) -> str:
    result = build_project(write_project(folder, files))
    assert result.ok, result.diagnostics
    return (folder / "site" / page / "index.html").read_text("utf-8")


def drawing(page: str) -> str:
    found = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(found) == 1
    return str(found[0])


def test_a_timeline_is_a_picture_and_a_list_of_the_same(tmp_path: Path) -> None:
    page = built(tmp_path, {"content/articles/one.md": article("Text.\n", TIMELINE)}, "one")
    svg = drawing(page)
    assert svg.startswith('<svg class="axis" role="img">\n<title>The timeline to scale, from 2 March 1969 on</title>')
    assert svg.count("<circle") == 1
    assert "style=" not in svg
    texts = re.findall(r"<text [^>]*>([^<]+)</text>", svg)
    assert texts
    assert all(1969 < int(text) <= 2005 for text in texts)
    listed = page.split("</svg>")[1]
    assert '<time datetime="1969-03-02">2 March 1969</time>' in listed
    assert listed.count("<li") == 2


def test_from_right_to_left_it_is_mirrored(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "content/articles/one.md": article("Text.\n", TIMELINE),
        "content/articles/two.md": article("نص.\n", f"lang: ar\n{TIMELINE}"),
    }
    ltr = drawing(built(tmp_path, files, "one"))
    rtl = drawing((tmp_path / "site/two/index.html").read_text("utf-8"))
    across = re.compile(r'x[12]?="(\d+)%"')
    assert [100 - int(x) for x in across.findall(ltr)] == [int(x) for x in across.findall(rtl)]
    assert re.findall(r'y[12]?="[^"]+"', ltr) == re.findall(r'y[12]?="[^"]+"', rtl)


def test_one_day_alone_is_a_list(tmp_path: Path) -> None:
    page = built(
        tmp_path, {"content/articles/one.md": article("Text.\n", "timeline: [{date: 1969, text: Alone}]\n")}, "one"
    )
    assert "<svg" not in page
    assert "Alone" in page


def test_what_an_author_lists_on_one_day_keeps_its_order(tmp_path: Path) -> None:
    day = "timeline: [{date: 2021-03-01, text: Morning}, {date: 2021-03-01, text: Evening}]\n"
    page = built(tmp_path, {"content/articles/one.md": article("Text.\n", day)}, "one")
    assert page.index("Morning") < page.index("Evening")


def test_a_place_has_a_small_map(tmp_path: Path) -> None:
    place = entry("Place", "place", "coordinates: [60.39, 5.32]\n")  # among fjords
    page = built(tmp_path, {"content/glossary/place.md": place}, "glossary/place")
    svg = drawing(page)
    assert 'role="img">\n<title>Place on the map, at 60.39° N, 5.32° E</title>' in svg
    assert "style=" not in svg
    assert len(gzip.compress(svg.encode())) < 2048


def test_the_outlines_are_not_loaded_without_a_place(tmp_path: Path) -> None:
    rings.cache_clear()
    page = built(tmp_path, {"content/glossary/nato.md": entry("NATO")}, "glossary/nato")
    assert "<svg" not in page
    assert rings.cache_info().currsize == 0
