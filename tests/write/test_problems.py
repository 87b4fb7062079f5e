from __future__ import annotations

from pathlib import Path

import pytest

from generator.write.problems import WriteError, printable, shown_folder


@pytest.mark.parametrize(
    ("output", "shown"),
    [
        ("{project}/site", "site"),
        ("{project}/a/../site/", "site"),
        ("{project}/out/deep", "out/deep"),
        ("{project}-site", "{project}-site"),
        ("/srv/www", "/srv/www"),
        ("../x", "../x"),
        ("/a\0b", "/a\0b"),
    ],
)
def test_how_an_output_folder_is_named(tmp_path: Path, output: str, shown: str) -> None:
    project = tmp_path / "project"
    assert shown_folder(Path(output.format(project=project)), project) == shown.format(project=project)


def test_a_folder_that_is_a_link_keeps_its_name_in_the_project(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "project/site").symlink_to(tmp_path / "elsewhere")
    assert shown_folder(tmp_path / "project/site", tmp_path / "project") == "site"


def test_a_project_reached_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "link").symlink_to("project")
    assert shown_folder(tmp_path / "project/site", tmp_path / "link") == "site"


def test_what_is_said_of_the_disk() -> None:
    problem = WriteError("site/a\udcff", "No space left on device", "the site is as it was")
    found = problem.diagnostic()
    assert (found.code, found.severity, found.path, found.line, found.column) == (
        "output-unwritable",
        "error",
        "site/a\\udcff",
        1,
        1,
    )
    assert (found.message, found.hint) == ("cannot be written: No space left on device", "the site is as it was")
    assert str(problem) == "site/a\\udcff: cannot be written: No space left on device"


def test_names_that_are_no_text() -> None:
    assert printable("a\udcffü\n") == "a\\udcffü\n"
