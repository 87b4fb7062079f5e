from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.model import OutputPath
from generator.write.disk import Disk
from generator.write.manifest import Damaged, Manifest, Stamp
from generator.write.owner import Owner, find_owner, owner_of
from tests.write.folders import digest, put

A = OutputPath("a")
OLD, COMING = Stamp(digest(b"old"), 3), Stamp(digest(b"coming"), 6)


@pytest.mark.parametrize(
    ("manifest", "content", "owner"),
    [
        (None, b"old", Owner.PERSON),
        (Manifest({}), b"old", Owner.PERSON),
        (Manifest({A: OLD}), b"old", Owner.BUILD),
        (Manifest({A: OLD}), b"other", Owner.EDITED),
        (Manifest({A: OLD}), b"", Owner.EDITED),
        (Manifest({A: OLD}, {A: COMING}), b"old", Owner.BUILD),
        (Manifest({A: OLD}, {A: COMING}), b"coming", Owner.BUILD),
        (Manifest({A: OLD}, {A: COMING}), b"other", Owner.EDITED),
        (Manifest({}, {A: COMING}), b"coming", Owner.BUILD),
        (Manifest({}, {A: COMING}), b"other", Owner.PERSON),
        (Manifest({}, {A: COMING}), b"", Owner.EDITED),
        (Manifest({}, {A: COMING}), b"\0\0\0", Owner.EDITED),
        (Damaged("why"), b"other", Owner.BUILD),
    ],
)
def test_who_wrote_a_content(tmp_path: Path, manifest: Manifest | Damaged | None, content: bytes, owner: Owner) -> None:
    assert owner_of(manifest, A, content) is owner
    put(tmp_path, "a", content)
    assert find_owner(Disk(str(tmp_path)), manifest, A) is owner


def test_nobody_owns_nothing_or_a_folder(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    disk = Disk(str(tmp_path))
    assert find_owner(disk, Manifest({A: OLD}), A) is None
    assert find_owner(disk, Manifest({OutputPath("folder"): OLD}), OutputPath("folder")) is None


@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_a_link_or_a_device_is_a_person_s(tmp_path: Path, kind: str) -> None:
    if kind == "link":
        put(tmp_path, "real", b"old")
        (tmp_path / "a").symlink_to("real")
    else:
        os.mkfifo(tmp_path / "a")
    disk = Disk(str(tmp_path))
    assert find_owner(disk, Manifest({A: OLD}), A) is Owner.EDITED
    for manifest in (None, Manifest({}), Manifest({}, {A: OLD}), Damaged("why")):
        assert find_owner(disk, manifest, A) is Owner.PERSON


def test_a_person_s_file_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a", b"private")
    monkeypatch.setattr(Disk, "read", lambda *_: pytest.fail("opened"))
    assert find_owner(Disk(str(tmp_path)), Manifest({}), A) is Owner.PERSON
