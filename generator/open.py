"""Opening a project: every file that changed is read, parsed and indexed; of the others, what is known is taken."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from generator.config import Settings
from generator.diagnostics import Diagnostic
from generator.document import EntryDocument, PageDocument, Parsed
from generator.jobs import Run
from generator.link.index import entry_texts, index, texts_of
from generator.link.lexicon import Lexicon, lexicon_of
from generator.link.library import pack, unpack
from generator.link.memory import BETWEEN, Memory, Standing
from generator.link.select import Selection
from generator.matter import SourceRecord
from generator.model import SourcePath, Value
from generator.options import ChangedError
from generator.parse.document import parse
from generator.parse.markdown import SyntaxOptions
from generator.read.media import find_position, read_media
from generator.read.source import digest_of, read_source
from generator.read.tree import FileEntry
from generator.synopsis import EntrySynopsis, Known, Media, PageSynopsis


class Opening(Value, frozen=True):
    """What opening a file rests on, besides the glossary."""

    project: Path
    syntax: SyntaxOptions
    settings: Settings
    wanted: Selection


class Opened(Value, frozen=True, kw_only=True):
    """A project's files, each as the site has to know it."""

    opening: Opening
    lexicon: Lexicon
    pages: tuple[PageSynopsis, ...]
    """Drafts and all."""
    entries: tuple[EntrySynopsis, ...]
    """Those that are published."""
    sources: Mapping[str, SourceRecord]
    media: tuple[Media, ...]
    statics: Mapping[SourcePath, str]
    """Files of content/static with their digests."""
    broken: tuple[SourcePath, ...]
    """The texts that gave no document; what is wrong with them is among the findings."""
    at_hand: Mapping[SourcePath, bytes]
    """Packed documents of the pages that were parsed now."""

    @property
    def documents(self) -> list[PageDocument]:
        """The documents of the pages that were parsed now, in the order of their paths."""
        return [unpack(packed).page for _, packed in sorted(self.at_hand.items())]

    parse: Callable[[SourcePath], PageDocument]
    diagnostics: tuple[Diagnostic, ...]


class Result(Value, frozen=True, array_like=True):
    """A file opened in any process, in bytes."""

    known: bytes
    packed: bytes
    texts: str
    """As `Memory.texts` has them."""


def open_project(opening: Opening, files: tuple[FileEntry, ...], run: Run, memory: Memory) -> Opened:
    """Return what the site has to know of its files, and remember it."""
    texts = [file for file in files if file.role != "settings"]
    memory.forget_others(file.path for file in texts)
    known = {file.path: found for file in texts if (found := memory.find(file) or touched(opening, file, memory))}
    entry_files = [file for file in texts if file.role == "entry"]
    lexicon, parsed = read_entries(opening, entry_files, known, run)
    standing = Standing(memory, lexicon)
    stands = functools.partial(is_standing, standing, known, lexicon)
    changed = [file for file in texts if not stands(file)]
    results = run(functools.partial(open_file, opening, lexicon, parsed, known), changed)
    at_hand: dict[SourcePath, bytes] = {}
    for file, result in zip(changed, results, strict=True):
        known[file.path] = _decode_known(result.known)
        memory.keep(file, known[file.path])
        if result.packed:
            at_hand[file.path] = result.packed
            memory.texts[file.path] = result.texts
    memory.rules, memory.forms = lexicon.rules.digest, lexicon.forms
    return _gathered(opening, texts, known, lexicon, at_hand)


def touched(opening: Opening, file: FileEntry, memory: Memory) -> Known | None:
    """Return what is known of a file that has only been touched: its bytes are those that it had."""
    row = memory.rows.get(file.path)
    if row is None or row.size != file.size or not row.known.digest:
        return None
    try:
        content = (opening.project / file.path).read_bytes()
    except OSError:
        return None
    if digest_of(content) != row.known.digest:
        return None
    memory.keep(file, row.known)
    return row.known


def read_entries(
    opening: Opening, files: list[FileEntry], known: Mapping[SourcePath, Known], run: Run
) -> tuple[Lexicon, dict[SourcePath, tuple[Parsed, str]]]:
    """Return the lexicon, and the entries that had to be parsed for it with the digests of their sources."""
    changed = [file for file in files if file.path not in known]
    results = run(functools.partial(parse_file, opening), changed)
    parsed = {file.path: _decode_parsed(result) for file, result in zip(changed, results, strict=True)}
    documents: list[EntryDocument] = []
    broken: list[SourcePath] = []
    for file in files:
        kept = known[file.path].entry if file.path in known else None
        document = kept.document if kept else parsed[file.path][0].entry if file.path in parsed else None
        if document is None:
            broken.append(file.path)
        else:
            documents.append(document)
    return lexicon_of(documents, broken, opening.settings, opening.wanted), parsed


