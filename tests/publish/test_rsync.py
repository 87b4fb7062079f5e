from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.commands.publish.plan import plan_of
from generator.commands.publish.rsync import KEPT_RELEASES, Releases, Rsync
from generator.commands.publish.target import DEPLOY_ID, MANIFEST, Build, PublishError
from generator.config import RsyncTarget
from generator.diagnostics import START
from generator.model import Located
from tests.publish.sites import contents, context, crawl, send, shim, tree


class World(NamedTuple):
    root: Path
    one: Build
    two: Build
    target: Callable[..., Rsync]


@pytest.fixture
def world(builds: tuple[Build, Build], tmp_path: Path) -> World:
    one, two = builds
    project = tmp_path / "project"
    project.mkdir()

    def target(build: Build, destination: str = "../www", releases: bool = False) -> Rsync:
        settings = RsyncTarget(destination=Located(destination, START), releases=releases, at=START)
        return (Releases if releases else Rsync)(settings, context(project, tmp_path / "scratch", site=build.folder))

    return World(tmp_path / "www", one, two, target)


# --- plain ------------------------------------------------------------------------------------------------------


def test_a_first_and_a_second_publish(world: World) -> None:
    send(world.target(world.one), world.one)
    assert tree(world.root) == contents(world.one)
    (world.root / "mine.txt").write_text("a person's")
    (world.root / "old/mine.txt").write_text("a person's")
    send(world.target(world.two), world.two)
    mine = {"mine.txt": b"a person's", "old/mine.txt": b"a person's"}
    assert tree(world.root) == contents(world.two) | mine
    assert (world.root / DEPLOY_ID).read_text() == f"{world.two.digest}\n"
    assert sorted(path.name for path in (world.root / ".deploy").iterdir()) == ["id", "manifest.json"]
    assert {p.stat().st_mode & 0o777 for p in world.root.rglob("*") if p.is_dir()} == {0o755}


def test_folders_that_nobody_needs_go(world: World) -> None:
    send(world.target(world.one), world.one)
    send(world.target(world.two), world.two)
    assert not (world.root / "old").exists()
    assert (world.root / "plain").is_dir()


def test_a_second_run_sends_nothing(world: World) -> None:
    send(world.target(world.one), world.one)
    before = written(world.root)
    assert send(world.target(world.one), world.one).steps == ()
    assert written(world.root) == before


def written(root: Path) -> dict[Path, tuple[int, int, int]]:
    """Return what tells whether a file was written, as well as when: reading changes only when it was last read."""
    stats = {path: path.stat() for path in root.rglob("*")}
    return {path: (found.st_ino, found.st_mtime_ns, found.st_ctime_ns) for path, found in stats.items()}


CRAWLING = """
$real "$@"
status=$?
rm -rf {copy}/$$ && mkdir -p {copy} && cp -r {root} {copy}/$$
exit $status
"""


