from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.commands.publish.directory import KEPT_STATES, Directory
from generator.commands.publish.plan import plan_of
from generator.commands.publish.target import DEPLOY_ID, MANIFEST, Build, PublishError, reader
from generator.config import DirectoryTarget
from generator.diagnostics import START
from generator.model import Located
from generator.read.source import digest_of
from generator.write.manifest import Manifest, Stamp, decode_manifest
from tests.project import write_project
from tests.publish.sites import contents, context, crawl, first, send, tree


class World(NamedTuple):
    project: Path
    one: Build
    two: Build
    root: Path
    target: Callable[[], Directory]


@pytest.fixture
def world(builds: tuple[Build, Build], tmp_path: Path) -> World:
    one, two = builds
    project = tmp_path / "project"
    project.mkdir()

    def target() -> Directory:
        settings = DirectoryTarget(path=Located("../public", START), at=START)
        return Directory(settings, context(project, tmp_path / "scratch"))

    return World(project, one, two, tmp_path / "public", target)


def test_a_first_and_a_second_publish(world: World) -> None:
    send(world.target(), world.one)
    assert tree(world.root) == contents(world.one)
    assert (world.root / DEPLOY_ID).read_text() == f"{world.one.digest}\n"
    assert not (world.root / ".deploy/staging").exists()
    plan = send(world.target(), world.two)
    assert plan.of("add")
    assert plan.of("change")
    assert plan.of("delete")
    assert tree(world.root) == contents(world.two)
    assert not (world.root / "old").exists()
    assert plan_of(world.target().survey(world.two)).steps == ()
    assert stat_of(world.root) == {0o644: True, 0o755: True}


def stat_of(root: Path) -> dict[int, bool]:
    return {path.stat().st_mode & 0o777: True for path in sorted(root.rglob("*"), key=lambda path: path.is_dir())}


def test_the_bookkeeping_holds_addresses_and_digests_alone(world: World) -> None:
    send(world.target(), world.one)
    content = (world.root / MANIFEST).read_bytes()
    manifest = decode_manifest(content)
    assert isinstance(manifest, Manifest)
    assert manifest.files == world.one.files
    assert os.fsencode(world.project.parent) not in content
    assert sorted(path.name for path in (world.root / ".deploy").iterdir()) == ["id", "manifest.json"]


