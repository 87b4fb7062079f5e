from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator.commands.publish.target import PublishError
from generator.commands.publish.tools import SHOWN_LINES, failure, run, said


def ended(words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.CompletedProcess([], 1, b"", words.encode())


def test_no_secret_and_no_control_character_is_shown() -> None:
    text = said(ended("fatal: 'https://me:s3cret@host/a.git'\nssh://tok3n@host:22/x\x1b[31m\r50%\r100%\n\n"))
    assert "s3cret" not in text
    assert "tok3n" not in text
    assert text == "fatal: 'https://host/a.git'\nssh://host:22/x?[31m\n50%\n100%"


def test_the_last_lines_tell_why() -> None:
    problem = failure("git push", ended("".join(f"line {number}\n" for number in range(20))))
    assert problem.message == "git push failed (exit status 1)"
    assert problem.notes == tuple(f"line {number}" for number in range(20 - SHOWN_LINES, 20))


def test_a_program_gets_what_it_is_given_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HIDDEN", "x")
    done = run(
        "sh",
        "-c",
        "cat; echo $HIDDEN$SHOWN$LC_ALL",
        cwd=tmp_path,
        given=b"in ",
        environment={"SHOWN": "y"},
        without=("HIDDEN",),
    )
    assert done.stdout == b"in yC\n"


def test_a_program_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(PublishError) as refused:
        run("no-such-program", cwd=tmp_path)
    assert refused.value.message == "the program no-such-program is not installed"
