"""From an address to a file: whatever is asked, never a way elsewhere."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.commands.serve.guard import host_name
from generator.commands.serve.pages import content_type, site_path


@pytest.mark.parametrize(
    ("asked", "base", "path"),
    [
        ("/", "/", "index.html"),
        ("/one/", "/", "one/index.html"),
        ("/one", "/", "one"),
        ("/feed.xml", "/", "feed.xml"),
        ("/%C5%BEodis/", "/", "žodis/index.html"),
        ("/base/", "/base/", "index.html"),
        ("/base/one/", "/base/", "one/index.html"),
        ("/one/", "/base/", None),
        ("/base", "/base/", None),
        ("", "/", None),
        ("*", "/", None),
        ("one", "/", None),
        ("//one", "/", None),
        ("//one/", "/", None),
        ("/one//two/", "/", None),
        ("/../one/", "/", None),
        ("/./one/", "/", None),
        ("/one/..", "/", None),
        ("/%2e%2e/one/", "/", None),
        ("/%2E./one/", "/", None),
        ("/one%2ftwo/", "/", None),
        ("/one%5ctwo/", "/", None),
        ("/one\\two/", "/", None),
        ("/one%00/", "/", None),
        ("/one%0d%0aLocation:x/", "/", None),
        ("/%ff/", "/", None),
    ],
)
def test_addresses(asked: str, base: str, path: str | None) -> None:
    assert site_path(asked, base) == path


@given(st.text(alphabet=st.sampled_from("/.\\%2e5cf0\0a:@")), st.sampled_from(["/", "/a/"]))
def test_no_address_leads_elsewhere(asked: str, base: str) -> None:
    path = site_path(asked, base)
    if path is not None:
        assert not path.startswith("/")
        assert not {"", ".", ".."} & set(path.split("/"))
        assert not set("\\\0") & set(path)


@given(
    st.text(min_size=1).filter(
        lambda text: text not in (".", "..") and not set(text) & set("/\\") and text.isprintable()
    )
)
def test_every_name_can_be_asked_for(name: str) -> None:
    assert site_path(f"/{quote(name, safe='')}/", "/") == f"{name}/index.html"


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("one/index.html", "text/html; charset=utf-8"),
        ("assets/style.css", "text/css; charset=utf-8"),
        ("assets/explain.js", "text/javascript; charset=utf-8"),
        ("one/annotations.jsonld", "application/ld+json; charset=utf-8"),
        ("feed.xml", "application/xml; charset=utf-8"),
        ("glossary.json", "application/json; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("a.svg", "image/svg+xml; charset=utf-8"),
        ("a.jpg", "image/jpeg"),
        ("a.avif", "image/avif"),
        ("a.svg.gz", "application/octet-stream"),
        (".nojekyll", "application/octet-stream"),
    ],
)
def test_content_types(path: str, found: str) -> None:
    assert content_type(path) == found


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("localhost", "localhost"),
        ("LocalHost:8000", "localhost"),
        ("127.0.0.1:8000", "127.0.0.1"),
        ("[::1]:8000", "::1"),
        ("[::1]", "::1"),
        ("", None),
        (":80", None),
        ("[::1", None),
        ("[::1]x", None),
        ("localhost:evil.org", None),
        ("localhost:80:80", None),
    ],
)
def test_names_of_hosts(host: str, name: str | None) -> None:
    assert host_name(host) == name
