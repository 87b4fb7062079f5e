"""The real browser of the tests: Chromium or Chrome, as CHROMIUM names it. A missing one is a failure, never a skip."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

ARGUMENTS = (
    *("--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--disable-quic"),
)


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Yield the browser. Playwright's loop runs meanwhile, so no fixture may hold it longer than a folder's tests."""
    name = os.environ.get("CHROMIUM", "chromium")
    path = shutil.which(name)
    if path is None:
        pytest.fail(f"no browser: {name!r} does not run; `make test` finds or installs Chromium", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()
