"""The plan of a build: every file of the site with its key, and those outputs that have to be made anew."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.emit import emit_following, emit_others
from generator.emit.assets import assets_of
from generator.emit.parts import site_view
from generator.emit.said import said_key
from generator.link.memory import Memory
from generator.looked import Looked
from generator.model import OutputPath, Value
from generator.output import FeedOutput, Output
from generator.read.source import digest_of
from generator.read.theme import read_theme, theme_folders, theme_key
from generator.site import Site
from generator.write.manifest import Stamp


class Plan(Value, frozen=True, kw_only=True):
    """What a build has to do to have a site's files."""

    keys: dict[OutputPath, str]
    """Of every output: the digest of all that its file depends on."""
    kept: dict[OutputPath, Stamp]
    """Files that stand as the last build made them, with the same keys."""
    changed: tuple[Output, ...]
    feeds: tuple[FeedOutput, ...]
    """All of them."""
    in_place: Mapping[OutputPath, Stamp]
    """All files of the last build that stand as it left them."""
    basis: str
    """Digest of what all files depend on: the program and the theme."""
    said: str
    """Digest of what pages and entries say of themselves (emit/said.py)."""
    following: tuple[OutputPath, ...]
    """What follows from that alone."""


def plan_of(site: Site, project: Path, memory: Memory, program: str, looked: Looked) -> Plan:
    """Return the plan of a build, by what is remembered of the last one, if that is what lies in the output folder."""
    in_place = looked.in_place() if memory.manifest == looked.digest else {}
    folders = theme_folders(project)
    basis = digest_of(f"{program} {theme_key(folders)}".encode())
    addresses, assets = assets_of(read_theme(folders), site.settings)
    view = site_view(site, addresses)
    said = digest_of(f"{basis} {said_key(site, view)}".encode())
    outputs: list[Output] = [*assets, *emit_others(site, view)]
    keys: dict[OutputPath, str] = {}
    if said == memory.said and all(path in in_place for path in memory.following):
        following = memory.following
        keys = {path: memory.keys[path] for path in following}
    else:
        emitted = list(emit_following(site, view))
        following = tuple(one.path for one in emitted)
        outputs += emitted
    keys |= keys_of(outputs, basis)
    changed = tuple(one for one in outputs if one.path not in in_place or memory.keys.get(one.path) != keys[one.path])
    anew = {one.path for one in changed}
    return Plan(
        keys=keys,
        kept={path: in_place[path] for path in keys if path not in anew},
        changed=changed,
        feeds=tuple(one for one in outputs if isinstance(one, FeedOutput)),
        in_place=in_place,
        basis=basis,
        said=said,
        following=following,
    )


def keys_of(outputs: Iterable[Output], basis: str) -> dict[OutputPath, str]:
    """Return the key of each output, which names all that its file depends on."""

    @functools.cache
    def kind(name: str, template: str) -> str:
        return digest_of(f"{basis} {name} {template}".encode())

    return {one.path: kind(type(one).__name__, getattr(one, "template", "")) + one.key for one in outputs}
