"""Whole small sites: their output, or what the build says of their mistakes, to the letter.

UPDATE_GOLDEN=1 writes the expected files anew; read the difference before you commit it.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from generator.report import report
from tests.project import build_project

HERE = Path(__file__).parent
UPDATE = os.environ.get("UPDATE_GOLDEN") == "1"


def copy(name: str, folder: Path) -> Path:
    shutil.copytree(HERE / name, folder / name, ignore=shutil.ignore_patterns("expected*"))
    return folder / name


def outputs(folder: Path) -> dict[str, str]:
    """Return the text of every output that is not the built-in theme's or a picture."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "assets" not in path.parts and path.name not in (".manifest.json", "social-card.png")
    }


def test_small(tmp_path: Path) -> None:
    project = copy("small", tmp_path)
    result = build_project(project)
    assert result.diagnostics == ()
    found = outputs(project / "site")
    expected = HERE / "small/expected"
    if UPDATE:
        shutil.rmtree(expected, ignore_errors=True)
        for name, text in found.items():
            (expected / name).parent.mkdir(parents=True, exist_ok=True)
            (expected / name).write_text(text, "utf-8")
    assert found == outputs(expected)
    assert not any("ecret" in text for text in found.values()), "a draft has left a trace"
    assert (project / "site/assets").is_dir()


def test_broken(tmp_path: Path) -> None:
    project = copy("broken", tmp_path)
    result = build_project(project)
    said = report(result.diagnostics, project)
    expected = HERE / "broken/expected.txt"
    if UPDATE:
        expected.write_text(said, "utf-8")
    assert said == expected.read_text("utf-8")
    assert not (project / "site").exists()
