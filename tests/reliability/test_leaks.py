"""What is not published leaves no trace in any output: the site is to the byte what it is without that file.

That is the strongest way to say it: nothing in feeds, sitemap, search, glossary.json, backlinks, pictures, cards,
related articles, counts or the order of anything. A search of all outputs for the words of the hidden files stands
beside it, so that no mistake in the comparison goes unseen.
"""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.incremental import rebuild
from generator.options import Options
from generator.write.lock import build_lock
from tests.pictures import landscape, saved
from tests.project import TODAY, article, build_project, entry, write_project
from tests.reliability.projects import everything

SECRET = "Zyxwaq"
"""A word that stands in every part of what is hidden, and nowhere else."""

PUBLIC: dict[str, str | bytes] = {
    "content/site.yaml": "title: Test\nurl: https://example.org/\nsearch: pagefind\n",
    "content/articles/one.md": article("NATO spoke in Moscow, and Kyiv answered.\n", "tags: [a]\nseries: Plain\n"),
    "content/articles/two.md": article("NATO answered.\n", "tags: [a, b]\nseries: Plain\n"),
    "content/glossary/nato.md": entry("NATO", summary="It is not in Moscow."),
    "content/glossary/moscow.md": entry("Moscow", "place"),
    "content/glossary/kyiv.md": entry("Kyiv", "place"),
    "content/glossary/lonely.md": entry("Lonely Place", "place"),
    "content/pages/about.md": "---\ntitle: About\n---\nOf NATO.\n",
}

MATTER = f"""description: {SECRET} described.
authors: [{{name: {SECRET} Author, url: "https://{SECRET}.example/", about: Of {SECRET}.}}]
tags: [a, {SECRET} tag]
series: Plain
redirect_from: [/{SECRET.lower()}-old/]
image: {{src: {SECRET}.png, alt: {SECRET} pictured, caption: {SECRET} caption, credit: {SECRET} credit}}
glossary: {{terms: {{plain words: {SECRET} explained.}}}}
sources: {{{SECRET}-source: {{title: {SECRET} source, url: "https://{SECRET}.example/source"}}}}
annotations: [{{quote: spoke of, note: A note on {SECRET} and NATO., kind: correction, date: 2022-01-01}}]
timeline: [{{date: 2020, text: {SECRET} happened}}]
"""

BODY = (
    f"{SECRET} and NATO spoke of plain words in Moscow and the Lonely Place [@{SECRET}-source]. [it]({SECRET}.pdf)\n\n"
    f"![{SECRET}](inside-{SECRET}.png)\n\n## {SECRET} heading\n"
)

BESIDE: dict[str, str | bytes] = {
    f"{SECRET}.png": saved(landscape(700, 350), "PNG"),
    f"inside-{SECRET}.png": saved(landscape(650, 350), "PNG"),
    f"{SECRET}.pdf": f"%PDF {SECRET}".encode(),
}


def hidden(folder: str, source: str) -> dict[str, str | bytes]:
    """Return a file in a folder of its own, with the pictures and files that it uses."""
    name = f"content/{folder}/{SECRET.lower()}"
    return {f"{name}/index.md": source, **{f"{name}/{file}": content for file, content in BESIDE.items()}}


def page(key: str) -> str:
    return article(BODY, MATTER + key).replace("title: Title", f"title: {SECRET} title")


ENTRY = f"""draft: true
aliases: [Kyiv, {SECRET} alias]
history: [{{until: 2022, summary: {SECRET} was., then: {SECRET} changed.}}]
facts: {{{SECRET}: {SECRET}}}
redirect_from: [/{SECRET.lower()}-old/]
image: {{src: {SECRET}.png, alt: {SECRET}, credit: {SECRET}}}
sources: {{{SECRET}-source: {{title: {SECRET}}}}}
tags: [{SECRET}]
"""

