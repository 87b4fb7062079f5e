"""What the tests of this folder share: two states of one project, and the program run as people run it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.pictures import landscape, saved
from tests.project import article, entry, write_project

ROOT = Path(__file__).parent.parent.parent

LONG = os.environ.get("TEST_LONG") == "1"
"""`make test-long` sets it: the same tests, more often and larger."""

DAY = "2026-11-24"

PAGES = 50
"""Enough for work to go to other processes."""

SITE = "title: Test\nurl: https://example.org/\nfeeds: {items: 5}\n"


def write_first(project: Path, settings: str = "") -> Path:
    """Write a project: articles with mentions, notes and tags, a picture in sizes, a linked file, redirects."""
    files: dict[str, str | bytes] = {
        f"content/articles/a{number:02}.md": article(
            f"NATO spoke in Moscow, for the {number}. time. See [the next](a{(number + 1) % PAGES:02}.md).\n",
            f"tags: [t{number % 5}]\nannotations: [{{quote: spoke, note: On **Moscow**.}}]\n",
        )
        for number in range(PAGES)
    }
    files |= {
        "content/site.yaml": SITE + settings,
        "content/articles/pictured/index.md": article("![A flag](flag.png) [it](it.pdf)\n", "redirect_from: [/old/]\n"),
        "content/articles/gone.md": article("Moscow, once.\n", "tags: [gone]\n"),
        "content/articles/pictured/flag.png": saved(landscape(700, 300), "PNG"),
        "content/articles/pictured/it.pdf": b"%PDF-1.7",
        "content/glossary/nato.md": entry("NATO", summary="It is not in Moscow."),
        "content/glossary/moscow.md": entry("Moscow", "place"),
        "content/static/data.json": "[1]\n",
    }
    return write_project(project, files)


def advance(project: Path, step: int = 1) -> None:
    """Edit the project: a definition, some articles, the picture; one article goes, one comes."""
    (project / "content/articles/gone.md").unlink(missing_ok=True)
    files: dict[str, str | bytes] = {
        "content/glossary/nato.md": entry("NATO", summary=f"It is not in Moscow, {step}."),
        "content/articles/a11.md": article(f"Moscow spoke again, {step}.\n", "tags: [new]\n"),
        f"content/articles/new-{step}.md": article("NATO.\n"),
        "content/articles/pictured/flag.png": saved(landscape(700, 300 + step), "PNG"),
        "content/static/data.json": f"[1, {step}]\n",
    }
    for number in set(range(PAGES)) - {11}:
        path = project / f"content/articles/a{number:02}.md"
        path.write_text(path.read_text("utf-8").replace(" See ", f" Of {step}. See ", 1), "utf-8")
    write_project(project, {"content/site.yaml": (project / "content/site.yaml").read_bytes()} | files)


def command(project: Path, *arguments: str, jobs: int = 2) -> list[str]:
    """Return the command line that builds a project on the tests' today."""
    return [
        *(sys.executable, "-m", "generator", "-C", str(project), "build"),
        *("--today", DAY, "--jobs", str(jobs), *arguments),
    ]


def environment(**more: str) -> dict[str, str]:
    """Return this process's environment with this checkout to import from."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def built(project: Path, *arguments: str, expected: int = 0) -> str:
    """Build a project in a process of its own; return what it says."""
    done = subprocess.run(
        command(project, *arguments), env=environment(), capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == expected, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def everything(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder with their content, dotfiles included."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
