"""What a build finds before it does anything: the project's files, and what of the last build still stands."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

from generator.jobs import beside
from generator.model import OutputPath, Value
from generator.options import Options
from generator.read.tree import Found, find_files
from generator.write.kept import find_lost
from generator.write.manifest import Manifest, Stamp, manifest_digest, manifest_size, read_manifest

MANY = 400_000
"""Bytes of a manifest, of some 4,000 files, that another process looks at while this one goes on: starting it takes as
long as looking at some hundreds."""


class Looked(Value, frozen=True):
    """What there is before a build."""

    found: Found
    """The project's files."""
    digest: str
    """Of the manifest of the output folder, as it lies there."""
    find_lost: Callable[[], Collection[OutputPath]]
    """Returns the manifest's paths at which there is not what the last build left."""
    in_place: Callable[[], Mapping[OutputPath, Stamp]]
    """Returns its files that stand as the last build left them."""


@contextlib.contextmanager
def look(options: Options, jobs: int = 1) -> Iterator[Looked]:
    """Give what there is before a build."""
    output = options.output
    with beside(jobs if manifest_size(output) >= MANY else 1, functools.partial(_find_lost, output)) as find_lost:

        def in_place() -> Mapping[OutputPath, Stamp]:
            files, lost = _manifest_of(output).files, set(find_lost())
            return {path: stamp for path, stamp in files.items() if path not in lost} if lost else files

        yield Looked(find_files(options.project), manifest_digest(output), find_lost, functools.cache(in_place))


def _find_lost(output: Path) -> list[OutputPath]:
    return find_lost(output, _manifest_of(output))


def _manifest_of(output: Path) -> Manifest:
    """Return the manifest of an output folder; one without files where there is none, or a damaged one."""
    manifest = read_manifest(output)
    return manifest if isinstance(manifest, Manifest) else Manifest({})
