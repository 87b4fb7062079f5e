from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.commands.publish.plan import plan_of
from generator.commands.publish.progress import listed, progress_bar, size, summed
from generator.commands.publish.target import MANIFEST, Build, Survey, pending, settled, survey_of
from generator.model import OutputPath
from generator.write.manifest import Stamp

PATHS = ("index.html", "a/index.html", "a", "assets/x.0123456789.css", "data.json", "feed.xml", "sitemap.xml", "b.html")


def stamps(**digests: str) -> dict[OutputPath, Stamp]:
    return {OutputPath(path): Stamp(digest * 32, 1) for path, digest in digests.items()}


def survey(old: dict[str, str], new: dict[str, str], unsure: frozenset[str] = frozenset()) -> Survey:
    return Survey(old=stamps(**old), new=stamps(**new), state="", unsure=frozenset(map(OutputPath, unsure)))


def test_the_order() -> None:
    old = {"changed/index.html": "a", "gone/index.html": "a", "assets/old.0123456789.css": "a", "data.json": "a"}
    new = {
        "feed.xml": "b",
        "sitemap.xml": "b",
        "tags/x/feed.xml": "b",
        "new/index.html": "b",
        "data.json": "b",
        "changed/index.html": "b",
        "assets/new.0123456789.css": "b",
        "assets/own.css": "b",
        "robots.txt": "b",
    }
    assert [(step.action, step.path) for step in plan_of(survey(old, new)).steps] == [
        ("add", "assets/new.0123456789.css"),
        ("add", "assets/own.css"),
        ("change", "data.json"),
        ("add", "robots.txt"),
        ("add", "new/index.html"),
        ("change", "changed/index.html"),
        ("add", "feed.xml"),
        ("add", "sitemap.xml"),
        ("add", "tags/x/feed.xml"),
        ("delete", "gone/index.html"),
        ("delete", "assets/old.0123456789.css"),
    ]


@pytest.mark.parametrize(("old", "new"), [("a", "a/index.html"), ("a/index.html", "a")])
def test_what_is_in_the_way_goes_first(old: str, new: str) -> None:
    steps = plan_of(survey({old: "a"}, {new: "b"})).steps
    assert [(step.action, step.path) for step in steps] == [("delete", old), ("add", new)]


states = st.dictionaries(st.sampled_from(PATHS), st.sampled_from("abc"))


@given(states, states, st.frozensets(st.sampled_from(PATHS)))
def test_a_plan_leads_from_old_to_new(old: dict[str, str], new: dict[str, str], unsure: frozenset[str]) -> None:
    given_survey = survey(old, new, unsure & frozenset(old))
    plan = plan_of(given_survey)
    held = dict(given_survey.old)
    for step in plan.steps:
        if step.action == "delete":
            del held[step.path]
        else:
            assert (step.action == "add") == (step.path not in held)
            held[step.path] = given_survey.new[step.path]
    assert held == given_survey.new
    assert {step.path for step in plan.of("change")} >= given_survey.unsure & given_survey.new.keys()
    assert (not plan.steps) == (given_survey.old == given_survey.new and not given_survey.unsure)


few = st.dictionaries(st.sampled_from(PATHS[:3]), st.sampled_from("ab"))
runs = st.lists(st.tuples(few, st.integers(0, 5)), max_size=4)


@settings(max_examples=500)
@given(runs, few)
def test_whatever_was_interrupted_the_last_run_brings_its_site(
    runs: list[tuple[dict[str, str], int]], last: dict[str, str]
) -> None:
    """A target that is known by its bookkeeping alone, and runs that each end after some of their steps."""
    held: dict[str, str] = {}
    content: bytes | None = None
    for state, steps in [*runs, (last, 1000)]:
        build = Build(folder=Path(), files=stamps(**state), read=lambda path: b"")
        plan = plan_of(survey_of(build, content))
        content = pending(plan)
        for step in plan.steps[:steps]:
            if step.action == "delete":
                held.pop(step.path, None)
            else:
                held[step.path] = state[step.path]
        if steps > len(plan.steps):
            content = settled(build)[MANIFEST]
    assert held == last


def test_a_dry_run_tells_what_and_how_much() -> None:
    old, new = stamps(gone="a", same="a", other="a"), stamps(same="a", other="b", new="b")
    new[OutputPath("new")] = Stamp("b" * 32, 12_345)
    plan = plan_of(Survey(old=old, new=new, state=""))
    assert listed(plan) == "+ 12.3 kB  new\n~     1 B  other\n-     1 B  gone\n"
    assert summed(plan) == "1 added (12.3 kB), 1 changed (1 B), 1 deleted (1 B)"
    assert summed(plan_of(Survey(old={}, new={}, state=""))) == "nothing"


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (999_949, "999.9 kB"),
        (999_950, "1.0 MB"),
        (2_500_000_000, "2.5 GB"),
    ],
)
def test_sizes(count: int, shown: str) -> None:
    assert size(count) == shown


def test_no_bar_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar(3) as progress:
        progress("x")
    assert capsys.readouterr().err == ""


def test_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with progress_bar(2) as progress:
        progress("a/\x1b[31mb")
        progress("b")
        progress("more than was planned")
    shown = capsys.readouterr().err
    assert "1/2 a/\\u001b[31mb" in shown
    assert "2/2 b" in shown
    assert "3/2" not in shown
    assert shown.endswith("\r\x1b[K")