def is_standing(standing: Standing, known: Mapping[SourcePath, Known], lexicon: Lexicon, file: FileEntry) -> bool:
    """Return whether what is known of a file holds in this build."""
    found = known.get(file.path)
    if found is None:
        return False
    if found.page is not None:
        return standing.of_page(file.path, found.page.mentions)
    if found.entry is not None and file.path in lexicon.slugs:
        return standing.of_entry((text.text for text in entry_texts(found.entry.document)), found.entry.mentions)
    return True


def parse_file(opening: Opening, file: FileEntry) -> bytes:
    """Return a file, parsed, with the digest of its source, in bytes. Runs in any process."""
    return _encode(_parse(opening, file))


def _parse(opening: Opening, file: FileEntry) -> tuple[Parsed, str]:
    source = read_source(opening.project, file)
    if isinstance(source, Diagnostic):
        return Parsed(path=file.path, diagnostics=(source,)), ""
    return parse(source, opening.syntax), source.digest


def open_file(
    opening: Opening,
    lexicon: Lexicon,
    parsed: Mapping[SourcePath, tuple[Parsed, str]],
    known: Mapping[SourcePath, Known],
    file: FileEntry,
) -> Result:
    """Return a file as the site has to know it, and packed where it is a page. Runs in any process."""
    if file.role in ("static", "beside"):
        return Result(_encode(_open_media(opening, file)), b"", "")
    if file.path in parsed:
        found, digest = parsed[file.path]
    elif file.role == "entry" and (kept := known.get(file.path)) is not None and kept.entry is not None:
        found, digest = (
            Parsed(path=file.path, entry=kept.entry.document, diagnostics=kept.entry.diagnostics),
            kept.digest,
        )
    else:
        found, digest = _parse(opening, file)
    slug = lexicon.slugs.get(file.path, "")
    indexed = index(found, digest, lexicon.glossary, lexicon.rules, slug)
    texts = BETWEEN.join(fragment.text for fragment in texts_of(indexed.page)) if indexed.page else ""
    return Result(_encode(indexed.known), pack(indexed), texts)


def open_again(opening: Opening, lexicon: Lexicon, file: FileEntry) -> tuple[Known, bytes, str]:
    """Return a page's file as the site has to know it now, the page packed, and its texts as memory has them."""
    result = open_file(opening, lexicon, {}, {}, file)
    return _decode_known(result.known), result.packed, result.texts


def _open_media(opening: Opening, file: FileEntry) -> Known:
    try:
        digest = digest_of((opening.project / file.path).read_bytes())
    except OSError:
        digest = ""
    found = read_media(opening.project, file, opening.settings.images)
    media = found if isinstance(found, Media) else None
    problems = [found] if isinstance(found, Diagnostic) and file.role == "beside" else []
    if position := find_position(opening.project, file):
        problems.append(position)
    return Known(path=file.path, digest=digest, media=media, diagnostics=tuple(problems))


def _gathered(
    opening: Opening,
    files: list[FileEntry],
    known: Mapping[SourcePath, Known],
    lexicon: Lexicon,
    at_hand: Mapping[SourcePath, bytes],
) -> Opened:
    pages: dict[SourcePath, tuple[FileEntry, Known]] = {}
    entries: list[EntrySynopsis] = []
    sources: dict[str, SourceRecord] = {}
    media: list[Media] = []
    statics: dict[SourcePath, str] = {}
    broken: list[SourcePath] = []
    diagnostics: list[Diagnostic] = []
    for file in files:
        one = known[file.path]
        diagnostics += one.diagnostics
        if one.page:
            pages[file.path] = file, one
            diagnostics += one.page.diagnostics
        elif one.entry:
            if file.path in lexicon.slugs:
                entries.append(one.entry)
            diagnostics += one.entry.diagnostics
        elif file.role in ("article", "page", "entry"):
            broken.append(file.path)
        elif file.role == "static":
            statics[file.path] = one.digest
        sources |= one.sources
        if one.media:
            media.append(one.media)
    return Opened(
        opening=opening,
        lexicon=lexicon,
        pages=tuple(one.page for _, one in pages.values() if one.page),
        entries=tuple(entries),
        sources=sources,
        media=tuple(media),
        statics=statics,
        broken=tuple(broken),
        at_hand=at_hand,
        parse=functools.partial(parse_again, opening, pages),
        diagnostics=tuple(diagnostics),
    )


def parse_again(
    opening: Opening, pages: Mapping[SourcePath, tuple[FileEntry, Known]], path: SourcePath
) -> PageDocument:
    """Return the document of a page's file, which is what it was when it was indexed."""
    file, known = pages[path]
    found, digest = _parse(opening, file)
    if found.page is None or digest != known.digest:
        raise ChangedError(path)
    return found.page


_encode = msgspec.msgpack.Encoder().encode
_decode_known = msgspec.msgpack.Decoder(Known).decode
_decode_parsed = msgspec.msgpack.Decoder(tuple[Parsed, str]).decode
