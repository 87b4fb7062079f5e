"""Raw HTML: what passes the allow-list, and that nothing else does, whatever comes."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.parse.raw_html import (
    ATTRIBUTES,
    INLINE_TAGS,
    RESERVED_ID,
    TAGS,
    VOID_TAGS,
    EndTag,
    StartTag,
    Tag,
    VoidTag,
    clean,
    clean_tag,
    is_comment,
)


def written(pieces: list[Tag | str]) -> str:
    """Return pieces as HTML, texts with `&` and `<` escaped."""
    return "".join(
        piece.replace("&", "&amp;").replace("<", "&lt;")
        if isinstance(piece, str)
        else f"</{piece.name}>"
        if isinstance(piece, EndTag)
        else f"<{piece.name}{piece.attributes}>"
        for piece in pieces
    )


CLEANED = [
    ("<p>a<br>b", "<p>a<br>b</p>"),
    ("<b><i>x</b>y</i>", "<b><i>x</i></b><i>y</i>"),
    ("</div>x", "x"),
    ('<details open><summary>s</summary>t</details>', '<details open=""><summary>s</summary>t</details>'),
    ("<table><tr><td colspan=2 style='x'>a</table>", '<table><tbody><tr><td colspan="2">a</td></tr></tbody></table>'),
    ('<figure><img src=a.jpg alt="A" width=3 height=4><figcaption>c</figcaption></figure>',
     '<figure><img alt="A" height="4" src="a.jpg" width="3"><figcaption>c</figcaption></figure>'),
    ('<img src=a width="50%" onerror=x srcset=b loading=lazy>', '<img src="a">'),
    ('<a href="https://e.org/?a=1&b=2" title="&quot;" rel="me" target=_blank>x</a>',
     '<a href="https://e.org/?a=1&amp;b=2" rel="me" title="&quot;">x</a>'),
    ('<a href="/x/">x</a><a href="mailto:a@b.c">y</a><a href="tel:+1">z</a>',
     '<a href="/x/">x</a><a href="mailto:a@b.c">y</a><a href="tel:+1">z</a>'),
    ("<abbr title=x>a</abbr><sub>b</sub><sup>c</sup><kbd>d</kbd>",
     '<abbr title="x">a</abbr><sub>b</sub><sup>c</sup><kbd>d</kbd>'),
    ("<mark>a</mark><h1>b</h1><main>c</main><font>d</font>", "abcd"),
    ("a &amp;lt;b&amp;gt; &lt;c> &copy;", "a &amp;lt;b&amp;gt; &lt;c> ©"),
    ("<!-- x -->a<!DOCTYPE html><?php x ?>b", "ab"),
    ("<p id=mine class='a b' lang=lt dir=rtl data-x=1 role=x>a", '<p class="a b" dir="rtl" id="mine" lang="lt">a</p>'),
    ("", ""),
]  # fmt: skip

DANGEROUS = [
    "<script>x</script>",
    "<style>x</style>",
    "<svg><text>x</text></svg>",
    "<svg onload=x>",
    "<math><mi>x</mi></math>",
    "<iframe src=x>x</iframe>",
    "<textarea>x</textarea>",
    "<select><option>x</select>",
    "<form><input><button></button></form>",
    "<object data=x></object><embed src=x>",
    "<template>x</template>",
    "<base href=//e><link rel=stylesheet href=x><meta http-equiv=refresh content=0>",
]

SCHEMES = [
    "javascript:x",
    "JaVaScRiPt:x",
    "java\tscript:x",
    "java&#10;script:x",
    "&#1;javascript:x",
    " javascript:x",
    "vbscript:x",
    "data:text/html,x",
    "file:///etc/passwd",
    "blob:x",
]


@pytest.mark.parametrize(("source", "expected"), CLEANED)
def test_cleaned(source: str, expected: str) -> None:
    assert written(clean(source)) == expected


@pytest.mark.parametrize("source", DANGEROUS)
def test_left_out_whole(source: str) -> None:
    assert clean(source) == []


@pytest.mark.parametrize("url", SCHEMES)
def test_schemes(url: str) -> None:
    assert clean(f'<a href="{url}">x</a>') == [StartTag("a", ""), "x", EndTag("a")]
    assert clean(f'<img src="{url}">') == [VoidTag("img", "")]
    assert clean(f'<q cite="{url}">x</q>') == [StartTag("q", ""), "x", EndTag("q")]


@pytest.mark.parametrize("name", ["term-x", "ref-1", "note-a", "source-b", "fn1", "fnref", "", "a b", " term-x"])
def test_reserved_ids(name: str) -> None:
    assert clean(f'<i id="{name}">x</i>') == [StartTag("i", ""), "x", EndTag("i")]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<b>", StartTag("b", "")),
        ("<B CLASS=x>", StartTag("b", ' class="x"')),
        ("</B >", EndTag("b")),
        ("<br/>", VoidTag("br", "")),
        ("<b/>", StartTag("b", "")),
        ("<img src=a alt='\"'>", VoidTag("img", ' alt="&quot;" src="a"')),
        ('<a\nhref="javascript:x" class=y>', StartTag("a", ' class="y"')),
        ("<b id=fn1 style=x onclick=y>", StartTag("b", "")),
        ("</br>", None),
        ("</img>", None),
        ("<mark>", None),
        ("</mark>", None),
        ("<div>", None),
        ("</p>", None),
        ("<td>", None),
        ("<script>", None),
        ("<svg>", None),
        ("<input>", None),
        ("<my-tag>", None),
        ("<!-- x -->", None),
        ("<?x?>", None),
        ("<!DOCTYPE html>", None),
        ("<![CDATA[x]]>", None),
        ("<b", None),
        ("", None),
    ],
)
def test_inline_tags(source: str, expected: Tag | None) -> None:
    assert clean_tag(source) == expected


def test_comments() -> None:
    assert is_comment("<!-- x -->")
    assert not is_comment("<b>")


def test_nothing_is_imported_before_it_is_needed() -> None:
    code = "import sys, generator.parse.raw_html; print({'nh3', 'html.parser'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


# --- whatever comes ---------------------------------------------------------------------------------------------

PARTS = """
< > / " ' ` = & &lt; &#60; &quot; x ]]> --> <!-- <b </b> <p> <table> <td> <a·href= javascript:x <img·src=x· onerror=x
·style=x ·id=fn1 ·class=k <svg> </svg> <math> <mtext> <mglyph> <style> </style> <script> </script> <noscript> <title>
</title> <textarea> <form> <mark> <template> <select> <plaintext> <xmp> <![CDATA[ <foreignObject> <li> <pre> <br>
<annotation-xml·encoding=text/html> <iframe·srcdoc=' <details·open
"""

HOSTILE = st.lists(st.sampled_from([" ", "\n", "\0", *PARTS.split()])).map(
    lambda parts: "".join(parts).replace("·", " ")
)


class Seen(HTMLParser):
    """The tags and attributes in a piece of HTML, read again."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.text += data


def check_attributes(tag: str, attributes: list[tuple[str, str | None]]) -> None:
    for name, value in attributes:
        assert name in ATTRIBUTES["*"] | ATTRIBUTES.get(tag, frozenset())
        assert name != "id" or not RESERVED_ID.match(value or "")
        if name in ("href", "src"):
            assert not re.match(r"[\s\0-\x1f]*javascript", value or "")


@given(HOSTILE | st.text())
def test_only_what_is_allowed_comes_out(html: str) -> None:
    pieces = clean(html)
    opened: list[str] = []
    previous: Tag | str | None = None
    for piece in pieces:
        assert not (isinstance(piece, str) and isinstance(previous, str))
        previous = piece
        if isinstance(piece, StartTag):
            assert piece.name in TAGS - VOID_TAGS
            opened.append(piece.name)
        elif isinstance(piece, EndTag):
            assert opened.pop() == piece.name
        elif isinstance(piece, VoidTag):
            assert piece.name in VOID_TAGS
    assert not opened
    seen = Seen(written(pieces))
    assert [tag for tag, _ in seen.tags] == [piece.name for piece in pieces if isinstance(piece, StartTag | VoidTag)]
    assert seen.text == "".join(piece for piece in pieces if isinstance(piece, str))
    for tag, attributes in seen.tags:
        check_attributes(tag, attributes)


@given(HOSTILE)
def test_an_inline_tag_is_one_allowed_tag(html: str) -> None:
    tag = clean_tag(html)
    if tag is not None:
        assert tag.name in INLINE_TAGS
        assert (tag.name in VOID_TAGS) == isinstance(tag, VoidTag)
        for name, attributes in Seen(written([tag])).tags:
            check_attributes(name, attributes)


@pytest.mark.parametrize("part", ["<div>", "<b>", "<table>", "<a><b>", "<", "&", "<p", "</p>", "<svg>", "<!--"])
def test_deep_input(part: str) -> None:
    opened = 0
    for piece in clean(part * 20_000):
        opened += isinstance(piece, StartTag)
        opened -= isinstance(piece, EndTag)
    assert opened == 0
