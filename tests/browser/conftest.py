"""One browser, the built sites on a server with the strictest policy, and pages that must not say a word."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.sites import build_sites
from tests.chromium import running_browser

ROOT = Path(__file__).parent.parent.parent

POLICY = "default-src 'self'"


# The scope ends with this folder: Playwright's loop must not run on below tests that have a loop of their own.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with running_browser() as running:
        yield running


class Handler(http.server.SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_request(self, code: object = "-", size: object = "-") -> None:
        pass


@pytest.fixture(scope="package")
def www(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browser") / "www"
    build_sites(folder, ROOT)
    return folder


@pytest.fixture(scope="package")
def origin(www: Path) -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(www))) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, origin: str, www: Path) -> Iterator[Visit]:
    """Opens pages. Time stands still in them unless `clock=False`: `page.clock.run_for(ms)` moves it.

    Whatever a page says on the console, asks of another host or does against the policy fails the test.
    """
    said: list[str] = []
    contexts = []

    def visit(
        address: str, *, clock: bool = True, size: tuple[int, int] = (1280, 800), disk: bool = False, **options: Any
    ) -> Page:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"error: {error}"))
        base = www.as_uri() + "/" if disk else origin
        page.on("request", lambda request: None if request.url.startswith(base) else said.append(request.url))
        page.on(
            "response", lambda answer: said.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None
        )
        if clock:
            page.clock.install(time=0)
        page.goto(base + address + ("index.html" if disk else ""))
        if clock:
            page.clock.pause_at(10_000)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert said == []
