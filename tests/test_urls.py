from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.urls import MAX_SLUG, address_problem, output_path, relative, slug_problem, slugify


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("The Levada Center", "the-levada-center"),
        ("  U.S. State Department ", "u-s-state-department"),
        ("Ūla ir Žemė", "ūla-ir-žemė"),
        ("Zürich", "zürich"),
        ("北京 2022", "北京-2022"),
        ("İstanbul", "i̇stanbul"),
        ("../../etc/passwd", "etc-passwd"),
        ("a\x00b\\c", "a-b-c"),
        ("!!!", ""),
        ("x" * 300, "x" * MAX_SLUG),
    ],
)
def test_slugs(name: str, slug: str) -> None:
    assert slugify(name) == slug


@given(st.text())
def test_a_slug_is_its_own_slug(name: str) -> None:
    slug = slugify(name)
    assert slugify(slug) == slug
    assert not set(slug) & set("/\\.\0 ")


@pytest.mark.parametrize("slug", ["con", "nul", "com1", ""])
def test_unusable_slugs(slug: str) -> None:
    assert slug_problem(slug)


@pytest.mark.parametrize(
    ("target", "page", "link"),
    [
        ("/glossary/nato/", "/russia-china/", "../glossary/nato/"),
        ("/", "/russia-china/", "../"),
        ("/russia-china/", "/", "russia-china/"),
        ("/russia-china/", "/russia-china/", "./"),
        ("/russia-china/#a", "/russia-china/", "#a"),
        ("/assets/style.css", "/glossary/nato/", "../../assets/style.css"),
        ("/glossary/北京/", "/", "glossary/%E5%8C%97%E4%BA%AC/"),
        ("/404.html", "/a/", "../404.html"),
    ],
)
def test_relative_links(target: str, page: str, link: str) -> None:
    assert relative(target, page) == link


@pytest.mark.parametrize("address", ["https://example.org/a", "mailto:a@example.org", "tel:+370", "/about/"])
def test_addresses(address: str) -> None:
    assert address_problem(address) == ""


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "//evil.example", "data:text/html,x", "http://", "a b", "x", "https:\\\\e", "\x01"],
)
def test_no_addresses(address: str) -> None:
    assert address_problem(address)


def test_output_paths() -> None:
    assert [output_path(url) for url in ("/", "/a/", "/404.html")] == ["index.html", "a/index.html", "404.html"]  # type: ignore[arg-type]
