"""What the checks say of a small site."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from generator.commands.check.check import find_all
from generator.diagnostics import Diagnostic
from generator.options import Options
from tests.project import TODAY, write_project

SITE = "title: Test\nglossary: {unexplained: {at_least: 99}}\n"
"""A site on which names without an entry are no subject."""


def checked(folder: Path, files: dict[str, str | bytes], code: str = "") -> list[Diagnostic]:
    """Write a project and return what `check` finds, of one code where it is given; the build must find no error."""
    write_project(folder, {"content/site.yaml": SITE} | files)
    found = find_all(Options(project=folder, output=folder / "site", today=TODAY))
    assert [one for one in found if one.severity == "error"] == []
    return [one for one in found if not code or one.code == code]


def places(found: list[Diagnostic]) -> list[str]:
    """Return findings as `path:line:column`."""
    return [f"{one.path.removeprefix('content/')}:{one.line}:{one.column}" for one in found]


class Done(NamedTuple):
    """How a command ended and what it printed."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]
"""`run("check", "--strict", cwd=folder)`: a command in this process."""
