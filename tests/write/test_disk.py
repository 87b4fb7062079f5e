from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.write.disk import Disk
from tests.write.folders import put


def test_which_folders_are_there(tmp_path: Path) -> None:
    put(tmp_path, "a/b/file", b"x")
    (tmp_path / "link").symlink_to("a")
    disk = Disk(str(tmp_path))
    assert [disk.missing(path) for path in ("", "a", "a/b")] == [None, None, None]
    assert [disk.missing(path) for path in ("c/d/e", "c/d", "a/x/y")] == ["c", "c", "a/x"]
    assert disk.blocked == set()
    assert [disk.missing(path) for path in ("a/b/file/x/y", "link/b", "link")] == ["a/b/file", "link", "link"]
    assert disk.blocked == {"a/b/file", "link"}


def test_a_path_of_two_thousand_folders_is_no_recursion(tmp_path: Path) -> None:
    assert Disk(str(tmp_path)).missing("/".join("a" * 1900)) == "a"


def test_looking_follows_no_link(tmp_path: Path) -> None:
    put(tmp_path, "real/file", b"abc")
    (tmp_path / "folder").symlink_to("real")
    (tmp_path / "file").symlink_to("real/file")
    disk = Disk(str(tmp_path))
    status = disk.look("real/file")
    assert status is not None
    assert status.st_size == 3
    assert disk.look("folder/file") is None
    assert disk.look("real/other") is None
    assert disk.look("file") is not None
    assert disk.look_for_file("file") is None
    assert disk.look_for_file("real") is None
    assert disk.look_for_file("real/file") is not None


@pytest.mark.parametrize("expected", [0, 4, 5, 6, 1 << 20])
def test_reading_does_not_rest_on_the_size_being_right(tmp_path: Path, expected: int) -> None:
    put(tmp_path, "file", b"12345")
    assert Disk(str(tmp_path)).read("file", expected) == b"12345"


def test_reading_follows_no_link_and_waits_for_no_pipe(tmp_path: Path) -> None:
    put(tmp_path, "real", b"x")
    (tmp_path / "link").symlink_to("real")
    os.mkfifo(tmp_path / "pipe")
    disk = Disk(str(tmp_path))
    with pytest.raises(OSError, match="link"):
        disk.read("link", 1)
    assert disk.read("pipe", 0) == b""


def test_one_file_under_two_names(tmp_path: Path) -> None:
    put(tmp_path, "a", b"x")
    put(tmp_path, "b", b"x")
    os.link(tmp_path / "a", tmp_path / "c")
    disk = Disk(str(tmp_path))
    assert disk.same("a", "c")
    assert not disk.same("a", "b")
    assert not disk.same("a", "missing")