def test_no_page_lacks_what_it_shows_after_any_pass(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(world.target(world.one), world.one)
    copies = tmp_path / "copies"
    script = CRAWLING.format(copy=copies, root=world.root)
    monkeypatch.setenv("PATH", shim(tmp_path / "bin", "rsync", script))
    send(world.target(world.two), world.two)
    seen = [tree(copy) for copy in copies.iterdir()]
    assert len(seen) > 5
    assert [crawl(files) for files in seen] == [[]] * len(seen)


KILLED = """
count=$(($(cat {counter}) + 1)); echo $count > {counter}
if [ $count = {moment} ]; then {how} fi
exec $real "$@"
"""


@pytest.mark.parametrize("how", ["kill -9 $$;", 'timeout -s KILL 0.03 $real "$@"; exit $?;'])
@pytest.mark.parametrize(("moment", "releases"), [(2, False), (4, False), (6, False), (4, True), (6, True)])
def test_an_rsync_that_is_killed_and_another_run_converge(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str, moment: int, releases: bool
) -> None:
    site = world.root / "current" if releases else world.root
    send(world.target(world.one, releases=releases), world.one)
    (tmp_path / "counter").write_text("0")
    path = os.environ["PATH"]
    script = KILLED.format(counter=tmp_path / "counter", moment=moment, how=how)
    monkeypatch.setenv("PATH", shim(tmp_path / "bin", "rsync", script))
    with suppress(PublishError):  # a transfer may be over before it is killed
        send(world.target(world.two, releases=releases), world.two)
    assert crawl(tree(site)) == []
    monkeypatch.setenv("PATH", path)
    send(world.target(world.two, releases=releases), world.two)
    assert tree(site) == contents(world.two)
    assert (site / DEPLOY_ID).read_text() == f"{world.two.digest}\n"


def test_what_a_killed_run_had_sent_goes_where_nobody_needs_it(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(world.target(world.one), world.one)
    (tmp_path / "counter").write_text("0")
    path = os.environ["PATH"]
    script = KILLED.format(counter=tmp_path / "counter", moment=7, how="kill -9 $$;")
    monkeypatch.setenv("PATH", shim(tmp_path / "bin", "rsync", script))
    with pytest.raises(PublishError):
        send(world.target(world.two), world.two)
    assert (world.root / "new/index.html").is_file()
    monkeypatch.setenv("PATH", path)
    send(world.target(world.one), world.one)
    assert tree(world.root) == contents(world.one)


def test_a_plain_target_says_that_it_cannot_go_back(world: World) -> None:
    with pytest.raises(PublishError) as refused:
        world.target(world.one).roll_back("x", lambda path: None)
    assert "cannot be rolled back" in refused.value.message


def test_a_destination_that_is_not_there(world: World) -> None:
    with pytest.raises(PublishError) as refused:
        send(world.target(world.one, "../no/such/folder"), world.one)
    assert refused.value.code == "publish-failed"
    assert refused.value.notes


# --- releases ---------------------------------------------------------------------------------------------------


def test_releases(world: World) -> None:
    send(world.target(world.one, releases=True), world.one)
    current = world.root / "current"
    assert current.is_symlink()
    assert tree(current) == contents(world.one)
    before = current.resolve()
    send(world.target(world.two, releases=True), world.two)
    assert tree(current) == contents(world.two)
    assert tree(before) == contents(world.one)
    assert sorted(path.name for path in world.root.iterdir()) == ["current", "releases"]
    unchanged = [p for p, stamp in world.two.files.items() if world.one.files.get(p) == stamp]
    assert unchanged
    assert all((current / path).samefile(before / path) for path in unchanged)


def test_a_second_release_of_the_same_is_none(world: World) -> None:
    send(world.target(world.one, releases=True), world.one)
    assert send(world.target(world.one, releases=True), world.one).steps == ()
    assert len(list((world.root / "releases").iterdir())) == 1


def test_the_link_is_there_at_every_moment(world: World) -> None:
    send(world.target(world.one, releases=True), world.one)
    child = os.fork()
    if child == 0:
        send(world.target(world.two, releases=True), world.two)
        os._exit(0)
    looks = 0
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        assert (world.root / "current/index.html").is_file()
        looks += 1
        time.sleep(0.0005)
    assert looks > 50


def test_a_rollback_leads_back(world: World) -> None:
    send(world.target(world.one, releases=True), world.one)
    state = os.path.basename(os.readlink(world.root / "current"))
    send(world.target(world.two, releases=True), world.two)
    second = os.path.basename(os.readlink(world.root / "current"))
    outcome = world.target(world.two, releases=True).roll_back(state, lambda path: None)
    assert (outcome.previous, outcome.state) == (second, state)
    assert tree(world.root / "current") == contents(world.one)
    send(world.target(world.two, releases=True), world.two)
    assert tree(world.root / "current") == contents(world.two)


@pytest.mark.parametrize("state", ["", "20200101T000000Z-0123456789ab"])
def test_a_rollback_to_what_is_not_there(world: World, state: str) -> None:
    send(world.target(world.one, releases=True), world.one)
    with pytest.raises(PublishError) as refused:
        world.target(world.one, releases=True).roll_back(state, lambda path: None)
    assert refused.value.code == "publish-rollback"


def test_old_releases_go_and_the_present_one_never(world: World) -> None:
    send(world.target(world.one, releases=True), world.one)
    present = (world.root / "current").resolve()
    (world.root / "releases/mine").mkdir()
    for number in range(KEPT_RELEASES + 2):
        shutil.copytree(present, world.root / f"releases/2020010{number}T000000Z-0123456789ab")
    send(world.target(world.two, releases=True), world.two)
    names = sorted(path.name for path in (world.root / "releases").iterdir())
    assert len(names) == KEPT_RELEASES + 1
    assert "mine" in names
    assert present.name in names
    assert tree(world.root / "current") == contents(world.two)


def test_a_folder_where_the_link_has_to_be(world: World) -> None:
    (world.root / "current").mkdir(parents=True)
    with pytest.raises(PublishError) as refused:
        send(world.target(world.one, releases=True), world.one)
    assert refused.value.code == "publish-refused"


# --- over ssh ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def ssh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start an ssh server of our own on the loopback interface; yield the value of RSYNC_RSH that leads there."""
    folder = tmp_path_factory.mktemp("ssh")
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
    shutil.copy(folder / "user.pub", folder / "authorized")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/authorized\n"
        f"PidFile {folder}/pid\nStrictModes no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n"
        "UsePAM no\nPermitRootLogin prohibit-password\n"
    )
    if os.geteuid() == 0:
        os.makedirs("/run/sshd", exist_ok=True)
    program = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    assert program, "the tests need an ssh server (Debian: apt-get install openssh-server)"
    log = (folder / "log").open("wb")
    server = subprocess.Popen([program, "-D", "-e", "-f", str(folder / "config")], stdout=log, stderr=log)
    options = "-o StrictHostKeyChecking=no -o LogLevel=ERROR -o BatchMode=yes -o IdentitiesOnly=yes"
    command = f"ssh -F none -p {port} -i {folder}/user -o UserKnownHostsFile={folder}/known {options}"
    try:
        for _ in range(100):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield command
    finally:
        server.terminate()
        server.wait()
        log.close()


@pytest.mark.parametrize("releases", [False, True])
def test_over_ssh(world: World, ssh: str, monkeypatch: pytest.MonkeyPatch, releases: bool) -> None:
    monkeypatch.setenv("RSYNC_RSH", ssh)
    where = f"{getpass.getuser()}@127.0.0.1:{world.root}"
    site = world.root / "current" if releases else world.root
    send(world.target(world.one, releases=releases), world.one)
    send(world.target(world.two, where, releases), world.two)
    assert tree(site) == contents(world.two)
    assert send(world.target(world.two, where, releases), world.two).steps == ()


def test_an_ssh_that_refuses(world: World, ssh: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RSYNC_RSH", ssh.replace("/user ", "/none "))
    with pytest.raises(PublishError) as refused:
        send(world.target(world.one, f"nobody@127.0.0.1:{world.root}"), world.one)
    assert refused.value.code == "publish-failed"
    assert any("Permission denied" in note for note in refused.value.notes)


def test_damaged_bookkeeping(world: World) -> None:
    send(world.target(world.one), world.one)
    (world.root / MANIFEST).write_bytes(b"damaged")
    plan = plan_of(world.target(world.two).survey(world.two))
    assert "damaged" in plan.survey.warnings[0]
    assert plan.of("delete") == ()
