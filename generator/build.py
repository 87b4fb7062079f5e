"""The pipeline, whole: read, parse, link, emit, render, write. Diagnostics travel beside, at every step."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

from generator.config import Settings
from generator.diagnostics import START, Diagnostic, error, has_errors, in_order, located, strict
from generator.document import EntryDocument, PageDocument, Parsed
from generator.emit import emit_all
from generator.emit.assets import assets_of
from generator.link.link import link
from generator.link.select import Selection, select
from generator.matter import SourceRecord
from generator.model import SourcePath, Value
from generator.output import File
from generator.parse.document import parse
from generator.parse.markdown import SyntaxOptions
from generator.parse.settings import parse_settings
from generator.read.media import find_position, read_media
from generator.read.source import read_source
from generator.read.theme import read_theme, theme_folders
from generator.read.tree import FileEntry, find_files
from generator.render.environment import Theme
from generator.render.render import render
from generator.site import Media, Site
from generator.urls import is_external
from generator.write.write import write_site

SETTINGS = SourcePath("content/site.yaml")


class Run(Protocol):
    """`map`, or the map of an executor: the one seam through which work leaves this process."""

    def __call__(self, function: Callable[[Any], Any], items: Iterable[Any], /) -> Iterator[Any]:
        """Return the function's results in the order of the items."""


class Cache(Protocol):
    """Where parsed documents are kept between builds, by the digest of all that they depend on."""

    def get(self, key: str) -> Parsed | None:
        """Return what was kept under a key, or None."""

    def put(self, key: str, parsed: Parsed) -> None:
        """Keep a value under a key."""


class Options(Value, frozen=True, kw_only=True):
    """What the command line asks of a build."""

    project: Path
    output: Path
    today: dt.date | None = None
    """None: the clock, in the site's time zone."""
    drafts: bool = False
    future: bool = False
    strict: bool = False
    base_url: str | None = None


class Project(Value, frozen=True, kw_only=True):
    """A project, read and parsed; nothing in it has looked at another file yet."""

    files: tuple[FileEntry, ...]
    settings: Settings | None
    pages: tuple[PageDocument, ...]
    entries: tuple[EntryDocument, ...]
    sources: dict[str, SourceRecord]
    """Of content/sources.yaml."""
    broken: tuple[SourcePath, ...]
    """The texts that gave no document; what is wrong with them is among the findings."""
    diagnostics: tuple[Diagnostic, ...]


class Loaded(Value, frozen=True, kw_only=True):
    """A project, read and linked; `site` is None where its settings are wrong."""

    site: Site | None
    diagnostics: tuple[Diagnostic, ...]
    next_due: dt.date | None = None


class Result(Value, frozen=True, kw_only=True):
    """What a build did."""

    diagnostics: tuple[Diagnostic, ...]
    pages: int = 0
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    next_due: dt.date | None = None

    @property
    def ok(self) -> bool:
        """Whether the site was written."""
        return not has_errors(self.diagnostics)


def build(options: Options, run: Run = map, cache: Cache | None = None) -> Result:
    """Build a site. While there are errors nothing is written; raises WriteError where the disk refuses."""
    loaded = load(options, run, cache)
    if loaded.site is None or has_errors(loaded.diagnostics):
        return Result(diagnostics=loaded.diagnostics)
    files, problems = files_of(loaded.site, options, run)
    diagnostics = in_order((*loaded.diagnostics, *problems))
    if has_errors(problems):
        return Result(diagnostics=diagnostics)
    written = write_site(options.output, files, project=options.project, strict=options.strict)
    if isinstance(written, tuple):
        return Result(diagnostics=in_order((*diagnostics, *written)))
    return Result(
        diagnostics=in_order((*diagnostics, *written.warnings)),
        pages=sum(file.path.endswith(".html") for file in files),
        written=written.written,
        unchanged=written.unchanged,
        removed=written.removed,
        next_due=loaded.next_due,
    )


def load(options: Options, run: Run = map, cache: Cache | None = None) -> Loaded:
    """Return the linked site of a project and all that its author has to know."""
    project = parse_project(options, run, cache)
    settings = project.settings
    if settings is None:
        return Loaded(site=None, diagnostics=finished(project.diagnostics, options))
    media, problems = load_media(options.project, project.files, settings)
    today = options.today or settings_today(settings)
    selected = select(
        project.pages,
        project.entries,
        Selection(today=today, drafts=options.drafts, future=options.future),
        project.broken,
    )
    site, more = link(
        selected,
        settings,
        project.sources,
        media,
        [file.path for file in project.files if file.role == "static"],
        today=today,
        base_url=base_url_of(settings, options),
    )
    drafts = frozenset(path for path, why in selected.left_out.items() if why == "a draft")
    found = [one for one in (*project.diagnostics, *problems, *more) if one.path not in drafts]
    return Loaded(site=site, diagnostics=finished(found, options), next_due=selected.next_due)


