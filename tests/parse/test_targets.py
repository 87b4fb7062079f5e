from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import load
from generator.diagnostics import Diagnostic
from tests.project import Options, write_project


def findings(folder: Path, target: str) -> tuple[Diagnostic, ...]:
    write_project(folder, {"content/site.yaml": f"title: Test\npublish:\n  here: {target}\n"})
    return load(Options(project=folder, output=folder / "site")).diagnostics


@pytest.mark.parametrize(
    "target",
    [
        "{to: directory, path: ../public}",
        "{to: git}",
        "{to: git, remote: origin, branch: gh-pages, cname: explainers.example.org}",
        '{to: git, remote: "git@example.org:a/b.git", branch: feature/pages}',
        '{to: git, remote: "https://example.org/a/b.git"}',
        '{to: rsync, destination: "user@host:/srv/www/site", releases: true}',
        '{to: s3, bucket: explainers, prefix: "", endpoint_url: null, region: eu-central-1, cloudfront: null}',
        "{to: s3, bucket: explainers, prefix: a/b/, endpoint_url: http://127.0.0.1:9000}",
    ],
)
def test_what_is_right(tmp_path: Path, target: str) -> None:
    assert findings(tmp_path, target) == ()


@pytest.mark.parametrize(
    ("target", "column", "code", "words"),
    [
        ("somewhere", 9, "frontmatter-type", "needs keys and values"),
        ("{path: ../public}", 9, "frontmatter-missing-key", '"here" needs "to"'),
        ("{to: }", 9, "frontmatter-missing-key", '"here" needs "to"'),
        ("{to: rsink, destination: x}", 14, "frontmatter-value", '"to" cannot be "rsink"'),
        ("{to: directory}", 9, "frontmatter-missing-key", 'a target "to: directory" needs "path"'),
        ("{to: directory, path: x, branch: y}", 34, "frontmatter-unknown-key", 'has no key "branch"'),
        ("{to: git, remot: origin}", 19, "frontmatter-unknown-key", 'has no key "remot"'),
        ("{to: git, to: git}", 19, "frontmatter-unknown-key", 'has no key "to"'),
        ("{to: s3}", 9, "frontmatter-missing-key", 'needs "bucket"'),
        ("{to: s3, bucket: s3://b}", 26, "frontmatter-value", "no name of a bucket"),
        ("{to: s3, bucket: bbb, prefix: a/../b}", 9, "frontmatter-value", "no prefix"),
        ("{to: s3, bucket: bbb, endpoint_url: host}", 45, "frontmatter-value", "no web address"),
        ("{to: git, remote: --upload-pack=evil}", 27, "frontmatter-value", "cannot be"),
        ('{to: git, remote: "https://me:secret@example.org/a.git"}', 27, "frontmatter-value", "holds a password"),
        ("{to: git, branch: -d}", 27, "frontmatter-value", "no name of a branch"),
        ("{to: git, branch: a..b}", 27, "frontmatter-value", "no name of a branch"),
        ("{to: git, branch: a.lock}", 27, "frontmatter-value", "no name of a branch"),
        ("{to: git, cname: https://example.org/}", 26, "frontmatter-value", "name of a host"),
        ('{to: rsync, destination: "-e sh"}', 34, "frontmatter-value", "cannot be"),
        ('{to: rsync, destination: "me@-oProxyCommand=x:/p"}', 34, "frontmatter-value", "begin with a hyphen"),
        ('{to: rsync, destination: "rsync://-x/p"}', 34, "frontmatter-value", "begin with a hyphen"),
        ('{to: directory, path: "a\\0b"}', 31, "frontmatter-value", "cannot be"),
    ],
)
def test_what_is_wrong(tmp_path: Path, target: str, column: int, code: str, words: str) -> None:
    (found,) = findings(tmp_path, target)
    assert (found.path, found.line, found.column, found.code) == ("content/site.yaml", 3, column, code)
    assert words in found.message
    assert "secret" not in found.message + found.hint


def test_the_hint_names_the_nearest_setting(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, "{to: git, remot: origin}")
    assert found.hint == 'did you mean "remote"?'
    (found,) = findings(tmp_path, "{to: rsink, destination: x}")
    assert found.hint == 'did you mean "rsync"?'


def test_a_name_that_is_no_name(tmp_path: Path) -> None:
    write_project(tmp_path, {"content/site.yaml": "title: T\npublish:\n  ../up: {to: git}\n"})
    (found,) = load(Options(project=tmp_path, output=tmp_path / "site")).diagnostics
    assert (found.line, found.code) == (3, "frontmatter-value")
