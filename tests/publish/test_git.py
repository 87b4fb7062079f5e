from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.commands.publish.git import Git
from generator.commands.publish.plan import plan_of
from generator.commands.publish.target import DEPLOY_ID, Build, PublishError
from generator.config import GitTarget
from generator.diagnostics import START
from generator.model import Located
from tests.publish.sites import contents, context, send, shim


def git(folder: Path, *arguments: str, **environment: str) -> str:
    user = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    done = subprocess.run(
        ["git", "-C", str(folder), *user, *arguments],
        capture_output=True,
        check=True,
        env={**os.environ, **environment},
    )
    return done.stdout.decode().strip()


def held(remote: Path, branch: str = "gh-pages") -> dict[str, bytes]:
    """Return the files of a branch."""
    listed = subprocess.run(["git", "-C", str(remote), "ls-tree", "-r", "-z", branch], capture_output=True, check=True)
    files = {}
    for line in listed.stdout.split(b"\0")[:-1]:
        facts, _, path = line.partition(b"\t")
        blob = ["git", "-C", str(remote), "cat-file", "blob", facts.split()[2].decode()]
        files[path.decode()] = subprocess.run(blob, capture_output=True, check=True).stdout
    return files


def expected(build: Build, **more: bytes) -> dict[str, bytes]:
    return contents(build) | {DEPLOY_ID: f"{build.digest}\n".encode()} | more


class World(NamedTuple):
    project: Path
    remote: Path
    one: Build
    two: Build
    target: Callable[..., Git]


@pytest.fixture
def world(builds: tuple[Build, Build], tmp_path: Path) -> World:
    project, remote = tmp_path / "project", tmp_path / "remote.git"
    git(tmp_path, "init", "--quiet", "--bare", str(remote))
    git(tmp_path, "init", "--quiet", "--initial-branch=main", str(project))
    git(project, "remote", "add", "origin", "../remote.git")
    (project / "notes.md").write_text("committed\n")
    git(project, "add", "notes.md")
    git(project, "commit", "--quiet", "-m", "Notes")

    def target(dry_run: bool = False, **settings: str) -> Git:
        located = {name: Located(value, START) for name, value in settings.items()}
        return Git(GitTarget(at=START, **located), context(project, tmp_path / "scratch", dry_run=dry_run))

    return World(project, remote, *builds, target)


def test_a_first_and_a_second_publish(world: World) -> None:
    send(world.target(), world.one)
    assert held(world.remote) == expected(world.one)
    assert ".nojekyll" in held(world.remote)
    send(world.target(), world.two)
    assert held(world.remote) == expected(world.two)
    assert git(world.remote, "rev-list", "--count", "gh-pages") == "2"


def test_no_commit_when_nothing_changed(world: World) -> None:
    send(world.target(), world.one)
    before = git(world.remote, "rev-parse", "gh-pages")
    assert send(world.target(), world.one).steps == ()
    assert git(world.remote, "rev-parse", "gh-pages") == before


def test_the_writers_tree_and_index_are_never_touched(world: World) -> None:
    (world.project / "notes.md").write_text("edited\n")
    (world.project / "staged.md").write_text("staged\n")
    git(world.project, "add", "staged.md")
    (world.project / "untracked.md").write_text("untracked\n")
    before = git(world.project, "status", "--porcelain", "--branch"), (world.project / ".git/index").read_bytes()
    head = git(world.project, "rev-parse", "HEAD")
    send(world.target(), world.one)
    send(world.target(), world.two)
    index = (world.project / ".git/index").read_bytes()
    assert (git(world.project, "status", "--porcelain", "--branch"), index) == before
    assert git(world.project, "rev-parse", "HEAD") == head
    assert git(world.project, "branch", "--format=%(refname:short)") == "main"
    assert not (world.project / ".git/FETCH_HEAD").exists()


