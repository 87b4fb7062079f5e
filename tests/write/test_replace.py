"""The order of the moves, and what a bad disk cannot do: a kill or an error at every single system call."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from generator.model import OutputPath
from generator.write import replace
from generator.write.write import File, WriteError, Written, write_site
from tests.write.folders import (
    Killed,
    Site,
    assert_finished,
    build,
    everything,
    failing_at,
    files_of,
    in_child,
    interposed,
    killed_at,
    on_disk,
    put,
    temporary_names,
)

OLD = {
    "index.html": b"old home",
    "same.html": b"the same",
    "assets/a.css": b"old style",
    "feed.xml": b"old feed",
    "gone/deep/index.html": b"gone",
    "kept.html": b"edited later, then not needed",
    "nato/index.html": b"edited later",
    "folder/index.html": b"in the way",
    "file": b"in the way, too",
}
NEW = {
    "index.html": b"new home" * 100,
    "same.html": b"the same",
    "assets/a.css": b"new style",
    "assets/new.js": b"script",
    "feed.xml": b"new feed",
    "fresh/index.html": b"fresh",
    "fresh/data.json": b"{}",
    "gone/other.txt": b"stays",
    "nato/index.html": b"new nato",
    "folder": b"a file now",
    "file/index.html": b"a folder now",
}
PERSONS = {"notes.txt": b"mine", "gone/mine.txt": b"mine", "kept.html": b"by hand", ".htaccess": b"mine"}
EDITED = {"nato/index.html": b"by hand"}


@pytest.fixture(autouse=True)
def odd_umask() -> Iterator[None]:
    """Have every mode set by hand, which is a system call more that may fail."""
    before = os.umask(0o027)
    yield
    os.umask(before)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """An old site with a person's files and edits in it."""
    site = tmp_path / "site"
    build(site, OLD)
    for path, content in (*PERSONS.items(), *EDITED.items()):
        put(site, path, content)
    return site


def assert_whole(site: Path) -> None:
    """Assert that each file is wholly old or wholly new, and persons' files are there."""
    found = on_disk(site)
    for path, content in PERSONS.items():
        assert found.pop(path) == content
    for path, content in found.items():
        assert content in (OLD.get(path), NEW.get(path), EDITED.get(path)), path
    missing = (OLD.keys() & NEW.keys()) - found.keys()
    assert not missing


def assert_repaired(site: Path, *, empty: bool = False) -> None:
    """Assert that the next build makes the site that a clean one makes."""
    result = build(site, NEW)
    assert {one.code for one in result.warnings} <= {"output-edited", "output-kept"}
    assert {one.path for one in result.warnings} <= {"site/nato/index.html", "site/kept.html"}
    assert_finished(site, NEW, PERSONS, empty=empty)
    clean = site.parent / "clean"
    if not clean.exists():
        build(clean, NEW)
    assert (site / ".manifest.json").read_bytes() == (clean / ".manifest.json").read_bytes()


def steps_of(site: Path, folder: Path) -> list[str]:
    """Return the system calls of the build that the tests below interrupt."""
    shutil.copytree(site, folder / "counted", symlinks=True)
    with killed_at(1_000_000) as steps:
        build(folder / "counted", NEW)
    assert {"open", "write", "mkdir", "fchmod", "fsync", "replace", "unlink", "rmdir"} <= set(steps)
    return steps


def copies(site: Path, folder: Path, number: int) -> Iterator[tuple[int, Path]]:
    """Yield a number and a copy of the old site for each step."""
    for step in range(number):
        copy = folder / str(step) / "site"
        shutil.copytree(site, copy, symlinks=True)
        yield step, copy


def test_the_build_that_the_others_interrupt(site: Path) -> None:
    assert_repaired(site)


