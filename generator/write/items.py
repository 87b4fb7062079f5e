"""What the write stage is given: each file of the site, in one of three ways."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model import OutputPath, Value
from generator.output import File
from generator.write.manifest import Stamp

__all__ = ["File", "Item", "Kept", "Staged"]


class Staged(Value, frozen=True):
    """A file that another process has written with `stage_file`, which returned the digest."""

    path: OutputPath
    digest: str
    size: int


class Kept(Value, frozen=True):
    """Files that are as the last build left them: those that `find_lost` did not return, with their stamps."""

    files: Mapping[OutputPath, Stamp]


Item = File | Staged | Kept
