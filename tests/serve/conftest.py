from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.chromium import running_browser
from tests.serve.running import FILES, Preview, new_project


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
    with running_browser() as running:
        yield running
