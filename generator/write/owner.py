"""Whose a file of the output folder is: the one question that keeps a person's work safe."""

from __future__ import annotations

import enum
import stat

from generator.model import OutputPath
from generator.read.source import digest_of
from generator.write.disk import Disk
from generator.write.manifest import Damaged, Manifest


class Owner(enum.Enum):
    """Who wrote what stands at a path."""

    BUILD = enum.auto()
    """A build, and nobody touched it since."""
    EDITED = enum.auto()
    """A build, and a person changed it."""
    PERSON = enum.auto()
    """A person."""


def owner_of(old: Manifest | Damaged | None, path: OutputPath, content: bytes) -> Owner:
    """Return who wrote a file with this content; without a manifest everything is a person's.

    Where the manifest is damaged, any file that stands at an address of the site counts as a build's. One that an
    interrupted build only announced arrives whole or not at all, so another content there is a person's, unless it is
    empty or all NUL: that is what a power cut leaves of a file, and the next build has to repair it.
    """
    if old is None:
        return Owner.PERSON
    if isinstance(old, Damaged):
        return Owner.BUILD
    stamps = old.stamps(path)
    if not stamps:
        return Owner.PERSON
    digest = digest_of(content)
    if any(digest == stamp.digest for stamp in stamps):
        return Owner.BUILD
    if path not in old.files and content.strip(b"\0"):
        return Owner.PERSON
    return Owner.EDITED


def find_owner(disk: Disk, old: Manifest | Damaged | None, path: OutputPath) -> Owner | None:
    """Return who made what stands at a path, or None where nothing or a folder does; raises OSError.

    A link or a device is never a build's: at a path of the manifest it is the change that a person made there.
    """
    status = disk.look(path)
    if status is None or stat.S_ISDIR(status.st_mode):
        return None
    if old is None or (isinstance(old, Manifest) and not old.stamps(path)):
        return Owner.PERSON
    if stat.S_ISREG(status.st_mode):
        return owner_of(old, path, disk.read(path, status.st_size))
    return Owner.EDITED if isinstance(old, Manifest) and path in old.files else Owner.PERSON
