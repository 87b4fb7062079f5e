"""Files that other processes stage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from generator.model import OutputPath
from generator.write.staging import stage_file, staging_path
from generator.write.write import Item, Staged, WriteError, Written, write_site
from tests.write.folders import Site, assert_finished, build, codes, everything, put

SITE = {
    "index.html": b"home",
    "nato/index.html": b"nato",
    "nato/data.json": b"{}",
    "assets/a.css": b"css",
    **{f"many/{number}/index.html": b"%d" % number for number in range(40)},
}


def staged(output: Path, site: Site) -> Iterator[Item]:
    """Stage the files one by one, as they are taken."""
    for path, content in site.items():
        yield Staged(OutputPath(path), stage_file(staging_path(output), OutputPath(path), content), len(content))


def work(task: tuple[Path, str, bytes]) -> Staged:
    """Stage a file: the part of a worker process."""
    staging, path, content = task
    return Staged(OutputPath(path), stage_file(staging, OutputPath(path), content), len(content))


def by_workers(output: Path, site: Site) -> Iterator[Item]:
    """Stage the files in other processes, which begin when the first one is taken."""
    with ProcessPoolExecutor(2) as pool:
        yield from pool.map(work, ((staging_path(output), path, content) for path, content in site.items()))


def written(output: Path, items: Iterable[Item]) -> Written:
    result = write_site(output, items, project=output.parent)
    assert isinstance(result, Written)
    return result


@pytest.mark.parametrize("stage", [staged, by_workers])
def test_staged_files_make_the_same_site(tmp_path: Path, stage: object) -> None:
    site = tmp_path / "site"
    put(site, ".staging/to-come/many/litter.html", b"of a killed build")
    assert written(site, stage(site, SITE)).written == len(SITE)  # type: ignore[operator]
    assert_finished(site, SITE)
    put(site, "mine.txt", b"mine")
    changed = {**SITE, "index.html": b"new home", "nato/index.html": b"NATO", "new/x/index.html": b"x"}
    del changed["assets/a.css"]
    result = written(site, stage(site, changed))  # type: ignore[operator]
    assert (result.written, result.unchanged, result.removed) == (3, len(SITE) - 3, 1)
    assert_finished(site, changed, {"mine.txt": b"mine"})
    clean = tmp_path / "clean"
    build(clean, changed)
    assert (clean / ".manifest.json").read_bytes() == (site / ".manifest.json").read_bytes()


def test_staged_files_are_held_to_the_same_rules(tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(site, SITE)
    put(site, "index.html", b"edited")
    put(site, "robots.txt", b"mine")
    before = everything(site)
    found = write_site(site, staged(site, {**SITE, "robots.txt": b"x"}), project=tmp_path)
    assert isinstance(found, tuple)
    assert codes(found) == ["output-edited", "output-foreign"]
    assert everything(site) == before


@pytest.mark.parametrize("size", [0, 3, 5])
def test_what_is_said_to_be_staged_has_to_be(tmp_path: Path, size: int) -> None:
    site = tmp_path / "site"
    build(site, SITE)
    before = everything(site)

    def items() -> Iterator[Item]:
        stage_file(staging_path(site), OutputPath("new.html"), b"1234")
        yield Staged(OutputPath("new.html"), "0" * 32, size)

    with pytest.raises(WriteError) as raised:
        write_site(site, items(), project=tmp_path)
    assert raised.value.path == "site/new.html"
    assert everything(site) == before


def test_what_was_never_staged(tmp_path: Path) -> None:
    with pytest.raises(WriteError) as raised:
        write_site(tmp_path / "site", [Staged(OutputPath("a"), "0" * 32, 1)], project=tmp_path)
    assert (raised.value.path, raised.value.reason) == ("site/a", "No such file or directory")
    assert everything(tmp_path) == {}


def test_a_worker_s_refusal_is_the_build_s(tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(site, SITE)
    before = everything(site)
    with pytest.raises(WriteError) as raised:
        write_site(site, by_workers(site, {**SITE, "x" * 300: b"x"}), project=tmp_path)
    assert (raised.value.path, raised.value.reason) == (f"site/{'x' * 300}", "File name too long")
    assert everything(site) == before
