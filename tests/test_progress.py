from __future__ import annotations

import functools
import io

import pytest

from generator import progress as module
from generator.progress import Progress


def open_file(base: int, item: int) -> int:
    return base + item


def test_results_go_through() -> None:
    heard = Progress(map)
    assert list(heard.run(functools.partial(open_file, 10), range(3))) == [10, 11, 12]


def test_the_table_has_a_line_for_each_stage() -> None:
    heard = Progress(map)
    list(heard.run(functools.partial(open_file, 10), range(3)))
    heard.finish()
    lines = heard.table().splitlines()
    assert [line[:24].strip() for line in lines] == ["match forms", "parse and find mentions", "write", "all"]
    assert "3 x" in lines[1]


def test_a_long_build_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.0)
    monkeypatch.setattr(module, "EVERY", 0.0)
    terminal = io.StringIO()
    heard = Progress(map, terminal)
    list(heard.run(functools.partial(open_file, 10), range(3)))
    assert "reading: 2 of 3, 0 s left" in terminal.getvalue()
    heard.finish()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_a_short_one_shows_nothing() -> None:
    terminal = io.StringIO()
    heard = Progress(map, terminal)
    list(heard.run(functools.partial(open_file, 10), range(3)))
    heard.finish()
    assert terminal.getvalue() == ""
