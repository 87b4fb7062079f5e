"""A project elsewhere builds with the installed wheel and the theme inside it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.project import article, entry, write_project

ROOT = Path(__file__).parent.parent


def test_the_wheel_builds_a_site(tmp_path: Path) -> None:
    made = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    project = write_project(
        tmp_path / "project",
        {"content/articles/one.md": article("NATO spoke.\n"), "content/glossary/nato.md": entry("NATO")},
    )
    done = subprocess.run(
        [sys.executable, "-m", "generator", "-C", str(project), "build"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "installed")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert 'id="term-nato"' in (project / "site/one/index.html").read_text("utf-8")
    assert list((project / "site/assets").glob("style.*.css"))
    made = subprocess.run(
        [sys.executable, "-m", "generator", "-C", str(tmp_path), "new", "site", "fresh"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "installed")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "fresh/.github/workflows/site.yml").is_file()
    assert (tmp_path / "fresh/content/articles/the-open-door.md").is_file()