def test_files_are_stored_as_they_are(world: World, tmp_path: Path) -> None:
    """Neither line ends nor filters of the writer's repository get at the site."""
    git(world.project, "config", "core.autocrlf", "true")
    git(world.project, "config", "filter.shout.clean", "tr a-z A-Z")
    (world.project / ".gitattributes").write_text("* text=auto eol=crlf filter=shout\n")
    (world.project / ".gitignore").write_text("*\n")
    send(world.target(), world.one)
    assert held(world.remote) == expected(world.one)


def test_cname(world: World) -> None:
    send(world.target(cname="explainers.example.org"), world.one)
    assert held(world.remote)["CNAME"] == b"explainers.example.org\n"
    assert send(world.target(cname="explainers.example.org"), world.one).steps == ()


def test_a_domain_set_at_the_host_is_kept(world: World) -> None:
    send(world.target(cname="explainers.example.org"), world.one)
    send(world.target(), world.two)
    assert held(world.remote) == expected(world.two, CNAME=b"explainers.example.org\n")


def somebody_else_pushes(world: World, tmp_path: Path) -> None:
    other = tmp_path / "other"
    git(tmp_path, "clone", "--quiet", "--branch", "gh-pages", str(world.remote), str(other))
    (other / "index.html").write_text("theirs")
    git(other, "commit", "--quiet", "-am", "Theirs")
    git(other, "push", "--quiet", "origin", "gh-pages")


def test_a_remote_that_moved_is_an_error_that_says_so(world: World, tmp_path: Path) -> None:
    send(world.target(), world.one)
    somebody_else_pushes(world, tmp_path)
    with pytest.raises(PublishError) as refused:
        send(world.target(), world.two)
    assert refused.value.code == "publish-moved"
    assert "gh-pages of origin moved" in refused.value.message
    assert held(world.remote)["index.html"] == b"theirs"
    git(world.project, "fetch", "--quiet", "--prune", "origin")
    send(world.target(), world.two)
    assert held(world.remote) == expected(world.two)
    assert git(world.remote, "rev-list", "--count", "gh-pages") == "3"


def test_a_remote_that_moves_meanwhile(world: World, tmp_path: Path) -> None:
    send(world.target(), world.one)
    target = world.target()
    plan = plan_of(target.survey(world.two))
    somebody_else_pushes(world, tmp_path)
    with pytest.raises(PublishError) as refused:
        target.upload(world.two, plan, lambda path: None)
    assert refused.value.code == "publish-moved"
    assert held(world.remote)["index.html"] == b"theirs"


def test_a_branch_that_appears_meanwhile(world: World, tmp_path: Path) -> None:
    target = world.target()
    plan = plan_of(target.survey(world.one))
    git(world.project, "push", "--quiet", "origin", "main:gh-pages")
    with pytest.raises(PublishError) as refused:
        target.upload(world.one, plan, lambda path: None)
    assert refused.value.code == "publish-moved"


def test_another_clone_goes_on(world: World, tmp_path: Path) -> None:
    """A machine that never published, as a CI system's, builds on what is there."""
    send(world.target(), world.one)
    git(world.project, "push", "--quiet", "origin", "main")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth=1", "--branch=main", f"file://{world.remote}", str(clone))
    target = Git(GitTarget(at=START), context(clone, tmp_path / "scratch"))
    send(target, world.two)
    assert held(world.remote) == expected(world.two)
    assert git(world.remote, "rev-list", "--count", "gh-pages") == "2"


def test_a_rollback_adds_a_commit(world: World) -> None:
    send(world.target(), world.one)
    state = git(world.remote, "rev-parse", "gh-pages")
    send(world.target(), world.two)
    second = git(world.remote, "rev-parse", "gh-pages")
    outcome = world.target().roll_back(state, lambda path: None)
    assert (outcome.previous, outcome.state) == (second, git(world.remote, "rev-parse", "gh-pages"))
    assert held(world.remote) == expected(world.one)
    assert git(world.remote, "rev-list", "--count", "gh-pages") == "3"
    assert git(world.remote, "rev-parse", "gh-pages~2") == state
    world.target().roll_back(state, lambda path: None)
    assert git(world.remote, "rev-list", "--count", "gh-pages") == "3"


