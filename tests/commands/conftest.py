from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.cli import main
from tests.commands.check.desk import Done, Run


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """A command in this process, as if it were typed in a folder, with variables of the environment."""
    before = signal.getsignal(signal.SIGTERM)

    def run_here(*arguments: str, cwd: Path, **environment: str) -> Done:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        try:
            status = main(["-C", str(cwd), *arguments])
        except SystemExit as ended:
            status = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        return Done(status, *capsys.readouterr())

    yield run_here
    signal.signal(signal.SIGTERM, before)
