"""What a build finds before it does anything: the project's files, and what of the last build still stands."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from generator.jobs import beside
from generator.model import OutputPath, Value
from generator.options import Options
from generator.read.tree import Found, find_files
from generator.write.kept import find_in_place
from generator.write.manifest import Manifest, Stamp, manifest_digest, read_manifest

MANY = 4000
"""Files that another process looks at while this one goes on: starting it takes as long as looking at some hundreds."""


class Looked(Value, frozen=True):
    """What there is before a build."""

    found: Found
    """The project's files."""
    digest: str
    """Of the manifest of the output folder, as it lies there."""
    manifest: Manifest
    """Without files where there is none, or a damaged one."""
    in_place: Callable[[], Mapping[OutputPath, Stamp]]
    """Returns the manifest's files that stand as the last build left them."""


@contextlib.contextmanager
def look(options: Options, jobs: int = 1) -> Iterator[Looked]:
    """Give what there is before a build."""
    digest, manifest = manifest_digest(options.output), read_manifest(options.output)
    if not isinstance(manifest, Manifest):
        manifest = Manifest({})
    files = manifest.files
    with beside(
        jobs if len(files) >= MANY else 1, functools.partial(_find_others, options.output, manifest)
    ) as find_others:

        @functools.cache
        def in_place() -> Mapping[OutputPath, Stamp]:
            others = set(find_others())
            return {path: stamp for path, stamp in files.items() if path not in others} if others else files

        yield Looked(find_files(options.project), digest, manifest, in_place)


def _find_others(output: Path, manifest: Manifest) -> list[OutputPath]:
    """Return the files that do not stand as they were left: a short list, mostly."""
    found = find_in_place(output, manifest)
    return [path for path in manifest.files if path not in found]
