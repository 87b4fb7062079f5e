from __future__ import annotations

import pytest

from generator.commands.publish.target import Build
from tests.project import write_project
from tests.publish.sites import advance, built, first


@pytest.fixture(scope="session")
def builds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Build, Build]:
    """Two states of one site, built once for all tests."""
    folder = tmp_path_factory.mktemp("sites")
    project = write_project(folder / "project", first())
    one = built(project, folder / "one")
    advance(project)
    return one, built(project, folder / "two")


@pytest.fixture(autouse=True)
def _quiet_tools(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Git and ssh see nothing of whoever runs the tests."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(home / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "EMAIL"):
        monkeypatch.delenv(name, raising=False)
