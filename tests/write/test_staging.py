from __future__ import annotations

import os
import pickle
import stat
from pathlib import Path

import pytest

from generator.model import OutputPath
from generator.write.problems import WriteError
from generator.write.staging import clear_staging, make_folders, missing_folders, put_file, stage_file, staging_path
from tests.write.folders import digest, everything, on_disk, put


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_staged_file_and_its_digest(tmp_path: Path) -> None:
    staging = staging_path(tmp_path)
    assert stage_file(staging, OutputPath("a/b/c.html"), b"content") == digest(b"content")
    assert stage_file(staging, OutputPath("a/d.html"), b"") == digest(b"")
    assert everything(tmp_path) == {
        ".staging": "folder",
        ".staging/to-come": "folder",
        ".staging/to-come/a": "folder",
        ".staging/to-come/a/b": "folder",
        ".staging/to-come/a/b/c.html": b"content",
        ".staging/to-come/a/d.html": b"",
    }


def test_any_process_may_stage() -> None:
    assert pickle.loads(pickle.dumps(stage_file)) is stage_file
    problem = pickle.loads(pickle.dumps(WriteError("a/b", "No space left on device", "hint")))
    assert (problem.path, problem.reason, problem.hint) == ("a/b", "No space left on device", "hint")


def test_a_retry_replaces_what_was_staged(tmp_path: Path) -> None:
    stage_file(tmp_path, OutputPath("a"), b"longer content")
    stage_file(tmp_path, OutputPath("a"), b"short")
    assert (tmp_path / "to-come/a").read_bytes() == b"short"


def test_a_link_in_the_place_is_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "precious", b"work")
    (tmp_path / "to-come").mkdir()
    (tmp_path / "to-come/a").symlink_to(tmp_path / "precious")
    with pytest.raises(WriteError):
        stage_file(tmp_path, OutputPath("a"), b"x")
    assert (tmp_path / "precious").read_bytes() == b"work"


@pytest.mark.parametrize("path", ["x" * 300, "a/" * 2100 + "x", "ok/" + "ü" * 200 + "/index.html"])
def test_a_name_that_is_too_long_is_named(tmp_path: Path, path: str) -> None:
    with pytest.raises(WriteError) as raised:
        stage_file(tmp_path, OutputPath(path), b"x")
    assert raised.value.path == path
    assert raised.value.reason == "File name too long"


def test_what_the_system_takes_only_in_parts_is_written_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, content: write(descriptor, content[:3]))
    put_file(str(tmp_path / "a"), b"0123456789")
    assert (tmp_path / "a").read_bytes() == b"0123456789"


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o777])
def test_modes_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        stage_file(tmp_path / "new", OutputPath("a/b"), b"x")
        assert os.umask(umask) == umask
    finally:
        os.umask(before)
    assert mode(tmp_path / "new/to-come/a/b") == 0o644
    assert {mode(tmp_path / path) for path in ("new", "new/to-come", "new/to-come/a")} == {0o755}


def test_folders_of_others_keep_their_modes(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir(mode=0o700)
    make_folders(str(tmp_path / "a/b/c"))
    make_folders(str(tmp_path / "a/b/c"))
    assert [mode(tmp_path / path) for path in ("a", "a/b", "a/b/c")] == [0o700, 0o755, 0o755]


def test_a_file_system_without_modes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "chmod", refuse)
    monkeypatch.setattr(os, "fchmod", refuse)
    stage_file(tmp_path, OutputPath("a/b"), b"x")
    assert on_disk(tmp_path) == {"to-come/a/b": b"x"}


def test_folders_that_are_missing(tmp_path: Path) -> None:
    assert missing_folders(str(tmp_path)) == []
    assert missing_folders(str(tmp_path / "a/b")) == [str(tmp_path / "a/b"), str(tmp_path / "a")]


def test_clearing_takes_the_staging_folder_alone_and_follows_no_link(tmp_path: Path) -> None:
    clear_staging(str(tmp_path))
    put(tmp_path, "elsewhere/precious", b"work")
    put(tmp_path, "site/.staging/to-come/a/b", b"x")
    put(tmp_path, "site/index.html", b"y")
    (tmp_path / "site/.staging/to-come/link").symlink_to(tmp_path / "elsewhere")
    clear_staging(str(tmp_path / "site"))
    assert on_disk(tmp_path) == {"elsewhere/precious": b"work", "site/index.html": b"y"}
    assert not (tmp_path / "site/.staging").exists()
