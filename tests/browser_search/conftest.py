"""A browser, and sites served below a path of a host as a strict server does it."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.chromium import running_browser

BASE = "/base/"


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with running_browser() as running:
        yield running


class Strict(http.server.SimpleHTTPRequestHandler):
    """Serves a folder below BASE with the policy that the pages are made for (docs/search.md)."""

    def translate_path(self, path: str) -> str:
        below = path.removeprefix(BASE) if path.startswith(BASE) else "nowhere/at/all"
        return super().translate_path("/" + below)

    def end_headers(self) -> None:
        more = " 'wasm-unsafe-eval'" if self.path.startswith(f"{BASE}search/") else ""
        self.send_header("Content-Security-Policy", f"default-src 'self'; script-src 'self'{more}")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Yield the address of a folder while it is served."""
    handler = functools.partial(Strict, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{BASE}"
        finally:
            server.shutdown()
            thread.join()
