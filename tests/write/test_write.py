"""The rules of the output folder, through the stage's entry."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.diagnostics import Severity
from generator.model import OutputPath
from generator.write.write import File, WriteError, write_site
from tests.write.folders import (
    assert_finished,
    build,
    codes,
    everything,
    files_of,
    manifest_of,
    on_disk,
    put,
    refused,
)

SITE = {
    "index.html": b"home",
    "nato/index.html": b"nato",
    "nato/annotations.jsonld": b"{}",
    "assets/site.abc.css": b"css",
    ".nojekyll": b"",
    ".well-known/security.txt": b"mail",
    "caf\u00e9 \n\u65e5\u672c/index.html": b"hostile",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "project" / "site"


def times(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.lstat().st_mtime_ns, path.lstat().st_ino) for path in [folder, *folder.rglob("*")]}


def test_a_first_build(site: Path) -> None:
    result = build(site, SITE)
    assert (result.written, result.unchanged, result.removed, result.warnings) == (len(SITE), 0, 0, ())
    assert_finished(site, SITE)


def test_a_site_of_nothing(site: Path) -> None:
    build(site, {})
    assert_finished(site, {})


def test_the_manifest_is_the_same_bytes_for_the_same_site(site: Path) -> None:
    build(site, SITE)
    build(other := site.parent / "other", {"old.html": b"x", "nato/index.html": b"before"})
    build(other, dict(reversed(SITE.items())))
    assert (other / ".manifest.json").read_bytes() == (site / ".manifest.json").read_bytes()


def test_where_nothing_changed_nothing_is_touched(site: Path) -> None:
    build(site, SITE)
    before = times(site)
    result = build(site, SITE)
    assert (result.written, result.unchanged, result.removed) == (0, len(SITE), 0)
    assert times(site) == before


def test_what_did_not_change_keeps_its_time(site: Path) -> None:
    build(site, SITE)
    before = times(site)
    changed = {**SITE, "index.html": b"new home", "new/index.html": b"n"}
    result = build(site, changed)
    assert (result.written, result.unchanged, result.removed, result.warnings) == (2, len(SITE) - 1, 0, ())
    assert_finished(site, changed)
    after = times(site)
    for path in SITE:
        assert (after[str(site / path)] == before[str(site / path)]) == (path != "index.html")


def test_removed_files_take_their_folders_along(site: Path) -> None:
    build(site, {**SITE, "a/b/c/index.html": b"x", "a/d.txt": b"y"})
    result = build(site, {**SITE, "a/d.txt": b"y"})
    assert (result.written, result.removed) == (0, 1)
    assert_finished(site, {**SITE, "a/d.txt": b"y"})
    build(site, {})
    assert_finished(site, {})


def test_modes_whatever_the_umask(site: Path) -> None:
    for umask in (0o077, 0o000):
        before = os.umask(umask)
        try:
            build(site, {**SITE, "index.html": b"%o" % umask, f"new-{umask}/index.html": b"x"})
        finally:
            os.umask(before)
        for path in [site, *site.rglob("*")]:
            assert stat.S_IMODE(path.lstat().st_mode) == (0o755 if path.is_dir() else 0o644), path


# --- persons' own files -----------------------------------------------------------------------------------------


def test_persons_files_stay(site: Path) -> None:
    build(site, SITE)
    persons = {"notes.txt": b"mine", "nato/photo.jpg": b"jpg", "mine/deep/x": b"y", ".htaccess": b"z"}
    for path, content in persons.items():
        put(site, path, content)
    odd = os.fsencode(site) + b"/\xff\n\x1b[31m.txt"
    with open(odd, "wb") as file:
        file.write(b"odd")
    os.mkfifo(site / "nato/pipe")
    build(site, {"index.html": b"new"})
    with open(odd, "rb") as file:
        assert file.read() == b"odd"
    Path(os.fsdecode(odd)).unlink()
    assert (site / "nato/pipe").is_fifo()
    (site / "nato/pipe").unlink()
    assert_finished(site, {"index.html": b"new"}, persons)


def test_a_person_s_file_at_an_address_is_an_error_that_names_it(site: Path) -> None:
    build(site, SITE)
    put(site, "new/index.html", b"mine")
    put(site, "robots.txt", b"mine too")
    found = refused(site, {**SITE, "index.html": b"x", "new/index.html": b"site's", "robots.txt": b"y"})
    assert codes(found) == ["output-foreign"] * 2
    assert [(one.path, one.line, one.column) for one in found] == [
        ("site/new/index.html", 1, 1),
        ("site/robots.txt", 1, 1),
    ]
    assert found[0].message == "something that no build wrote stands here, and the site needs this address"
    assert found[0].hint


def test_a_person_s_file_with_the_same_content_is_no_trouble(site: Path) -> None:
    build(site, SITE)
    put(site, "robots.txt", b"same")
    result = build(site, {**SITE, "robots.txt": b"same"})
    assert (result.written, result.warnings) == (0, ())
    assert_finished(site, {**SITE, "robots.txt": b"same"})


@pytest.mark.parametrize(
    ("persons", "needed", "named"),
    [
        ("blog/notes.txt", "blog", "blog"),
        ("blog", "blog/index.html", "blog"),
        ("blog", "blog/2026/x/index.html", "blog"),
        ("nato/x/mine", "nato/x", "nato/x"),
    ],
)
def test_a_person_s_folder_where_a_file_goes_and_the_other_way(
    site: Path, persons: str, needed: str, named: str
) -> None:
    build(site, SITE)
    put(site, persons, b"mine")
    found = refused(site, {**SITE, needed: b"x"})
    assert [(one.code, one.path) for one in found] == [("output-foreign", f"site/{named}")]
    if needed != named:
        assert needed in found[0].message


def test_a_person_s_file_among_ours_where_a_file_goes(site: Path) -> None:
    build(site, {"blog/index.html": b"x", "blog/2026/index.html": b"y"})
    put(site, "blog/2026/mine.txt", b"mine")
    found = refused(site, {"blog": b"now a file"})
    assert [(one.code, one.path) for one in found] == [("output-foreign", "site/blog/2026/mine.txt")]
    (site / "blog/2026/mine.txt").unlink()
    (site / "blog/empty").mkdir()
    found = refused(site, {"blog": b"now a file"})
    assert [(one.code, one.path) for one in found] == [("output-foreign", "site/blog/empty")]


def test_links_are_persons_and_never_followed(site: Path) -> None:
    elsewhere = site.parent / "elsewhere"
    put(elsewhere, "index.html", b"nato")
    build(site, SITE)
    (site / "blog").symlink_to(elsewhere)
    (site / "page.html").symlink_to(elsewhere / "index.html")
    found = refused(site, {**SITE, "blog/index.html": b"nato", "page.html": b"nato"})
    assert [(one.code, one.path) for one in found] == [
        ("output-foreign", "site/blog"),
        ("output-foreign", "site/page.html"),
    ]
    build(site, {**SITE, "index.html": b"new"})
    assert (site / "blog").is_symlink()
    assert (site / "page.html").is_symlink()


def test_nothing_is_removed_through_a_link(site: Path) -> None:
    build(site, {"index.html": b"x", "blog/index.html": b"post", "blog/empty/a.txt": b"a"})
    elsewhere = site.parent / "elsewhere"
    (site / "blog").rename(elsewhere)
    (elsewhere / "empty/a.txt").unlink()
    (site / "blog").symlink_to(elsewhere)
    result = build(site, {"index.html": b"x"})
    assert result.removed == 0
    assert everything(elsewhere) == {"index.html": b"post", "empty": "folder"}
    assert (site / "blog").is_symlink()


def test_a_manifest_that_names_others_files_removes_nothing_of_them(site: Path) -> None:
    build(site, SITE)
    put(site.parent, "precious.txt", b"work")
    manifest = (site / ".manifest.json").read_text()
    (site / ".manifest.json").write_text(manifest.replace('"nato/index.html"', '"../precious.txt"'))
    result = build(site, {"index.html": b"home"})
    assert codes(result.warnings) == ["output-manifest"]
    assert (site.parent / "precious.txt").read_bytes() == b"work"


# --- outputs changed by hand ------------------------------------------------------------------------------------


def test_an_output_changed_by_hand_is_written_again_with_a_warning(site: Path) -> None:
    build(site, SITE)
    put(site, "index.html", b"edited")
    put(site, "nato/index.html", b"edit")
    result = build(site, {**SITE, "nato/index.html": b"also new"})
    assert [(one.code, one.severity, one.path) for one in result.warnings] == [
        ("output-edited", Severity.WARNING, "site/index.html"),
        ("output-edited", Severity.WARNING, "site/nato/index.html"),
    ]
    assert_finished(site, {**SITE, "nato/index.html": b"also new"})
    assert build(site, {**SITE, "nato/index.html": b"also new"}).warnings == ()


def test_an_output_changed_to_what_the_site_is_now_is_no_news(site: Path) -> None:
    build(site, SITE)
    put(site, "index.html", b"new")
    result = build(site, {**SITE, "index.html": b"new"})
    assert (result.written, result.warnings) == (0, ())
    assert_finished(site, {**SITE, "index.html": b"new"})


def test_an_output_that_became_a_link_is_a_changed_one(site: Path) -> None:
    build(site, SITE)
    put(site.parent, "precious.html", b"work")
    (site / "index.html").unlink()
    (site / "index.html").symlink_to(site.parent / "precious.html")
    result = build(site, SITE)
    assert codes(result.warnings) == ["output-edited"]
    assert (site.parent / "precious.html").read_bytes() == b"work"
    assert_finished(site, SITE)


def test_an_output_deleted_by_hand_is_written_again(site: Path) -> None:
    build(site, SITE)
    (site / "index.html").unlink()
    for path in ("nato/index.html", "nato/annotations.jsonld"):
        (site / path).unlink()
    (site / "nato").rmdir()
    result = build(site, SITE)
    assert (result.written, result.warnings) == (3, ())
    assert_finished(site, SITE)


def test_what_was_changed_by_hand_is_not_removed(site: Path) -> None:
    build(site, {**SITE, "old.html": b"x", "old2.html": b"y"})
    put(site, "old.html", b"edited")
    result = build(site, SITE)
    assert [(one.code, one.severity, one.path) for one in result.warnings] == [
        ("output-kept", Severity.WARNING, "site/old.html")
    ]
    assert result.removed == 1
    assert_finished(site, SITE, {"old.html": b"edited"})
    assert build(site, SITE).warnings == ()
    assert codes(refused(site, {**SITE, "old.html": b"x"})) == ["output-foreign"]


def test_strict_takes_a_warning_for_an_error_and_writes_nothing(site: Path) -> None:
    build(site, {**SITE, "old.html": b"x"})
    put(site, "index.html", b"edited")
    put(site, "old.html", b"edited")
    found = refused(site, {**SITE, "new.html": b"n"}, strict=True)
    assert [(one.code, one.severity) for one in found] == [
        ("output-edited", Severity.ERROR),
        ("output-kept", Severity.ERROR),
    ]


# --- between files and folders ----------------------------------------------------------------------------------


def test_a_file_of_ours_becomes_a_folder_and_the_other_way(site: Path) -> None:
    one = {"a": b"file", "b/index.html": b"x", "b/c/d.txt": b"y", "z": b"z"}
    other = {"a/index.html": b"x", "a/c/d.txt": b"y", "b": b"file", "z": b"z"}
    build(site, one)
    for now in (other, one):
        result = build(site, now)
        assert (result.written, result.unchanged, result.removed, result.warnings) == (3, 1, 3, ())
        assert_finished(site, now)


@pytest.mark.parametrize(("edited", "needed"), [("a", "a/index.html"), ("b/index.html", "b")])
def test_what_was_changed_by_hand_is_not_removed_for_room(site: Path, edited: str, needed: str) -> None:
    build(site, {"a": b"file", "b/index.html": b"x"})
    put(site, edited, b"edited")
    found = refused(site, {needed: b"new"})
    assert ("output-foreign", f"site/{edited}") in [(one.code, one.path) for one in found]


# --- damage -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("damage", [b"", b"{", b'{"files": {"../x": ["00000000000000000000000000000000", 1]}}'])
def test_a_damaged_manifest_still_marks_the_folder_as_ours(site: Path, damage: bytes) -> None:
    build(site, {**SITE, "old.html": b"x"})
    (site / ".manifest.json").write_bytes(damage)
    put(site, "index.html", b"who knows")
    put(site, "notes.txt", b"mine")
    result = build(site, SITE)
    assert [(one.code, one.path) for one in result.warnings] == [("output-manifest", "site/.manifest.json")]
    assert (result.written, result.removed) == (1, 0)
    assert_finished(site, SITE, {"old.html": b"x", "notes.txt": b"mine"})
    assert build(site, SITE).warnings == ()


def test_a_damaged_manifest_gives_no_leave_to_replace_folders_and_links(site: Path) -> None:
    build(site, SITE)
    (site / ".manifest.json").write_bytes(b"")
    put(site, "blog/x", b"mine")
    (site / "page").symlink_to("blog")
    found = refused(site, {**SITE, "blog": b"x", "page": b"y"})
    assert sorted(codes(found)) == ["output-foreign", "output-foreign", "output-manifest"]


def test_a_power_cut_is_repaired(site: Path) -> None:
    build(site, SITE)
    for path in ("index.html", "nato/index.html"):
        put(site, path, b"")
    build(site, SITE)
    assert_finished(site, SITE)


# --- names ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paths", "code"),
    [
        (["a.html", "a.html"], "output-clash"),
        (["a.html", "A.html"], "output-clash"),
        (["caf\u00e9", "cafe\u0301"], "output-clash"),
        (["a", "a/index.html"], "output-clash"),
        (["a/b/index.html", "A"], "output-clash"),
        (["../x"], "output-name"),
        (["/etc/passwd"], "output-name"),
        ([".git/config"], "output-name"),
        ([".manifest.json"], "output-name"),
        (["a\udcff"], "output-name"),
    ],
)
def test_names_that_cannot_be(site: Path, paths: list[str], code: str) -> None:
    build(site, SITE)
    before = everything(site)
    files = [File(OutputPath(path), b"%d" % number) for number, path in enumerate(["other.html", *paths])]
    found = write_site(site, files, project=site.parent)
    assert isinstance(found, tuple)
    assert codes(found) == [code]
    assert everything(site) == before


def test_folders_may_differ_by_case(site: Path) -> None:
    build(site, {"Images/a.png": b"a", "images/b.png": b"b"})
    assert_finished(site, {"Images/a.png": b"a", "images/b.png": b"b"})


def test_a_name_that_is_too_long(site: Path) -> None:
    build(site, SITE)
    before = everything(site)
    for path in ("y" * 300, "a/" * 2100 + "x", "a/" + "y" * 300 + "/index.html"):
        with pytest.raises(WriteError) as raised:
            write_site(site, files_of({"new.html": b"x", path: b"y"}), project=site.parent)
        assert raised.value.path == f"site/{path}"
        assert raised.value.reason == "File name too long"
        assert raised.value.hint == "the site is as it was"
        assert everything(site) == before


# --- the folder itself ------------------------------------------------------------------------------------------


def test_a_folder_that_is_refused(site: Path) -> None:
    put(site, "thesis.tex", b"years of work")
    found = refused(site, SITE)
    assert [(one.code, one.path, one.line, one.column) for one in found] == [("output-refused", "site", 1, 1)]
    assert found[0].message == 'holds what no build wrote ("thesis.tex"), and no manifest of a build'


def test_a_folder_with_dotfiles_alone(site: Path) -> None:
    put(site, ".gitkeep", b"")
    put(site, ".well-known/acme/token", b"mine")
    build(site, SITE)
    assert_finished(site, SITE, {".gitkeep": b"", ".well-known/acme/token": b"mine"})


def test_what_an_error_made_is_gone_again(site: Path) -> None:
    output = site / "deep" / "er"
    assert codes(refused(output, {"a": b"x", "A": b"y"})) == ["output-clash"]
    assert not site.parent.exists()


def test_an_output_folder_that_is_a_link(site: Path) -> None:
    site.parent.mkdir()
    site.symlink_to(site.parent / "elsewhere" / "www")
    build(site, SITE)
    assert site.is_symlink()
    assert_finished(site.parent / "elsewhere" / "www", SITE)


def test_a_left_over_staging_folder_is_removed(site: Path) -> None:
    build(site, SITE)
    for leftover in (site, site.parent / "first"):
        put(leftover, ".staging/to-come/nato/index.html", b"half")
        build(leftover, SITE)
        assert_finished(leftover, SITE)


def test_a_folder_outside_of_the_project_is_named_as_given(site: Path) -> None:
    outside = site.parent.parent / "www"
    build(outside, SITE)
    put(outside, "new.html", b"mine")
    found = write_site(outside, files_of({"new.html": b"x"}), project=site.parent)
    assert isinstance(found, tuple)
    assert [one.path for one in found] == [f"{outside}/new.html"]


# --- where the files come from ----------------------------------------------------------------------------------


def test_an_error_while_the_files_are_made_goes_through_and_nothing_is_written(site: Path) -> None:
    build(site, SITE)
    before = everything(site)

    def files() -> Iterator[File]:
        yield File(OutputPath("index.html"), b"new")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_site(site, files(), project=site.parent)
    assert everything(site) == before


def test_who_makes_the_files_is_told_when_no_more_are_taken(site: Path) -> None:
    closed = []

    def files() -> Iterator[File]:
        try:
            yield File(OutputPath("x" * 300), b"x")
            yield File(OutputPath("never taken"), b"x")
        finally:
            closed.append((site / ".staging").exists())

    with pytest.raises(WriteError):
        write_site(site, files(), project=site.parent)
    assert len(closed) == 1
    assert on_disk(site.parent) == {}


def test_the_pending_manifest_of_a_kill_does_not_hide_a_new_file_of_a_person(site: Path) -> None:
    build(site, {"index.html": b"x"})
    manifest = manifest_of(site)
    manifest["coming"] = {"new.html": ["0" * 32, 3]}
    (site / ".manifest.json").write_text(json.dumps(manifest))
    put(site, "new.html", b"put there after the kill")
    assert codes(refused(site, {"index.html": b"x", "new.html": b"new"})) == ["output-foreign"]
    result = build(site, {"index.html": b"x"})
    assert (result.removed, result.warnings) == (0, ())
    assert_finished(site, {"index.html": b"x"}, {"new.html": b"put there after the kill"})
