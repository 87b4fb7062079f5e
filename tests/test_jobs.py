from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.jobs import CHUNK, FEW, WorkerError, available_jobs, beside, parallel

ROOT = Path(__file__).parent.parent
MANY = range(CHUNK * 7 + 5)


def test_results_come_in_order_from_other_processes() -> None:
    found = list(parallel(3)(lambda item: (item * item, os.getpid()), MANY))
    assert [square for square, _ in found] == [item * item for item in MANY]
    assert os.getpid() not in {process for _, process in found}
    assert len({process for _, process in found}) > 1


def test_few_items_stay_here() -> None:
    assert set(parallel(3)(lambda _: os.getpid(), range(FEW - 1))) == {os.getpid()}


def test_one_job_is_map() -> None:
    assert parallel(1) is map
    assert available_jobs() >= 1


def test_what_a_worker_raises_is_raised_here() -> None:
    def fail(item: int) -> int:
        if item == 100:
            raise OSError(28, "No space left on device")
        return item

    with pytest.raises(OSError, match="No space left"):
        list(parallel(2)(fail, MANY))


def test_a_worker_that_dies_is_an_error() -> None:
    def die(item: int) -> int:
        if item == 60:
            os.kill(os.getpid(), signal.SIGKILL)
        return item

    with pytest.raises(WorkerError, match="died"):
        list(parallel(2)(die, MANY))


def test_results_that_nobody_takes_end_the_workers() -> None:
    results = parallel(2)(lambda item: os.getpid(), MANY)
    process = next(results)
    results.close()  # type: ignore[attr-defined]
    assert not is_running(process)


def test_workers_end_with_a_killed_parent(tmp_path: Path) -> None:
    program = f"""
import os, time
from pathlib import Path
from generator.jobs import parallel

def work(item):
    Path({str(tmp_path)!r}, str(os.getpid())).touch()
    time.sleep(0.02)
    return item

list(parallel(2)(work, range(5000)))
"""
    parent = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT)
    deadline = time.monotonic() + 30
    while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    workers = [int(path.name) for path in tmp_path.iterdir()]
    assert len(workers) == 2
    parent.kill()
    parent.wait()
    while any(map(is_running, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_running, workers))


def test_a_signal_while_workers_start_ends_the_program() -> None:
    program = """
import os, signal, sys
from generator.jobs import parallel

signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), signal.SIGTERM))
list(parallel(2)(lambda item: item, range(5000)))
"""
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stderr) == (143, "")


def is_running(process: int) -> bool:
    try:
        status = Path(f"/proc/{process}/stat").read_text("utf-8").rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return status != "Z"


def test_a_result_is_worked_out_beside_this_process() -> None:
    with beside(2, os.getpid) as other, beside(1, os.getpid) as own:
        assert other() == other() != os.getpid()
        assert own() == os.getpid()
    assert not is_running(other())


def test_what_comes_to_nothing_beside_is_worked_out_here() -> None:
    here = os.getpid()

    def fail_elsewhere() -> str:
        if os.getpid() != here:
            raise OSError(28, "No space left on device")
        return "done"

    def die_elsewhere() -> str:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return "done"

    with beside(2, fail_elsewhere) as failed, beside(2, die_elsewhere) as died:
        assert failed() == died() == "done"


def test_a_result_that_nobody_takes_holds_nobody_up() -> None:
    with beside(2, lambda: "x" * 10_000_000):
        pass


def test_what_is_wrong_beside_is_raised_here() -> None:
    def fail() -> str:
        raise OSError(28, "No space left on device")

    with beside(2, fail) as result, pytest.raises(OSError, match="No space left"):
        result()
