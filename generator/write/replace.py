"""Replacing: the moves that turn the old site into the new one, in an order in which a kill at any moment is safe.

A changed file is replaced by a rename over it. On ext4 that starts to write its content out first, which is most of
what it costs; exchanging both names (renameat2) or putting the old file away first would be faster, but the one may
leave an empty page after a power cut and the other no page after a kill.
"""

from __future__ import annotations

import os
from contextlib import suppress

from generator.model import OutputPath
from generator.write.disk import Disk
from generator.write.manifest import MANIFEST, Damaged, Manifest, encode_manifest
from generator.write.owner import Owner, find_owner
from generator.write.problems import WriteError, reason_of
from generator.write.settle import Changes
from generator.write.staging import STAGING, stage, staged_name

UNCHANGED = "the site is as it was"
PARTLY = "each file is wholly old or wholly new; build again when this is mended"


def carry_out(root: str, old: Manifest | Damaged | None, changes: Changes) -> tuple[OutputPath, ...]:
    """Do what a build has to do, and return the files that were removed.

    The law: at every moment each file is wholly old or wholly new, and the manifest on the disk names all that are
    ours. Raises WriteError, which names the file that could not be moved or removed.
    """
    at: str = MANIFEST
    hint = UNCHANGED
    removed: list[OutputPath] = []
    try:
        if changes.moves:
            _put_manifest(root, changes.pending)
        hint = PARTLY
        disk = Disk(root)
        for path in changes.clearing:
            at = path
            if find_owner(disk, old, path) is not Owner.BUILD:
                raise WriteError(at, "it changed while the site was built")
            os.unlink(f"{root}/{path}")
            removed.append(path)
        if changes.moves:
            _prune(root, changes.folders)  # also one that a killed build had emptied to make room
        disk = Disk(root)
        for move in changes.moves:
            at = move.path
            if disk.missing(at.rpartition("/")[0]) is not None or (move.is_new and os.path.lexists(f"{root}/{at}")):
                raise WriteError(at, "something else stands in its place")
            os.replace(move.name, f"{root}/{at}")
        disk = Disk(root)
        for path in changes.removals:
            at = path
            if find_owner(disk, old, path) is Owner.BUILD:
                os.unlink(f"{root}/{path}")
                removed.append(path)
        _prune(root, changes.folders)
        at = MANIFEST
        _put_manifest(root, changes.final)
    except OSError as problem:
        raise WriteError(at, reason_of(problem), hint) from problem
    except WriteError as problem:
        raise WriteError(problem.path, problem.reason, hint) from problem
    return tuple(removed)


def _prune(root: str, folders: tuple[str, ...]) -> None:
    """Remove the folders that are empty; one that is not, or may not go, is nobody's loss."""
    for folder in folders:
        with suppress(OSError):
            os.rmdir(f"{root}/{folder}")


def _put_manifest(root: str, manifest: Manifest) -> None:
    """Replace the manifest. It alone is flushed to the disk: what it says, no later build could find out."""
    staging = f"{root}/{STAGING}"
    name = staged_name(staging, MANIFEST)
    stage(name, MANIFEST, encode_manifest(manifest), durable=True)
    os.replace(name, f"{root}/{MANIFEST}")
