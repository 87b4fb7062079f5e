"""A build as the command line runs it: with what the last one remembers, or not at all where nothing has changed.

Nothing heavy is imported before it is known that something has changed.
"""

from __future__ import annotations

import datetime as dt
import gc
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from generator.diagnostics import Diagnostic, has_errors
from generator.looked import Looked, look
from generator.model import Value
from generator.options import Options, Result
from generator.program import program_digest
from generator.read.source import digest_of
from generator.read.theme import theme_folders
from generator.read.tree import Found
from generator.write.manifest import manifest_digest

if TYPE_CHECKING:
    from generator.jobs import Run

YOUNG = 2_000_000_000
"""Nanoseconds: the coarsest times that file systems keep (FAT's). A file changed so shortly before it was read may have
changed again since, and look the same."""


COLLECT = (100_000, 50, 1000)
"""Thresholds of the garbage collector: what a build makes it mostly keeps, and looking for cycles in it again and again
is a tenth of its time; those that templates leave behind are found while they are young."""


class State(Value, frozen=True):
    """How a project's content and theme stand."""

    digest: str
    """Of the names, sizes and times of all files."""
    newest: int
    """When the last of them changed, in nanoseconds."""


class Last(Value, frozen=True, kw_only=True):
    """What the last build has seen and done."""

    options: str
    """Digest of the program and of what was asked of it."""
    files: str
    """Digest of all that it read, as `State` has it."""
    since: int
    timezone: str | None
    today: dt.date
    manifest: str
    """Digest of the manifest that it wrote."""
    result: Result


def rebuild(options: Options, run: Run, *, clean: bool = False, jobs: int = 1) -> Result:
    """Build a site from what has changed since the last build; `clean` forgets what it knew.

    The law: the bytes of the site are those of a clean build. Raises WriteError where the disk refuses.
    """
    started = time.time_ns()
    gc.set_threshold(*COLLECT)
    with look(options, jobs) as looked:
        program = program_digest()
        asked = _asked(options, program)
        state = state_of(options.project, looked.found)
        last = None if clean else find_unchanged(options, asked, state, looked)
        return last or _build(options, run, program, looked, state, asked=asked, started=started, clean=clean)


def _build(
    options: Options,
    run: Run,
    program: str,
    looked: Looked,
    state: State | None,
    *,
    asked: str,
    started: int,
    clean: bool,
) -> Result:
    from generator.build import build
    from generator.link.memory import Memory
    from generator.write.cache import load_memory, save_memory
    from generator.write.database import save_fact

    memory = Memory() if clean else load_memory(options.project)
    result = build(options, run, memory, program, looked)
    memory.since = started - YOUNG
    save_memory(options.project, memory)
    if result.ok and state is not None and result.today is not None:
        unchanged = msgspec.structs.replace(
            result, written=0, removed=0, unchanged=result.written + result.unchanged, diagnostics=_lasting(result)
        )
        kept = Last(
            options=asked,
            files=state.digest,
            since=memory.since,
            timezone=result.timezone,
            today=result.today,
            manifest=manifest_digest(options.output),
            result=unchanged,
        )
        save_fact(options.project, "last", msgspec.msgpack.encode(kept))
    return result


def find_unchanged(options: Options, asked: str, state: State | None, looked: Looked) -> Result | None:
    """Return the last build's result where nothing at all has changed since, or None."""
    from generator.write.database import load_fact

    kept = load_fact(options.project, "last")
    if kept is None:
        return None
    try:
        last = msgspec.msgpack.decode(kept, type=Last)
    except (msgspec.DecodeError, ValueError):
        return None
    if last.options != asked or (options.today or _today(last.timezone)) != last.today:
        return None
    if state is None or state.digest != last.files or state.newest >= last.since:
        return None
    return last.result if looked.digest == last.manifest and not looked.find_lost() else None


def state_of(project: Path, found: Found) -> State | None:
    """Return how a project's content and theme stand; None where something is wrong with the files themselves."""
    files, problems = found
    if has_errors(problems):
        return None
    newest = max((file.modified for file in files), default=0)
    lines = [f"{file.path}\0{file.size}\0{file.modified}" for file in files]
    for folder in theme_folders(project):
        for where, folders, names in os.walk(folder):
            folders.sort()
            for name in sorted(names):
                status = os.stat(os.path.join(where, name))
                newest = max(newest, status.st_mtime_ns)
                lines.append(f"{where}/{name}\0{status.st_size}\0{status.st_mtime_ns}")
    return State(digest_of("\n".join(lines).encode("utf-8", "surrogateescape")), newest)


def _asked(options: Options, program: str) -> str:
    output = os.fsencode(os.path.realpath(options.output))
    asked = (program, output, options.drafts, options.future, options.strict, options.base_url)
    return digest_of(msgspec.msgpack.encode(asked))


def _today(timezone: str | None) -> dt.date:
    if timezone is None:
        return dt.datetime.now(dt.UTC).date()
    import zoneinfo

    return dt.datetime.now(zoneinfo.ZoneInfo(timezone)).date()


def _lasting(result: Result) -> tuple[Diagnostic, ...]:
    """Return the findings that the next build would have as well: not those of the output folder as it was."""
    return tuple(one for one in result.diagnostics if not one.code.startswith("output-"))