def test_no_page_ever_lacks_what_it_shows(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    send(world.target(), world.one)
    crawls = 0
    replace, unlink = os.replace, os.unlink

    def look(work: Callable[..., None]) -> Callable[..., None]:
        def then(*arguments: str) -> None:
            nonlocal crawls
            work(*arguments)
            if str(arguments[-1]).startswith(str(world.root)):
                crawls += 1
                assert crawl(tree(world.root)) == []

        return then

    monkeypatch.setattr(os, "replace", look(replace))
    monkeypatch.setattr(os, "unlink", look(unlink))
    plan = send(world.target(), world.two)
    assert crawls >= len(plan.steps)


def test_a_kill_at_any_point_and_another_run_converge(world: World) -> None:
    """The child is killed before its first, fourth, seventh ... change to the disk, until it lives to the end."""
    send(world.target(), world.one)
    shutil.copytree(world.root, world.root.with_name("before"))
    shutil.copytree(world.project, world.project.with_name("project-before"))
    for moment in range(0, 1000, 3):
        for folder, copy in ((world.root, "before"), (world.project, "project-before")):
            shutil.rmtree(folder)
            shutil.copytree(folder.with_name(copy), folder)
        (world.root / "mine.txt").write_text("a person's")
        lived = publish_killed_at(moment, world)
        assert crawl(tree(world.root)) == []
        send(world.target(), world.two)
        assert tree(world.root) == contents(world.two) | {"mine.txt": b"a person's"}
        assert (world.root / DEPLOY_ID).read_text() == f"{world.two.digest}\n"
        assert not world.target().survey(world.two).interrupted
        if lived:
            break
    assert moment > 40


def publish_killed_at(moment: int, world: World) -> bool:
    child = os.fork()
    if child == 0:
        left = moment

        def or_die(work: Callable[..., object]) -> Callable[..., object]:
            def then(*arguments: object, **named: object) -> object:
                nonlocal left
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                left -= 1
                return work(*arguments, **named)

            return then

        for name in ("replace", "unlink", "rmdir", "mkdir"):
            setattr(os, name, or_die(getattr(os, name)))
        try:
            send(world.target(), world.two)
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return not os.WIFSIGNALED(status)


def test_a_rollback_returns_to_each_kept_state(world: World) -> None:
    send(world.target(), world.one)
    first_state = world.target().survey(world.two).state
    send(world.target(), world.two)
    second_state = world.target().survey(world.one).state
    world.target().roll_back(first_state, lambda path: None)
    assert tree(world.root) == contents(world.one)
    world.target().roll_back(second_state, lambda path: None)
    assert tree(world.root) == contents(world.two)


def test_a_state_that_is_not_kept(world: World) -> None:
    send(world.target(), world.one)
    for state in ("0" * 32, ""):
        with pytest.raises(PublishError) as refused:
            world.target().roll_back(state, lambda path: None)
        assert refused.value.code == "publish-rollback"


def test_a_rollback_that_lacks_a_file_changes_nothing(world: World) -> None:
    send(world.target(), world.one)
    state = world.target().survey(world.two).state
    send(world.target(), world.two)
    next(path for path in (world.project / ".receipts/kept/here").iterdir() if path.suffix != ".json").unlink()
    with pytest.raises(PublishError):
        world.target().roll_back(state, lambda path: None)
    assert tree(world.root) == contents(world.two)


def test_old_states_are_forgotten(world: World) -> None:
    kept = world.project / ".receipts/kept/here"
    read = world.one.read
    builds = []
    for number in range(KEPT_STATES + 3):
        files = {path: stamp for path, stamp in world.one.files.items() if path in ("index.html", "404.html")}
        extra = f"v{number}".encode()
        files["v.txt"] = Stamp(digest_of(extra), len(extra))  # type: ignore[index]
        builds.append(
            Build(folder=world.one.folder, files=files, read=lambda p, e=extra: e if p == "v.txt" else read(p))
        )
        send(world.target(), builds[-1])
    assert len(list(kept.glob("*.json"))) == KEPT_STATES
    assert len([path for path in kept.iterdir() if path.suffix != ".json"]) == KEPT_STATES
    with pytest.raises(PublishError):
        world.target().roll_back(builds[0].digest, lambda path: None)
    world.target().roll_back(builds[-2].digest, lambda path: None)
    assert (world.root / "v.txt").read_text() == f"v{KEPT_STATES + 1}"


def test_a_persons_file_is_never_replaced_nor_removed(world: World) -> None:
    (world.root / "new").mkdir(parents=True)
    (world.root / "new/index.html").write_text("a person's")
    (world.root / "notes.txt").write_text("a person's")
    send(world.target(), world.one)
    before = tree(world.root)
    with pytest.raises(PublishError) as refused:
        send(world.target(), world.two)
    assert (refused.value.code, refused.value.notes) == ("publish-foreign", ("new/index.html",))
    assert tree(world.root) == before
    (world.root / "new/index.html").unlink()
    send(world.target(), world.two)
    assert tree(world.root) == contents(world.two) | {"notes.txt": b"a person's"}


def test_a_link_on_the_way_is_not_followed(world: World, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    world.root.mkdir()
    (world.root / "glossary").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PublishError) as refused:
        send(world.target(), world.one)
    assert refused.value.notes == ("glossary",)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_what_was_changed_by_hand_is_written_again_or_kept(world: World) -> None:
    send(world.target(), world.one)
    (world.root / "index.html").write_text("edited")
    (world.root / "old/index.html").write_text("edited too")
    target = world.target()
    outcome = target.upload(world.two, plan_of(target.survey(world.two)), lambda path: None)
    assert [warning.split(" ")[0] for warning in outcome.warnings] == ["index.html", "old/index.html"]
    assert tree(world.root) == contents(world.two) | {"old/index.html": b"edited too"}


def test_what_is_gone_from_the_target_comes_again(world: World) -> None:
    send(world.target(), world.one)
    shutil.rmtree(world.root / "glossary")
    send(world.target(), world.one)
    assert tree(world.root) == contents(world.one)


def test_damaged_bookkeeping(world: World) -> None:
    send(world.target(), world.one)
    (world.root / MANIFEST).write_bytes(b"{damaged")
    survey = world.target().survey(world.two)
    assert "damaged" in survey.warnings[0]
    (world.root / "plain").unlink()  # else it stands where a folder has to be, and nobody knows whose it is
    send(world.target(), world.two)
    assert tree(world.root).items() >= contents(world.two).items()
    assert (world.root / "old/index.html").is_file()


def test_an_output_that_changes_meanwhile_is_not_published(world: World, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(world.one.folder, copy)
    build = Build(folder=copy, files=world.one.files, read=reader(copy, world.one.files))
    (copy / "index.html").write_text("something else")
    with pytest.raises(PublishError) as refused:
        send(world.target(), build)
    assert "index.html was changed" in refused.value.message


@pytest.mark.parametrize(
    "path", ["/", "~", ".", "..", "content", "site", "site/x", ".receipts/x", ".git/x", "content/x"]
)
def test_folders_that_are_refused(tmp_path: Path, path: str) -> None:
    project = write_project(tmp_path / "project", first())
    settings = DirectoryTarget(path=Located(path, START), at=START)
    with pytest.raises(PublishError) as refused:
        Directory(settings, context(project, tmp_path / "scratch"))
    assert refused.value.code == "publish-refused"


def test_a_folder_that_may_not_be_written(world: World) -> None:
    world.root.write_text("a file")
    with pytest.raises(PublishError) as refused:
        send(world.target(), world.one)
    assert refused.value.code == "publish-refused"
