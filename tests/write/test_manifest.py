from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from generator.model import OutputPath
from generator.write.manifest import Damaged, Manifest, Stamp, decode_manifest, encode_manifest, read_manifest

ONE = Stamp("0" * 31 + "1", 1)
TWO = Stamp("0" * 31 + "2", 2)


def manifest(*paths: str) -> Manifest:
    return Manifest({OutputPath(path): ONE for path in paths})


def test_its_bytes() -> None:
    pending = Manifest({OutputPath("b"): ONE, OutputPath('a"\n'): TWO}, {OutputPath("ü"): TWO})
    assert encode_manifest(pending).decode() == (
        '{\n"files": {\n'
        '"a\\"\\n": ["00000000000000000000000000000002",2],\n'
        '"b": ["00000000000000000000000000000001",1]\n'
        '},\n"coming": {\n'
        '"ü": ["00000000000000000000000000000002",2]\n'
        "}\n}\n"
    )
    assert encode_manifest(Manifest({})) == b'{\n"files": {\n}\n}\n'


def test_the_same_site_has_the_same_bytes() -> None:
    assert encode_manifest(manifest("b", "a", "c/d")) == encode_manifest(manifest("c/d", "a", "b"))


@pytest.mark.parametrize("value", [Manifest({}), manifest("a", "ü\n/b"), Manifest({}, {OutputPath("a"): TWO})])
def test_what_is_written_is_read(value: Manifest) -> None:
    assert decode_manifest(encode_manifest(value)) == value


def test_a_path_has_the_stamps_of_both_sides() -> None:
    value = Manifest({OutputPath("a"): ONE}, {OutputPath("a"): TWO, OutputPath("b"): TWO})
    assert value.stamps(OutputPath("a")) == (ONE, TWO)
    assert value.stamps(OutputPath("b")) == (TWO,)
    assert value.stamps(OutputPath("c")) == ()
    assert value.paths() == {"a", "b"}


def with_path(path: str) -> bytes:
    return json.dumps({"files": {path: ["0" * 32, 1]}}).encode()


def test_the_sample_of_the_next_test_is_read_with_a_harmless_path() -> None:
    assert isinstance(decode_manifest(with_path(".well-known/x")), Manifest)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 100,
        b"{",
        b"[]",
        b"null",
        b'{"files": []}',
        b'{"file": {}}',
        b'{"files": {}, "more": 1}',
        b'{"files": {"a": "00000000000000000000000000000001"}}',
        b'{"files": {"a": ["short", 1]}}',
        b'{"files": {"a": ["0000000000000000000000000000000G", 1]}}',
        b'{"files": {}, "coming": {"a": ["0000000000000000000000000000000A", 1]}}',
        b'{"files": {"a": ["00000000000000000000000000000001", -1]}}',
        b'{"files": {"a": ["00000000000000000000000000000001", 1, 2]}}',
        b"[" * 100_000,
        b'{"files": {"\xff": ["00000000000000000000000000000001", 1]}}',
        encode_manifest(manifest("a", "b"))[:-30],
        with_path("/etc/passwd"),
        with_path("../x"),
        with_path("a/../../x"),
        with_path("a\\b"),
        with_path("a\0b"),
        with_path(".git/x"),
        with_path(".manifest.json"),
        with_path("C:/x"),
    ],
)
def test_damage_is_seen(content: bytes) -> None:
    assert isinstance(decode_manifest(content), Damaged)


def test_an_announced_path_is_held_to_the_same_law() -> None:
    content = b'{"files": {}, "coming": {"../x": ["00000000000000000000000000000001", 1]}}'
    assert isinstance(decode_manifest(content), Damaged)


def test_reading(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) is None
    (tmp_path / ".manifest.json").write_bytes(encode_manifest(manifest("a")))
    assert read_manifest(tmp_path) == manifest("a")


@pytest.mark.parametrize("kind", ["folder", "link", "pipe"])
def test_what_is_no_file_is_damaged(tmp_path: Path, kind: str) -> None:
    place = tmp_path / ".manifest.json"
    if kind == "folder":
        place.mkdir()
    elif kind == "link":
        (tmp_path / "real").write_bytes(encode_manifest(manifest("a")))
        place.symlink_to("real")
    else:
        os.mkfifo(place)
    assert isinstance(read_manifest(tmp_path), Damaged)
