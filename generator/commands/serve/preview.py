"""What the preview holds in memory: the project as it is, and the last of its states that had no errors."""

from __future__ import annotations

import datetime as dt
import itertools
import secrets
import threading
import time

import msgspec

from generator.build import Loaded, load, settings_today
from generator.commands.serve.changes import Changes
from generator.commands.serve.patching import find_loaded
from generator.commands.serve.shown import Shown
from generator.diagnostics import Diagnostic, Severity, has_errors
from generator.emit.assets import assets_of
from generator.emit.parts import site_view
from generator.jobs import Run
from generator.link.library import Library
from generator.link.memory import Memory
from generator.model import SourcePath, Value
from generator.options import Options
from generator.read.theme import ThemeFiles, read_theme, theme_folders
from generator.render.environment import Theme
from generator.render.render import Renderer
from generator.report import report
from generator.site import Site

YOUNG = 2_000_000_000
"""Nanoseconds in which a file may change twice and look the same (the coarsest times that file systems keep)."""

ANY = "*"
"""The address of a change that is not of one page."""


class Update(Value, frozen=True, kw_only=True):
    """What changes have come to."""

    changes: Changes
    address: str
    """What a browser is told: the address of the changed page or style sheet, or ANY."""
    pages: int | None
    """How many pages were made anew; None: those that differ, which is known once all are emitted."""
    seconds: float
    """From the news of the change until the browsers can be told."""


class Preview:
    """The state of the preview. One thread at a time changes it; any may read `shown` and `findings`."""

    def __init__(self, options: Options, memory: Memory, program: str) -> None:
        self.options = options
        self.findings: tuple[Diagnostic, ...] = ()
        """Of the project as it is now."""
        self.errors: tuple[str, ...] = ()
        """The errors among them as the terminal shows them, with the lines of the files as they were read."""
        self.shown: Shown | None = None
        """The last state without errors."""
        self.generation = ""
        """Names the present state; set after it. A page of another generation is out of date."""
        own = secrets.token_hex(4)  # a page of a preview that ran before is out of date
        self._generations = (f"{own}-{number}" for number in itertools.count())
        self.folders = theme_folders(options.project)
        self._memory = memory
        self._program = program
        self._loaded: Loaded | None = None
        self._files: ThemeFiles = read_theme(self.folders)
        self._templates = Theme(self.folders)
        self._day: dt.date | None = None
        self._changing = threading.Lock()

    def load(self, run: Run = map) -> None:
        """Read and link the whole project, as far as it has changed since what is remembered."""
        started = time.time_ns()
        loaded = load(self.options, run, self._memory, self._program)
        self._memory.since = started - YOUNG
        if loaded.site is not None and loaded.site.today != self._day:
            self._templates, self._day = Theme(self.folders), loaded.site.today  # its cards speak of yesterday
        self._take(loaded, Changes())

    def update(self, changes: Changes) -> Update | None:
        """Take up changes; return None where they are of no consequence."""
        with self._changing:
            started = time.perf_counter()
            if not changes.only_content:
                self._read_theme(changes)
            quick = self._find_quick(changes)
            if quick is None:
                before = self._digests(changes)
                self.load()
                after = self._digests(changes)
                content = tuple(path for path in changes.content if before[path] != after[path])
                changes = msgspec.structs.replace(changes, content=content or changes.content)
            else:
                loaded, content = quick
                changes = msgspec.structs.replace(changes, content=content)
                if not changes:
                    return None
                self._take(loaded, changes)
            is_quick = quick is not None and changes.only_content
            return Update(
                changes=changes,
                address=self._address(changes),
                pages=self._count(changes) if is_quick else 0 if changes.only_styles else None,
                seconds=time.perf_counter() - started,
            )

    def _find_quick(self, changes: Changes) -> tuple[Loaded, tuple[SourcePath, ...]] | None:
        """Return the project with the changes, and the pages that changed; None where it has to be loaded."""
        loaded = self._loaded
        if loaded is None or loaded.site is None or changes.everything:
            return None
        if (self.options.today or settings_today(loaded.site.settings)) != loaded.site.today:
            return None
        return find_loaded(loaded, self._memory, self.options, changes.content)

    def _count(self, changes: Changes) -> int:
        """Return how many pages the changed files make and stand on."""
        site = self._loaded.site if self._loaded else None
        if site is None:
            return 0
        slugs = {entry.slug for entry in site.entries if entry.document.path in changes.content}
        pages = (*site.articles, *site.pages)
        return len(slugs) + sum(page.path in changes.content or not slugs.isdisjoint(page.cards) for page in pages)

    def _digests(self, changes: Changes) -> dict[SourcePath, str | None]:
        """Return the digests of the changed files as they were last opened."""
        rows = self._memory.rows
        return {path: rows[path].known.digest if path in rows else None for path in changes.content}

    def _take(self, loaded: Loaded, changes: Changes) -> None:
        """Hold a project, and show it if it has no errors."""
        self._loaded, self.findings = loaded, loaded.diagnostics
        errors = (one for one in loaded.diagnostics if one.severity is Severity.ERROR)
        self.errors = tuple(report([one], self.options.project) for one in errors)
        if loaded.site is not None and loaded.library is not None and not has_errors(loaded.diagnostics):
            self._show(loaded.site, loaded.library, changes)
        self.generation = next(self._generations)

    def _show(self, site: Site, library: Library, changes: Changes) -> None:
        addresses, assets = assets_of(self._files, site.settings, fingerprints=False)
        renderer = Renderer(self.folders, self.options.project, library, self._templates)
        articles_and_pages = (*site.articles, *site.pages) if changes.content else ()
        written = [page for page in articles_and_pages if page.path in changes.content]
        self.shown = Shown(site, site_view(site, addresses), assets, renderer, written)

    def _read_theme(self, changes: Changes) -> None:
        self.folders = theme_folders(self.options.project)
        self._files = read_theme(self.folders)
        if not changes.only_styles:
            self._templates = Theme(self.folders)

    def _address(self, changes: Changes) -> str:
        shown = self.shown
        if shown is None or has_errors(self.findings):
            return ANY
        if changes.only_styles:
            return shown.address_of(shown.view.assets.get("style.css", "/"))
        if len(changes.content) != 1 or not changes.only_content:
            return ANY
        path = changes.content[0]
        target = shown.site.places.by_path.get(path)
        if target is not None:
            return shown.address_of(target.url)
        return shown.address_of(path.removeprefix("content/static")) if path in shown.site.digests else ANY
