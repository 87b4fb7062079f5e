from __future__ import annotations

import os
import pwd
from pathlib import Path

import pytest

from generator.write.folder import find_refusal


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that no folder above is a home or a repository of."""
    project = tmp_path / "project"
    for name in ("content/articles", "templates"):
        (project / name).mkdir(parents=True)
    return project


def reason(output: Path, project: Path) -> str:
    return find_refusal(output, project) or ""


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("/", "is the root of the file system"),
        ("{project}/../../../../../../../../../..", "is the root of the file system"),
        ("{project}", "is the project itself"),
        ("{project}/site/..", "is the project itself"),
        ("{project}/content", "is the content folder of the project"),
        ("{project}/content/", "is the content folder of the project"),
        ("{project}/content/site", "lies within the content folder of the project"),
        ("{project}/content/articles/../articles/a/b", "lies within the content folder of the project"),
        ("{project}/templates", "is the templates folder of the project"),
        ("{project}/templates/x", "lies within the templates folder of the project"),
        ("{project}/..", "holds the content folder of the project"),
        ("{project}/.git/site", "lies within a git repository's own folder"),
        ("{project}/a\0b", "is no name of a folder"),
    ],
)
def test_places_that_are_never_an_output(project: Path, output: str, expected: str) -> None:
    assert reason(Path(output.format(project=project)), project) == expected


def test_a_new_or_empty_folder_is_accepted(project: Path) -> None:
    (project / "empty").mkdir()
    (project / "site").mkdir()
    for name in (".gitkeep", ".DS_Store"):
        (project / "site" / name).touch()
    for name in ("empty", "site", "new", "new/deep/er", "contents", "content-site", "../beside"):
        assert find_refusal(project / name, project) is None


def test_a_home_is_refused_whatever_the_variable_says(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = project.parent / "home"
    home.mkdir()
    real = Path(pwd.getpwuid(os.getuid()).pw_dir)
    monkeypatch.setenv("HOME", str(home))
    assert reason(home, project) == "is a home folder"
    assert reason(home / "project" / "..", project) == "is a home folder"
    assert find_refusal(home / "site", project) is None
    assert reason(real, project) == "is a home folder"


def test_links_fool_nobody(project: Path) -> None:
    (project / "to-content").symlink_to("content")
    (project / "to-project").symlink_to(project)
    (project / "real-templates").mkdir()
    (project / "templates").rmdir()
    (project / "templates").symlink_to("real-templates")
    assert reason(project / "to-content", project) == "is the content folder of the project"
    assert reason(project / "to-content/new", project) == "lies within the content folder of the project"
    assert reason(project / "to-project", project) == "is the project itself"
    assert reason(project, project / "to-project") == "is the project itself"
    assert reason(project / "real-templates/x", project) == "lies within the templates folder of the project"
    (project / "site").symlink_to(project.parent / "elsewhere")
    assert find_refusal(project / "site", project) is None


@pytest.mark.parametrize("make", [Path.mkdir, Path.touch])
def test_a_repository_is_refused(project: Path, make: object) -> None:
    output = project / "site"
    output.mkdir()
    (output / ".manifest.json").write_text("{}")
    make(output / ".git")  # type: ignore[operator]
    assert reason(output, project) == "holds a .git"


def test_a_file_is_refused(project: Path) -> None:
    (project / "file").write_text("x")
    os.mkfifo(project / "pipe")
    (project / "loop").symlink_to("loop")
    assert reason(project / "file", project) == "is a file"
    assert reason(project / "pipe", project) == "is a file"
    assert reason(project / "file/site", project) == "lies below a file"
    assert reason(project / "loop", project).startswith("cannot be read: ")
    assert reason(project / ("x" * 300), project).startswith("cannot be read: ")


def test_a_folder_with_files_needs_a_manifest(project: Path) -> None:
    output = project / "site"
    output.mkdir()
    (output / "thesis.tex").write_text("years of work")
    assert reason(output, project) == 'holds what no build wrote ("thesis.tex"), and no manifest of a build'
    (output / ".manifest.json").write_text("damaged")
    assert find_refusal(output, project) is None


def test_a_name_that_is_no_text_is_shown_with_escapes(project: Path) -> None:
    output = project / "site"
    output.mkdir()
    Path(os.fsdecode(os.fsencode(output) + b"/\xff\xfe.txt")).touch()
    assert '("\\udcff\\udcfe.txt")' in reason(output, project)


def test_a_staging_folder_that_is_not_ours_is_refused(project: Path) -> None:
    output = project / "site"
    (output / ".staging" / "to-come").mkdir(parents=True)
    assert find_refusal(output, project) is None
    (output / ".staging" / "notes.txt").touch()
    assert reason(output, project) == "holds something named .staging that no build made"
    (output / ".manifest.json").touch()
    assert find_refusal(output, project) is None


@pytest.mark.parametrize("kind", ["file", "link"])
def test_a_staging_folder_is_a_folder(project: Path, kind: str) -> None:
    output = project / "site"
    output.mkdir()
    (output / ".manifest.json").touch()
    if kind == "file":
        (output / ".staging").touch()
    else:
        (output / ".staging").symlink_to(project / "content")
    assert reason(output, project) == "holds something named .staging that no build made"


def test_another_spelling_of_a_name_is_refused_on_every_system(project: Path) -> None:
    assert reason(project / "Content", project) == "is the content folder of the project"
    assert reason(project / "TEMPLATES/x", project) == "lies within the templates folder of the project"


def test_where_both_spellings_are_there_they_are_two_folders(project: Path) -> None:
    (project / "Content").mkdir()
    if not (project / "Content").samefile(project / "content"):
        assert find_refusal(project / "Content", project) is None
    else:
        assert reason(project / "Content", project) == "is the content folder of the project"
