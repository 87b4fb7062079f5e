"""The cache on the disk: what a build remembers; only what changed is written again."""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import Callable, Collection
from contextlib import closing, suppress
from pathlib import Path

import msgspec

from generator.link.matcher import Form
from generator.link.memory import Memory, Row
from generator.model import OutputPath, SourcePath, Value
from generator.site import Nearest
from generator.write.database import OddError, cache_path, checked, connect, get_fact, get_value, put_fact, put_values


class Facts(Value, frozen=True, kw_only=True):
    """What is remembered besides the files."""

    basis: str
    since: int
    rules: str
    forms: tuple[Form, ...]
    keys: dict[OutputPath, str]
    said: str
    following: tuple[OutputPath, ...]
    manifest: str
    nearest: Nearest | None


def load_memory(project: Path) -> Memory:
    """Return what the last build remembered; an empty memory where there is nothing, or anything odd."""
    memory = Memory()
    with suppress(sqlite3.Error, OddError, msgspec.DecodeError, ValueError, OSError):
        path = cache_path(project)
        if not path.is_file():
            return memory
        with closing(connect(path)) as connection:
            facts = _facts_decoder.decode(get_fact(connection, "memory"))
            rows: dict[SourcePath, Row] = {}
            decode = _row_decoder.decode
            for name, value, checksum in connection.execute("SELECT path, value, checksum FROM files"):
                rows[name] = decode(checked(value, checksum))
        memory.basis, memory.since, memory.rules = facts.basis, facts.since, facts.rules
        memory.forms, memory.keys, memory.rows = frozenset(facts.forms), facts.keys, rows
        memory.said, memory.following = facts.said, facts.following
        memory.manifest, memory.nearest = facts.manifest, facts.nearest
        memory.stored_texts = _reader_of_texts(path)
        memory.stored_feed_entries = functools.partial(_read_feed_entries, path)
    return memory


def save_memory(project: Path, memory: Memory) -> None:
    """Write what has changed of a memory; a disk that refuses costs the next build time and nothing else."""
    path = cache_path(project)
    with suppress(sqlite3.Error, OSError):
        try:
            _save(path, memory)
        except (sqlite3.DatabaseError, OddError):
            path.unlink(missing_ok=True)
            memory.unsaved = set(memory.rows)
            _save(path, memory)
        memory.unsaved = set()


def _save(path: Path, memory: Memory) -> None:
    if not memory.keys and not memory.rows:
        path.unlink(missing_ok=True)
        return
    with closing(connect(path)) as connection:
        known = connection.execute("SELECT count(*) FROM files").fetchone()[0]
        if not known:
            memory.unsaved = set(memory.rows)
        with connection:
            gone = [(name,) for name in memory.unsaved if name not in memory.rows]
            connection.executemany("DELETE FROM files WHERE path = ?", gone)
            connection.executemany("DELETE FROM texts WHERE path = ?", gone)
            kept = sorted(name for name in memory.unsaved if name in memory.rows)
            put_values(connection, "files", ((name, _encode(memory.rows[name])) for name in kept))
            texts = (
                (name, memory.texts[name].encode("utf-8", "surrogatepass")) for name in kept if name in memory.texts
            )
            put_values(connection, "texts", texts)
            _save_feed_entries(connection, memory)
            facts = Facts(
                basis=memory.basis,
                since=memory.since,
                rules=memory.rules,
                forms=tuple(sorted(memory.forms, key=_encode)),
                keys=memory.keys,
                said=memory.said,
                following=memory.following,
                manifest=memory.manifest,
                nearest=memory.nearest,
            )
            put_fact(connection, "memory", _encode(facts))


def _reader_of_texts(path: Path) -> Callable[[SourcePath], str | None]:
    """Return the function that reads a text; the file is opened when the first is asked for."""
    texts: dict[SourcePath, str] | None = None

    def read(name: SourcePath) -> str | None:
        nonlocal texts
        if texts is None:
            texts = {}
            with suppress(sqlite3.Error, OddError, ValueError, OSError), closing(connect(path)) as connection:
                for found, value, checksum in connection.execute("SELECT path, value, checksum FROM texts"):
                    texts[SourcePath(found)] = checked(value, checksum).decode("utf-8", "surrogatepass")
        return texts.get(name)

    return read


def _save_feed_entries(connection: sqlite3.Connection, memory: Memory) -> None:
    if memory.feed_items is None:
        return
    stored = {name for (name,) in connection.execute("SELECT name FROM feed_entries")}
    gone = [(name,) for name in stored - memory.feed_items]
    connection.executemany("DELETE FROM feed_entries WHERE name = ?", gone)
    entries = ((name, memory.feed_entries[name].encode()) for name in sorted(memory.feed_entries))
    put_values(connection, "feed_entries", ((name, entry) for name, entry in entries if name in memory.feed_items))


def _read_feed_entries(path: Path, names: Collection[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    with suppress(sqlite3.Error, OddError, ValueError, OSError), closing(connect(path)) as connection:
        for name in names:
            value = get_value(connection, "feed_entries", name)
            if value is not None:
                found[name] = value.decode()
    return found


_encode = msgspec.msgpack.Encoder().encode
_facts_decoder = msgspec.msgpack.Decoder(Facts)
_row_decoder = msgspec.msgpack.Decoder(Row)
