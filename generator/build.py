"""The pipeline, whole: read, parse, link, emit, render, write. Diagnostics travel beside, at every step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from generator.config import Settings
from generator.diagnostics import START, Diagnostic, error, has_errors, in_order, located, strict
from generator.items import TemplatesError, items_of
from generator.jobs import Run
from generator.link.library import Library
from generator.link.link import link
from generator.link.memory import Memory
from generator.link.select import DRAFT, Selection, select
from generator.looked import Looked, look
from generator.model import SourcePath, Value
from generator.open import Opened, Opening, open_project
from generator.options import Options, Result
from generator.parse.markdown import SyntaxOptions
from generator.parse.settings import parse_settings
from generator.plan import plan_of
from generator.read.source import digest_of, read_source
from generator.read.tree import FileEntry, Found, find_files
from generator.site import Site
from generator.urls import is_external
from generator.write.manifest import manifest_digest
from generator.write.write import write_site

SETTINGS = SourcePath("content/site.yaml")


class Project(Value, frozen=True, kw_only=True):
    """A project, opened; None where its settings are wrong."""

    settings: Settings | None
    opened: Opened | None
    diagnostics: tuple[Diagnostic, ...]
    """Of finding the files, and of the settings."""


class Loaded(Value, frozen=True, kw_only=True):
    """A project, read and linked; `site` is None where its settings are wrong."""

    site: Site | None
    diagnostics: tuple[Diagnostic, ...]
    library: Library | None = None
    """Opens the site's files."""
    opened: Opened | None = None
    next_due: dt.date | None = None


def build(
    options: Options, run: Run = map, memory: Memory | None = None, program: str = "", looked: Looked | None = None
) -> Result:
    """Build a site. While there are errors nothing is written; raises WriteError where the disk refuses.

    `memory` is what an earlier build has left in it; `program` names the program that made that, and without it nothing
    is kept in the project's cache; `looked` is what there is, where that has been looked for already. The law: whatever
    is in memory, the bytes written are those that a build without it writes.
    """
    if looked is None:
        with look(options) as looked:
            return build(options, run, memory, program, looked)
    memory = Memory() if memory is None else memory
    loaded = load(options, run, memory, program, looked.found)
    if loaded.site is None or loaded.library is None or has_errors(loaded.diagnostics):
        return Result(diagnostics=loaded.diagnostics)
    plan = plan_of(loaded.site, options.project, memory, program, looked)
    try:
        items = items_of(plan, memory, loaded.library, options, run, program)
        written = write_site(options.output, items, project=options.project, strict=options.strict)
    except TemplatesError as wrong:
        return Result(diagnostics=in_order((*loaded.diagnostics, *wrong.problems)))
    if isinstance(written, tuple):
        return Result(diagnostics=in_order((*loaded.diagnostics, *written)))
    memory.keys, memory.said, memory.following = plan.keys, plan.said, plan.following
    memory.manifest = manifest_digest(options.output)
    return Result(
        diagnostics=in_order((*loaded.diagnostics, *written.warnings)),
        pages=sum(path.endswith(".html") for path in plan.keys),
        written=written.written,
        unchanged=written.unchanged,
        removed=written.removed,
        next_due=loaded.next_due,
        today=loaded.site.today,
        timezone=loaded.site.settings.timezone.value if loaded.site.settings.timezone else None,
    )


def load(
    options: Options, run: Run = map, memory: Memory | None = None, program: str = "", found: Found | None = None
) -> Loaded:
    """Return the linked site of a project and all that its author has to know."""
    memory = Memory() if memory is None else memory
    project = open_all(options, run, memory, program, found)
    settings, opened = project.settings, project.opened
    if settings is None or opened is None:
        return Loaded(site=None, diagnostics=finished(project.diagnostics, options))
    wanted = wanted_of(options, settings)
    selected = select(opened.pages, wanted)
    selected.left_out.update(dict.fromkeys(opened.broken, ""))
    site, problems = link(
        selected,
        opened.entries,
        opened.lexicon,
        settings,
        opened.sources,
        opened.media,
        opened.statics,
        today=wanted.today,
        base_url=base_url_of(settings, options),
        nearest=memory.nearest,
        run=run,
    )
    memory.nearest = site.nearest
    left_out = {**selected.left_out, **opened.lexicon.left_out}
    drafts = {path for path, why in left_out.items() if why == DRAFT}
    said = [one for one in (*project.diagnostics, *opened.diagnostics, *problems) if one.path not in drafts]
    return Loaded(
        site=site,
        diagnostics=finished(said, options),
        library=Library(site, opened.lexicon, opened.at_hand, opened.parse, memory.find_text),
        opened=opened,
        next_due=selected.next_due,
    )


def open_all(
    options: Options, run: Run = map, memory: Memory | None = None, program: str = "", found: Found | None = None
) -> Project:
    """Return a project's files, opened as far as they have changed since what `memory` holds."""
    memory = Memory() if memory is None else memory
    files, odd = found or find_files(options.project)
    settings, problems = load_settings(options.project, [file for file in files if file.role == "settings"])
    diagnostics = [*odd, *problems]
    if settings is None:
        return Project(settings=None, opened=None, diagnostics=tuple(diagnostics))
    syntax = SyntaxOptions(settings.language, settings.markdown.raw_html)
    memory.start(digest_of(f"{program} {syntax} {settings.images}".encode()))
    opening = Opening(options.project, syntax, settings, wanted_of(options, settings))
    opened = open_project(opening, files, run, memory)
    return Project(settings=settings, opened=opened, diagnostics=tuple(diagnostics))


def wanted_of(options: Options, settings: Settings) -> Selection:
    """Return which documents are asked for."""
    today = options.today or settings_today(settings)
    return Selection(today=today, drafts=options.drafts, future=options.future)


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
