from __future__ import annotations

from pathlib import Path

import pytest

from tests.project import build_project, write_project


def headers(folder: Path, files: dict[str, str | bytes], settings: str = "") -> str:
    result = build_project(write_project(folder, {"content/site.yaml": f"title: Test\n{settings}", **files}))
    assert result.ok, result.diagnostics
    return (folder / "site/_headers").read_text("utf-8")


def sent(text: str, address: str, *, joins: bool) -> dict[str, str]:
    """Return what a host sends at an address: `joins` as Cloudflare does, else as Netlify does."""
    result: dict[str, str] = {}
    applies = False
    for line in text.splitlines():
        if line.startswith("/"):
            applies = address.startswith(line[:-1]) if line.endswith("*") else address == line
        elif applies and line.strip().startswith("!"):
            if joins:
                result.pop(line.strip()[1:].strip(), None)
        elif applies and ":" in line:
            name, _, value = line.strip().partition(": ")
            result[name] = f"{result[name]}, {value}" if joins and name in result else value
    return result


@pytest.mark.parametrize("joins", [True, False])
def test_what_hosts_send(tmp_path: Path, joins: bool) -> None:
    text = headers(tmp_path, {})
    page = sent(text, "/nato/", joins=joins)
    assert page["Content-Security-Policy"].startswith("default-src 'self'; ")
    assert "unsafe" not in text
    assert page["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert page["X-Content-Type-Options"] == "nosniff"
    asset = sent(text, "/assets/style.0123456789.css", joins=joins)
    assert asset["Cache-Control"] == "public, max-age=31536000, immutable"
    assert asset["Content-Security-Policy"] == page["Content-Security-Policy"]


@pytest.mark.parametrize("joins", [True, False])
def test_the_search_page_alone_may_run_webassembly(tmp_path: Path, joins: bool) -> None:
    text = headers(tmp_path, {}, "search: pagefind\n")
    assert "'wasm-unsafe-eval'" in sent(text, "/search/", joins=joins)["Content-Security-Policy"]
    assert sent(text, "/search/", joins=joins)["Content-Security-Policy"].count("default-src") == 1
    assert "wasm" not in sent(text, "/nato/", joins=joins)["Content-Security-Policy"]


def test_a_file_without_a_fingerprint_is_never_immutable(tmp_path: Path) -> None:
    assert "immutable" not in headers(tmp_path, {"content/static/assets/logo.svg": "<svg/>"})
    (tmp_path / "content/static/assets/logo.svg").unlink()
    assert "immutable" in headers(tmp_path, {"content/static/assets/logo.0123456789.svg": "<svg/>"})


def test_a_sites_own_file_wins(tmp_path: Path) -> None:
    assert headers(tmp_path, {"content/static/_headers": "/*\n  X-Own: 1\n"}) == "/*\n  X-Own: 1\n"


def test_the_hosts_limits_hold(tmp_path: Path) -> None:
    lines = headers(tmp_path, {}, "search: pagefind\n").splitlines()
    assert sum(line.startswith("/") for line in lines) <= 100
    assert max(map(len, lines)) <= 2000
