"""What a text asks of other files: links, pictures and sources, resolved or reported."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from generator.diagnostics import Diagnostic, did_you_mean, error
from generator.matter import SourceRecord, Sources
from generator.model import Fragment, Located, Position, SourcePath, Value
from generator.parse.builder import RESERVED_IDS, THEME_IDS
from generator.site import Cited, Media
from generator.urls import is_external


class Target(Value, frozen=True):
    """What a link may lead to."""

    url: str
    ids: frozenset[str]


class Places(Value, frozen=True, kw_only=True):
    """All that links of the site may lead to."""

    by_path: Mapping[str, Target]
    """Published documents by their source's path."""
    by_url: Mapping[str, Target]
    unpublished: Mapping[str, str]
    """Paths of documents that are not published, with the reason."""
    media: Mapping[str, Media]
    """Files beside texts, by path."""


def resolve_link(
    href: str, at: Position, path: SourcePath, own: Target, places: Places
) -> tuple[str, Diagnostic | None]:
    """Return the address that a link leads to, `#...` on its own page, and what is wrong with it."""
    if is_external(href):
        return href, None
    target, mark, fragment = unquote(href).partition("#")
    target = target.partition("?")[0]
    if not target:
        return f"#{fragment}", _check_fragment(fragment, at, path, own)
    if target.startswith("/"):
        found = places.by_url.get(target)
        hint = _address_hint(target, places.by_url)
    else:
        name = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
        if name in places.media:
            return places.media[name].url, None
        if places.unpublished.get(name) == "":
            return href, None  # its own mistakes are told where they are
        if name in places.unpublished:
            message = f"the link leads to {name}, which is {places.unpublished[name]}"
            return href, error("link-broken", path, at, message, "publish it too, or take the link out")
        found = places.by_path.get(name)
        hint = did_you_mean(target, (posixpath.relpath(known, posixpath.dirname(path)) for known in places.by_path))
        hint = hint if hint.startswith("did") else "link to a file by its path from here, or to an address with /"
    if found is None:
        return href, error("link-broken", path, at, f'the link leads nowhere: "{unquote(href)}"', hint)
    return found.url + mark + fragment, _check_fragment(fragment, at, path, found)


def _check_fragment(fragment: str, at: Position, path: SourcePath, target: Target) -> Diagnostic | None:
    if not fragment or fragment in target.ids or fragment in THEME_IDS or fragment.startswith(RESERVED_IDS):
        return None
    hint = did_you_mean(fragment, sorted(target.ids)) if target.ids else "the page has no headings"
    return error("link-broken", path, at, f'{target.url} has no heading or id "{fragment}"', hint)


def _address_hint(target: str, by_url: Mapping[str, Target]) -> str:
    if f"{target}/" in by_url:
        return f'did you mean "{target}/"?'
    hint = did_you_mean(target, by_url)
    return hint if hint.startswith("did") else "address a page as the site does: /slug/"


def resolve_media(src: Located, path: SourcePath, places: Places) -> tuple[Media | None, Diagnostic | None]:
    """Return the file that a picture's `src` names, relative to its own file or in content/static."""
    if is_external(src.value):
        message = f'the picture is on another site: "{src.value}"'
        return None, error("image-missing", path, src.at, message, "save it beside the text, with its credit")
    if src.value.startswith("/"):
        name = f"content/static{src.value}"
    else:
        name = posixpath.normpath(posixpath.join(posixpath.dirname(path), src.value))
    found = places.media.get(name)
    if found is None:
        near = [posixpath.relpath(known, posixpath.dirname(path)) for known in places.media]
        hint = did_you_mean(src.value, near)
        hint = (
            hint if hint.startswith("did") else "its path is relative to this file, or begins with / for content/static"
        )
        return None, error("image-missing", path, src.at, f'there is no picture "{src.value}"', hint)
    return found, None


def gather_sources(
    declared: Iterable[Sources],
    cited: Iterable[tuple[str, Position]],
    shared: Mapping[str, SourceRecord],
    path: SourcePath,
) -> tuple[tuple[Cited, ...], list[Diagnostic]]:
    """Return a page's sources in the order of their numbers: as they are cited, then as they are declared."""
    declared = tuple(declared)
    own = {key: record for sources in declared for key, record in sources.records.items()}
    known = {**shared, **own}
    wanted = [*cited, *((key.value, key.at) for sources in declared for key in sources.keys)]
    numbered: dict[str, SourceRecord] = {}
    diagnostics: list[Diagnostic] = []
    for key, at in wanted:
        if key in known:
            numbered.setdefault(key, known[key])
            continue
        hint = did_you_mean(key, known)
        hint = hint if hint.startswith("did") else "describe it under sources: or in content/sources.yaml"
        diagnostics.append(error("source-unknown", path, at, f'there is no source "{key}"', hint))
    return tuple(Cited(key, record) for key, record in numbered.items()), diagnostics


def citations_of(fragment: Fragment) -> list[tuple[str, Position]]:
    """Return the keys that a text cites, in its order."""
    return [(citation.key, citation.at) for citation in fragment.citations]