def parse_project(options: Options, run: Run = map, cache: Cache | None = None) -> Project:
    """Return a project's files, read and parsed, drafts and all."""
    files, diagnostics = find_files(options.project)
    settings, problems = load_settings(options.project, [file for file in files if file.role == "settings"])
    syntax = SyntaxOptions(settings.language, settings.markdown.raw_html) if settings else SyntaxOptions()
    texts = [file for file in files if file.role in ("article", "entry", "page", "sources")]
    parsed = tuple(run(functools.partial(parse_file, options.project, syntax, cache), texts))
    return Project(
        files=files,
        settings=settings,
        pages=tuple(one.page for one in parsed if one.page),
        entries=tuple(one.entry for one in parsed if one.entry),
        sources={key: record for one in parsed for key, record in one.sources.items()},
        broken=tuple(one.path for one in parsed if not (one.page or one.entry) and one.path.endswith(".md")),
        diagnostics=(*diagnostics, *problems, *(found for one in parsed for found in one.diagnostics)),
    )


def files_of(site: Site, options: Options, run: Run = map) -> tuple[list[File], list[Diagnostic]]:
    """Return every file of a site with its content, and the templates' mistakes."""
    folders = theme_folders(options.project)
    addresses, assets = assets_of(read_theme(folders), site.settings)
    outputs = (*assets, *emit_all(site, addresses))
    rendered = run(functools.partial(render, Theme(folders), options.project), outputs)
    files: list[File] = []
    problems: list[Diagnostic] = []
    for one in rendered:
        (problems if isinstance(one, Diagnostic) else files).append(one)
    return files, problems


def parse_file(project: Path, syntax: SyntaxOptions, cache: Cache | None, file: FileEntry) -> Parsed:
    """Return a file's document, from the cache where nothing that it depends on has changed."""
    source = read_source(project, file)
    if isinstance(source, Diagnostic):
        return Parsed(path=file.path, diagnostics=(source,))
    if cache is None:
        return parse(source, syntax)
    key = f"{source.digest}/{source.path}/{syntax.language}/{syntax.raw_html}"
    kept = cache.get(key)
    if kept is None:
        kept = parse(source, syntax)
        cache.put(key, kept)
    return kept


def load_settings(project: Path, files: list[FileEntry]) -> tuple[Settings | None, list[Diagnostic]]:
    """Return the site's settings; a project must have them."""
    if not files:
        hint = 'begin with one line: title: "..."'
        return None, [error("settings-missing", SETTINGS, START, "the site has no content/site.yaml", hint)]
    source = read_source(project, files[0])
    if isinstance(source, Diagnostic):
        return None, [source]
    parsed = parse_settings(source)
    return parsed.settings, list(parsed.diagnostics)


def load_media(project: Path, files: Iterable[FileEntry], settings: Settings) -> tuple[list[Media], list[Diagnostic]]:
    """Return the files beside texts and the pictures of content/static."""
    media: list[Media] = []
    problems: list[Diagnostic] = []
    for file in files:
        if file.role not in ("beside", "static"):
            continue
        found = read_media(project, file, settings.images)
        if isinstance(found, Media):
            media.append(found)
        elif file.role == "beside":
            problems.append(found)
        position = find_position(project, file)
        if position is not None:
            problems.append(position)
    return media, problems


def settings_today(settings: Settings) -> dt.date:
    """Return the day in the site's time zone."""
    import zoneinfo

    zone = zoneinfo.ZoneInfo(settings.timezone.value) if settings.timezone else dt.UTC
    return dt.datetime.now(zone).date()


def base_url_of(settings: Settings, options: Options) -> str:
    """Return the public address ending in a slash: `--base-url`, else the settings' `url`."""
    url = options.base_url if options.base_url is not None else settings.url.value if settings.url else ""
    if not url:
        return ""
    return url.rstrip("/") + "/" if is_external(url) else "/" + url.strip("/") + ("/" if url.strip("/") else "")


def finished(diagnostics: Iterable[Diagnostic], options: Options) -> tuple[Diagnostic, ...]:
    """Return the findings in order, each with its column, as strict as was asked."""
    found = [located(one, source_line(options.project, one)) if one.words else one for one in diagnostics]
    return in_order(strict(found) if options.strict else found)


def source_line(project: Path, diagnostic: Diagnostic) -> str:
    """Return the line of the source that a finding points at, or an empty text."""
    try:
        source = (project / diagnostic.path).read_text("utf-8-sig", errors="replace")
    except (OSError, ValueError):
        return ""
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[diagnostic.line - 1] if 0 < diagnostic.line <= len(lines) else ""
