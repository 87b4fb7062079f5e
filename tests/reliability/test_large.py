"""Content of odd size or shape ends in a site or in located errors, in bounded time and memory, without a traceback."""

from __future__ import annotations

import json
import random
import resource
import subprocess
from pathlib import Path

import pytest

from tests.project import article, build_project, entry, found, load_project, write_project
from tests.reliability.projects import LONG, command, environment

pytestmark = pytest.mark.long

MEGABYTES = 10 if LONG else 1

NOTES = 5_000 if LONG else 500

MEMORY = 4_000_000_000
"""Bytes of address space that a build may take for an article of that size."""

SECONDS = 600
"""What ends a test that would never end; how time grows is measured in test_pathological.py."""

SENTENCE = "Then the North Atlantic Treaty Organization spoke to *Moscow* of [it](https://example.net/), number {}.\n\n"


def run(project: Path) -> tuple[int, str]:
    done = subprocess.run(
        command(project, "--json"),
        env=environment(),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout


def test_a_very_long_article(tmp_path: Path) -> None:
    size = MEGABYTES * 1_000_000
    count = size // len(SENTENCE.format(0))
    notes = "".join(
        f"  - {{quote: 'number {number * (count // NOTES)}', note: Of *Moscow*.}}\n" for number in range(1, NOTES)
    )
    text = article("".join(SENTENCE.format(number) for number in range(count)), f"annotations:\n{notes}")
    assert len(text) > size * 0.9
    files: dict[str, str | bytes] = {
        "content/articles/one.md": text,
        "content/glossary/nato.md": entry("NATO", front_matter="aliases: [North Atlantic Treaty Organization]\n"),
        "content/glossary/moscow.md": entry("Moscow", "place"),
    }
    status, told = run(write_project(tmp_path, files))
    assert status == 0, told
    page = (tmp_path / "site/one/index.html").read_text("utf-8")
    assert page.count("<mark") == NOTES - 1


@pytest.mark.parametrize("part", ["word ", "x", "&amp;", "北"])
def test_a_very_long_line(tmp_path: Path, part: str) -> None:
    line = part * (MEGABYTES * 100_000)
    status, told = run(write_project(tmp_path, {"content/articles/one.md": article(line + "\n")}))
    assert status == 0, told


WRONG: dict[str, tuple[str, bytes, str]] = {
    "invalid UTF-8": ("articles/one.md", b"---\ntitle: T\ndate: 2021-12-15\n---\nab\xff\n", "5:3 error file-encoding"),
    "half a character": ("glossary/one.md", "---\nname: é".encode()[:-1], "2:7 error file-encoding"),
    "a lone surrogate": ("articles/one.md", b"---\ntitle: \xed\xa0\x80\n---\n", "2:8 error file-encoding"),
    "a NUL": ("pages/one.md", b"line\r\nab\0\r\n", "2:3 error file-encoding"),
    "UTF-16": ("articles/one.md", "---\ntitle: T\n---\n".encode("utf-16"), "1:1 error file-encoding"),
    "a huge integer": ("site.yaml", b"title: T\npaginate: " + b"9" * 5_000, "2:11 error frontmatter-type"),
    "a huge float": (
        "glossary/one.md",
        b"---\nname: N\nkind: place\nsummary: S\ncoordinates: [1e999, 2]\n---\n",
        "5:15 ",
    ),
    "not a number": ("site.yaml", b"title: T\nglossary: {max_density: .nan}\n", "2:25 error frontmatter-type"),
    "a date that is none": ("articles/one.md", b"---\ntitle: T\ndate: 2021-02-30\n---\n", "3:7 error frontmatter-date"),
    "the year nothing": ("articles/one.md", b"---\ntitle: T\ndate: 0000-01-01\n---\n", "3:7 error frontmatter-date"),
    "an escaped surrogate": ("articles/one.md", b'---\ntitle: "\\ud800"\ndate: 2021-12-15\n---\n', ""),
    "an escaped NUL": ("articles/one.md", b'---\ntitle: "a\\0b"\ndate: 2021-12-15\n---\n', ""),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_text_or_no_value_is_an_error_at_its_place(tmp_path: Path, name: str) -> None:
    path, content, expected = WRONG[name]
    result = build_project(write_project(tmp_path, {f"content/{path}": content}))
    if expected:
        assert not result.ok
        assert any(line.startswith(f"{path}:{expected}") for line in found(result)), found(result)
    elif result.ok:
        for page in (tmp_path / "site").rglob("*.html"):
            page.read_text("utf-8")
    else:
        assert [one.line for one in result.diagnostics] == [2]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path, end: bytes, mark: bytes) -> None:
    text = article("NATO spoke.\n\n```py\na = 1\nb = 2\n```\n\nMore [[nobody]].\n", "tags: [a]\n").encode()
    written = mark + text.replace(b"\n", end)
    loaded = load_project(
        write_project(
            tmp_path,
            {
                "content/articles/one.md": written,
                "content/glossary/nato.md": mark + entry("NATO").encode().replace(b"\n", end),
                "content/site.yaml": mark + b"title: T" + end,
            },
        )
    )
    assert found(loaded) == ["articles/one.md:13:6 error mention-unknown"]


ROLES = (
    "site.yaml",
    "sources.yaml",
    "articles/one.md",
    "glossary/one.md",
    "pages/one.md",
    "articles/flag.png",
    "static/x",
)

PIECES = (
    *(b"---\n", b"title: T\n", b"date: 2021-12-15\n", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n", b"&a [*a]"),
    *(b"!!python/object/apply:os.system ['touch owned']", b"!!binary AAAA", b"<<: *a", b"\x1b[31m", b"\xed\xa0\x80"),
    *(
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a",
        b"\xff\xd8\xff",
        b"{{ 7*7 }}",
        b"../../etc/passwd",
        b"%00",
        b"\\",
        b"![x](flag.png)",
    ),
)


def test_random_bytes_as_any_file(tmp_path: Path) -> None:
    """Each file of a project in turn is made of pieces that break things and of noise; `test-long` tries more."""
    dice = random.Random(10)
    for number in range(1_000 if LONG else 60):
        role = dice.choice(ROLES)
        content = b"".join(
            dice.choice(PIECES) if dice.random() < 0.7 else dice.randbytes(dice.randrange(40))
            for _ in range(dice.randrange(30))
        )
        folder = tmp_path / str(number)
        project = write_project(
            folder / "project",
            {
                "content/articles/two.md": article("![x](flag.png)\n"),
                "content/glossary/n.md": entry("N"),
                f"content/{role}": content,
            },
        )
        result = build_project(project)
        assert result.ok or result.diagnostics
        for one in result.diagnostics:
            assert one.path
            assert one.line > 0
            assert one.column > 0
        json.dumps([one.message for one in result.diagnostics])
        assert {path.name for path in folder.iterdir()} == {"project"}
        assert {path.name for path in project.iterdir()} <= {"content", "site", ".cache"}
    assert not Path("owned").exists()
