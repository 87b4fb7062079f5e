"""What a text asks of other files: links, pictures and sources, resolved or reported."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

import msgspec

from generator.diagnostics import Diagnostic, did_you_mean, error
from generator.document import EntryDocument
from generator.matter import SourceRecord, Sources
from generator.model import Located, Position, SourcePath
from generator.parse.builder import RESERVED_IDS, THEME_IDS
from generator.read.source import digest_of
from generator.site import Cited, Places, Target
from generator.synopsis import Media, PageSynopsis
from generator.urls import is_external


def resolve_link(
    href: str, at: Position, path: SourcePath, own: Target, places: Places
) -> tuple[str, Diagnostic | None]:
    """Return the address that a link leads to, `#...` on its own page, and what is wrong with it."""
    if is_external(href):
        return href, None
    target, mark, fragment = _parts_of(href)
    if not target:
        return f"#{fragment}", _check_fragment(fragment, at, path, own)
    if target.startswith("/"):
        found = places.by_url.get(target)
    else:
        name = _name_of(target, path)
        if name in places.media:
            return places.media[name].url, None
        if places.unpublished.get(name) == "":
            return href, None  # its own mistakes are told where they are
        if name in places.unpublished:
            message = f"the link leads to {name}, which is {places.unpublished[name]}"
            return href, error("link-broken", path, at, message, "publish it too, or take the link out")
        found = places.by_path.get(name)
    if found is None:
        hint = _hint(target, path, places)
        return href, error("link-broken", path, at, f'the link leads nowhere: "{unquote(href)}"', hint)
    return found.url + mark + fragment, _check_fragment(fragment, at, path, found)


def linked_file(href: str, path: SourcePath, places: Places) -> Media | None:
    """Return the file beside a text that a link leads to, by its path from that text."""
    target, _, _ = _parts_of(href)
    if not target or target.startswith("/") or is_external(href):
        return None
    return places.media.get(_name_of(target, path))


def _parts_of(href: str) -> tuple[str, str, str]:
    """Return a link's path, its `#` if it has one, and what follows; a `%23` is a character of the name."""
    path, mark, fragment = href.partition("#")
    return unquote(path.partition("?")[0]), mark, unquote(fragment)


def _name_of(target: str, path: SourcePath) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), target))


def _hint(target: str, path: SourcePath, places: Places) -> str:
    if target.startswith("/"):
        return _address_hint(target, places.by_url)
    folder = posixpath.dirname(path)
    hint = did_you_mean(target, (posixpath.relpath(known, folder) for known in places.by_path))
    return hint if hint.startswith("did") else "link to a file by its path from here, or to an address with /"


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
        name = _name_of(src.value, path)
    found = places.media.get(name)
    if found is None:
        near = [posixpath.relpath(known, posixpath.dirname(path)) for known in places.media]
        hint = did_you_mean(src.value, near)
        hint = (
            hint if hint.startswith("did") else "its path is relative to this file, or begins with / for content/static"
        )
        return None, error("image-missing", path, src.at, f'there is no picture "{src.value}"', hint)
    return found, None


_encode = msgspec.msgpack.Encoder().encode


class References:
    """Resolves what files ask of others and gathers what is wrong, and which files beside texts are used."""

    def __init__(self, places: Places, shared: Mapping[str, SourceRecord], diagnostics: list[Diagnostic]) -> None:
        self.places = places
        self.shared = shared
        self.diagnostics = diagnostics
        self.used: list[Media] = []

    def link(self, href: str, at: Position, path: SourcePath, own: Target) -> str:
        """Return the address that a link leads to."""
        address, problem = resolve_link(href, at, path, own, self.places)
        if problem:
            self.diagnostics.append(problem)
        if found := linked_file(href, path, self.places):
            self.used.append(found)
        return address

    def image(self, src: str, at: Position, path: SourcePath) -> Media | None:
        """Return the file that a picture's `src` names."""
        found, problem = resolve_media(Located(src, at), path, self.places)
        if problem:
            self.diagnostics.append(problem)
        if found:
            self.used.append(found)
        return found

    def sources(
        self, declared: Iterable[Sources], cited: Iterable[tuple[str, Position]], path: SourcePath
    ) -> tuple[Cited, ...]:
        """Return a page's sources in the order of their numbers: as they are cited, then as they are declared."""
        found, problems = gather_sources(declared, cited, self.shared, path)
        self.diagnostics += problems
        return found

    def of_page(self, page: PageSynopsis, own: Target) -> str:
        """Return the digest of all that a page's references were resolved to."""
        image = page.matter.image
        if not (page.links or page.images or page.declared or page.cited or image):
            return ""
        links = [self.link(one.value, one.at, page.path, own) for one in page.links]
        images = [self.image(one.value, one.at, page.path) for one in page.images]
        if image:
            images.append(self.image(image.src.value, image.src.at, page.path))
        sources = self.sources(page.declared, page.cited, page.path)
        return digest_of(_encode((links, images, sources)))

    def of_entry(self, entry: EntryDocument, own: Target) -> str:
        """Return the digest of all that an entry's references were resolved to."""
        texts = (entry.summary, *entry.history, entry.body)
        image = entry.matter.image
        if not (image or entry.matter.sources.keys or any(t.links or t.images or t.citations for t in texts)):
            return ""
        links = [self.link(one.href, one.at, entry.path, own) for text in texts for one in text.links]
        images = [self.image(one.src, one.at, entry.path) for text in texts for one in text.images]
        if image:
            images.append(self.image(image.src.value, image.src.at, entry.path))
        cited = [(citation.key, citation.at) for text in texts for citation in text.citations]
        sources = self.sources((entry.matter.sources,), cited, entry.path)
        return digest_of(_encode((links, images, sources)))


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
