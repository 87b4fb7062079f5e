"""Whatever is written into a content file: a site or located findings, never an exception."""

from __future__ import annotations

import tempfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.project import article, build_project, entry, html, load_project, opened, write_project
from tests.reliability.projects import LONG

pytestmark = pytest.mark.long

NAMES = st.sampled_from(
    [
        "content/site.yaml",
        "content/sources.yaml",
        "content/articles/one.md",
        "content/glossary/nato.md",
        "content/pages/a.md",
    ]
)

FRAGMENTS = st.sampled_from(
    [
        *(
            "---\n",
            "\n",
            " ",
            "title: x\n",
            "date: 2021-12-15\n",
            "name: NATO\n",
            "kind: term\n",
            "summary: s\n",
            "- ",
            "  ",
        ),
        *(
            "[[NATO]]",
            "[@a]",
            "[x](term:nato)",
            "[x](",
            "](y)",
            "`",
            "```py\n",
            "*",
            "**",
            "_",
            "~~",
            "> ",
            "# ",
            "## x {#x}\n",
        ),
        *(
            "|a|b|\n|-|-|\n",
            "![x](y.png)",
            "{.a #b}",
            "{style=x}",
            "::: note\n",
            ":::\n",
            "::: timeline\n",
            "[^1]",
            "[^1]: n\n",
        ),
        *(
            "^[inline]",
            "<b>",
            "</b>",
            "<!-- ",
            " -->",
            "&amp;",
            "&#0;",
            "\\",
            '"',
            "'",
            "é",
            "e\u0301",
            "\u00ad",
            "\u202e",
        ),
        *(
            "北京",
            "NATO",
            "a: [",
            "{",
            "}",
            "]",
            "&a ",
            "*a ",
            "<<: ",
            "!!python/object:os.system ",
            "? ",
            "|\n",
            ">-\n",
            "%",
        ),
        *(
            "annotations:\n  - quote: NATO\n    note: n\n",
            "history:\n  - until: 2020\n    summary: s\n",
            "Term\n: Def\n",
        ),
        *(
            "- [x] t\n",
            "1. a\n",
            "    code\n",
            "<https://x.example>",
            "<javascript:x>",
            "[a]: /b\n",
            "[a]",
            "https://",
            "\t",
            "\r\n",
        ),
    ]
)


@settings(max_examples=5_000 if LONG else 150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(NAMES, st.lists(FRAGMENTS, max_size=25).map("".join), st.booleans())
@example("content/articles/one.md", "> ::: note\n> ", True)
def test_any_text_gives_a_site_or_findings(name: str, text: str, with_front_matter: bool) -> None:
    if with_front_matter and "articles" in name:
        text = article(text)
    with tempfile.TemporaryDirectory() as folder:
        files: dict[str, str | bytes] = {"content/glossary/other.md": entry("NATO", "term"), name: text}
        if name != "content/site.yaml":
            files["content/site.yaml"] = "title: T\nmarkdown: {raw_html: true}\n"
        loaded = load_project(write_project(Path(folder), files))
        if loaded.site is not None:
            for page in (*loaded.site.articles, *loaded.site.pages):
                html(opened(loaded, page.slug))


@settings(max_examples=3_000 if LONG else 60, deadline=None)
@given(NAMES, st.binary(max_size=200))
def test_any_bytes_give_a_site_or_findings(name: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        load_project(write_project(Path(folder), {name: content}))


NINE_TIMES = (f", {after}: &{after} [{', '.join([f'*{one}'] * 9)}]" for one, after in pairwise("abcdefg"))
ALIAS_BOMB = "extra: {a: &a [1]" + "".join(NINE_TIMES) + "}"


@pytest.mark.parametrize(
    "yaml",
    [
        "x: " + "[" * 100_000,
        "x: " + "{a: " * 50_000,
        "- " * 100_000,
        "a: &a [x]\n"
        + "".join(
            f"b{n}: &b{n} [*{'a' if n == 0 else f'b{n - 1}'}, *{'a' if n == 0 else f'b{n - 1}'}]\n" for n in range(60)
        ),
        ALIAS_BOMB,
        "extra: {x: !!python/object/apply:os.system ['touch /tmp/owned']}",
        "<<: {a: b}",
        f"extra: {{x: {'9' * 10_000}}}",
        "? [a, b]\n: c",
        "title: \x01",
    ],
    ids=[
        "lists",
        "maps",
        "dashes",
        "aliases",
        "alias-bomb",
        "python-tag",
        "merge",
        "integer",
        "complex-key",
        "control",
    ],
)
def test_yaml_bombs(tmp_path: Path, yaml: str) -> None:
    source = f"---\ntitle: T\ndate: 2021-12-15\n{yaml}\n---\nText.\n"
    loaded = load_project(write_project(tmp_path, {"content/articles/one.md": source}))
    assert loaded.diagnostics or "9" * 100 in yaml
    assert all(d.path == "content/articles/one.md" and d.line > 0 for d in loaded.diagnostics)


PAYLOAD = "\"'><script>alert(1)</script>&amp;{{7*7}}"


def test_every_field_is_escaped_on_every_page(tmp_path: Path) -> None:
    quoted = "'" + PAYLOAD.replace("'", "''") + "'"
    matter = (
        f"description: {quoted}\nauthors: [{{name: {quoted}}}]\ntags: [{quoted}]\n"
        f"sources:\n  a: {{title: {quoted}, authors: [{quoted}], publisher: {quoted}, "
        f"page: {quoted}, language: {quoted}}}\n"
        f"annotations:\n  - {{quote: spoke, title: {quoted}, note: {quoted}, by: {quoted}, sources: [a]}}\n"
        f"timeline: [{{date: 2021, text: {quoted}}}]\n"
    )
    entry_matter = (
        f"aliases: [{quoted}]\nfacts: {{{quoted}: {quoted}}}\nroles: [{{title: {quoted}}}]\n"
        f"history: [{{until: 2022, summary: {quoted}, then: {quoted}}}]\nsources: {{b: {{title: {quoted}}}}}\n"
        f"links: {{{quoted}: /glossary/}}\n"
    )
    body = f"NATO spoke [@a, {PAYLOAD}]. {PAYLOAD}\n\n```{PAYLOAD}\n{PAYLOAD}\n```\n\n::: note {PAYLOAD}\n:::\n"
    source = article(body, matter).replace("title: Title", f"title: {quoted}")
    files: dict[str, str | bytes] = {
        "content/site.yaml": f"title: {quoted}\ndescription: {quoted}\nurl: https://example.org/\n"
        f"menu: [{{title: {quoted}, url: /glossary/}}]\n",
        "content/articles/one.md": source,
        "content/glossary/nato.md": entry("NATO", "person", entry_matter, quoted),
    }
    result = build_project(write_project(tmp_path, files))
    assert result.ok, result.diagnostics
    for path in (tmp_path / "site").rglob("*.html"):
        page = path.read_text("utf-8")
        assert "<script>alert" not in page, path
        assert "49" not in page.split("<body", 1)[1].split("</body", 1)[0].replace("1949", ""), path
