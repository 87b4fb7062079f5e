"""From outputs to the files that the write stage takes: made anew where their key is new, kept where it is not."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

from generator.diagnostics import Diagnostic
from generator.jobs import FEW, Run
from generator.link.library import Library
from generator.link.memory import Memory
from generator.options import Options
from generator.output import FeedOutput, Output
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
    renderer.feed_entries |= feed_entries(plan, memory, renderer, run)
    problems: list[Diagnostic] = []
    for made in run(functools.partial(make, renderer, staging), plan.changed):
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


def make(renderer: Renderer, staging: Path, output: Output) -> Staged | Diagnostic:
    """Return an output's file, written to the staging folder, or what is wrong with its template. In any process."""
    made = renderer.render(output)
    if isinstance(made, Diagnostic):
        return made
    return Staged(made.path, stage_file(staging, made.path, made.content), len(made.content))


def feed_entries(plan: Plan, memory: Memory, renderer: Renderer, run: Run) -> dict[str, str]:
    """Return the entries of the feeds that have changed, by the keys of their items: those that are kept, and new ones.

    Else an article that is edited would have all the others of its feeds parsed again.
    """
    memory.feed_items = {f"{plan.basis} {item.key}" for feed in plan.feeds for item in feed.items}
    changed = (output for output in plan.changed if isinstance(output, FeedOutput))
    items = {item.key: item for feed in changed for item in feed.items}
    kept = memory.find_feed_entries([f"{plan.basis} {key}" for key in items])
    entries = {key: kept[name] for key in items if (name := f"{plan.basis} {key}") in kept}
    missing = [item for key, item in items.items() if key not in entries]
    for item, entry in zip(missing, run(renderer.feed_entry, missing), strict=True):
        if entry is not None:
            entries[item.key] = memory.feed_entries[f"{plan.basis} {item.key}"] = entry
    return entries


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
