"""The system's own programs on the way to a target: run, and what they say, without any secret in it."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

from generator.commands.publish.target import PublishError

SHOWN_LINES = 8
"""Of what a program said last: its reason is at the end."""

_SECRET = re.compile(r"(?<=://)[^/@\s]+@")
"""The user and password of an address: remotes of CI systems hold tokens there."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def run(
    program: str,
    *arguments: str,
    cwd: Path,
    given: bytes = b"",
    environment: Mapping[str, str] | None = None,
    without: tuple[str, ...] = (),
) -> subprocess.CompletedProcess[bytes]:
    """Run a program to its end; it may ask for a password on the terminal. Its language is English."""
    environ = {key: value for key, value in os.environ.items() if key not in without}
    environ |= {"LC_ALL": "C", **(environment or {})}
    try:
        return subprocess.run(
            [program, *arguments], cwd=cwd, env=environ, input=given, capture_output=True, check=False
        )
    except FileNotFoundError as problem:
        hint = f"Debian: apt-get install {program}; macOS: brew install {program}"
        raise PublishError("publish-failed", f"the program {program} is not installed", hint) from problem
    except OSError as problem:
        raise PublishError("publish-failed", f"{program} cannot be run: {problem.strerror}") from problem


def failure(what: str, done: subprocess.CompletedProcess[bytes], hint: str = "") -> PublishError:
    """Return the error that tells what a program that failed said."""
    lines = said(done).splitlines()
    return PublishError("publish-failed", f"{what} failed (exit status {done.returncode})", hint, lines[-SHOWN_LINES:])


def said(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return what a program wrote on standard error, fit to be shown."""
    text = done.stderr.decode("utf-8", "replace").replace("\r", "\n")
    lines = (_CONTROL.sub("?", _SECRET.sub("", line)).rstrip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
