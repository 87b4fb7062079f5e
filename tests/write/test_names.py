from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import OutputPath
from generator.write.names import Names, folded, folders_of, path_problem


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "glossary/nato/index.html",
        ".nojekyll",
        ".well-known/security.txt",
        "docs/.well-known/x",
        "a..b/c...",
        "x y/ü\nz.png",
        "_headers",
        "ab:c",
    ],
)
def test_names_of_outputs(path: str) -> None:
    assert path_problem(path) == ""


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("", "is no path within"),
        ("/etc/passwd", "is no path within"),
        ("C:/x", "is no path within"),
        ("c:x", "is no path within"),
        ("a\\b", "backslash"),
        ("a\0b", "NUL"),
        ("a//b", "empty name"),
        ("a/", "empty name"),
        ("..", '".."'),
        ("a/../../x", '".."'),
        ("./x", '"."'),
        (".git/config", '".git"'),
        ("a/.git/config", '".git"'),
        (".staging/x", '".staging"'),
        (".manifest.json", '".manifest.json"'),
        (".nojekyll/x", '".nojekyll"'),
        ("a/.nojekyll", '".nojekyll"'),
        (".well-known/.git/x", '".git"'),
        ("a\udcff", "is not Unicode"),
    ],
)
def test_names_that_are_refused(path: str, problem: str) -> None:
    assert problem in path_problem(path)


def test_names_that_are_one_on_some_system() -> None:
    assert folded("Straße/É") == folded("STRASSE/e\u0301") == folded("strasse/é")
    assert folded("A.html") == "a.html"
    assert folded("a") != folded("b")


def test_folders_of_paths() -> None:
    paths = [OutputPath(path) for path in ("index.html", "a/b/c.html", "a/d.html")]
    assert folders_of(paths) == {"a/b": "a/b/c.html", "a": "a/b/c.html"}


PATHS = st.lists(st.sampled_from(["a", "A", "a/b", "a/B", "A/c/d", "a/c", "é", "e\u0301", "b", "b/x/y"]), max_size=6)


@given(PATHS, PATHS)
def test_paths_together_clash_as_they_do_one_by_one(first: list[str], then: list[str]) -> None:
    together, single = Names(), Names()
    for paths in ([OutputPath(path) for path in first], [OutputPath(path) for path in then]):
        assert together.find_clashes(paths) == [found for path in paths if (found := single.find_clash(path))]
        assert together.by_folded == single.by_folded
        assert together.folders.keys() == single.folders.keys()
