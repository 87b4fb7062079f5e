from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
import yaml

from generator.commands.check.check import find_all
from generator.commands.new.article import new_article
from generator.commands.new.entry import a_year_after, kind_of, new_entry
from generator.commands.new.place import NewError, split_name, written
from generator.commands.new.site import new_site, title_of
from generator.options import Options
from tests.commands.check.desk import Run
from tests.project import TODAY, article, build_project, load_project, opened, write_project
from tests.test_cli import ROOT
from tests.test_cli import run as run_apart


def find(folder: Path) -> list[str]:
    return [one.code for one in find_all(Options(project=folder, output=folder / "site", today=TODAY))]


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new") / "my-explainers"
    new_site(folder)
    return folder


def test_a_new_site_builds_and_leaves_nothing_to_look_at(starter: Path, tmp_path: Path) -> None:
    result = build_project(starter, strict=True, output=tmp_path / "site")
    assert result.diagnostics == ()
    assert find(starter) == []
    loaded = load_project(starter)
    assert loaded.site is not None
    assert len(loaded.site.articles) == 1
    assert len(loaded.site.entries) == 5
    assert loaded.site.settings.title == "My explainers"
    page = (tmp_path / "site/the-open-door/index.html").read_text("utf-8")
    assert "30 countries" in page
    assert "Sweden joined" in page
    assert {mention.slug for mention in opened(loaded).body.mentions} == set(loaded.site.by_slug)


def test_what_a_new_site_says_is_said_in_the_sample_site(starter: Path) -> None:
    """Its facts are those of content/, so that none is made up: each summary and source stands there."""
    for path in sorted((starter / "content/glossary").glob("*.md")):
        told = yaml.safe_load(path.read_text("utf-8").split("---\n")[1])
        known = yaml.safe_load((ROOT / "content/glossary" / path.name).read_text("utf-8").split("---\n")[1])
        assert told["summary"] == known["summary"]
        assert all(epoch in known["history"] for epoch in told.get("history", []) if "29" not in epoch["summary"])
        assert told.get("roles", []) == known.get("roles", [])
    sources = yaml.safe_load((starter / "content/sources.yaml").read_text("utf-8"))
    assert sources.items() <= yaml.safe_load((ROOT / "content/sources.yaml").read_text("utf-8")).items()


def test_its_workflow_checks_builds_and_publishes(starter: Path) -> None:
    workflow = yaml.safe_load((starter / ".github/workflows/site.yml").read_text("utf-8"))
    steps = [step.get("run", step.get("uses", "")) for job in workflow["jobs"].values() for step in job["steps"]]
    commands = [step for step in steps if step.startswith("python -m generator")]
    assert len(commands) == 2
    assert [step.partition("@")[0] for step in steps if "@" in step] == [
        "actions/checkout",
        "actions/setup-python",
        "actions/configure-pages",
        "actions/upload-pages-artifact",
        "actions/deploy-pages",
    ]
    for command in commands:  # what Actions does with ${{ }} and the shell with ${}
        arguments = re.sub(r"\$\{\{.*?\}\}|\$\{[^}]*\}", "", command).split()[3:]
        done = run_apart(*arguments, cwd=starter)
        assert done.returncode == 0, done.stderr
    assert "/site/" in (starter / ".gitignore").read_text("utf-8").splitlines()


def test_new_site_from_the_command_line(tmp_path: Path, run: Run) -> None:
    done = run("new", "site", "fresh", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "fresh/content/site.yaml").is_file()
    assert not any("@" in path.name or "dot-" in path.name for path in (tmp_path / "fresh").rglob("*"))
    again = run("new", "site", "fresh", cwd=tmp_path)
    assert again.returncode == 1
    assert "not empty" in again.stderr


