"""A real preview of a project: a process of its own, its terminal, and clients of its socket."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from tests.project import article, entry, write_project

ROOT = Path(__file__).parent.parent.parent

PATIENCE = 30
"""Seconds for what takes a fraction of one on an idle machine."""

PARAGRAPHS = "\n\n".join(f"Paragraph {number} of a long article about NATO and the sea." for number in range(60))

FILES: dict[str, str | bytes] = {
    "content/site.yaml": "title: Test\nurl: https://example.org/\n",
    "content/articles/one.md": article("NATO spoke in Moscow.\n\n![A flag](flag.svg)\n"),
    "content/articles/flag.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"/>\n',
    "content/articles/two.md": article("Nothing of note.\n"),
    "content/articles/long.md": article(PARAGRAPHS + "\n"),
    "content/articles/secret.md": article("Not for anybody yet.\n", "draft: true\n"),
    "content/articles/later.md": "---\ntitle: Later\ndate: 2099-01-01\n---\nNot yet.\n",
    "content/glossary/nato.md": entry("NATO", summary="An alliance."),
    "content/static/data.json": "{}\n",
}


class Preview:
    """A running preview."""

    def __init__(self, project: Path, *arguments: str, **environment: str) -> None:
        self.project = project
        self.process = subprocess.Popen(
            [sys.executable, "-m", "generator", "-C", str(project), "serve", *arguments],
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            stderr=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.lines: list[str] = []
        self._news: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        found = re.search(r"http://\S+", self.wait_for("the preview is at"))
        assert found
        self.url = found[0]
        self.port = urlsplit(self.url).port or 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end(signal.SIGTERM)

    def end(self, number: signal.Signals) -> int:
        """End the preview; return its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        status = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        for stream in (self.process.stdout, self.process.stderr):
            if stream:
                stream.close()
        return status

    def _read(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            self.lines.append(line)
            self._news.put(line)

    def wait_for(self, words: str) -> str:
        """Return the terminal's next line that holds these words."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                line = self._news.get(timeout=0.2)
            except queue.Empty:
                assert self.process.poll() is None, "".join(self.lines)
                continue
            if words in line:
                return line
        raise AssertionError(f"the terminal never said {words!r}:\n{''.join(self.lines)}")

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body of an answer; the path is sent as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.putrequest(method, path, skip_host="Host" in headers)
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def text(self, path: str) -> str:
        """Return a page."""
        return self.get(path)[2].decode()

    def write(self, name: str, content: str) -> None:
        """Save a file of the project."""
        path = self.project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")

    def start_afresh(self, files: dict[str, str | bytes]) -> None:
        """Make the project what it was, and wait until the preview has come to rest with it."""
        self.rounds += 1
        files = files | {"content/pages/round.md": f"---\ntitle: Round\n---\nRound {self.rounds}.\n"}
        for folder in ("content", "templates"):
            for path in sorted((self.project / folder).rglob("*"), reverse=True):
                if path.is_dir():
                    if not any(path.iterdir()):
                        path.rmdir()
                elif path.relative_to(self.project).as_posix() not in files:
                    path.unlink()
        for name, content in files.items():
            path = self.project / name
            wanted = content if isinstance(content, bytes) else content.encode()
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.is_file() or path.read_bytes() != wanted:
                path.write_bytes(wanted)
        self.until("/round/", f"Round {self.rounds}.")
        time.sleep(0.2)
        self.lines.clear()
        while not self._news.empty():
            self._news.get()

    rounds = 0

    def until(self, path: str, words: str, *, there: bool = True) -> str:
        """Return a page once it holds these words (or no longer does)."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            text = self.text(path)
            if (words in text) == there:
                return text
            time.sleep(0.02)
        raise AssertionError(f"{path} {'never got' if there else 'never lost'} {words!r}")


class Listener:
    """A browser's socket."""

    def __init__(self, connection: WebSocketClientConnection) -> None:
        self.connection = connection

    async def close(self) -> None:
        """Say goodbye, and wait until it is heard."""
        self.connection.close()
        while await asyncio.wait_for(_read(self.connection), PATIENCE) is not None:
            pass

    async def next(self) -> dict[str, Any]:
        """Return the next message."""
        message = await asyncio.wait_for(_read(self.connection), PATIENCE)
        assert isinstance(message, str)
        found: dict[str, Any] = json.loads(message)
        return found


async def _read(connection: WebSocketClientConnection) -> str | bytes | None:
    return await connection.read_message()


async def connect(
    preview: Preview, origin: str | None = "", host: str = "", plugins: dict[str, Any] | None = None
) -> Listener:
    """Return a socket as livereload.js opens one."""
    headers = {"Host": host} if host else {}
    if origin is not None:
        headers["Origin"] = origin or f"http://127.0.0.1:{preview.port}"
    connection = await websocket_connect(HTTPRequest(f"ws://127.0.0.1:{preview.port}/livereload", headers=headers))
    listener = Listener(connection)
    hello = {"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]}
    await connection.write_message(json.dumps(hello))
    assert (await listener.next())["command"] == "hello"
    await connection.write_message(json.dumps({"command": "info", "url": preview.url, "plugins": plugins or {}}))
    await asyncio.sleep(0.1)
    return listener


def listening(preview: Preview, act: Callable[[Listener], Awaitable[None]]) -> None:
    """Run a test with a browser's socket."""

    async def run() -> None:
        listener = await connect(preview)
        try:
            await act(listener)
        finally:
            await listener.close()

    asyncio.run(run())


def new_project(folder: Path, **files: str | bytes) -> Path:
    """Write the tests' project."""
    return write_project(folder, FILES | files)
