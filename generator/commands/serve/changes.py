"""What the watcher has seen, sorted: files of content/, files of the theme; what editors leave behind is neither."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import cast

from generator.model import SourcePath, Value
from generator.read.tree import is_left_out


class Changes(Value, frozen=True, kw_only=True):
    """Files that changed, were made or went."""

    content: tuple[SourcePath, ...] = ()
    theme: tuple[str, ...] = ()
    """By their paths in the theme: `css/10-base.css`."""
    everything: bool = False
    """Anything may have changed."""

    def __bool__(self) -> bool:
        return bool(self.content or self.theme or self.everything)

    @property
    def only_content(self) -> bool:
        """Whether nothing but content has changed."""
        return not (self.theme or self.everything)

    @property
    def only_styles(self) -> bool:
        """Whether nothing but the theme's style sheets has changed."""
        return not (self.content or self.everything) and all(name.endswith(".css") for name in self.theme)


EVERYTHING = Changes(everything=True)


def sort_changes(project: Path, folders: Iterable[Path], paths: Iterable[str]) -> Changes:
    """Return which of the files, by their whole paths, are content and which the theme's (in `folders`)."""
    content: set[str] = set()
    theme: set[str] = set()
    roots = [os.path.abspath(folder) for folder in folders]
    for path in paths:
        name = os.path.basename(path)
        if is_left_out(name):
            continue
        if (source := _below(os.path.abspath(project), path)) and f"{source}/".startswith("content/"):
            content.add(source)
        elif found := next((below for root in roots if (below := _below(root, path))), ""):
            theme.add(found)
    return Changes(content=tuple(cast("SourcePath", name) for name in sorted(content)), theme=tuple(sorted(theme)))


def _below(folder: str, path: str) -> str:
    """Return a path relative to a folder that holds it, with `/`; empty where it lies elsewhere."""
    return path[len(folder) + 1 :].replace(os.sep, "/") if path.startswith(folder + os.sep) else ""