@pytest.mark.parametrize("state", ["", "0" * 40])
def test_a_rollback_to_what_never_was(world: World, state: str) -> None:
    send(world.target(), world.one)
    with pytest.raises(PublishError) as refused:
        world.target().roll_back(state, lambda path: None)
    assert refused.value.code == "publish-rollback"


def test_a_dry_run_writes_nothing_anywhere(world: World, tmp_path: Path) -> None:
    send(world.target(), world.one)
    git(world.project, "update-ref", "-d", "refs/remotes/origin/gh-pages")
    subprocess.run(["git", "-C", str(world.project), "gc", "--quiet", "--prune=now"], check=True)

    def state() -> list[tuple[str, bytes]]:
        folders = (world.project, world.remote)
        return [(str(p), p.read_bytes()) for f in folders for p in sorted(f.rglob("*")) if p.is_file()]

    before = state()
    plan = plan_of(world.target(dry_run=True).survey(world.two))
    assert plan.of("add")
    assert plan.of("delete")
    assert state() == before


@pytest.mark.parametrize("remote", ["../remote.git", "{remote}", "file://{remote}"])
def test_a_project_without_a_repository(world: World, tmp_path: Path, remote: str) -> None:
    project = tmp_path / "plain"
    project.mkdir()
    for build in (world.one, world.two):
        settings = GitTarget(at=START, remote=Located(remote.format(remote=world.remote), START))
        send(Git(settings, context(project, tmp_path / "scratch")), build)
        assert held(world.remote) == expected(build)
    assert list(project.iterdir()) == []


def test_a_name_without_a_repository(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    with pytest.raises(PublishError) as refused:
        Git(GitTarget(at=START), context(tmp_path / "plain", tmp_path / "scratch"))
    assert "is no git repository" in refused.value.message


def test_from_a_hook_it_is_still_the_projects_repository(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", str(world.remote))
    monkeypatch.setenv("GIT_INDEX_FILE", str(world.project / ".git/index"))
    before = (world.project / ".git/index").read_bytes()
    target = world.target()
    assert target.repository == world.project / ".git"
    send(target, world.one)
    assert (world.project / ".git/index").read_bytes() == before


def test_tokens_of_a_remote_are_never_shown(world: World) -> None:
    git(world.project, "remote", "add", "there", "https://me:s3cret@127.0.0.1:1/a.git")
    with pytest.raises(PublishError) as refused:
        send(world.target(remote="there"), world.one)
    assert refused.value.notes
    assert "s3cret" not in f"{refused.value.message}{refused.value.hint}{refused.value.notes}"


def test_programs_as_transports_are_refused(world: World, tmp_path: Path) -> None:
    with pytest.raises(PublishError):
        send(world.target(remote=f"ext::touch {tmp_path}/evil"), world.one)
    assert not (tmp_path / "evil").exists()


def test_what_the_remote_says_when_it_refuses(world: World) -> None:
    hook = world.remote / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho this branch is protected >&2\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(PublishError) as refused:
        send(world.target(), world.one)
    assert refused.value.code == "publish-failed"
    assert any("this branch is protected" in note for note in refused.value.notes)
    assert any("pre-receive hook declined" in note for note in refused.value.notes)


def test_git_that_is_missing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(PublishError) as refused:
        world.target()
    assert refused.value.message == "the program git is not installed"


@pytest.mark.parametrize("command", ["hash-object", "update-index", "write-tree", "commit-tree", "push"])
def test_a_git_that_is_killed_and_another_run_converge(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    send(world.target(), world.one)
    path = os.environ["PATH"]
    monkeypatch.setenv(
        "PATH", shim(tmp_path / "bin", "git", f'case "$*" in *{command}*) kill -9 $$;; esac\nexec $real "$@"')
    )
    with pytest.raises(PublishError):
        send(world.target(), world.two)
    assert held(world.remote) == expected(world.one)
    monkeypatch.setenv("PATH", path)
    send(world.target(), world.two)
    assert held(world.remote) == expected(world.two)
