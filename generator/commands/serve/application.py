"""The preview's web application: pages, and what makes them live."""

from __future__ import annotations

import asyncio
from concurrent.futures import Executor
from importlib.resources import files

from tornado.web import Application

from generator.commands.serve.answers import Answer, Answers
from generator.commands.serve.guard import Guarded
from generator.commands.serve.live import Browsers, LiveSocket
from generator.commands.serve.overlay import SCRIPT, empty_page, with_overlay


def application(answers: Answers, browsers: Browsers, renders: Executor, names: frozenset[str]) -> Application:
    """Return the application; `names` are those by which this machine may be asked."""
    return Application(
        [
            (r"/livereload", LiveSocket, {"browsers": browsers}),
            (r"/livereload\.js", Script, {"package": "livereload", "path": "vendors/livereload.js"}),
            (SCRIPT.replace(".", r"\."), Script, {"package": "generator.commands.serve", "path": "preview.js"}),
            (r".*", Pages, {"answers": answers, "renders": renders}),
        ],
        default_handler_class=Nothing,
        names=names,
        log_function=lambda handler: None,
        websocket_ping_interval=30,
        websocket_max_message_size=64 * 1024,
    )


class Read(Guarded):
    """What can be read, and nothing else."""

    def write_error(self, status_code: int, **_: object) -> None:
        """Say no more than the status."""
        if status_code == 405:
            self.set_header("Allow", "GET, HEAD")
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code} {self._reason}\n")


class Nothing(Read):
    """An address that is none: no path at all, or that of another machine."""

    async def get(self) -> None:
        """Refuse it."""
        self.send_error(400)

    head = get


class Script(Read):
    """A script of the preview's own."""

    def initialize(self, package: str, path: str) -> None:
        """Take what is served."""
        self._file = files(package).joinpath(*path.split("/"))

    async def get(self) -> None:
        """Send the script."""
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.finish(self._file.read_bytes())

    head = get


class Pages(Read):
    """Every address of the site."""

    def initialize(self, answers: Answers, renders: Executor) -> None:
        """Take what makes answers, and where they are made."""
        self._answers = answers
        self._renders = renders

    async def get(self) -> None:
        """Send what the site has at an address."""
        asked = self.request.path
        if not asked.startswith("/"):
            self.send_error(400)
            return
        loop = asyncio.get_running_loop()
        self._send(await loop.run_in_executor(self._renders, self._answers.answer, asked))

    head = get

    def _send(self, answer: Answer) -> None:
        self.set_status(answer.status)
        if answer.location:
            self.set_header("Location", answer.location)
            self.finish()
            return
        self.set_header("Content-Type", answer.content_type)
        content = answer.content
        if answer.content_type.startswith("text/html"):
            content = with_overlay(content or empty_page(answer.errors), answer.errors, answer.generation)
        self.finish(content)
