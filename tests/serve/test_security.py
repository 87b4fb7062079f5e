"""What a hostile page, name or address gets from the preview: nothing."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from tornado.httpclient import HTTPClientError

from tests.serve.running import PATIENCE, Preview, connect, new_project


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    folder = tmp_path_factory.mktemp("project")
    (folder / "outside.txt").write_text("secret", encoding="utf-8")
    with Preview(new_project(folder)) as running:
        yield running


PLACES = ("/", "/one/", "/nothing/", "/livereload", "/livereload.js", "/livereload-preview.js", "/assets/style.css")


@pytest.mark.parametrize("host", ["evil.org", "localhost.evil.org", "127.0.0.1.evil.org:8000", "10.0.0.1", "", "[::2]"])
def test_a_foreign_host_is_refused_everywhere(preview: Preview, host: str) -> None:
    for path in PLACES:
        assert preview.get(path, Host=host)[0] in (400, 403), path
    if host:
        assert {preview.get(path, Host=host)[0] for path in PLACES} == {403}


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:8000"])
def test_this_machine_is_served(preview: Preview, host: str) -> None:
    assert preview.get("/one/", Host=host)[0] == 200


HOSTILE = (
    *("/../outside.txt", "/..", "/one/../two/", "/%2e%2e/outside.txt", "/..%2foutside.txt", "/%2e%2e%2foutside.txt"),
    *("/..\\outside.txt", "/%5c..%5coutside.txt", "/..%5coutside.txt", "\\outside.txt", "//evil.org", "//evil.org/"),
    *("//evil.org/one", "///evil.org", "/\\evil.org", "/%2f/evil.org", "/%5cevil.org", "/one%00", "/one%00/", "/%00"),
    *("http://evil.org/", "http://evil.org/one/", "evil.org", "*", "/content/site.yaml", "/.manifest.json", "/%ff/"),
    *(
        "/%",
        "/%zz",
        "/one%0d%0aX:y",
        "/one/;x",
        "/static/data.json",
        "/" + "a" * 5000,
        "/" + "a/" * 2000,
    ),
)


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path[:30])
def test_hostile_addresses(preview: Preview, path: str) -> None:
    sent = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", preview.port), timeout=PATIENCE) as connection:
        connection.sendall(sent)
        answer = b""
        while part := connection.recv(65536):
            answer += part
    status = int(answer.split(b" ", 2)[1])
    assert 400 <= status < 500
    assert b"location:" not in answer.lower().partition(b"\r\n\r\n")[0]
    assert b"secret" not in answer


@pytest.mark.parametrize("path", ["/one", "/one?x=//evil.org", "/glossary/nato"])
def test_a_redirect_stays_here(preview: Preview, path: str) -> None:
    status, headers, _ = preview.get(path)
    assert status == 301
    assert headers["location"] == f"{path.partition('?')[0]}/"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_other_methods(preview: Preview, method: str) -> None:
    for path in ("/", "/one/", "/livereload.js"):
        status, headers, _ = preview.get(path, method)
        assert status == 405
        assert headers["allow"] == "GET, HEAD"


def test_nothing_is_lent_to_other_sites(preview: Preview) -> None:
    for path in PLACES:
        _, headers, _ = preview.get(path, Origin="http://evil.org")
        assert not [name for name in headers if name.startswith("access-control-")]
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["x-content-type-options"] == "nosniff"


def test_head_is_get_without_a_body(preview: Preview) -> None:
    for path in ("/one/", "/assets/style.css", "/nothing/", "/livereload.js"):
        status, headers, body = preview.get(path)
        without = preview.get(path, "HEAD")
        assert without[0] == status
        assert without[2] == b""
        assert int(without[1]["content-length"]) == len(body) == int(headers["content-length"])


@pytest.mark.parametrize(
    "origin", ["http://evil.org", "null", "http://localhost.evil.org", "", "file://", "http://[", None]
)
def test_a_foreign_page_gets_no_socket(preview: Preview, origin: str | None) -> None:
    with pytest.raises(HTTPClientError) as refused:
        asyncio.run(connect(preview, origin=origin if origin != "" else "http://127.0.0.1:1"))
    assert refused.value.code == 403


def test_a_foreign_name_gets_no_socket(preview: Preview) -> None:
    with pytest.raises(HTTPClientError) as refused:
        asyncio.run(connect(preview, origin="http://evil.org", host="evil.org"))
    assert refused.value.code == 403


def test_a_large_body_is_refused(preview: Preview) -> None:
    with socket.create_connection(("127.0.0.1", preview.port), timeout=PATIENCE) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 4")


def test_other_machines_ask_by_an_address_of_this_one(tmp_path: Path) -> None:
    with Preview(new_project(tmp_path), "--host", "0.0.0.0") as preview:
        assert preview.url.startswith("http://localhost:")
        assert preview.get("/one/", Host="127.0.0.1")[0] == 200
        assert preview.get("/one/", Host=socket.gethostname())[0] == 200
        assert preview.get("/one/", Host="127.0.0.2")[0] == 403
        assert preview.get("/one/", Host="evil.org")[0] == 403
