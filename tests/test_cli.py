from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project import article, entry, write_project

ROOT = Path(__file__).parent.parent

FILES: dict[str, str | bytes] = {
    "content/articles/one.md": article("NATO spoke.\n"),
    "content/glossary/nato.md": entry("NATO"),
}


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_build_writes_a_site(tmp_path: Path) -> None:
    done = run("-C", str(write_project(tmp_path, FILES)), "build", cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site/one/index.html").is_file()
    assert (tmp_path / "site/glossary/nato/index.html").is_file()
    assert done.stdout == ""


def test_errors_are_located_and_nothing_is_written(tmp_path: Path) -> None:
    write_project(tmp_path, {**FILES, "content/articles/two.md": article("[[Natto]] here.\n")})
    done = run("build", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(
        'content/articles/two.md:5:1: error[mention-unknown]: there is no entry "Natto"\n'
        "  5 | [[Natto]] here.\n"
        "    | ^\n"
        '  hint: did you mean "NATO"?\n'
    )
    assert not (tmp_path / "site").exists()


def test_json(tmp_path: Path) -> None:
    write_project(tmp_path, {**FILES, "content/articles/two.md": article("[[Nota]]\n")})
    done = run("build", "--json", cwd=tmp_path)
    outcome = json.loads(done.stdout)
    assert done.returncode == 1
    assert list(outcome) == ["ok", "pages", "written", "unchanged", "removed", "seconds", "diagnostics"]
    assert outcome["ok"] is False
    (finding,) = outcome["diagnostics"]
    assert list(finding) == ["code", "severity", "path", "line", "column", "message", "hint"]


@pytest.mark.parametrize("arguments", [["build", "--today", "yesterday"], ["bild"], [], ["build", "--nope"]])
def test_wrong_command_lines(tmp_path: Path, arguments: list[str]) -> None:
    write_project(tmp_path, FILES)
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_no_project(tmp_path: Path) -> None:
    done = run("build", cwd=tmp_path)
    assert done.returncode == 2
    assert "is no project" in done.stderr


def test_help_teaches() -> None:
    done = run("--help", cwd=ROOT)
    assert done.returncode == 0
    assert "content/glossary/nato.md" in done.stdout


def test_today_decides_what_is_published(tmp_path: Path) -> None:
    write_project(tmp_path, FILES)
    assert run("build", "--today", "2021-12-14", cwd=tmp_path).returncode == 0
    assert not (tmp_path / "site/one").exists()
    epoch = run("build", cwd=tmp_path, SOURCE_DATE_EPOCH="1639526400")  # 2021-12-15
    assert epoch.returncode == 0
    assert (tmp_path / "site/one").exists()


def test_control_characters_never_reach_the_terminal(tmp_path: Path) -> None:
    write_project(tmp_path, {**FILES, "content/articles/two.md": article("[[\x1bred]]\n")})
    done = run("build", cwd=tmp_path)
    assert done.returncode == 1
    assert "\x1b" not in done.stderr
