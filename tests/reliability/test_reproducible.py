"""The same bytes for the same content and the same today, wherever, whenever and however the site is built."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.reliability.projects import DAY, ROOT, command, environment, everything, write_first

SETTINGS = "search: pagefind\nlanguage: lt\ntimezone: Pacific/Kiritimati\n"


class Reference:
    """A project and its site, built in the plainest way."""

    def __init__(self, folder: Path) -> None:
        self.project = write_first(folder / "reference", SETTINGS)
        run(command(self.project, jobs=1), ROOT, environment(PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C.UTF-8"))
        self.site = everything(self.project / "site")

    def copy(self, folder: Path) -> Path:
        shutil.copytree(self.project / "content", folder / "content")
        return folder


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    return Reference(tmp_path_factory.mktemp("reproducible"))


def run(arguments: list[str], cwd: Path, env: Mapping[str, str], umask: int = -1) -> str:
    done = subprocess.run(
        arguments, cwd=cwd, env=env, umask=umask, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


AROUND: dict[str, tuple[int, int, dict[str, str]]] = {
    "another seed, zone, locale, umask and processes": (
        *(0o077, 3),
        {"PYTHONHASHSEED": "4711", "TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
    ),
    "no locale, no UTF-8, no home, an umask of nothing": (
        *(0, 2),
        {"PYTHONHASHSEED": "1", "TZ": "America/Lima", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ),
}


@pytest.mark.parametrize("name", AROUND)
def test_whatever_is_around_it(reference: Reference, tmp_path: Path, name: str) -> None:
    umask, jobs, variables = AROUND[name]
    project = reference.copy(tmp_path / "a project with spaces, ünïcode & more")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    environ = environment(**variables)
    if "no home" in name:
        environ.pop("HOME", None)
    run(command(project, jobs=jobs), elsewhere, environ, umask)
    assert everything(project / "site") == reference.site
    for path in [project / "site", *(project / "site").rglob("*")]:
        assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644), path


def test_from_within_the_project_by_a_relative_path_and_through_a_link(reference: Reference, tmp_path: Path) -> None:
    project = reference.copy(tmp_path / "project")
    run([*command(Path("."), "--output", "site")], project, environment())
    assert everything(project / "site") == reference.site
    (tmp_path / "link").symlink_to(project)
    run(command(tmp_path / "link", "--output", "elsewhere"), tmp_path, environment())
    assert everything(project / "elsewhere") == reference.site


def test_whatever_the_order_of_the_files_and_their_times(reference: Reference, tmp_path: Path) -> None:
    """Written in another order, with other times: what the file system lists first is another file."""
    project = tmp_path / "project"
    files = [path for path in (reference.project / "content").rglob("*") if path.is_file()]
    random.Random(7).shuffle(files)
    for path in files:
        copy = project / path.relative_to(reference.project)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
        os.utime(copy, (1, 1))
    run(command(project), tmp_path, environment())
    assert everything(project / "site") == reference.site


def test_by_the_day_of_the_epoch_variable(reference: Reference, tmp_path: Path) -> None:
    project = reference.copy(tmp_path / "project")
    day = ["--today", DAY]
    plain = [part for part in command(project) if part not in day]
    run(plain, tmp_path, environment(SOURCE_DATE_EPOCH="1795521600", TZ="Pacific/Kiritimati"))  # that day at noon, UTC
    assert everything(project / "site") == reference.site


def test_from_the_wheel_as_from_a_checkout(reference: Reference, installed: Path, tmp_path: Path) -> None:
    project = reference.copy(tmp_path / "project")
    environ = {**os.environ, "PYTHONPATH": str(installed)}
    run(command(project), tmp_path, environ)
    assert everything(project / "site") == reference.site


def test_the_wheel_explains_its_findings(installed: Path, tmp_path: Path) -> None:
    arguments = [sys.executable, "-m", "generator", "check", "--explain", "link-broken"]
    told = subprocess.run(
        arguments, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(installed)}, capture_output=True, check=False
    )
    assert told.returncode == 0, told.stderr
    assert b"link-broken" in told.stdout


GUARD = """
import os, socket, sys

def refuse(*arguments, **named):
    sys.stderr.write("ASKED THE NETWORK\\n")
    sys.stderr.flush()
    os._exit(97)

class Refused(socket.socket):
    def connect(self, address):
        return super().connect(address) if self.family == socket.AF_UNIX else refuse()
    connect_ex = connect

socket.socket = Refused
socket.create_connection = socket.getaddrinfo = socket.gethostbyname = refuse
"""


def without_network(folder: Path) -> tuple[list[str], dict[str, str]]:
    """Return what to put before a command line so that it has no network, and the environment that sees to it too.

    Where the system lets us, the whole process tree has no network at all, programs like Pagefind's included; wherever
    we are, a guard in each Python process ends it at the first try.
    """
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(GUARD, "utf-8")
    environ = environment(PYTHONPATH=f"{folder}{os.pathsep}{ROOT}")
    unshare = ["unshare", "--net"]
    try:
        allowed = subprocess.run([*unshare, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        allowed = False
    return unshare if allowed else [], environ


def test_without_a_network(reference: Reference, tmp_path: Path) -> None:
    project = reference.copy(tmp_path / "project")
    before, environ = without_network(tmp_path / "guard")
    run([*before, *command(project)], tmp_path, environ)
    assert everything(project / "site") == reference.site


@pytest.mark.parametrize(
    "attempt",
    ["urllib.request.urlopen('http://192.0.2.1/')", "socket.create_connection(('192.0.2.1', 80))"],
)
def test_the_guard_notices(tmp_path: Path, attempt: str) -> None:
    _, environ = without_network(tmp_path / "guard")
    program = f"import socket, urllib.request; {attempt}"
    done = subprocess.run([sys.executable, "-c", program], env=environ, capture_output=True, check=False)
    assert done.returncode == 97


def test_a_build_after_others_is_the_same(reference: Reference, tmp_path: Path) -> None:
    """The cache and an output that was built for another day and address leave nothing behind."""
    project = reference.copy(tmp_path / "project")
    run([*command(project), "--base-url", "https://other.example/x/"], tmp_path, environment())
    changed: Callable[[str], str] = lambda part: "2022-02-02" if part == DAY else part  # noqa: E731
    run([changed(part) for part in command(project)], tmp_path, environment())
    run(command(project), tmp_path, environment())
    assert everything(project / "site") == reference.site
