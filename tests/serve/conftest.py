from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.serve.running import FILES, Preview, new_project

ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-quic"),
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview that a module's tests share: to start one takes a second."""
    with Preview(new_project(tmp_path_factory.mktemp("project"))) as running:
        yield running


@pytest.fixture
def preview(shared: Preview) -> Preview:
    """A preview of the tests' project as it is at first."""
    shared.start_afresh(FILES)
    return shared


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real browser: the one that CHROMIUM names."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=list(ARGUMENTS))
        yield browser
        browser.close()