def test_the_order(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def each(name: str, _: Callable[..., Any], args: tuple[Any, ...]) -> None:
        target = str(args[1 if name == "replace" else 0])
        if name in ("replace", "unlink", "rmdir") and target.startswith(f"{site}/") and ".staging" not in target:
            done.append(f"{name} {target[len(str(site)) + 1 :]}")

    with interposed(each):
        build(site, NEW)
    assert done == [
        "replace .manifest.json",
        "unlink file",
        "unlink folder/index.html",
        "rmdir gone/deep",
        "rmdir folder",
        "replace assets/a.css",
        "replace assets/new.js",
        "replace feed.xml",
        "replace folder",
        "replace gone/other.txt",
        "replace file",
        "replace fresh",
        "replace index.html",
        "replace nato/index.html",
        "unlink gone/deep/index.html",
        "rmdir gone/deep",
        "rmdir folder",
        "replace .manifest.json",
    ]


def test_killed_at_every_step(site: Path, tmp_path: Path) -> None:
    """The process ends at once, a write in its middle; nothing cleans up after it."""
    steps = steps_of(site, tmp_path)

    def die(copy: Path, step: int) -> None:
        taken = 0

        def each(name: str, original: Callable[..., Any], args: tuple[Any, ...]) -> None:
            nonlocal taken
            if taken == step:
                if name == "write":
                    original(args[0], args[1][: len(args[1]) // 2])
                os._exit(9)
            taken += 1

        with interposed(each):
            build(copy, NEW)

    for step, copy in copies(site, tmp_path, len(steps)):
        child = os.fork()
        if child == 0:
            try:
                die(copy, step)
            finally:
                os._exit(1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9, f"not killed at {step}"
        assert_whole(copy)
        assert_repaired(copy)


def test_killed_at_every_step_and_then_given_up(site: Path, tmp_path: Path) -> None:
    """After a kill the author goes back to the old site: the next build makes that one of what is there."""
    steps = steps_of(site, tmp_path)
    for step, copy in copies(site, tmp_path, len(steps)):
        with pytest.raises(Killed), killed_at(step):
            build(copy, NEW)
        for path in ("kept.html", "nato/index.html"):
            (copy / path).unlink(missing_ok=True)
        result = build(copy, OLD)
        assert result.warnings == ()
        assert_finished(copy, OLD, {path: content for path, content in PERSONS.items() if path != "kept.html"})


def test_killed_twice(site: Path, tmp_path: Path) -> None:
    """The second build is killed where the first one was, and builds another site."""
    steps = steps_of(site, tmp_path)
    for step, copy in copies(site, tmp_path, len(steps)):
        with pytest.raises(Killed), killed_at(step):
            build(copy, NEW)
        with suppress(Killed), killed_at(step):  # where little is left to do, it comes to its end
            build(copy, {**NEW, "index.html": b"third", "third/index.html": b"x"})
        assert on_disk(copy)["index.html"] in (OLD["index.html"], NEW["index.html"], b"third")
        assert_repaired(copy)


def test_a_first_build_killed_at_every_step(tmp_path: Path) -> None:
    with killed_at(1_000_000) as steps:
        build(tmp_path / "counted", NEW)
    for step in range(len(steps)):
        site = tmp_path / str(step) / "site"
        with pytest.raises(Killed), killed_at(step):
            build(site, NEW)
        found = on_disk(site)
        assert found == {path: NEW[path] for path in found}
        build(site, NEW)
        assert_finished(site, NEW)


def problem_of(site: Path, step: int, number: int) -> WriteError | None:
    """Return the WriteError that a failing step leads to; some are of no consequence."""
    try:
        with failing_at(step, number):
            build(site, NEW)
    except WriteError as problem:
        return problem
    return None


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_an_error_at_every_step(site: Path, tmp_path: Path, number: int) -> None:
    """Each system call fails once: before the first move nothing has changed, and nothing is ever left lying about."""
    steps = steps_of(site, tmp_path)
    before = everything(site)
    first_move = steps.index("replace")
    failed = 0
    for step, copy in copies(site, tmp_path, len(steps)):
        problem = problem_of(copy, step, number)
        if problem is not None:
            failed += 1
            assert problem.reason in (os.strerror(number), "something else stands in its place")
            assert problem.path.startswith("site/")
            assert problem.path[5:] in {*OLD, *NEW, ".manifest.json", "file", "fresh"}, problem.path
            assert not temporary_names(problem.path)
            if step <= first_move:
                assert everything(copy) == before
                assert problem.hint == replace.UNCHANGED
            elif step > first_move + 2:
                assert problem.hint == replace.PARTLY
            assert not (copy / ".staging").exists()
        assert_whole(copy)
        assert_repaired(copy, empty=steps[step] == "rmdir")
    assert failed > len(NEW)


# --- a disk that is full, a folder that is forbidden ------------------------------------------------------------


@pytest.fixture
def small_disk() -> Iterator[tuple[Path, Callable[[], None]]]:
    """A file system of 256 KB, and what a process has to do so that it is one; without root, a limit on its files."""
    folder = Path(tempfile.mkdtemp())
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(mount, check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        mounted = False
    try:
        yield folder, (lambda: None) if mounted else limit_files
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)
        shutil.rmtree(folder)


def limit_files() -> None:
    """Let no file of this process grow past 4,000 bytes; Python ignores the signal, so a write fails (EFBIG)."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))


def failure(output: Path, site: Site, prepare: Callable[[], None]) -> tuple[str, str]:
    """Return the path and the reason of the WriteError that building in a limited process raises."""

    def work() -> tuple[str, str]:
        prepare()
        with pytest.raises(WriteError) as raised:
            write_site(output, files_of(site), project=output.parent)
        return raised.value.path, raised.value.reason

    path, reason = in_child(work)
    return str(path), str(reason)


def test_a_full_disk(small_disk: tuple[Path, Callable[[], None]]) -> None:
    folder, prepare = small_disk
    site = folder / "site"
    build(site, OLD)
    put(site, "notes.txt", b"mine")
    before = everything(folder)
    path, reason = failure(site, {**NEW, "large/index.html": b"x" * 300_000}, prepare)
    assert path == "site/large/index.html"
    assert reason in ("No space left on device", "File too large")
    assert everything(folder) == before
    assert in_child(lambda: [prepare(), build(site, NEW)][1].written) == len(NEW) - 1


def test_a_file_that_fits_in_part(site: Path) -> None:
    before = everything(site)
    assert failure(site, {**NEW, "index.html": b"x" * 10_000}, limit_files) == ("site/index.html", "File too large")
    assert everything(site) == before
    assert_repaired(site)


def as_nobody() -> None:
    """Become a user whom permissions bind."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)


@pytest.fixture
def open_site() -> Iterator[Path]:
    """An old site that `as_nobody` owns, below folders that it can reach."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    site = folder / "site"
    build(site, OLD)
    if os.getuid() == 0:
        for path in [folder, site, *site.rglob("*")]:
            os.chown(path, 65534, 65534)
    yield site
    for path in [site, *site.rglob("*")]:
        path.chmod(0o755)
    shutil.rmtree(folder)


def test_a_forbidden_folder(open_site: Path) -> None:
    before = everything(open_site)
    open_site.chmod(0o555)
    assert failure(open_site, NEW, as_nobody) == ("site/index.html", "Permission denied")
    assert everything(open_site) == before


def test_a_forbidden_folder_within(open_site: Path) -> None:
    (open_site / "assets").chmod(0o555)
    assert failure(open_site, NEW, as_nobody) == ("site/assets/a.css", "Permission denied")
    found = on_disk(open_site)
    for path, content in found.items():
        assert content in (OLD.get(path), NEW.get(path))
    assert not (open_site / ".staging").exists()
    (open_site / "assets").chmod(0o755)
    assert in_child(lambda: [as_nobody(), build(open_site, NEW)][1].warnings) == ()
    assert_finished(open_site, NEW)


def test_a_folder_that_cannot_be_made(open_site: Path) -> None:
    open_site.parent.chmod(0o555)
    project = open_site.parent / "project"
    assert failure(project / "new/site", NEW, as_nobody)[1] == "Permission denied"
    assert not project.exists()
    open_site.parent.chmod(0o755)


def test_an_output_that_cannot_be_read(open_site: Path) -> None:
    (open_site / "same.html").chmod(0)
    assert failure(open_site, NEW, as_nobody) == ("site/same.html", "Permission denied")


# --- what others do meanwhile -----------------------------------------------------------------------------------


def meanwhile(site: Path, act: Callable[[], object]) -> WriteError | Written:
    """Return what becomes of a build during which somebody acts, after all was compared and before the first move."""
    put_manifest = replace._put_manifest
    waiting = [act]

    def first(*args: Any) -> None:
        put_manifest(*args)
        if waiting:
            waiting.pop()()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(replace, "_put_manifest", first)
        try:
            result = write_site(site, files_of(NEW), project=site.parent)
        except WriteError as problem:
            return problem
    assert isinstance(result, Written)
    return result


def test_a_file_that_a_person_makes_meanwhile_is_not_written_over(site: Path) -> None:
    problem = meanwhile(site, lambda: put(site, "fresh/index.html", b"mine"))
    assert isinstance(problem, WriteError)
    assert problem.path == "site/fresh"
    assert problem.reason == "something else stands in its place"
    assert on_disk(site)["fresh/index.html"] == b"mine"
    found = write_site(site, files_of(NEW), project=site.parent)
    assert not isinstance(found, Written)
    assert [one.path for one in found if one.code == "output-foreign"] == ["site/fresh/index.html"]


def test_a_folder_that_becomes_a_link_meanwhile_is_not_written_through(site: Path) -> None:
    elsewhere = site.parent / "elsewhere"
    put(elsewhere, "a.css", b"precious")

    def act() -> None:
        shutil.rmtree(site / "assets")
        (site / "assets").symlink_to(elsewhere)

    problem = meanwhile(site, act)
    assert isinstance(problem, WriteError)
    assert problem.path == "site/assets/a.css"
    assert on_disk(elsewhere) == {"a.css": b"precious"}


def test_what_is_edited_meanwhile_is_not_removed(site: Path) -> None:
    result = meanwhile(site, lambda: put(site, "gone/deep/index.html", b"edited meanwhile"))
    assert isinstance(result, Written)
    assert on_disk(site)["gone/deep/index.html"] == b"edited meanwhile"


def test_what_is_edited_meanwhile_is_not_removed_for_room(site: Path) -> None:
    problem = meanwhile(site, lambda: put(site, "folder/index.html", b"edited meanwhile"))
    assert isinstance(problem, WriteError)
    assert (problem.path, problem.reason) == ("site/folder/index.html", "it changed while the site was built")
    assert on_disk(site)["folder/index.html"] == b"edited meanwhile"


def test_a_manifest_s_place_that_is_a_folder(site: Path) -> None:
    (site / ".manifest.json").unlink()
    (site / ".manifest.json").mkdir()
    before = everything(site)
    with pytest.raises(WriteError) as raised:
        write_site(site, [File(OutputPath("index.html"), b"x")], project=site.parent)
    assert raised.value.path == "site/.manifest.json"
    assert raised.value.hint == replace.UNCHANGED
    assert everything(site) == before
