"""The CommonMark specification's examples, with raw HTML off (as it is by default) and on.

All of them pass but those listed here, each with its reason. A listed example that passes after all fails the test, so
the lists stay true.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.commonmark.normal import normal
from tests.project import article, html, load_project, opened, write_project

EXAMPLES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("examples.json").read_text("utf-8"))

OURS = {
    "[[words]] names an entry of the glossary": {548, 590},
}

OFF = OURS | {
    "raw HTML is off: it is shown as the text that it is": {
        *(21, 31, 201, 308, 309, 344, 475, 476, 477, 491, 494, 524, 536, 642, 643),
        *range(148, 192),
        *(613, 614, 615, 616, 617, 623, 625, 626, 627, 628, 629, 630, 631),
    },
}

ON = OURS | {
    "each piece of raw HTML is made whole by itself, as a browser does it: what is open is closed, what closes nothing "
    "goes, a table gets its tbody": {
        *(21, 31, 149, 151, 152, 155, 160, 165, 167, 174, 175, 184, 187, 188, 190, 191),
        *(344, 476, 477, 494, 630, 631, 642, 643),
    },
    "tags that are not on the list are taken out or shown as text": {163, 201, 491, 524, 536, 617, 623},
    "tags that are not on the list, and what is open is closed": {148, 150, 613, 614, 615},
    "attributes that are not on the list go": {169, 616},
    "script, style and textarea go with what they hold": {170, 171, 172, 173, 176, 178},
    "comments, declarations, instructions and CDATA are not kept": {626, 627, 628, 629},
}


@cache
def rendered(folder: Path, raw_html: bool) -> dict[int, str]:
    """Return the HTML of each example, an article each."""
    files: dict[str, str | bytes] = {
        f"content/articles/e{one['example']}.md": article(one["markdown"]) for one in EXAMPLES
    }
    files["content/site.yaml"] = f"title: T\nmarkdown: {{raw_html: {str(raw_html).lower()}}}\n"
    loaded = load_project(write_project(folder, files))
    return {one["example"]: html(opened(loaded, f"e{one['example']}")) for one in EXAMPLES}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("commonmark")


def test_the_whole_specification_is_here() -> None:
    assert [one["example"] for one in EXAMPLES] == list(range(1, 653))


@pytest.mark.parametrize(("raw_html", "reasons"), [(False, OFF), (True, ON)], ids=["raw-html-off", "raw-html-on"])
def test_the_specifications_examples(folder: Path, raw_html: bool, reasons: dict[str, set[int]]) -> None:
    ours = rendered(folder / str(raw_html), raw_html)
    expected = {one["example"]: one["html"] for one in EXAMPLES}
    differing = {number for number in ours if normal(ours[number]) != normal(expected[number], of_specification=True)}
    listed = [number for numbers in reasons.values() for number in numbers]
    assert len(listed) == len(set(listed)), "an example is listed twice"
    assert differing == set(listed)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("<p>a &quot;b&quot;<br />\nc</p>", "<p>a “b”<br>\nc</p>\n", True),
        ("<h1>A</h1><h2>B</h2>", '<h2 id="a">A</h2><h3 id="b">B</h3>', True),
        ("<pre><code>a\n\n</code></pre>", '<pre class="code"><code>a\n</code></pre>', True),
        ("<pre><code>a  b\n</code></pre>", "<pre><code>a b</code></pre>", False),
        ("<p>a</p>", "<p>b</p>", False),
        ("<p>&lt;b&gt;</p>", "<p><b></p>", False),
        ("<p>a <em>b</em></p>", "<p>a<em>b</em></p>", False),
        ("<h2>A</h2>", "<h3>A</h3>", False),
        ('<a href="/x">a</a>', '<a href="/y">a</a>', False),
        ('<p>a</p><b class="x"', "<p>a</p>", True),
        ('<p>a</p><b class="x">', "<p>a</p>", False),
    ],
)
def test_what_is_taken_for_the_same(one: str, other: str, same: bool) -> None:
    assert (normal(one, of_specification=True) == normal(other)) == same
