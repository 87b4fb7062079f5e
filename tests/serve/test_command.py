"""The command: ports, signals, what it opens, shows and writes."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project import article
from tests.serve.running import PATIENCE, ROOT, Preview, new_project


@pytest.fixture
def taken() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", "-C", str(project), "serve", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )


def test_a_taken_port_that_was_asked_for(tmp_path: Path, taken: socket.socket) -> None:
    port = taken.getsockname()[1]
    done = run(new_project(tmp_path), "--port", str(port))
    assert done.returncode == 1
    assert (
        done.stderr == f"error: the port {port} is taken; ask for another, or leave --port out for the next free one\n"
    )


def test_the_next_free_port(tmp_path: Path) -> None:
    with Preview(new_project(tmp_path)) as first, Preview(first.project) as second:
        assert 8000 <= first.port < second.port
        assert first.get("/one/")[0] == second.get("/one/")[0] == 200


@pytest.mark.parametrize("arguments", [["--port", "0"], ["--port", "99999"], ["--port", "x"], ["--nope"]])
def test_wrong_command_lines(tmp_path: Path, arguments: list[str]) -> None:
    done = run(new_project(tmp_path), *arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_host_that_is_none(tmp_path: Path) -> None:
    done = run(new_project(tmp_path), "--host", "nowhere.invalid")
    assert done.returncode == 1
    assert done.stderr.startswith("error: --host nowhere.invalid: no such address")


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_it_ends_cleanly_and_has_written_nothing(tmp_path: Path, number: signal.Signals, status: int) -> None:
    project = new_project(tmp_path)
    before = files_of(project)
    preview = Preview(project, "--drafts", "--future")
    assert "Not for anybody yet." in preview.text("/secret/")
    assert preview.end(number) == status
    assert not [line for line in preview.lines if "Traceback" in line]
    assert {name: content for name, content in files_of(project).items() if not name.startswith(".cache")} == before
    assert not [name for name in files_of(project) if name.startswith("site/")]


def test_drafts_and_future_articles_are_shown_when_asked_for_and_labelled(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    with Preview(project) as preview:
        assert preview.get("/secret/")[0] == preview.get("/later/")[0] == 404
        assert "Later" not in preview.text("/")
    with Preview(project, "--drafts", "--future") as preview:
        assert "Draft" in preview.text("/secret/")
        assert "Not for anybody yet." in preview.text("/secret/")
        assert "Not yet published" in preview.text("/later/")


def test_it_opens_the_browser(tmp_path: Path) -> None:
    opened = tmp_path / "opened"
    script = tmp_path / "browser"
    script.write_text(f'#!/bin/sh\necho "$1" > {opened}.new && mv {opened}.new {opened}\n', encoding="utf-8")
    script.chmod(0o755)
    with Preview(new_project(tmp_path / "project"), "--open", BROWSER=f"{script} %s") as preview:
        deadline = time.monotonic() + PATIENCE
        while not opened.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert opened.read_text("utf-8").strip() == preview.url


def test_the_same_pages_as_the_published_site_below_its_base_path(tmp_path: Path) -> None:
    project = new_project(tmp_path, **{"content/site.yaml": "title: Test\nurl: https://example.org/my/site/\n"})
    subprocess.run(
        [sys.executable, "-m", "generator", "-C", str(project), "build"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=PATIENCE,
        check=True,
    )
    with Preview(project) as preview:
        assert preview.url.endswith("/my/site/")
        status, headers, _ = preview.get("/")
        assert (status, headers["location"]) == (302, "/my/site/")
        assert preview.get("/one/")[0] == 404
        built = files_of(project / "site")
        theme = re.compile(r"assets/(?!flag)|\.manifest")
        built = {name: content for name, content in built.items() if not theme.match(name)}
        for name, content in built.items():
            address = f"/my/site/{name.removesuffix('index.html') if name.endswith('index.html') else name}"
            status, _, shown = preview.get(address)
            if name.endswith(".html"):
                start = shown.index(b'<script type="application/json" id="livereload-state">')
                end = shown.index(b"</script>\n", start) + len(b"</script>\n")
                shown = shown[:start] + shown[end:]
            assert status == 200, address
            assert shown == without_fingerprints(content), address
        status, _, shown = preview.get("/my/site/nothing/")
        assert status == 404
        assert b'href="/my/site/' in shown


def without_fingerprints(content: bytes) -> bytes:
    """Return a file with the addresses that the theme's files have in the preview."""
    return re.sub(rb"assets/(?!flag)([\w-]+)\.[0-9a-f]{10}\.", rb"assets/\1.", content)


def test_a_project_that_never_was_right_says_so_and_is_shown_once_it_is(tmp_path: Path) -> None:
    project = new_project(tmp_path, **{"content/articles/one.md": article("[[Nowhere]]\n")})
    with Preview(project) as preview:
        status, _, body = preview.get("/one/")
        assert status == 503
        assert b"There is no page to show yet" in body
        assert b"content/articles/one.md:5:1: error[mention-unknown]" in body
        assert b'id="livereload-state"' in body
        preview.write("content/articles/one.md", article("Mended.\n"))
        preview.until("/one/", "Mended.")
        assert preview.get("/one/")[0] == 200


def test_settings_that_are_wrong_and_mended(tmp_path: Path) -> None:
    with Preview(new_project(tmp_path)) as preview:
        preview.write("content/site.yaml", "titel: Test\n")
        assert "frontmatter-unknown-key" in preview.until("/one/", "frontmatter-unknown-key")
        preview.write("content/site.yaml", "title: Mended\n")
        preview.until("/one/", "Mended")
