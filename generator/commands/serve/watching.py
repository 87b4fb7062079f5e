"""Watching the project's folders: what changed, as soon as the disk is quiet."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

from watchfiles import watch

STEP = 5
"""Milliseconds between looks: a save is followed by a reload after two of them."""

BURST = 50
"""Milliseconds in which changes that follow each other are taken together, at most."""

ROUND = 100
"""Milliseconds after which the folders themselves are looked at: one may have been made, or made anew."""

POLL = 200
"""Milliseconds between two polls, where polling was asked for."""

DOUBT = 10
"""Rounds without a change after which, where polling was asked for, anything may have changed: polls tell times by the
second, so they miss a second save within one."""


def watch_folders(project: Path, folders: Iterable[Path], stop: threading.Event, *, poll: bool) -> Iterator[set[str]]:
    """Yield the whole paths of what changed below content/ and the theme's folders, until `stop` is set.

    An empty set says that anything may have changed before: the watch has begun, or begun anew with other folders, or
    is one that polls.
    """
    wanted = [project / "content", project / "templates", *folders]
    while not stop.is_set():
        before = _identities(wanted)
        if not before:
            stop.wait(ROUND / 1000)
            continue
        has_begun = False
        quiet = 0
        for changes in watch(
            *before,
            watch_filter=None,
            debounce=BURST,
            step=STEP,
            stop_event=stop,
            rust_timeout=ROUND,
            yield_on_timeout=True,
            force_polling=poll,
            poll_delay_ms=POLL,
            raise_interrupt=False,
            ignore_permission_denied=True,
        ):
            if not has_begun:
                has_begun = True
                yield set()
            quiet = 0 if changes else quiet + 1
            if changes:
                yield {path for _, path in changes}
            elif _identities(wanted) != before:
                break
            elif poll and quiet % DOUBT == 0:
                yield set()


def _identities(folders: Iterable[Path]) -> dict[str, tuple[int, int]]:
    """Return the folders that are there, each once, with what tells one from another of the same name."""
    found: dict[tuple[int, int], str] = {}
    for folder in folders:
        try:
            status = os.stat(folder)
        except OSError:
            continue
        found.setdefault((status.st_dev, status.st_ino), os.path.abspath(folder))
    return {path: identity for identity, path in found.items()}
