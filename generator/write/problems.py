"""What the write stage has to say: the disk's refusals, and findings about files of the output folder."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import cast

from generator.diagnostics import START, Diagnostic, error
from generator.model import SourcePath


class WriteError(Exception):
    """The disk refused: full, forbidden, gone. Names the file and the reason; every file stays wholly old or new.

    Until `write_site` raises it, `path` is relative to the output folder; then it is as authors see it.
    """

    def __init__(self, path: str, reason: str, hint: str = "") -> None:
        super().__init__(path, reason, hint)
        self.path = path
        self.reason = reason
        self.hint = hint

    def __str__(self) -> str:
        return f"{printable(self.path)}: cannot be written: {self.reason}"

    def diagnostic(self) -> Diagnostic:
        """Return it as an error of the output."""
        return error("output-unwritable", at_path(self.path), START, f"cannot be written: {self.reason}", self.hint)


def reason_of(problem: OSError) -> str:
    """Return the system's own words for what went wrong, without the path."""
    return problem.strerror or str(problem)


def printable(name: str) -> str:
    """Return a name of the disk as text: undecodable bytes as escapes, everything else as it is."""
    return name.encode("utf-8", "backslashreplace").decode()


def at_path(path: str) -> SourcePath:
    """Return a path as that of a diagnostic."""
    return cast("SourcePath", printable(path))


def shown_folder(output: Path, project: Path) -> str:
    """Return the output folder as messages name it: relative to the project where it lies in it, else as given."""
    with suppress(ValueError):  # a NUL in it: `find_refusal` says so
        for absolute in (os.path.abspath, os.path.realpath):
            folder, root = absolute(output), absolute(project).rstrip(os.sep) + os.sep
            if folder.startswith(root):
                return printable(folder[len(root) :].replace(os.sep, "/"))
    return printable(output.as_posix())
