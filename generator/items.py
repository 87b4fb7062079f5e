"""From outputs to the files that the write stage takes: made anew where their key is new, kept where it is not."""

from __future__ import annotations

import functools
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from generator.diagnostics import Diagnostic
from generator.jobs import FEW, Run
from generator.link.library import Library
from generator.link.memory import Memory
from generator.model import OutputPath, Value
from generator.options import Options
from generator.output import FeedItem, FeedOutput, Output
from generator.plan import Plan
from generator.read.source import digest_of
from generator.read.theme import theme_folders
from generator.render.environment import Theme
from generator.render.render import Renderer
from generator.site import Site
from generator.write.items import File, Item, Kept, Staged
from generator.write.staging import stage_file, staged_name, staging_path

PAGEFIND = ".cache/pagefind"


class TemplatesError(Exception):
    """Files cannot be made: what is said of it."""

    def __init__(self, problems: list[Diagnostic]) -> None:
        super().__init__(len(problems))
        self.problems = problems


def items_of(plan: Plan, memory: Memory, library: Library, options: Options, run: Run, program: str) -> Iterator[Item]:
    """Yield every file of a site; those of the full text search, whose pages must be there first, add their keys."""
    yield Kept(plan.kept)
    staging = staging_path(options.output)
    folders = theme_folders(options.project)
    theme = Theme(folders, program)
    if len(plan.changed) >= FEW:
        site = library.site
        langs = {page.synopsis.lang for page in (*site.articles, *site.pages)}
        theme.compile_all(site.settings.language, langs | {site.settings.language})
    renderer = Renderer(folders, options.project, library, theme)
    problems: list[Diagnostic] = []
    for made in _made(plan, memory, renderer, staging, run):
        if isinstance(made, Diagnostic):
            if not any((made.path, made.line, made.code) == (one.path, one.line, one.code) for one in problems):
                problems.append(made)  # a template's slip shows on each of its pages
        else:
            yield made
    theme.save_compiled()
    if problems:
        raise TemplatesError(problems)
    if library.site.settings.search == "pagefind":
        yield from search_items(plan, memory, library.site, options)


class Work(Value, frozen=True):
    """What a process does at a time: a file, and the entries of feeds that show the same view."""

    output: Output | None
    entries: tuple[FeedItem, ...] = ()


class Done(Value, frozen=True):
    """What came of it; an entry is None where its template is wrong."""

    made: Staged | Diagnostic | None
    entries: tuple[str | None, ...]


def make(renderer: Renderer, staging: Path, work: Work) -> Done:
    """Return what came of a work, its file written to the staging folder. In any process."""
    view = work.entries[0].view(renderer.library) if work.entries else None
    made = None if work.output is None else _staged(renderer, staging, work.output, view)
    return Done(made, tuple(renderer.feed_entry(item, view) for item in work.entries))


def _staged(renderer: Renderer, staging: Path, output: Output, view: Any = None) -> Staged | Diagnostic:
    made = renderer.render(output, view)
    if isinstance(made, Diagnostic):
        return made
    return Staged(made.path, stage_file(staging, made.path, made.content), len(made.content))


def _made(plan: Plan, memory: Memory, renderer: Renderer, staging: Path, run: Run) -> Iterator[Staged | Diagnostic]:
    """Yield the files that have changed. Feeds are made in this process while the others make the rest."""
    feeds = deque(output for output in plan.changed if isinstance(output, FeedOutput))
    works, with_entries = _works(plan, feeds, memory, renderer)
    spread = max(1, (len(works) - with_entries) // (len(feeds) + 1))
    results = run(functools.partial(make, renderer, staging), works)
    for number, (work, done) in enumerate(zip(works, results, strict=True)):
        for item, entry in zip(work.entries, done.entries, strict=True):
            if entry is not None:
                renderer.feed_entries[item.key] = memory.feed_entries[f"{plan.basis} {item.key}"] = entry
        if done.made is not None:
            yield done.made
        if feeds and number >= with_entries and number % spread == 0:
            yield _staged(renderer, staging, feeds.popleft())
    for feed in feeds:
        yield _staged(renderer, staging, feed)


def _works(plan: Plan, feeds: Iterable[FeedOutput], memory: Memory, renderer: Renderer) -> tuple[list[Work], int]:
    """Return what is to be done but for feeds, and of how much of it, which comes first, feeds need the entries.

    Entries are kept: else an article that is edited would have all the others of its feeds parsed again.
    """
    memory.feed_items = {f"{plan.basis} {item.key}" for feed in plan.feeds for item in feed.items}
    items = {item.key: item for feed in feeds for item in feed.items}
    kept = memory.find_feed_entries([f"{plan.basis} {key}" for key in items])
    missing: dict[OutputPath, list[FeedItem]] = {}
    for key, item in items.items():
        if (name := f"{plan.basis} {key}") in kept:
            renderer.feed_entries[key] = kept[name]
        else:
            missing.setdefault(item.page, []).append(item)
    others = [output for output in plan.changed if not isinstance(output, FeedOutput)]
    pages = {output.path: output for output in others if output.path in missing}
    works = [Work(pages.get(path), tuple(wanted)) for path, wanted in missing.items()]
    return [*works, *(Work(output) for output in others if output.path not in missing)], len(works)


def search_items(plan: Plan, memory: Memory, site: Site, options: Options) -> Iterator[Item]:
    """Yield the files of the full text search, those of the last build where none of the pages is another."""
    from generator.render.search import BUNDLE, SETTINGS, search_files, setting_at

    keys, anew = plan.keys, {output.path for output in plan.changed}
    pages = [path for path in sorted(keys) if path.endswith(".html")]
    key = digest_of("\0".join(f"{path} {keys[path]}" for path in pages).encode())
    known = [path for path in memory.keys if path.startswith(f"{BUNDLE}/")]
    if known and all(memory.keys[path] == key and path in plan.in_place for path in known):
        keys |= dict.fromkeys(known, key)
        yield Kept({path: plan.in_place[path] for path in known})
        return
    staging = staging_path(options.output)
    names = {path: Path(staged_name(staging, path) if path in anew else f"{options.output}/{path}") for path in pages}
    files, problems = search_files(
        ((path, name.read_bytes()) for path, name in names.items()),
        options.project / PAGEFIND,
        site.settings.language,
        setting_at((options.project / SETTINGS).read_text("utf-8", errors="replace")),
    )
    if problems:
        raise TemplatesError(problems)
    keys |= {file.path: key for file in files}
    yield from (File(file.path, file.content) for file in files)
