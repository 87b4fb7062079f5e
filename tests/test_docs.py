"""Every code, key, option and field of a view is documented, and the examples of docs/writing.md build."""

from __future__ import annotations

import argparse
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from generator import config, matter, views
from generator.cli import arguments_parser
from generator.model import Value
from tests.project import article, build_project, load_project, write_project

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"

CODE = re.compile(r'"((?:[a-z]+)-(?:[a-z]+)(?:-[a-z]+)*)"')
AREAS = (
    *("address", "annotation", "attribute", "container", "definition", "entry", "file", "frontmatter", "heading"),
    *("id", "image", "link", "mention", "name", "output"),
    *("publish", "quote", "redirect", "search", "series", "settings", "slug", "source", "tag", "template"),
)
NO_CODES = {"container-title", "tag-link"}


def codes() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "generator").rglob("*.py"):
        found |= {code for code in CODE.findall(path.read_text("utf-8")) if code.split("-")[0] in AREAS}
    return found - NO_CODES


def test_every_code_is_documented() -> None:
    documented = set(re.findall(r"^\| `([a-z-]+)`", (DOCS / "diagnostics.md").read_text("utf-8"), re.MULTILINE))
    assert codes() == documented


def records(module: object) -> Iterator[type[msgspec.Struct]]:
    for _, record in inspect.getmembers(module, inspect.isclass):
        if issubclass(record, Value) and record is not Value and record.__module__ == module.__name__:  # type: ignore[attr-defined]
            yield record


def test_every_key_is_documented() -> None:
    text = (DOCS / "format.md").read_text("utf-8")
    wrappers = {"WebAddress", "ItemAddress", "Sources"}
    for record in (*records(matter), *records(config)):
        if record.__name__ in wrappers:
            continue
        for field in msgspec.structs.fields(record):
            if field.name != "at":
                key = field.name.rstrip("_")
                assert re.search(rf"\b{key}\b", text), f"docs/format.md does not tell of {record.__name__}.{key}"


def test_every_option_is_documented() -> None:
    text = (DOCS / "format.md").read_text("utf-8")
    for action in arguments_parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, command in action.choices.items():
                assert f" {name} " in text
                for option in command._actions:
                    for written in option.option_strings:
                        assert written in ("-h", "--help") or written in text, f"{name} {written}"


def test_every_field_of_a_view_is_documented() -> None:
    text = (DOCS / "theming.md").read_text("utf-8")
    for view in records(views):
        section = re.search(rf"^### {view.__name__}\n(.*?)(?=^### |\Z)", text, re.MULTILINE | re.DOTALL)
        assert section, f"docs/theming.md does not tell of {view.__name__}"
        for field in msgspec.structs.fields(view):
            assert f"- `{field.name}`:" in section[1], f"{view.__name__}.{field.name}"


EXAMPLE = re.compile(r"^```markdown (content/\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_examples_of_writing_build(tmp_path: Path) -> None:
    examples = EXAMPLE.findall((DOCS / "writing.md").read_text("utf-8"))
    wrong, right = examples[0], examples[1:]
    result = build_project(write_project(tmp_path, dict(right)), strict=True)
    assert [d.code for d in result.diagnostics] == []
    assert "30 countries" in (tmp_path / "site/two-neighbours/index.html").read_text("utf-8")
    assert "head of Roscosmos" in (tmp_path / "site/by-hand/index.html").read_text("utf-8")
    write_project(tmp_path, {wrong[0]: wrong[1]})
    (finding,) = load_project(tmp_path).diagnostics
    assert (finding.code, finding.line) == ("frontmatter-syntax", 10)
    assert "quotation marks" in finding.hint


def test_the_readme_builds(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    files = re.findall(r"^`(content/\S+)`\n```\w+\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert len(files) == 3
    result = build_project(write_project(tmp_path, dict(files)), strict=True)
    assert result.ok, result.diagnostics
    page = (tmp_path / "site/first/index.html").read_text("utf-8")
    assert "31 countries" in page
    assert "Sweden joined" in page
    assert "32 countries" in (tmp_path / "site/glossary/nato/index.html").read_text("utf-8")


THEMING = re.compile(r"^```\w+ ((?:content|templates)/\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_examples_of_theming_change_what_they_say(tmp_path: Path) -> None:
    examples = dict(THEMING.findall((DOCS / "theming.md").read_text("utf-8")))
    assert len(examples) == 3
    files: dict[str, str | bytes] = {**examples, "content/articles/one.md": article("Text.\n")}
    result = build_project(write_project(tmp_path, files), strict=True)
    assert result.ok, result.diagnostics
    page = (tmp_path / "site/one/index.html").read_text("utf-8")
    assert "<p>Explained: 1 Example Street</p>" in page
    assert '<p class="thanks">' in page
    assert '<header class="head">' in page, "what is not changed is the theme's"
    assert 'class="thanks"' not in (tmp_path / "site/index.html").read_text("utf-8")


def test_every_property_and_block_of_the_theme_is_documented() -> None:
    text = (DOCS / "theming.md").read_text("utf-8")
    tokens = (ROOT / "templates/css/00-tokens.css").read_text("utf-8")
    for name in re.findall(r"^  --([a-z0-9-]+):", tokens, re.MULTILINE):
        assert f"`{name}`" in text or re.fullmatch(r"s[1-5]", name), name
    for template in (ROOT / "templates").glob("*.html"):
        for block in re.findall(r"{% block (\w+) %}", template.read_text("utf-8")):
            assert f"`{block}`" in text, f"{template.name}: {block}"


@pytest.mark.parametrize("path", sorted([*DOCS.glob("*.md"), ROOT / "README.md"]), ids=lambda path: path.name)
def test_links_between_docs_lead_somewhere(path: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert path.name == "format.md" or (path.parent / target).exists(), f"{path.name}: {target}"
