"""Which files of content/ are read and copied, and which never are."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.incremental import rebuild
from generator.options import Options
from generator.read.tree import find_files
from tests.project import TODAY, article, build_project, found, load_project, write_project

KEPT = ("a.txt", ".well-known/security.txt", "b/c.css", "id_rsa.pub", "keynote", "~start", "a.tmpl")

NEVER = (
    *(".env", ".env.local", ".git/config", ".git/HEAD", ".gitignore", ".htpasswd", ".DS_Store", ".well-known/.secret"),
    *("a.txt~", "#a.txt#", ".a.txt.swp", "a.txt.swp", "a.swo", "a.bak", "a.BAK", "a.orig", "a.tmp", "b/.netrc"),
    *("id_rsa", "id_ed25519", "deploy/id_ecdsa_sk", "server.pem", "server.KEY", "a.ppk", "a.p12", "a.pfx", "a.kdbx"),
)


@pytest.mark.parametrize("role", ["static", "articles"])
def test_what_never_gets_out(tmp_path: Path, role: str) -> None:
    files: dict[str, str | bytes] = {f"content/{role}/{name}": f"SECRET {name}" for name in (*KEPT, *NEVER)}
    linked = [name for name in KEPT if not name.startswith((".", "~"))]
    files["content/articles/one.md"] = article(" ".join(f"[x]({name})" for name in linked) + "\n")
    if role == "static":
        files["content/articles/one.md"] = article("Text.\n")
    project = write_project(tmp_path, files)
    result = build_project(project)
    assert result.ok, result.diagnostics
    assert {one.code for one in result.diagnostics} == {"file-private"}
    assert len(result.diagnostics) == 9
    contents = [path.read_text("utf-8", "replace") for path in (project / "site").rglob("*") if path.is_file()]
    shipped = {content.removeprefix("SECRET ") for content in contents if "SECRET" in content}
    assert shipped == (set(KEPT) if role == "static" else set(linked))


def test_a_key_is_named_each_time_and_no_hindrance(tmp_path: Path) -> None:
    project = write_project(tmp_path, {"content/static/server.key": "x"})
    os.utime(project / "content/site.yaml", ns=(0, 0))
    options = Options(project=project, output=project / "site", today=TODAY)
    for _ in range(2):
        assert found(rebuild(options, map)) == ["static/server.key:1:1 warning file-private"]
    assert found(build_project(project, strict=True)) == ["static/server.key:1:1 error file-private"]


def socket_at(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        folder = os.getcwd()
        os.chdir(path.parent)  # the address of a socket is short
        try:
            one.bind(path.name)
        finally:
            os.chdir(folder)


ODD: dict[str, tuple[Callable[[Path], object], str]] = {
    "leaves": (lambda path: path.symlink_to("/etc/hostname"), "is a link that leaves the project"),
    "leaves upwards": (lambda path: path.symlink_to("../../../outside.txt"), "is a link that leaves the project"),
    "beside by name": (lambda path: path.symlink_to("../../../project-2/x"), "is a link that leaves the project"),
    "dangling": (lambda path: path.symlink_to("nowhere"), "is a link that leads nowhere or in a circle"),
    "itself": (lambda path: path.symlink_to(path.name), "is a link that leads nowhere or in a circle"),
    "its folder": (lambda path: path.symlink_to("."), "is a loop"),
    "the project": (lambda path: path.symlink_to("../.."), "is a loop"),
    "a secret": (lambda path: path.symlink_to("../../.env"), "is a link to what never goes out"),
    "a repository": (lambda path: path.symlink_to("../../.git"), "is a link to what never goes out"),
    "within it": (lambda path: path.symlink_to("../../.git/config"), "is a link to what never goes out"),
    "the output": (lambda path: path.symlink_to("../../public"), "is a link into a built site"),
    "of the output": (lambda path: path.symlink_to("../../public/a/x.html"), "is a link into a built site"),
    "a pipe": (os.mkfifo, "is neither a file nor a folder"),
    "a socket": (socket_at, "is neither a file nor a folder"),
    "a device": (lambda path: path.symlink_to("/dev/zero"), "is a link that leaves the project"),
}


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("place", ["articles/odd.md", "static/odd", "glossary/odd.png", "pages/odd.md"])
def test_what_leaves_loops_or_is_no_file_is_an_error_with_its_name(tmp_path: Path, kind: str, place: str) -> None:
    write_project(
        tmp_path,
        {"outside.txt": "x", "project-2/x": "x"}
        | {f"project/{name}": "x" for name in (".env", ".git/config", "public/.manifest.json", "public/a/x.html")},
    )
    project = write_project(tmp_path / "project", {f"content/{place}": ""})
    (project / "content" / place).unlink()
    make, message = ODD[kind]
    make(project / "content" / place)
    loaded = load_project(project)
    assert [one.code for one in loaded.diagnostics] == ["file-unreadable"]
    assert f"content/{place}" in loaded.diagnostics[0].message
    assert message in loaded.diagnostics[0].message


def test_links_within_the_project_are_followed(tmp_path: Path) -> None:
    project = write_project(tmp_path, {"shared/one.md": article("One.\n"), "shared/more/two.txt": "two"})
    (project / "content/articles").symlink_to("../shared")
    (project / "content/static").symlink_to(project / "shared/more")
    assert build_project(project).ok
    assert (project / "site/one/index.html").is_file()
    assert (project / "site/two.txt").read_text("utf-8") == "two"


def test_content_itself_stays_in_the_project(tmp_path: Path) -> None:
    write_project(tmp_path / "elsewhere", {})
    (tmp_path / "project/own").mkdir(parents=True)
    project = tmp_path / "project"
    (project / "content").symlink_to("../elsewhere/content")
    _, problems = find_files(project)
    assert [one.message for one in problems] == ["content is a link that leaves the project"]
    (project / "content").unlink()
    (project / "content").symlink_to("own")
    write_project(project, {"own/site.yaml": "title: T\n"})
    assert find_files(project)[1] == ()


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    write_project(tmp_path, {})
    folder = os.fsencode(tmp_path / "content/articles")
    os.mkdir(folder)
    with open(folder + b"/\xff.md", "wb"):
        pass
    loaded = load_project(tmp_path)
    assert [one.code for one in loaded.diagnostics] == ["file-unreadable"]
    assert loaded.diagnostics[0].path == "content/articles/\\udcff.md"