def test_an_empty_folder_will_do_and_a_file_will_not(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert new_site(tmp_path / "empty")
    (tmp_path / "file").touch()
    with pytest.raises(NewError):
        new_site(tmp_path / "file")


@pytest.mark.parametrize(("name", "title"), [("my-site", "My site"), ("news_2026", "News 2026"), ("Ž", "Ž")])
def test_the_title_comes_of_the_folders_name(tmp_path: Path, name: str, title: str) -> None:
    assert title_of(tmp_path / name) == title


def test_a_new_article_passes_as_a_draft_and_published(tmp_path: Path) -> None:
    project = write_project(tmp_path, {})
    path = new_article(project, "Why: it's “so”", TODAY)
    assert path == project / "content/articles/why-it-s-so.md"
    assert find(project) == []
    path.write_text(re.sub("(?m)^draft.*\n", "", path.read_text("utf-8")), "utf-8")
    assert find(project) == []
    loaded = load_project(project)
    assert loaded.site is not None
    (page,) = loaded.site.articles
    assert page.matter.title == "Why: it's “so”"
    assert page.matter.date == TODAY


def test_a_new_entry_passes_as_a_draft_and_published(tmp_path: Path) -> None:
    project = write_project(tmp_path, {"content/articles/one.md": article("By Mark Rutte.\n")})
    path = new_entry(project, "Mark Rutte", TODAY)
    assert path == project / "content/glossary/mark-rutte.md"
    assert find(project) == []
    path.write_text(re.sub("(?m)^draft.*\n", "", path.read_text("utf-8")), "utf-8")
    assert find(project) == ["entry-unsourced"]
    loaded = load_project(project)
    assert loaded.site is not None
    matter = loaded.site.entries[0].document.matter
    assert (matter.name.value, matter.kind, matter.review_by) == ("Mark Rutte", "person", dt.date(2027, 11, 24))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("benevolent neutrality", "term"),
        ("NATO", "organization"),
        ("World Trade Organization", "organization"),
        ("European Court of Human Rights", "organization"),
        ("North Atlantic Treaty", "document"),
        ("Madrid Summit", "event"),
        ("Mark Rutte", "person"),
        ("Simferopol", "place"),
    ],
)
def test_the_likeliest_kind(name: str, kind: str) -> None:
    assert kind_of(name) == kind


@pytest.mark.parametrize(
    ("name", "folder", "title"),
    [
        ("Two neighbours", "", "Two neighbours"),
        ("two-neighbours", "", "Two neighbours"),
        ("asia/two-neighbours.md", "asia", "Two neighbours"),
        ("asia/2021/Two neighbours", "asia/2021", "Two neighbours"),
        ("TCP/IP", "", "TCP/IP"),
        ("../two", "", "../two"),
        ("/etc/two", "", "/etc/two"),
        ("NATO", "", "NATO"),
    ],
)
def test_what_a_name_means(name: str, folder: str, title: str) -> None:
    assert split_name(name) == (folder, title)


@pytest.mark.parametrize(
    "text",
    ["NATO", "a: b", "yes", "2021", "- x", "it's", '"q"', "Mr. X", "x #y", "[a]", "a b.", "1e3", "@x", "x:", "é"],
)
def test_any_title_is_read_back_as_it_was(text: str) -> None:
    assert yaml.safe_load(f"title: {written(text)}\n") == {"title": text}


@pytest.mark.parametrize("name", ["Two", "asia/two", "TWO", "two.md"])
def test_nothing_is_overwritten_and_no_address_taken(tmp_path: Path, name: str) -> None:
    project = write_project(tmp_path, {"content/articles/two.md": article("Here first.\n")})
    with pytest.raises(NewError, match="there already"):
        new_article(project, name, TODAY)
    assert (project / "content/articles/two.md").read_text("utf-8") == article("Here first.\n")


def test_a_page_holds_its_address_too(tmp_path: Path) -> None:
    project = write_project(
        tmp_path, {"content/pages/about.md": "About.\n", "content/articles/x/index.md": article("X.\n")}
    )
    with pytest.raises(NewError, match="content/pages/about"):
        new_article(project, "About", TODAY)
    with pytest.raises(NewError, match="content/articles/x/index"):
        new_article(project, "X", TODAY)
    assert new_entry(project, "About", TODAY)


@pytest.mark.parametrize("name", ["", "...", "con", "///"])
def test_a_name_that_gives_no_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(NewError):
        new_article(write_project(tmp_path, {}), name, TODAY)


def test_the_command_prints_where_it_is(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path, {})
    done = run("new", "article", "Two neighbours", cwd=project, SOURCE_DATE_EPOCH="1639526400")
    assert (done.returncode, done.stdout) == (0, "content/articles/two-neighbours.md\n")
    assert "date: 2021-12-15" in (project / "content/articles/two-neighbours.md").read_text("utf-8")
    assert run("new", "article", "Two neighbours", cwd=project).returncode == 1
    assert run("new", "story", "Two", cwd=project).returncode == 2
    assert run("new", "entry", "X", cwd=tmp_path / "content").returncode == 2


def test_a_leap_day_has_a_day_before_it() -> None:
    assert a_year_after(dt.date(2028, 2, 29)) == dt.date(2029, 2, 28)
