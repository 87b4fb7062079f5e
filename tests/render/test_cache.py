from __future__ import annotations

import threading
from pathlib import Path

import pytest

from generator.render.cache import FileCache


def test_what_was_put_is_got(tmp_path: Path) -> None:
    cache = FileCache(tmp_path / "deep/cache")
    assert cache.get("key") is None
    cache.put("key", b"content")
    assert FileCache(tmp_path / "deep/cache").get("key") == b"content"
    assert cache.get("other") is None
    cache.put("key", b"")
    assert cache.get("key") == b""
    assert len(list((tmp_path / "deep/cache").iterdir())) == 1


@pytest.mark.parametrize(
    "damage",
    [
        lambda kept: b"",
        lambda kept: kept[:-1],
        lambda kept: kept + b"x",
        lambda kept: kept[:40] + bytes([kept[40] ^ 1]) + kept[41:],
        lambda kept: bytes([kept[0] ^ 1]) + kept[1:],
        lambda kept: b"content of somebody else's",
    ],
)
def test_what_is_damaged_counts_as_none(tmp_path: Path, damage: object) -> None:
    cache = FileCache(tmp_path)
    cache.put("key", b"0123456789 content")
    (file,) = tmp_path.iterdir()
    file.write_bytes(damage(file.read_bytes()))  # type: ignore[operator]
    assert cache.get("key") is None
    cache.put("key", b"again")
    assert cache.get("key") == b"again"


def test_a_file_under_another_name_counts_as_none(tmp_path: Path) -> None:
    cache = FileCache(tmp_path)
    cache.put("one", b"1")
    (one,) = tmp_path.iterdir()
    cache.put("two", b"2")
    (two,) = set(tmp_path.iterdir()) - {one}
    two.write_bytes(one.read_bytes())
    assert (cache.get("one"), cache.get("two")) == (b"1", None)


def test_a_folder_in_the_way_is_no_harm(tmp_path: Path) -> None:
    cache = FileCache(tmp_path / "cache")
    cache.put("key", b"1")
    (file,) = (tmp_path / "cache").iterdir()
    file.unlink()
    file.mkdir()
    assert cache.get("key") is None
    cache.put("key", b"1")
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [file.name]
    (tmp_path / "file").write_bytes(b"")
    FileCache(tmp_path / "file/below").put("key", b"1")


def test_who_reads_sees_the_whole_or_nothing(tmp_path: Path) -> None:
    cache, contents = FileCache(tmp_path), [bytes([n]) * 200_000 for n in range(4)]
    threads = [threading.Thread(target=cache.put, args=("key", content)) for content in contents * 5]
    for thread in threads:
        thread.start()
    seen = {cache.get("key") for _ in range(50)}
    for thread in threads:
        thread.join()
    assert seen <= {None, *contents}
    assert cache.get("key") in contents
    assert len(list(tmp_path.iterdir())) == 1
