"""`new article` and `new entry`: write the file, and say where it is and what comes next."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from generator.build import load_settings, settings_today
from generator.commands.new.article import new_article
from generator.commands.new.entry import new_entry
from generator.commands.new.place import NewError
from generator.read.tree import find_files

MAKE = {"article": new_article, "entry": new_entry}


def new(project: Path, kind: str, name: str, today: dt.date | None) -> int:
    """Write a new file and print its path; return 0, or 1 where something is in the way."""
    try:
        path = MAKE[kind](project, name, today or site_today(project))
    except NewError as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    print(path.relative_to(project).as_posix())
    return 0


def site_today(project: Path) -> dt.date:
    """Return the day in the site's time zone, or of UTC where its settings are wrong."""
    files, _ = find_files(project)
    settings, _ = load_settings(project, [file for file in files if file.role == "settings"])
    return settings_today(settings) if settings else dt.datetime.now(dt.UTC).date()
