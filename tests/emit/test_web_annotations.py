from __future__ import annotations

import json
from pathlib import Path

from tests.project import article, build_project, write_project

MATTER = """\
sources:
  poll: {title: A poll, url: "https://example.org/poll"}
  report: {title: A report, publisher: An agency, date: 2021-12}
annotations:
  - quote: 70 percent of Russians
    kind: fact-check
    note: "Who *asked*."
    by: Explained
    date: 2021-12-16
    sources: [poll, report]
    id: who-asked
  - quote: 𝒩-bomb
    note: Beyond the basic plane.
"""


def test_annotations_are_web_annotation_data(tmp_path: Path) -> None:
    body = "The 𝒩-bomb. About *70 percent* of Russians said so.\n"
    site = "title: Test\nurl: https://example.org/base/\n"
    files: dict[str, str | bytes] = {
        "content/site.yaml": site,
        "content/articles/one.md": article(body, MATTER),
        "content/articles/two.md": article("Nothing.\n"),
    }
    assert build_project(write_project(tmp_path, files)).ok
    assert not (tmp_path / "site/two/annotations.jsonld").exists()
    data = json.loads((tmp_path / "site/one/annotations.jsonld").read_text("utf-8"))
    assert data["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert data["total"] == 2
    first, second = data["first"]["items"]
    text = "The 𝒩-bomb. About 70 percent of Russians said so."
    for item, words in ((first, "𝒩-bomb"), (second, "70 percent of Russians")):
        quote, position = item["target"]["selector"]
        assert quote["exact"] == words
        assert text[position["start"] : position["end"]] == words
        assert text[position["start"] - len(quote["prefix"]) :].startswith(quote["prefix"] + words + quote["suffix"])
    assert second["id"] == "https://example.org/base/one/#note-who-asked"
    assert second["motivation"] == "assessing"
    assert second["created"] == "2021-12-16T00:00:00Z"
    assert [body.get("id", body.get("value")) for body in second["body"]] == [
        "Who asked.",
        "https://example.org/poll",
        "A report, An agency, 2021-12",
    ]
