"""Measures whole processes: seconds on the clock, seconds of the processors, and the memory of all of them together."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

POLL = 0.02
"""Seconds between two looks at the memory. Looking costs processor time, so runs that are timed are not looked at."""


@dataclass(frozen=True)
class Run:
    """What a command took."""

    wall: float
    cpu: float
    """Of its children as well."""
    said: str
    """Its standard output."""


class FailedError(Exception):
    """A command ended with an error; what it said is in the message."""


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of what is measured: a user's, whose Python keeps what it has compiled."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | dict(extra)


def run(command: Sequence[str], folder: Path, extra: Mapping[str, str]) -> Run:
    """Return what a command takes in a folder, with these environment variables besides ours."""
    before, begun = os.times(), time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=environment(extra), capture_output=True, text=True)
    wall, after = time.perf_counter() - begun, os.times()
    if done.returncode:
        raise FailedError(f"{' '.join(command)}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    spent = (after.children_user + after.children_system) - (before.children_user + before.children_system)
    return Run(wall, spent, done.stdout)


def peak_memory(command: Sequence[str], folder: Path, extra: Mapping[str, str]) -> int | None:
    """Return the most bytes that a command and its children held at one time; None where the system does not tell.

    A page that several processes share is divided among them (PSS); where the kernel has no PSS it counts for each.
    """
    if not Path(f"/proc/self/task/{os.getpid()}/children").is_file():
        return None
    with subprocess.Popen(
        command, cwd=folder, env=environment(extra), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        most = 0
        while process.poll() is None:
            most = max(most, sum(map(memory_of, family(process.pid))))
            time.sleep(POLL)
    if process.returncode:
        raise FailedError(" ".join(command))
    return most


def family(pid: int) -> Iterator[int]:
    """Yield a process and its descendants, as far as they are alive."""
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in text_of(children).split():
            yield from family(int(child))


def memory_of(pid: int) -> int:
    """Return the bytes that a process holds; 0 where it has ended."""
    for line in text_of(Path(f"/proc/{pid}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    pages = text_of(Path(f"/proc/{pid}/statm")).split()
    return int(pages[1]) * os.sysconf("SC_PAGE_SIZE") if pages else 0


def text_of(path: Path) -> str:
    """Return what a file of /proc says; empty where the process has ended."""
    try:
        return path.read_text()
    except OSError:
        return ""
