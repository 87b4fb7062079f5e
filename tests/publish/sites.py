"""Two states of one site, and what a crawl of a target says."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin

from PIL import Image

from generator.commands.publish import Asked, Build, Context, publish
from generator.commands.publish.plan import plan_of
from generator.commands.publish.target import Plan, Target, reader
from generator.diagnostics import START
from generator.options import Options
from generator.write.manifest import Manifest, read_manifest
from tests.project import TODAY, article, build_project, entry, write_project

SITE = "title: Test\nurl: https://example.org/\npublish:\n"


def picture(colour: str) -> bytes:
    """Return a small picture."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(out, "PNG")
    return out.getvalue()


def first(settings: str = "  here: {to: directory, path: ../public}\n") -> dict[str, str | bytes]:
    """Return the files of a project."""
    image = "image: {src: flag.png, alt: A flag, credit: Test}\n"
    return {
        "content/site.yaml": SITE + settings,
        "content/articles/one/index.md": article("NATO spoke.\n\n![A flag](flag.png)\n", image),
        "content/articles/one/flag.png": picture("red"),
        "content/articles/two.md": article("NATO answered. Moscow did not.\n"),
        "content/articles/old.md": article("![Old](old.png)\n\nMoscow, once.\n"),
        "content/articles/old.png": picture("black"),
        "content/glossary/nato.md": entry("NATO"),
        "content/glossary/moscow.md": entry("Moscow", "place"),
        "content/static/data.json": "[1]\n",
        "content/static/plain": "a file where a page comes\n",
        "content/static/naïve & more.txt": "a name that needs care: *?[x]\n",
    }


def second(settings: str = "  here: {to: directory, path: ../public}\n") -> dict[str, str | bytes]:
    """Return what changes in the next state: pages, picture, style and data; what is None goes."""
    return {
        "content/site.yaml": SITE.replace("publish:", 'theme: {accent: "#123456"}\npublish:') + settings,
        "content/articles/one/index.md": article("NATO spoke again.\n\n![Another flag](other.png)\n"),
        "content/articles/one/other.png": picture("blue"),
        "content/articles/new/index.md": article("![New](new.png)\n\nMoscow spoke.\n"),
        "content/articles/new/new.png": picture("green"),
        "content/pages/plain.md": "---\ntitle: Plain\n---\nA page where a file was.\n",
        "content/static/data.json": "[1, 2]\n",
    }


GONE = ("content/articles/one/flag.png", "content/articles/old.md", "content/articles/old.png", "content/static/plain")


def advance(project: Path, settings: str = "  here: {to: directory, path: ../public}\n") -> None:
    """Bring a project from its first state to its second."""
    for name in GONE:
        (project / name).unlink()
    write_project(project, second(settings))


def add(project: Path, files: Mapping[str, str | bytes]) -> None:
    """Write more files into a project."""
    write_project(project, {"content/site.yaml": (project / "content/site.yaml").read_bytes(), **files})


def built(project: Path, output: Path) -> Build:
    """Build a project, and return what publish takes from that."""
    result = build_project(project, output=output)
    assert result.ok, result.diagnostics
    manifest = read_manifest(output)
    assert isinstance(manifest, Manifest)
    return Build(folder=output, files=manifest.files, read=reader(output, manifest.files))


def context(project: Path, scratch: Path, name: str = "here", **given: object) -> Context:
    """Return a target's context, with a fresh scratch folder."""
    number = sum(1 for _ in scratch.glob("*")) if scratch.exists() else 0
    folder = scratch / str(number)
    folder.mkdir(parents=True)
    return Context(
        **{"project": project, "name": name, "site": project / "site", "at": START, "scratch": folder} | given
    )  # type: ignore[arg-type]


def send(target: Target, build: Build, progress: object = lambda path: None) -> Plan:
    """Publish a build to a target."""
    plan = plan_of(target.survey(build))
    if plan.steps or plan.survey.interrupted:
        target.upload(build, plan, progress)  # type: ignore[arg-type]
    return plan


def run(project: Path, name: str | None = None, **asked: object) -> int:
    """Run the command, on the tests' today."""
    options = Options(project=project, output=project / "site", today=TODAY)
    return publish(options, Asked(target=name, **asked))  # type: ignore[arg-type]


def tree(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder, publish's own bookkeeping and a build's left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] not in (".deploy", ".manifest.json", ".git")
    }


def contents(build: Build) -> dict[str, bytes]:
    """Return the files of a build."""
    return {path: build.read(path) for path in build.files}


def crawl(files: Mapping[str, bytes]) -> list[str]:
    """Return what the pages of a target show and is not there."""
    missing: list[str] = []
    for name, content in files.items():
        if name.endswith(".html"):
            for shown in _Shown(content.decode()).found:
                path = unquote(urljoin(f"http://host/{name}", shown).removeprefix("http://host/"))
                if path not in files:
                    missing.append(f"{name} shows {path}")
    return missing


class _Shown(HTMLParser):
    """What a page needs to be shown: styles, scripts, pictures, data."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("script", "img") and given.get("src"):
            self.found.append(str(given["src"]))
        if tag == "link" and given.get("rel") in ("stylesheet", "icon", "alternate"):
            href = str(given["href"])
            self.found += [] if href.startswith("http") else [href]


def shim(folder: Path, program: str, script: str) -> str:
    """Put a program of the same name before the real one; return the PATH."""
    real = next(
        f"{place}/{program}"
        for place in os.environ["PATH"].split(os.pathsep)
        if os.access(f"{place}/{program}", os.X_OK)
    )
    folder.mkdir(exist_ok=True)
    (folder / program).write_text(f"#!/bin/sh\nreal={real}\n{script}\n", "utf-8")
    (folder / program).chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"
