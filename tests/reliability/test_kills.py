"""The program, killed or asked to end at any moment: each file is wholly old or new, and the next build is whole."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.reliability.projects import LONG, advance, built, command, environment, everything, write_first

pytestmark = pytest.mark.long

KILLS = 60 if LONG else 2
SIGNALS = 30 if LONG else 1

PROMPTLY = 10.0
"""Seconds in which a signal has to end a build, on a machine that has much else to do."""

MARK = "EXPLAINERS_TEST_MARK"


class States:
    """The project as it was built, as it is now, and what clean builds make of both."""

    def __init__(self, folder: Path) -> None:
        self.built = write_first(folder / "built")
        built(self.built)
        self.old = everything(self.built / "site")
        self.now = folder / "now"
        shutil.copytree(self.built, self.now, symlinks=True)
        advance(self.now)
        clean = folder / "clean"
        shutil.copytree(self.now / "content", clean / "content")
        started = time.monotonic()
        built(clean)
        self.seconds = time.monotonic() - started
        self.new = everything(clean / "site")

    def copy(self, folder: Path, with_site: bool) -> Path:
        if with_site:
            shutil.copytree(self.now, folder)
        else:
            shutil.copytree(self.now / "content", folder / "content")
        return folder

    def assert_whole(self, project: Path, old: dict[str, bytes]) -> None:
        """Assert that each file is wholly old or wholly new, and that the next build is a clean one."""
        for path, content in everything(project / "site").items():
            if path != ".manifest.json" and not path.startswith(".staging/"):
                assert content in (old.get(path), self.new.get(path)), path
        built(project)
        assert everything(project / "site") == self.new
        assert not list(project.glob(".cache/**/*.tmp"))


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> States:
    return States(tmp_path_factory.mktemp("states"))


def start(project: Path, mark: str) -> subprocess.Popen[str]:
    """Start a build in a process group of its own, as a terminal does."""
    return subprocess.Popen(
        command(project), env=environment(**{MARK: mark}), stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def running(mark: str) -> list[int]:
    """Return the processes that carry a mark in their environment and are not dead."""
    found = []
    wanted = f"{MARK}={mark}\0".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            marked = wanted in (folder / "environ").read_bytes()
            state = (folder / "stat").read_text("utf-8").rsplit(")", 1)[1].split()[0]
        except OSError:
            continue
        if marked and state not in ("Z", "X"):
            found.append(int(folder.name))
    return found


def assert_nobody_stays(mark: str) -> None:
    deadline = time.monotonic() + PROMPTLY
    while running(mark) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert running(mark) == []


def wait_for_lock(project: Path, process: subprocess.Popen[str]) -> None:
    """Wait until the build has begun: from then on it is the program's own, and no longer Python's start."""
    deadline = time.monotonic() + 60
    while not (project / ".cache/build.lock").exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.002)


@pytest.mark.parametrize("with_site", [True, False], ids=["over-an-old-site", "a-first-build"])
def test_killed_at_random_moments(states: States, tmp_path: Path, with_site: bool) -> None:
    moments = random.Random(f"kill {with_site}")
    killed, span = 0, states.seconds
    for number in range(5 * KILLS):
        project = states.copy(tmp_path / str(number), with_site)
        (project / ".cache/build.lock").unlink(missing_ok=True)
        process = start(project, str(project))
        wait_for_lock(project, process)
        time.sleep(moments.uniform(0, span))
        process.kill()
        process.communicate()
        assert_nobody_stays(str(project))
        states.assert_whole(project, states.old if with_site else {})
        shutil.rmtree(project)
        if process.returncode == -signal.SIGKILL:
            killed += 1
        else:
            span *= 0.7  # it was done already: the machine has less to do than when the time was taken
        if killed == KILLS:
            break
    assert killed == KILLS


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)], ids=["SIGTERM", "Ctrl-C"])
def test_ends_promptly_when_asked_to(states: States, tmp_path: Path, sent: signal.Signals, status: int) -> None:
    moments = random.Random(f"signal {sent}")
    ended, span = 0, states.seconds / 2
    for number in range(5 * SIGNALS):
        project = states.copy(tmp_path / str(number), with_site=True)
        (project / ".cache/build.lock").unlink()
        process = start(project, str(project))
        wait_for_lock(project, process)
        time.sleep(moments.uniform(0, span))
        asked = time.monotonic()
        if sent == signal.SIGINT:
            os.killpg(process.pid, sent)  # a terminal tells everyone
        else:
            process.send_signal(sent)
        _, said = process.communicate(timeout=PROMPTLY)
        assert time.monotonic() - asked < PROMPTLY
        assert process.returncode in (0, status), said
        assert "Traceback" not in said
        assert_nobody_stays(str(project))
        assert not (project / "site/.staging").exists()
        states.assert_whole(project, states.old)
        shutil.rmtree(project)
        if process.returncode == status:
            ended += 1
        else:
            span /= 2  # it was done already
        if ended == SIGNALS:
            break
    assert ended == SIGNALS


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_ended_while_files_are_staged_or_moved(states: States, tmp_path: Path, sent: signal.Signals) -> None:
    project = states.copy(tmp_path / "project", with_site=True)
    process = start(project, str(project))
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline and not (project / "site/.staging").exists():
        time.sleep(0.001)
    process.send_signal(sent)
    process.communicate(timeout=PROMPTLY)
    assert not (project / "site/.staging").exists()
    states.assert_whole(project, states.old)


def test_two_builds_at_once(states: States, tmp_path: Path) -> None:
    project = states.copy(tmp_path / "project", with_site=True)
    both = [start(project, f"{project}{number}") for number in range(2)]
    for process in both:
        _, said = process.communicate(timeout=120)
        assert process.returncode == 0, said
    assert everything(project / "site") == states.new
    built(project)
    assert everything(project / "site") == states.new
