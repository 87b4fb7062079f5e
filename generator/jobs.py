"""Work in several processes: a `map` whose function and items are inherited by forked workers, so that nothing but
results is ever serialised.

A worker reads the numbers of chunks from a pipe and ends when that is closed, also by its parent's death: a killed
build leaves no process behind. Where the system cannot fork, everything is done in this process.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import marshal
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

FEW = 48
"""Items that are done in this process: two workers take 20 ms to start."""

CHUNK = 24
"""Items handed to a worker at a time: enough to make a message worth it, few enough to end at about the same time."""

Message = tuple[int, list[Any], Exception | None]
"""A chunk's number with its results, or the bug or refusal of the machine that ended it."""

T = TypeVar("T")

Run = Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]


def available_jobs() -> int:
    """Return how many processes can compute at once."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def parallel(jobs: int) -> Run:
    """Return a `map` that works in so many processes; its results come in the order of the items."""
    if jobs < 2 or not _can_fork():
        return map

    def run(function: Callable[[Any], Any], items: Iterable[Any], /) -> Iterator[Any]:
        waiting = list(items)
        return map(function, waiting) if len(waiting) < FEW else _in_workers(jobs, function, waiting)

    return run


@contextlib.contextmanager
def beside(jobs: int, function: Callable[[], T]) -> Iterator[Callable[[], T]]:
    """Give what returns a function's result, which another process works out meanwhile; it has to be plain data.

    It is worked out here, when it is asked for, with one job, where the system cannot fork, or where that process
    came to nothing.
    """
    if jobs < 2 or not _can_fork():
        yield functools.cache(function)
        return
    ours, theirs = os.pipe()
    with _undisturbed():
        process = os.fork()
        if process == 0:
            os.close(ours)
            _tell(theirs, function)
    os.close(theirs)

    @functools.cache
    def result() -> T:
        with open(ours, "rb", closefd=False) as end:
            told = end.read()
        try:
            return cast("T", marshal.loads(told))  # of our own process, never from a file
        except (EOFError, ValueError, TypeError):
            return function()

    try:
        yield result
    finally:
        os.close(ours)
        os.waitpid(process, 0)


def _tell(end: int, function: Callable[[], Any]) -> NoReturn:
    """Write a function's result, and end without anything that the parent has begun."""
    try:
        _hear_only_the_end()
        with open(end, "wb") as told:
            told.write(marshal.dumps(function()))
    except BaseException:  # the parent works it out, and says what is wrong
        os._exit(1)
    os._exit(0)


def _can_fork() -> bool:
    return hasattr(os, "fork") and sys.platform != "darwin"


def _in_workers(jobs: int, function: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[Any]:
    import multiprocessing  # not for the builds that change little

    chunks = [items[start : start + CHUNK] for start in range(0, len(items), CHUNK)]
    context = multiprocessing.get_context("fork")
    gc.freeze()  # what is there stays, and is not copied for the sake of marking it
    ends: list[Connection] = []
    workers = []
    try:
        with _undisturbed():
            for _ in range(min(jobs, len(chunks))):
                ours, theirs = context.Pipe()
                ends.append(ours)
                worker = context.Process(target=_work, args=(theirs, tuple(ends), function, chunks), daemon=True)
                worker.start()
                theirs.close()
                workers.append(worker)
        yield from _results(ends, len(chunks))
    finally:
        for end in ends:
            end.close()
        for worker in workers:
            worker.join()


ENDING = (signal.SIGINT, signal.SIGTERM)


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Put off what ends a build: an exception that a signal raises in one of fork's own callbacks is lost."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _hear_only_the_end() -> None:
    """Leave the keyboard to the parent, and end at once where a process is told to."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)


def _results(ends: list[Connection], count: int) -> Iterator[Any]:
    """Yield the results of the chunks in their order, while the next are being made."""
    from multiprocessing.connection import wait

    done: dict[int, list[Any]] = {}
    to_hand_out = iter(range(count))
    for end in ends:
        _hand_out(end, to_hand_out)
        _hand_out(end, to_hand_out)  # one to work on, one to go on with
    for number in range(count):
        while number not in done:
            for ready in wait(ends):
                end = cast("Connection", ready)
                chunk, results = _receive(end)
                done[chunk] = results
                _hand_out(end, to_hand_out)
        yield from done.pop(number)


def _hand_out(end: Connection, numbers: Iterator[int]) -> None:
    number = next(numbers, None)
    if number is not None:
        try:
            end.send_bytes(b"%d" % number)
        except OSError:
            raise WorkerError(DIED) from None


def _receive(end: Connection) -> tuple[int, list[Any]]:
    import pickle

    try:
        number, results, problem = pickle.loads(end.recv_bytes())  # of our own workers, never from a file
    except (EOFError, OSError):
        raise WorkerError(DIED) from None
    if problem is not None:
        raise problem
    return number, results


DIED = "a worker process has died; was it killed for want of memory?"


class WorkerError(Exception):
    """A worker ended before its work did."""


def _work(
    end: Connection, others: tuple[Connection, ...], function: Callable[[Any], Any], chunks: list[Sequence[Any]]
) -> None:
    """Do chunks until there are no more."""
    import pickle

    _hear_only_the_end()
    for other in others:
        other.close()  # else it would not tell the worker of it that the parent has died
    while True:
        try:
            number = int(end.recv_bytes())
        except (EOFError, OSError):
            return
        try:
            message: Message = (number, [function(item) for item in chunks[number]], None)
        except Exception as problem:
            message = (number, [], problem)
        try:
            end.send_bytes(pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL))
        except BrokenPipeError:
            return
