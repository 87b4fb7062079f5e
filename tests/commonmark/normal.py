"""HTML without what the specification leaves open, and without what every page of ours does on purpose.

Undone on both sides, so that what remains of a difference is one of meaning:

- how a tag or a character is written (`<hr />`, `&quot;`), and white space at the edges of blocks;
- a line break within a paragraph, which we write as the space that it means;
- the last line feed of a code block, the class `code`, and Pygments' spans;
- ids of headings, and their levels: below the title, a page's only h1, all move down by one where the body has an h1;
- quotation marks, which are set as the language has them;
- the title of a picture, which is the caption of its figure, and the paragraph around a picture that is alone in it:
  it is a figure;
- an empty address, which we write as `#`: both are the page itself;
- a tag of the specification's that is broken off at the end, which is nothing to a browser (HTML Standard, 13.2.2,
  eof-in-tag); Python's parser takes it for text in some versions and not in others. Ours has none.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

BLOCKS = frozenset([*HEADINGS, *("p", "pre", "blockquote", "ul", "ol", "li", "hr", "div", "table", "tr", "td", "br")])

VOID = frozenset(["br", "hr", "img"])

QUOTES = str.maketrans(dict.fromkeys("“”‘’'", '"'))


Part = tuple[str, str]
"""A tag with its name and itself, or a text under the name of nothing."""


LONE_PICTURE = re.compile(r"<p>(<img [^>]*>)</p>")
BROKEN_OFF = re.compile(r"<[a-zA-Z/][^>]*\Z")


def normal(html: str, *, of_specification: bool = False) -> list[Part]:
    """Return HTML as a list of tags and texts."""
    parser = _Normal(of_specification, of_specification and "<h1>" in html)
    html = BROKEN_OFF.sub("", html) if of_specification else html
    parser.feed(LONE_PICTURE.sub(r"\1", html))
    parser.close()
    return parser.finished()


class _Normal(HTMLParser):
    def __init__(self, of_specification: bool, moved: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.of_specification = of_specification
        self.moved = moved
        self.parts: list[Part] = []
        self.code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.code += tag == "pre"
        if self.code and tag == "span":
            return
        kept = sorted((name, (value or "").translate(QUOTES)) for name, value in attrs)
        kept = [one for one in kept if not (tag in HEADINGS and one[0] == "id") and (tag, one[0]) != ("img", "title")]
        kept = [one for one in kept if (tag, *one) not in (("pre", "class", "code"), ("a", "href", ""))]
        kept = [one for one in kept if (tag, *one) != ("a", "href", "#")]
        tag = self.level(tag)
        self.parts.append((tag, " ".join([tag, *(f"{name}={value!r}" for name, value in kept)])))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or (self.code and tag == "span"):
            return
        self.code -= tag == "pre"
        self.parts.append((self.level(tag), f"/{self.level(tag)}"))

    def handle_data(self, data: str) -> None:
        data = data.translate(QUOTES) if self.code else re.sub(r"[ \n\t]+", " ", data.translate(QUOTES))
        if self.parts and not self.parts[-1][0]:
            data = self.parts.pop()[1] + data
        self.parts.append(("", data))

    def level(self, tag: str) -> str:
        return HEADINGS[min(HEADINGS.index(tag) + 1, 5)] if self.moved and tag in HEADINGS else tag

    def finished(self) -> list[Part]:
        out: list[Part] = []
        edge = ("p", "")
        for (before, _), (tag, text), (after, tag_after) in zip(
            [edge, *self.parts], self.parts, [*self.parts[1:], edge], strict=False
        ):
            if not tag:
                text = text.removesuffix("\n") if tag_after == "/code" and self.of_specification else text
                text = text.lstrip(" ") if before in BLOCKS else text
                text = text.rstrip(" ") if after in BLOCKS else text
            if tag or text:
                out.append((tag, text))
        return out
