"""Full text search: Pagefind's files for the finished pages, made by its program where a text has changed."""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import msgspec

from generator.diagnostics import START, Diagnostic, error
from generator.model import OutputPath, Position, SourcePath, Value
from generator.output import File
from generator.render.cache import FileCache

SETTINGS = SourcePath("content/site.yaml")

PROGRAMS = ("pagefind_bin_extended", "pagefind_bin")
"""Modules that hold Pagefind's program; the first also parts Chinese and Japanese into words."""

BODY = b"data-pagefind-body"
"""What templates mark up: a page without it is not searched."""

LEFT_OUT = ".note-number, .annotation-number, .citation, .footnote-number, .back"
"""Numbers and signs of the page's own, which would stand in the middle of a sentence that a search shows."""

BUNDLE = "pagefind"
"""The folder of Pagefind's files in the site."""

NEEDED = re.compile(r"(?:fragment|index)/[^/]+|pagefind\.js|pagefind-entry\.json|.*\.pf_meta|wasm\..*")
"""The files that templates/scripts/70-search.js comes to load. The others are Pagefind's own interfaces, and a worker,
which would need `wasm-unsafe-eval` in the policy of its own address too."""

SAID = 5
"""Lines of what Pagefind says, where it fails, that an author gets to see."""


class Failure(Value, frozen=True):
    """Pagefind's words where it failed."""

    said: tuple[str, ...]


_HEAD = re.compile(rb"<head>.*?</head>", re.DOTALL)


def search_files(
    pages: Iterable[tuple[OutputPath, bytes]], cache: Path, language: str, at: Position = START
) -> tuple[list[File], list[Diagnostic]]:
    """Return the files of the full text search in a site's pages; `at` is where content/site.yaml asks for it.

    The laws: the same files for the same pages, in whatever order they come; nothing runs where no page that is
    searched has changed but in its `<head>`. All languages are searched in one go, with the endings of the site's
    language taken off (so `language`).
    """
    program = find_program()
    if program is None:
        hint = 'install it: pip install "annotated-explainers[search]", or set search: glossary'
        return [], [error("search-missing", SETTINGS, at, "search: pagefind is set, but Pagefind is not here", hint)]
    searched = sorted((path, _HEAD.sub(b"", content, count=1)) for path, content in pages if BODY in content)
    if not searched:
        return [], []
    kept = FileCache(cache)
    key = _key(program, language, searched)
    packed = kept.get(key)
    if packed is None:
        bundle = run(program, language, searched)
        if isinstance(bundle, Failure):
            return [], [error("search-failed", SETTINGS, at, "Pagefind failed; what it said:", "", *bundle.said)]
        packed = msgspec.msgpack.encode(bundle)
        kept.put(key, packed)
        kept.keep([key])
    files = msgspec.msgpack.decode(packed, type=list[tuple[str, bytes]])
    return [File(OutputPath(f"{BUNDLE}/{name}"), content) for name, content in files], []


def find_program() -> str | None:
    """Return the module that holds Pagefind's program, or None."""
    return next((name for name in PROGRAMS if importlib.util.find_spec(name) is not None), None)


def run(program: str, language: str, searched: Iterable[tuple[OutputPath, bytes]]) -> list[tuple[str, bytes]] | Failure:
    """Return the names and contents of what Pagefind makes of pages, or what it says where it fails."""
    with tempfile.TemporaryDirectory(prefix="pagefind-") as folder:
        site, bundle = Path(folder, "site"), Path(folder, "bundle")
        site.mkdir()
        for path, content in searched:
            page = site / path
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_bytes(content)
        command = [sys.executable, "-m", program, "--site", str(site), "--output-path", str(bundle), "--silent"]
        command += ["--force-language", language.split("-")[0], "--exclude-selectors", LEFT_OUT]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", check=False)
        if done.returncode != 0 or not (bundle / "pagefind.js").is_file():
            said = [line.strip() for line in (done.stderr or done.stdout).splitlines() if line.strip()]
            return Failure(tuple(said[:SAID]) or (f"nothing, but it ended with {done.returncode}",))
        found = sorted((path.relative_to(bundle).as_posix(), path) for path in bundle.rglob("*") if path.is_file())
        return [(name, path.read_bytes()) for name, path in found if NEEDED.fullmatch(name)]


def setting_at(settings: str) -> Position:
    """Return where the text of content/site.yaml asks for a search."""
    for number, line in enumerate(settings.splitlines(), start=1):
        found = re.match(r"search:\s*", line)
        if found:
            return Position(number, found.end() + 1)
    return START


def _key(program: str, language: str, searched: Iterable[tuple[OutputPath, bytes]]) -> str:
    digest = hashlib.blake2b(digest_size=32)
    for part in (program, importlib.metadata.version(program), language, LEFT_OUT, NEEDED.pattern):
        digest.update(part.encode() + b"\0")
    for path, content in searched:
        digest.update(f"{path}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()