HIDDEN: Mapping[str, dict[str, str | bytes]] = {
    "a draft": hidden("articles", page("draft: true\n")),
    "a scheduled article": hidden("articles", page("publish_on: 2026-11-25\n")),
    "an article of a later date": hidden("articles", page("").replace("date: 2021-12-15", "date: 2026-11-25", 1)),
    "an expired article": hidden("articles", page("expires_on: 2026-11-23\n")),
    "a draft of a page": hidden("pages", page("draft: true\n")),
    "a draft of an entry": hidden(
        "glossary", entry(f"{SECRET} Name", "organization", ENTRY, f"{SECRET} is Kyiv.") + BODY
    ),
    "a broken draft": {f"content/articles/{SECRET.lower()}.md": article(f"[[{SECRET}]] {SECRET}\n", "draft: true\n")},
}


def clean(folder: Path, files: Mapping[str, str | bytes]) -> dict[str, bytes]:
    """Return the site that a clean build makes of a project's files."""
    result = build_project(write_project(folder, dict(files)))
    assert result.ok, result.diagnostics
    return everything(folder / "site")


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return clean(tmp_path_factory.mktemp("public"), PUBLIC)


def assert_no_trace(site: Mapping[str, bytes]) -> None:
    for path, content in site.items():
        assert SECRET.lower() not in path.lower()
        for read in (content, gzip.decompress(content) if content[:2] == b"\x1f\x8b" else b""):
            assert SECRET.lower().encode() not in read.lower(), path


@pytest.mark.parametrize("kind", HIDDEN)
def test_what_is_hidden_leaves_no_trace(tmp_path: Path, public: dict[str, bytes], kind: str) -> None:
    site = clean(tmp_path, {**PUBLIC, **HIDDEN[kind]})
    assert_no_trace(site)
    assert site == public


@pytest.mark.parametrize("kind", [kind for kind in HIDDEN if kind != "a broken draft"])
def test_what_is_withdrawn_leaves_no_trace(tmp_path: Path, public: dict[str, bytes], kind: str) -> None:
    """Published once, in the output and in the cache, then hidden again: as if it had never been."""
    project = write_project(tmp_path, {**PUBLIC, **HIDDEN[kind]})
    shown = {path: text.read_text("utf-8") for path in HIDDEN[kind] if (text := project / path).suffix == ".md"}
    for path, text in shown.items():
        for key in ("draft: true\n", "publish_on: 2026-11-25\n", "expires_on: 2026-11-23\n", "aliases: [Kyiv, "):
            text = text.replace(key, "aliases: [" if "aliases" in key else "")
        (project / path).write_text(text.replace("date: 2026-11-25", "date: 2021-12-15"), "utf-8")
    again(project)
    with pytest.raises(AssertionError):
        assert_no_trace(everything(project / "site"))
    for path, text in shown.items():
        (project / path).write_text(text, "utf-8")
    again(project)
    site = everything(project / "site")
    assert_no_trace(site)
    assert site == public


def again(project: Path) -> None:
    """Build as the command line does, from what is cached."""
    with build_lock(project, print):
        result = rebuild(Options(project=project, output=project / "site", today=TODAY), map)
    assert result.ok, result.diagnostics


def test_an_expiry_that_falls_due_withdraws_by_itself(tmp_path: Path, public: dict[str, bytes]) -> None:
    project = write_project(tmp_path, {**PUBLIC, **HIDDEN["an expired article"]})
    with build_lock(project, print):
        earlier = TODAY.replace(day=23)
        assert rebuild(Options(project=project, output=project / "site", today=earlier), map).ok
    assert (project / f"site/{SECRET.lower()}/index.html").is_file()
    again(project)
    assert everything(project / "site") == public


def test_a_build_with_drafts_is_undone_by_one_without(tmp_path: Path, public: dict[str, bytes]) -> None:
    project = write_project(tmp_path, {**PUBLIC, **HIDDEN["a draft"]})
    options = Options(project=project, output=project / "site", today=TODAY, drafts=True)
    with build_lock(project, print):
        assert rebuild(options, map).ok
    assert (project / f"site/{SECRET.lower()}/index.html").is_file()
    again(project)
    assert everything(project / "site") == public
    shutil.rmtree(project / ".cache")
    again(project)
    assert everything(project / "site") == public
