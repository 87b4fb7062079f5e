"""Settling: what only the whole list of outputs tells - old files in the way of new ones, and old files to remove."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

from generator.model import OutputPath, Value
from generator.write.compare import Comparison
from generator.write.manifest import Manifest
from generator.write.names import folded, folders_of
from generator.write.owner import Owner, find_owner
from generator.write.staging import staged_name


class Move(Value, frozen=True, array_like=True):
    """A file or a folder with all that is in it, from the staging folder to its place."""

    name: str
    """On the disk."""
    path: str
    is_new: bool
    """Nothing may stand at its place yet."""


class Changes(Value, frozen=True):
    """What is to happen to the output folder, in this order."""

    pending: Manifest
    """Names all files that are ours now and all that will be."""
    clearing: tuple[OutputPath, ...]
    """Old files that stand where a new folder or file has to be."""
    moves: tuple[Move, ...]
    """Assets, other files, pages."""
    removals: tuple[OutputPath, ...]
    folders: tuple[str, ...]
    """Folders that the old site needed and the new one does not, inner before outer; the empty ones go."""
    final: Manifest


def settle(found: Comparison) -> Changes:
    """Return what a build has to do; the errors and warnings that this shows are added to the comparison's."""
    clearing = sorted({*found.renamed, *_clear_the_way(found)})
    old = found.old if isinstance(found.old, Manifest) else Manifest({})
    gone = sorted(old.paths() - found.stamps.keys() - {*clearing})
    removals = tuple(path for path in gone if _is_removed(found, path))
    left = folders_of([*gone, *clearing])
    folders = left.keys() - found.names.folders.keys() if left else set()
    coming = {path: stamp for path, stamp in old.coming.items() if path not in found.stamps}
    coming |= {path: found.stamps[path] for paths in (*found.new.values(), found.changed) for path in paths}
    return Changes(
        pending=Manifest(old.files | found.present, coming),
        clearing=tuple(clearing),
        moves=tuple(_in_order(found)),
        removals=removals,
        folders=tuple(sorted((f for f in folders if found.disk.missing(f) is None), key=lambda f: (-len(f), f))),
        final=Manifest(found.stamps),
    )


def _clear_the_way(found: Comparison) -> list[OutputPath]:
    """Return the old files that stand in the way of new ones, all of which then count as new."""
    clearing: list[OutputPath] = []
    seen: set[str] = set()
    for path, at in found.unsure:
        if at not in seen and not (at in found.stamps and at != path):
            seen.add(at)
            clearing += _clear(found, path, at)
        found.new.setdefault(at, []).append(path)
    return clearing


def _clear(found: Comparison, path: OutputPath, at: str) -> Iterator[OutputPath]:
    """Yield the files at and below a place, all of which are an earlier build's; the first that is not is an error."""
    old = found.old if isinstance(found.old, Manifest) else Manifest({})
    folders = folders_of(old.paths())
    for name, is_folder in sorted(_walk(found.disk.root, at)):
        if is_folder:
            if name not in folders:
                found.reject_foreign(name, path, "a folder that no build made")
                return
            continue
        ours = OutputPath(name)
        owner = find_owner(found.disk, old, ours)
        if owner is Owner.EDITED:
            found.reject_foreign(name, path, "an old file, changed by hand,")
            return
        if owner is not Owner.BUILD:
            found.reject_foreign(name, path)
            return
        yield ours


def _walk(root: str, at: str) -> Iterator[tuple[str, bool]]:
    """Yield what stands at and below a path, and whether it is a folder; links are not followed."""
    waiting = [(at, stat.S_ISDIR(os.lstat(f"{root}/{at}").st_mode))]
    while waiting:
        name, is_folder = waiting.pop()
        yield name, is_folder
        if is_folder:
            with os.scandir(f"{root}/{name}") as entries:
                waiting += [(f"{name}/{entry.name}", entry.is_dir(follow_symlinks=False)) for entry in entries]


def _is_removed(found: Comparison, path: OutputPath) -> bool:
    """Return whether an old file goes; one that was changed by hand stays, and its author is told."""
    twin = found.names.by_folded.get(folded(path))
    if twin is not None and found.disk.same(path, twin):
        return False
    owner = find_owner(found.disk, found.old, path)
    if owner is Owner.EDITED:
        message = "is no part of the site any more; it was changed by hand, and is kept"
        found.warn("output-kept", path, message, "remove it if nobody needs it")
    return owner is Owner.BUILD


def _in_order(found: Comparison) -> Iterator[Move]:
    """Yield the moves: what pages show before the pages that show it."""
    new = _merged(found)
    ranks = {at: max(map(_rank, paths)) for at, paths in new.items()}
    ranks |= {path: _rank(path) for path in found.changed}
    for at in sorted(ranks, key=lambda at: (ranks[at], at)):
        name = staged_name(found.staging, at) if at in new else found.changed[OutputPath(at)]
        yield Move(name, at, at in new)


def _rank(path: str) -> int:
    if path.startswith("assets/"):
        return 0
    return 2 if path.endswith(".html") else 1


def _merged(found: Comparison) -> dict[str, list[OutputPath]]:
    """Return the new files and folders; folders whose names the file system takes for one are moved as one."""
    merged: dict[str, list[OutputPath]] = {}
    first: dict[str, str] = {}
    for at in sorted(found.new):
        known = first.setdefault(folded(at), at)
        if known != at and _is_same(staged_name(found.staging, known), staged_name(found.staging, at)):
            merged[known] += found.new[at]
        else:
            merged[at] = found.new[at]
    return merged


def _is_same(one: str, other: str) -> bool:
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False
