"""The cache's file: SQLite, each value with its checksum.

Anything odd in it - damage, another program's file, a value whose checksum is wrong - and it counts as none: the next
build makes it anew. It is never flushed to the disk, as it can be made again, and never holds code (no pickle).
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from generator.write.lock import CACHE

NAME = "build.sqlite"

LAYOUT = 2
"""Of the tables; the values' is part of the program, whose digest is in them."""

APPLICATION = 0x45585031
"""SQLite's application_id of our files."""

PAGE = 16_384
"""Bytes of a page of the file: texts of some kilobytes take two thirds of the time that they take with 4,096."""

_TABLES = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value BLOB NOT NULL, checksum INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE files (path TEXT PRIMARY KEY, value BLOB NOT NULL, checksum INTEGER NOT NULL);
CREATE TABLE feed_entries (name TEXT PRIMARY KEY, value BLOB NOT NULL, checksum INTEGER NOT NULL);
CREATE TABLE texts (path TEXT PRIMARY KEY, value BLOB NOT NULL, checksum INTEGER NOT NULL);
"""


class OddError(Exception):
    """Something in the cache is not as we left it."""


def cache_path(project: Path) -> Path:
    """Return the cache's file."""
    return project / CACHE / NAME


def connect(path: Path) -> sqlite3.Connection:
    """Return a connection to our file, made where it is missing; raises OddError or sqlite3.Error."""
    connection = sqlite3.connect(path, timeout=10, isolation_level="DEFERRED")
    try:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA journal_mode = MEMORY")
        layout = connection.execute("PRAGMA user_version").fetchone()[0]
        if layout == 0 and not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            facts = f"page_size = {PAGE}; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {LAYOUT}"
            connection.executescript(f"PRAGMA {facts}; {_TABLES}")
        elif layout != LAYOUT or connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
            raise OddError
    except BaseException:
        connection.close()
        raise
    return connection


def load_fact(project: Path, name: str) -> bytes | None:
    """Return a fact that was kept under a name, or None."""
    with suppress(sqlite3.Error, OddError, OSError):
        path = cache_path(project)
        if path.is_file():
            with closing(connect(path)) as connection:
                return get_fact(connection, name)
    return None


def save_fact(project: Path, name: str, value: bytes) -> None:
    """Keep a fact under a name."""
    with suppress(sqlite3.Error, OSError), closing(connect(cache_path(project))) as connection, connection:
        put_fact(connection, name, value)


def get_fact(connection: sqlite3.Connection, name: str) -> bytes:
    """Return a fact; raises OddError where there is none that is whole."""
    found = get_value(connection, "facts", name)
    if found is None:
        raise OddError
    return found


def put_fact(connection: sqlite3.Connection, name: str, value: bytes) -> None:
    """Keep a fact in the transaction that is open."""
    put_values(connection, "facts", [(name, value)])


def get_value(connection: sqlite3.Connection, table: str, name: str) -> bytes | None:
    """Return a value by its name, or None; raises OddError where it is not as it was written."""
    found = connection.execute(f"SELECT value, checksum FROM {table} WHERE name = ?", (name,)).fetchone()
    return None if found is None else checked(*found)


def put_values(connection: sqlite3.Connection, table: str, values: Iterable[tuple[str, bytes]]) -> None:
    """Keep values by their names, with their checksums."""
    rows = ((name, value, zlib.crc32(value)) for name, value in values)
    connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)", rows)


def checked(value: Any, checksum: Any) -> bytes:
    """Return a value that is as it was written; raises OddError."""
    if not isinstance(value, bytes) or zlib.crc32(value) != checksum:
        raise OddError
    return value
