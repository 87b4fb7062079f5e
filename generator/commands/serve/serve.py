"""Runs the preview: the disk is watched and the site changed in one thread, pages are made in another, and the event
loop, which does neither, never waits.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import gc
import logging
import signal
import socket
import threading
import webbrowser
from concurrent.futures import ThreadPoolExecutor

from tornado.httpserver import HTTPServer

from generator.commands.serve.answers import Answers
from generator.commands.serve.application import application
from generator.commands.serve.guard import own_names
from generator.commands.serve.listening import address_of, listen
from generator.commands.serve.live import Browsers
from generator.commands.serve.preview import Preview
from generator.commands.serve.rebuilding import rebuild_on_change
from generator.commands.serve.telling import Teller
from generator.incremental import State, state_of
from generator.jobs import available_jobs, parallel
from generator.link.memory import Memory
from generator.model import Value
from generator.options import Options
from generator.program import program_digest
from generator.read.tree import find_files
from generator.write.cache import load_memory, save_memory
from generator.write.lock import build_lock
from generator.write.problems import WriteError

LARGEST_BODY = 64 * 1024
"""Bytes of a request's body that are read before it is refused: nothing that the preview answers has one."""

LONGEST_BEGINNING = 5
"""Seconds in which a watch has begun, also on a slow disk."""

INTERRUPTED, TERMINATED = 130, 143


class ServeOptions(Value, frozen=True, kw_only=True):
    """What the command line asks of the preview."""

    host: str
    port: int | None
    """None: the first that is free."""
    open_browser: bool
    poll: bool


def serve(options: Options, asked: ServeOptions) -> int:
    """Run the preview until it is interrupted; return the exit status. Raises ListenError."""
    sockets = listen(asked.host, asked.port)
    teller = Teller(options.project)
    loaded = state_of(options.project, find_files(options.project))
    memory = load_memory(options.project)
    preview = Preview(options, memory, program_digest())
    preview.load(parallel(available_jobs()))
    _remember(options, memory, teller)
    gc.collect()
    gc.freeze()  # what the site consists of stays: looking for cycles in it would hold up every request
    for name in ("tornado.access", "tornado.general"):  # bugs are logged as tornado.application
        logging.getLogger(name).addHandler(logging.NullHandler())
        logging.getLogger(name).propagate = False
    return asyncio.run(_serve(preview, asked, sockets, teller, loaded))


def _remember(options: Options, memory: Memory, teller: Teller) -> None:
    """Keep what was opened for the next start, where the disk allows it: the only thing that is ever written."""
    if memory.unsaved:
        with contextlib.suppress(WriteError), build_lock(options.project, teller.say):
            save_memory(options.project, memory)


async def _serve(
    preview: Preview, asked: ServeOptions, sockets: list[socket.socket], teller: Teller, loaded: State | None
) -> int:
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[int] = loop.create_future()
    for number, status in ((signal.SIGINT, INTERRUPTED), (signal.SIGTERM, TERMINATED)):
        _on_signal(loop, number, functools.partial(_end, ended, status))
    browsers = Browsers(lambda: preview.generation)
    renders = ThreadPoolExecutor(max_workers=1, thread_name_prefix="render")
    answers = Answers(preview, teller.template)
    app = application(answers, browsers, renders, own_names(asked.host))
    server = HTTPServer(app, max_body_size=LARGEST_BODY, max_header_size=LARGEST_BODY)
    server.add_sockets(sockets)
    begun, stop = threading.Event(), threading.Event()

    def tell_browsers(address: str) -> None:
        loop.call_soon_threadsafe(browsers.tell, address)

    follow = functools.partial(
        rebuild_on_change, preview, teller, tell_browsers, begun, stop, loaded=loaded, poll=asked.poll
    )
    threading.Thread(target=follow, name="rebuild", daemon=True).start()
    await loop.run_in_executor(renders, begun.wait, LONGEST_BEGINNING)
    address = address_of(sockets, asked.host, preview.shown.base if preview.shown else "/")
    teller.findings(preview.findings)
    teller.say(f"the preview is at {address} (Ctrl-C ends it)")
    if asked.open_browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    status = await ended
    stop.set()
    server.stop()
    browsers.close()
    await server.close_all_connections()
    renders.shutdown(wait=False, cancel_futures=True)
    return status


def _end(ended: asyncio.Future[int], status: int) -> None:
    if not ended.done():
        ended.set_result(status)


def _on_signal(loop: asyncio.AbstractEventLoop, number: int, act: functools.partial[None]) -> None:
    try:
        loop.add_signal_handler(number, act)
    except NotImplementedError:  # Windows
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(act))
