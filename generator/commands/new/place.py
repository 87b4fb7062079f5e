"""Where a new file goes, what it is called, and that nothing is in its way."""

from __future__ import annotations

import json
import re
from pathlib import Path

from generator.urls import slug_problem, slugify

_PLAIN = re.compile(r"[^\W_](?:[\w .’()/-]*[\w.’)])?")
_FOLDER = re.compile(r"(?:[a-z0-9_-]+(?:/[a-z0-9_-]+)*)?")
_OTHERWISE_READ = re.compile(r"[\d.:+_-]+|true|false|yes|no|on|off|null|y|n|~", re.IGNORECASE)


class NewError(Exception):
    """Nothing was made: the name gives no file, or something is already there."""


def split_name(name: str, *, sentence: bool = True) -> tuple[str, str]:
    """Return the folder and the title that a name means: `asia/two-neighbours.md` is `asia` and `Two neighbours`.

    With `sentence` a name that is a slug is made a sentence of. A folder is written as addresses are, so that the
    slash in `TCP/IP` is the name's own.
    """
    folder, _, title = name.strip().rpartition("/")
    if not _FOLDER.fullmatch(folder):
        folder, title = "", name
    title = title.strip().removesuffix(".md")
    if sentence and re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)+", title):
        title = title.replace("-", " ").capitalize()
    return folder, title


def new_path(project: Path, kind: str, folder: str, title: str) -> Path:
    """Return the path of a new text below content/`kind`; raises NewError where a file has its name."""
    slug = slugify(title)
    if problem := slug_problem(slug):
        raise NewError(f'"{title}" {problem}')
    path = project / "content" / kind / folder / f"{slug}.md"
    others = ("articles", "pages") if kind == "articles" else (kind,)
    for other in others:
        for taken in sorted((project / "content" / other).rglob("*.md")):
            if slugify(taken.parent.name if taken.name == "index.md" else taken.stem) == slug:
                raise NewError(f"{taken.relative_to(project).as_posix()} is there already")
    return path


def written(text: str) -> str:
    """Return a text as a value of YAML: as it is where that is safe, else in double quotes."""
    plain = _PLAIN.fullmatch(text) and not _OTHERWISE_READ.fullmatch(text)
    return text if plain else json.dumps(text, ensure_ascii=False)


def write_new(path: Path, text: str) -> None:
    """Write a file that must not be there yet; raises NewError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise NewError(f"{path} is there already") from None
    except OSError as problem:
        raise NewError(f"{path} cannot be written: {problem.strerror}") from None
