"""Which files stand as the last build left them, told without reading them.

Git's rule for its index: a file whose size is right and whose last change is older than the manifest, which is
written last, is what the manifest says; one as young as that or younger is read. The change time is the inode's,
which nothing sets back: not a copy that keeps times, not `touch -d`. (Windows has none; there it is the time of
modification.) A file whose content a power cut took has another size.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from generator.model import OutputPath
from generator.read.source import digest_of
from generator.write.disk import Disk, real_folders
from generator.write.manifest import MANIFEST, Manifest, Stamp
from generator.write.names import folders_of


def find_lost(output: Path, manifest: Manifest) -> list[OutputPath]:
    """Return the paths of a manifest at which there is not what the last build left; any other a build may keep.

    They are few, mostly.
    """
    disk = Disk(os.path.realpath(output))
    root, since = disk.root, written_at(disk.root)
    folders = real_folders(root, folders_of(manifest.files))
    lost: list[OutputPath] = [*manifest.coming]
    for path, stamp in manifest.files.items():
        if path.rpartition("/")[0] not in folders:
            lost.append(path)
            continue
        try:
            status = os.lstat(f"{root}/{path}")
        except OSError:
            lost.append(path)
            continue
        is_old = status.st_mtime_ns < since and status.st_ctime_ns < since
        is_same = is_old and status.st_size == stamp.size and stat.S_ISREG(status.st_mode)
        if not is_same and find_kept(disk, manifest, since, path) is None:
            lost.append(path)
    return lost


def find_kept(disk: Disk, manifest: Manifest, since: int, path: OutputPath) -> Stamp | None:
    """Return what a file holds that is as the last build left it, or None; what an interrupted one was moving is not.

    `since` is when the manifest was written.
    """
    stamp = manifest.files.get(path)
    if stamp is None or path in manifest.coming:
        return None
    with suppress(OSError):
        status = disk.look_for_file(path)
        if status is None or status.st_size != stamp.size:
            return None
        if max(status.st_mtime_ns, status.st_ctime_ns) < since:
            return stamp
        return stamp if digest_of(disk.read(path, stamp.size)) == stamp.digest else None
    return None


def written_at(root: str) -> int:
    """Return when the manifest of an output folder was written, in nanoseconds; 0 where there is none."""
    try:
        return os.lstat(f"{root}/{MANIFEST}").st_mtime_ns
    except OSError:
        return 0
