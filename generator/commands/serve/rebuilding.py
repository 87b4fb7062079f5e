"""The thread that changes the site: it waits for changes of the disk, takes them up, and tells who shows the site.

What is saved while it works is taken up together afterwards, so a burst of saves ends in the last of them.
"""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable, Mapping

from generator.commands.serve.changes import EVERYTHING, sort_changes
from generator.commands.serve.preview import Preview
from generator.commands.serve.telling import Teller
from generator.commands.serve.watching import watch_folders
from generator.incremental import State, state_of
from generator.model import OutputPath
from generator.read.tree import find_files

Keys = Mapping[OutputPath, str]


def rebuild_on_change(
    preview: Preview,
    teller: Teller,
    tell_browsers: Callable[[str], None],
    begun: threading.Event,
    stop: threading.Event,
    *,
    loaded: State | None,
    poll: bool,
) -> None:
    """Take up changes until `stop` is set; set `begun` once none can be missed.

    `loaded` is how the files stood when they were loaded, before the watch began.
    """
    project = preview.options.project
    keys: Keys = {}
    for paths in watch_folders(project, preview.folders, stop, poll=poll):
        begun.set()
        known = loaded
        loaded = state_of(project, find_files(project)) if poll or (known and not paths) else None
        if not paths and known is not None and known == loaded:
            keys = keys or page_keys(preview)
            loaded = known if poll else None
            continue  # nothing has changed since loading
        changes = sort_changes(project, preview.folders, paths) if paths else EVERYTHING
        if not changes:
            continue
        try:
            update = preview.update(changes)
            if update is None:
                continue
            tell_browsers(update.address)
            pages = update.pages
            if pages is None:
                before, keys = keys, page_keys(preview)
                pages = sum(before.get(path) != key for path, key in keys.items())
            teller.updated(update, pages, preview.findings)
        except Exception:  # a bug, or a disk that fails: the next change may well be taken up
            traceback.print_exc()


def page_keys(preview: Preview) -> Keys:
    """Return the keys of all pages that are shown."""
    outputs = preview.shown.outputs if preview.shown else {}
    return {path: output.key for path, output in outputs.items() if path.endswith(".html")}
