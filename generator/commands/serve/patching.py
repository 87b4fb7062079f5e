"""The quick way of a saved page or entry: its file alone is opened, and its place in the linked site is filled anew.

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
from generator.link.patch_entry import diagnostics_of_entry, find_entry, find_patched_entry
from generator.model import SourcePath
from generator.open import Opening, open_again
from generator.options import Options
from generator.read.tree import FileEntry, role_of
from generator.synopsis import Known


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
    opened, row = loaded.opened, memory.rows.get(path)
    if loaded.site is None or opened is None or row is None:
        return None
    file = _find_file(opened.opening, path)
    if file is None:
        return None
    known, packed, text = open_again(opened.opening, opened.lexicon, file)
    if known.digest == row.known.digest:
        return loaded
    patched = _with_page(loaded, row.known, known, packed) or _with_entry(loaded, row.known, known)
    if patched is None:
        return None
    replaced, before, after = patched
    said = {_without_column(one) for one in before}
    if any(one.path == path and _without_column(one) not in said for one in loaded.diagnostics):
        return None  # something is said of the file that only linking everything can take back
    kept = [one for one in loaded.diagnostics if one.path != path]
    memory.keep(file, known)
    if known.page:
        memory.texts[path] = text
    return msgspec.structs.replace(replaced, diagnostics=finished((*kept, *after), options))


Replaced = tuple[Loaded, tuple[Diagnostic, ...], tuple[Diagnostic, ...]]
"""A project with a file in the place of another; what was said of the old one, and what is said of the new one."""


def _with_page(loaded: Loaded, before: Known, after: Known, packed: bytes) -> Replaced | None:
    site, library = loaded.site, loaded.library
    if site is None or library is None or before.page is None or after.page is None:
        return None
    old, patched = find_page(site, before.page), find_patched(site, after.page)
    if old is None or patched is None:
        return None
    library = library.with_page(patched.site, after.path, packed)
    said = (*before.page.diagnostics, *diagnostics_of(site, old))
    found = (*after.page.diagnostics, *patched.diagnostics)
    return msgspec.structs.replace(loaded, site=patched.site, library=library), said, found


def _with_entry(loaded: Loaded, before: Known, after: Known) -> Replaced | None:
    site, library = loaded.site, loaded.library
    if site is None or library is None or before.entry is None or after.entry is None:
        return None
    old, patched = find_entry(site, before.entry), find_patched_entry(site, after.entry)
    if old is None or patched is None:
        return None
    said = (*before.entry.diagnostics, *diagnostics_of_entry(site, old))
    found = (*after.entry.diagnostics, *patched.diagnostics)
    return msgspec.structs.replace(loaded, site=patched.site, library=library.with_entry(patched.site)), said, found


def _find_file(opening: Opening, path: SourcePath) -> FileEntry | None:
    """Return a text's file, where it is a plain one; links are the walk's to judge."""
    where, role = opening.project / path, role_of(path)
    try:
        status = os.lstat(where)
        is_plain = os.path.realpath(where) == os.path.join(os.path.realpath(opening.project), path)
    except OSError:
        return None
    if role not in ("article", "page", "entry") or not is_plain:
        return None
    return FileEntry(path, role, status.st_size, status.st_mtime_ns)


def _without_column(diagnostic: Diagnostic) -> tuple[str, int, str]:
    """Return what a finding is known by before and after its column is found."""
    return diagnostic.code, diagnostic.line, diagnostic.message
