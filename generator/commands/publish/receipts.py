"""Receipts: what each publish left, in `.receipts/<target>-<time>.json` of the project."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from generator.model import Value
from generator.write.staging import make_folders, put_file

FOLDER = ".receipts"
"""In the project; it has its own .gitignore, as what is kept for rollbacks lies in it too."""


class Receipt(Value, frozen=True, kw_only=True):
    """What a publish, or a rollback, did."""

    target: str
    to: str
    """The kind of the target."""
    time: str
    """UTC, ISO 8601."""
    manifest: str = ""
    """Digest of the list of what was published; empty for a rollback."""
    previous: str
    """Names the state before: a commit, a release, the digest of a list. Empty where there was none."""
    state: str
    """Names the state since."""
    added: int = 0
    changed: int = 0
    deleted: int = 0
    uploaded: int = 0
    """Bytes."""


def write_receipt(project: Path, receipt: Receipt) -> Path:
    """Write a receipt, whole or not at all, and return its path."""
    folder = project / FOLDER
    make_folders(str(folder))
    if not (folder / ".gitignore").exists():
        put_file(str(folder / ".gitignore"), b"*\n")
    path = next(path for path in _names(folder, receipt) if not path.exists())
    content = msgspec.json.format(msgspec.json.encode(receipt), indent=2) + b"\n"
    put_file(f"{path}.new", content)
    os.replace(f"{path}.new", path)
    return path


def read_receipt(project: Path, name: str) -> Receipt | None:
    """Return the receipt of a path or a name, or None; one that is damaged raises ValueError."""
    candidates = (Path(name), project / name, project / FOLDER / name, project / FOLDER / f"{name}.json")
    path = next((path for path in candidates if path.is_file()), None)
    return None if path is None else msgspec.json.decode(path.read_bytes(), type=Receipt)


def newest_receipts(project: Path, count: int) -> list[str]:
    """Return the names of the newest receipts."""
    found = sorted((project / FOLDER).glob("*.json"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    return [path.stem for path in found[:count]]


def now() -> str:
    """Return the time of a receipt."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0).isoformat()


def _names(folder: Path, receipt: Receipt) -> Iterator[Path]:
    time = dt.datetime.fromisoformat(receipt.time).strftime("%Y%m%dT%H%M%SZ")
    yield folder / f"{receipt.target}-{time}.json"
    yield from (folder / f"{receipt.target}-{time}-{number}.json" for number in range(2, 1000))
