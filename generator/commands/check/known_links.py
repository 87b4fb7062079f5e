"""What is known of other sites' pages, kept in the cache with the time at which it was learnt."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import msgspec

from generator.commands.check.fetch import Answer
from generator.model import Value
from generator.write.lock import CACHE, cache_folder
from generator.write.problems import WriteError

FILE = "links.json"

KEPT = {"alive": dt.timedelta(days=7), "moved": dt.timedelta(days=7), "dead": dt.timedelta(days=1)}
"""How long an answer holds; a page that did not open is asked for again each time."""


class Known(Value, frozen=True):
    """An answer with its time."""

    answer: Answer
    asked: dt.datetime


class KnownLinks:
    """Answers by address. A damaged or foreign file counts as none."""

    def __init__(self, project: Path, now: dt.datetime) -> None:
        self._project = project
        self._now = now
        self._known: dict[str, Known] = {}
        try:
            kept = msgspec.json.decode((project / CACHE / FILE).read_bytes(), type=dict[str, Known])
        except (OSError, msgspec.DecodeError):
            return
        self._known = {url: one for url, one in kept.items() if self._holds(one)}

    def get(self, url: str) -> Answer | None:
        """Return what is known of an address, or None."""
        known = self._known.get(url)
        return known.answer if known else None

    def put(self, url: str, answer: Answer) -> None:
        """Keep an answer, of now."""
        self._known[url] = Known(answer, self._now)

    def save(self) -> None:
        """Write all that is known; a cache that cannot be written is none."""
        kept = {url: msgspec.to_builtins(self._known[url]) for url in sorted(self._known)}
        try:
            path = cache_folder(self._project) / FILE
            replacement = path.with_name(f".{FILE}.new")
            replacement.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")
            replacement.replace(path)
        except (OSError, WriteError):
            pass

    def _holds(self, known: Known) -> bool:
        try:
            age = self._now - known.asked
        except TypeError:  # a time without a zone: not ours
            return False
        return dt.timedelta(0) <= age < KEPT.get(known.answer.state, dt.timedelta(0))
