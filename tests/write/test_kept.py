from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from generator.model import OutputPath
from generator.read.source import digest_of
from generator.write.disk import Disk
from generator.write.kept import find_lost
from generator.write.manifest import Manifest, Stamp, read_manifest
from generator.write.write import File, Item, Kept, WriteError, Written, write_site
from tests.write.folders import Killed, assert_finished, build, codes, everything, killed_at, manifest_of, on_disk, put

SITE = {"index.html": b"home", "nato/index.html": b"nato", "assets/a.css": b"css"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that was built a while ago."""
    site = tmp_path / "site"
    build(site, SITE)
    let_time_pass(site)
    return site


def let_time_pass(site: Path) -> None:
    """Make the manifest younger than every file, as it is when a build takes longer than the clock's steps."""
    deadline = time.time_ns() + 10**10
    while True:
        (site / ".manifest.json").write_bytes((site / ".manifest.json").read_bytes())
        written = (site / ".manifest.json").stat().st_mtime_ns
        if all((site / path).stat().st_ctime_ns < written for path in on_disk(site)):
            return
        assert time.time_ns() < deadline, "the clock stands still"


def in_place(site: Path) -> set[str]:
    manifest = read_manifest(site)
    assert isinstance(manifest, Manifest)
    return manifest.paths() - set(find_lost(site, manifest))


def kept(*paths: str) -> list[Item]:
    contents = {OutputPath(path): SITE.get(path, b"") for path in paths}
    return [Kept({path: Stamp(digest_of(content), len(content)) for path, content in contents.items()})]


def test_what_is_in_place_is_told_without_reading(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Disk, "read", lambda *_: pytest.fail("read"))
    assert in_place(site) == set(SITE)


def test_a_site_of_kept_files(site: Path) -> None:
    before = everything(site)
    result = write_site(site, kept(*SITE), project=site.parent)
    assert result == Written(written=0, unchanged=3, removed=0, warnings=())
    assert everything(site) == before


def test_kept_files_beside_others(site: Path) -> None:
    items = [*kept("nato/index.html"), File(OutputPath("index.html"), b"new")]
    result = write_site(site, items, project=site.parent)
    assert result == Written(written=1, unchanged=1, removed=1, warnings=())
    assert_finished(site, {"index.html": b"new", "nato/index.html": b"nato"})


@pytest.mark.parametrize("path", ["NATO/index.html", "nato", "nato/index.html/x", "nato/index.html"])
def test_a_new_file_that_clashes_with_a_kept_one(site: Path, path: str) -> None:
    before = everything(site)
    for items in ([*kept(*SITE), File(OutputPath(path), b"new")], [File(OutputPath(path), b"new"), *kept(*SITE)]):
        result = write_site(site, items, project=site.parent)
        assert isinstance(result, tuple)
        assert codes(result) == ["output-clash"]
        assert everything(site) == before


def test_files_changed_and_kept_without_a_new_name(site: Path) -> None:
    items = [File(OutputPath("index.html"), b"new"), *kept("nato/index.html"), File(OutputPath("assets/a.css"), b"new")]
    assert write_site(site, items, project=site.parent) == Written(written=2, unchanged=1, removed=0, warnings=())
    result = write_site(site, [*kept("nato/index.html"), *items[2:], *items[2:]], project=site.parent)
    assert isinstance(result, tuple)
    assert codes(result) == ["output-clash"]


@pytest.mark.parametrize("content", [b"hand", b"longer", b""])
def test_a_change_by_hand_is_seen_and_mended(site: Path, content: bytes) -> None:
    put(site, "nato/index.html", content)
    assert in_place(site) == {"index.html", "assets/a.css"}
    items = [*kept("index.html", "assets/a.css"), File(OutputPath("nato/index.html"), b"nato")]
    result = write_site(site, items, project=site.parent)
    assert isinstance(result, Written)
    assert codes(result.warnings) == ["output-edited"]
    assert_finished(site, SITE)


def test_a_change_of_the_same_size_with_its_time_set_back_is_seen(site: Path) -> None:
    status = (site / "nato/index.html").stat()
    put(site, "nato/index.html", b"NATO")
    os.utime(site / "nato/index.html", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert in_place(site) == {"index.html", "assets/a.css"}


def test_a_file_as_young_as_the_manifest_is_read(site: Path) -> None:
    time_of = (site / "nato/index.html").stat().st_ctime_ns
    os.utime(site / ".manifest.json", ns=(time_of, time_of))
    assert "nato/index.html" in in_place(site)
    put(site, "nato/index.html", b"NATO")
    assert "nato/index.html" not in in_place(site)


def test_a_copied_site_is_read_and_found_in_place(site: Path) -> None:
    copy = site.parent / "copy"
    shutil.copytree(site, copy)
    assert in_place(copy) == set(SITE)


@pytest.mark.parametrize("kind", ["gone", "folder", "link", "folder is a link"])
def test_what_is_not_there_is_not_in_place(site: Path, kind: str) -> None:
    if kind == "folder is a link":
        (site / "nato").rename(site.parent / "nato")
        (site / "nato").symlink_to(site.parent / "nato")
    else:
        (site / "nato/index.html").unlink()
    if kind == "folder":
        (site / "nato/index.html").mkdir()
    elif kind == "link":
        put(site, "real", b"nato")
        (site / "nato/index.html").symlink_to("../real")
    assert in_place(site) == {"index.html", "assets/a.css"}


def test_what_an_interrupted_build_was_moving_is_not_in_place(site: Path) -> None:
    for step in range(1000):
        with pytest.raises(Killed), killed_at(step):
            build(site, {**SITE, "index.html": b"come"})
        manifest = manifest_of(site)
        if "coming" in manifest:
            break
    assert manifest["coming"].keys() == {"index.html"}
    assert in_place(site) == {"nato/index.html", "assets/a.css"}


def test_what_no_build_wrote_cannot_be_kept(site: Path) -> None:
    put(site, "mine.html", b"mine")
    for folder in (site, site.parent / "new"):
        with pytest.raises(WriteError) as raised:
            write_site(folder, kept("mine.html"), project=site.parent)
        assert raised.value.reason == "it changed while the site was built"


def test_a_damaged_manifest_keeps_nothing(site: Path) -> None:
    (site / ".manifest.json").write_bytes(b"")
    with pytest.raises(WriteError):
        write_site(site, kept("index.html"), project=site.parent)


def test_the_manifest_is_younger_than_what_it_speaks_of(site: Path) -> None:
    build(site, {**SITE, "index.html": b"new", "new/index.html": b"x"})
    written = (site / ".manifest.json").stat().st_mtime_ns
    assert all((site / path).stat().st_ctime_ns <= written for path in on_disk(site))
