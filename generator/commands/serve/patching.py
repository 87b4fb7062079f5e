"""The quick way of a saved page: its file alone is opened, and its place in the linked site is filled anew.

The law: what comes out is what loading the whole project would give; where that is not certain, nothing does.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

import msgspec

from generator.build import Loaded, finished
from generator.diagnostics import Diagnostic
from generator.link.memory import Memory
from generator.link.patch import diagnostics_of, find_page, find_patched
from generator.model import SourcePath
from generator.open import Opening, open_again
from generator.options import Options
from generator.read.tree import FileEntry, role_of


def find_loaded(
    loaded: Loaded, memory: Memory, options: Options, paths: Iterable[SourcePath]
) -> tuple[Loaded, tuple[SourcePath, ...]] | None:
    """Return the project with these files as they are now, and which of them have changed at all; remember them.

    None where the project has to be loaded.
    """
    changed: list[SourcePath] = []
    for path in sorted(paths):
        patched = _with_file(loaded, memory, options, path)
        if patched is None:
            return None
        if patched is not loaded:
            changed.append(path)
        loaded = patched
    return loaded, tuple(changed)


def _with_file(loaded: Loaded, memory: Memory, options: Options, path: SourcePath) -> Loaded | None:
    site, opened, library = loaded.site, loaded.opened, loaded.library
    row = memory.rows.get(path)
    if site is None or opened is None or library is None or row is None or row.known.page is None:
        return None
    file = _find_file(opened.opening, path)
    if file is None:
        return None
    known, packed, text = open_again(opened.opening, opened.lexicon, file)
    if known.digest == row.known.digest:
        return loaded
    old = find_page(site, row.known.page)
    patched = find_patched(site, known.page) if known.page else None
    if old is None or known.page is None or patched is None:
        return None
    said = {_without_column(one) for one in (*row.known.page.diagnostics, *diagnostics_of(site, old))}
    if any(one.path == path and _without_column(one) not in said for one in loaded.diagnostics):
        return None  # something is said of the page that only linking everything can take back
    kept = [one for one in loaded.diagnostics if one.path != path]
    memory.keep(file, known)
    memory.texts[path] = text
    return msgspec.structs.replace(
        loaded,
        site=patched.site,
        library=library.with_page(patched.site, path, packed),
        diagnostics=finished((*kept, *known.page.diagnostics, *patched.diagnostics), options),
    )


def _find_file(opening: Opening, path: SourcePath) -> FileEntry | None:
    """Return a page's file, where it is a plain one; links are the walk's to judge."""
    where, role = opening.project / path, role_of(path)
    try:
        status = os.lstat(where)
        is_plain = os.path.realpath(where) == os.path.join(os.path.realpath(opening.project), path)
    except OSError:
        return None
    if role not in ("article", "page") or not is_plain:
        return None
    return FileEntry(path, role, status.st_size, status.st_mtime_ns)


def _without_column(diagnostic: Diagnostic) -> tuple[str, int, str]:
    """Return what a finding is known by before and after its column is found."""
    return diagnostic.code, diagnostic.line, diagnostic.message
