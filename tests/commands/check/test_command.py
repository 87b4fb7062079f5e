"""The command line of `check`: what it prints where, in which format, and how it ends."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from generator.commands.check.explanations import explanations
from generator.commands.check.formats import github
from generator.commands.check.sarif import sarif
from generator.diagnostics import Diagnostic, Severity
from generator.model import SourcePath
from tests.commands.check.desk import Run
from tests.project import article, entry, write_project
from tests.test_cli import ROOT

WARNING: dict[str, str | bytes] = {"content/articles/one.md": article("### Deep\n")}
SUGGESTION: dict[str, str | bytes] = {"content/glossary/nato.md": entry("NATO")}
ERROR: dict[str, str | bytes] = {"content/articles/two.md": article("[[Nato!]]\n")}


@pytest.mark.parametrize(
    ("files", "arguments", "status", "codes"),
    [
        ({}, [], 0, []),
        (SUGGESTION, ["--strict"], 0, ["suggestion[entry-unmentioned]", "suggestion[entry-unsourced]"]),
        (WARNING, [], 0, ["warning[heading-skipped]"]),
        (WARNING, ["--strict"], 1, ["error[heading-skipped]"]),
        (ERROR | WARNING, [], 1, ["warning[heading-skipped]", "error[mention-unknown]"]),
    ],
)
def test_findings_are_the_product(
    tmp_path: Path, run: Run, files: dict[str, str | bytes], arguments: list[str], status: int, codes: list[str]
) -> None:
    done = run("check", *arguments, cwd=write_project(tmp_path, files))
    assert done.returncode == status, done.stderr
    assert re.findall(r"^\S+: (\w+\[[a-z-]+\]): ", done.stdout, re.MULTILINE) == codes
    assert "[" not in done.stderr
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("quote", "status", "strictly", "severity"),
    [
        ("the two men spoke for two hours", 0, 0, ""),
        ("the two men spoke for an hour", 0, 1, "warning[quote-drifted]"),
        ("words that were never written", 1, 1, "error[quote-orphaned]"),
    ],
)
def test_quotations_are_among_it(
    tmp_path: Path, run: Run, quote: str, status: int, strictly: int, severity: str
) -> None:
    matter = f"annotations: [{{quote: {quote}, note: A note., kind: correction}}]\n"
    write_project(tmp_path, {"content/articles/one.md": article("Then the two men spoke for two hours.\n", matter)})
    done = run("check", cwd=tmp_path)
    assert done.returncode == status
    assert re.findall(r"\w+\[[a-z-]+\]", done.stdout) == ([severity] if severity else [])
    assert run("check", "--strict", cwd=tmp_path).returncode == strictly


def test_links_that_lead_nowhere_are_among_it(tmp_path: Path, run: Run) -> None:
    body = "See [x](nowhere.md), [y](/nowhere/) and [z](#nowhere).\n"
    done = run("check", cwd=write_project(tmp_path, {"content/articles/one.md": article(body)}))
    assert done.returncode == 1
    assert re.findall(r":(\d+:\d+): error\[link-broken\]", done.stdout) == ["5:5", "5:22", "5:41"]


def test_text_is_a_compilers(tmp_path: Path, run: Run) -> None:
    done = run("check", cwd=write_project(tmp_path, WARNING))
    assert done.stdout == (
        'content/articles/one.md:5:1: warning[heading-skipped]: "Deep" is a heading of level 3 below one of level 1\n'
        "  5 | ### Deep\n"
        "    | ^\n"
        "  hint: make it ##: those who cannot see the page go by the levels\n"
    )
    assert done.stderr == "1 warning\n"


def test_json(tmp_path: Path, run: Run) -> None:
    done = run("check", "--format", "json", cwd=write_project(tmp_path, WARNING))
    outcome = json.loads(done.stdout)
    assert list(outcome) == ["ok", "diagnostics"]
    assert outcome["ok"] is True
    (finding,) = outcome["diagnostics"]
    assert list(finding) == ["code", "severity", "path", "line", "column", "message", "hint"]
    assert done.stderr == ""


def test_github_annotations_are_escaped() -> None:
    odd = Diagnostic(
        "link-dead",
        Severity.SUGGESTION,
        SourcePath("content/a,b:c%.md"),
        3,
        4,
        "100 % gone:\nbad,",
        "a hint",
        ("a note",),
    )
    assert github([odd], Path()) == (
        "::notice file=content/a%2Cb%3Ac%25.md,line=3,col=4,title=link-dead"
        "::100 %25 gone: bad,%0Aa note%0Ahint: a hint\n"
    )


def test_github_annotations_of_a_site(tmp_path: Path, run: Run) -> None:
    done = run("check", "--format", "github", "--strict", cwd=write_project(tmp_path, WARNING | SUGGESTION))
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[0].startswith("::error file=content/articles/one.md,line=5,col=1,title=heading-skipped::")
    assert [line.split(" ")[0] for line in lines[1:]] == ["::notice", "::notice"]


def test_sarif(tmp_path: Path, run: Run) -> None:
    files = (
        WARNING | SUGGESTION | {"content/articles/ü b.md": article("See [x](one.md#note-9), [Georgia](term:) {so}.\n")}
    )
    done = run("check", "--format", "sarif", cwd=write_project(tmp_path, files))
    log = json.loads(done.stdout)
    validate(log)
    (run_,) = log["runs"]
    found = {(result["ruleId"], result["level"]) for result in run_["results"]}
    assert found == {
        ("heading-skipped", "warning"),
        ("link-fragment", "warning"),
        ("entry-unmentioned", "note"),
        ("entry-unsourced", "note"),
    }
    uris = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run_["results"]}
    assert "content/articles/%C3%BC%20b.md" in uris


def test_what_sarif_would_read_as_placeholders_and_links_is_escaped() -> None:
    one = Diagnostic("link-dead", Severity.WARNING, SourcePath("a.md"), 0, 0, "{0} of [x](term:y) and [[z]]")
    (result,) = json.loads(sarif([one, one], Path()))["runs"][0]["results"][:1]
    assert result["message"]["text"] == "{{0}} of \\[x](term:y) and [[z]]"
    results = json.loads(sarif([one, one], Path()))["runs"][0]["results"]
    assert len({each["partialFingerprints"]["finding/v1"] for each in results}) == 2


def validate(log: dict[str, Any]) -> None:
    """Hold a log to what SARIF 2.1.0 requires of the properties that it has (the numbers are the specification's)."""
    assert set(log) == {"$schema", "version", "runs"}  # 3.13
    assert log["version"] == "2.1.0"
    for one in log["runs"]:
        driver = one["tool"]["driver"]  # 3.18.2, 3.19
        assert isinstance(driver["name"], str)
        assert driver["version"]
        assert one["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")  # 3.14.17
        rules = driver["rules"]
        assert len({rule["id"] for rule in rules}) == len(rules)  # 3.49.3
        for rule in rules:
            assert rule["shortDescription"]["text"].endswith(".")  # 3.49.9
            assert rule["help"]["text"]
        bases = one["originalUriBaseIds"]  # 3.14.14
        for result in one["results"]:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]  # 3.27.6
            assert result["level"] in ("none", "note", "warning", "error")  # 3.27.10
            assert isinstance(result["message"]["text"], str)  # 3.11.8
            for location in result["locations"]:
                place = location["physicalLocation"]
                assert place["artifactLocation"]["uriBaseId"] in bases
                assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", place["artifactLocation"]["uri"])  # 3.4.3
                assert place["region"]["startLine"] >= 1  # 3.30.5
                assert place["region"]["startColumn"] >= 1  # 3.30.6
            assert all(isinstance(value, str) for value in result["partialFingerprints"].values())  # 3.27.17


def test_a_baseline_leaves_old_debts_out(tmp_path: Path, run: Run) -> None:
    write_project(tmp_path, WARNING | SUGGESTION)
    (tmp_path / "debts.json").write_text(run("check", "--format", "json", cwd=tmp_path).stdout, encoding="utf-8")
    done = run("check", "--strict", "--baseline", "debts.json", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    write_project(tmp_path, {"content/articles/one.md": article("Words.\n\n### Deep\n\n## Next\n\n#### Deeper\n")})
    done = run("check", "--strict", "--baseline", "debts.json", cwd=tmp_path)
    assert done.returncode == 1
    assert re.findall(r":(\d+):\d+: error", done.stdout) == ["11"]
    write_project(tmp_path, {"content/articles/one.md": article("Words.\n")})
    done = run("check", "--baseline", "debts.json", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "1 of the baseline is gone" in done.stderr


def test_a_debt_that_grows_is_the_same_and_one_more_of_a_kind_is_not(tmp_path: Path, run: Run) -> None:
    write_project(tmp_path, {"content/articles/one.md": article("the Foo, the Foo\n")})
    (tmp_path / "debts.json").write_text(run("check", "--format", "json", cwd=tmp_path).stdout, encoding="utf-8")
    write_project(tmp_path, {"content/articles/one.md": article("the Foo, the Foo, the Foo\n")})
    assert run("check", "--baseline", "debts.json", cwd=tmp_path).stdout == ""
    write_project(tmp_path, {"content/articles/one.md": article("the Foo, the Foo, the Bar and Bar\n")})
    assert "“Bar”" in run("check", "--baseline", "debts.json", cwd=tmp_path).stdout


def test_an_error_is_never_a_debt(tmp_path: Path, run: Run) -> None:
    write_project(tmp_path, ERROR)
    (tmp_path / "debts.json").write_text(run("check", "--format", "json", cwd=tmp_path).stdout, encoding="utf-8")
    assert run("check", "--baseline", "debts.json", cwd=tmp_path).returncode == 1


@pytest.mark.parametrize("content", [None, b"[]", b'{"diagnostics": [{}]}', b"\xff", b"{"])
def test_a_baseline_that_is_none_is_a_wrong_command_line(tmp_path: Path, run: Run, content: bytes | None) -> None:
    write_project(tmp_path, WARNING)
    if content is not None:
        (tmp_path / "debts.json").write_bytes(content)
    done = run("check", "--baseline", "debts.json", cwd=tmp_path)
    assert done.returncode == 2
    assert "--format json" in done.stderr
    assert "Traceback" not in done.stderr


def test_every_code_is_explained_in_any_folder(tmp_path: Path, run: Run) -> None:
    for code in ("quote-orphaned", "name-unexplained"):
        done = run("check", "--explain", code, cwd=tmp_path)
        assert done.returncode == 0
        assert done.stdout.startswith(f"{code} (")
        told = " ".join(done.stdout.partition("\n\n")[2].split())
        assert told == explanations()[code].text
        assert told in (ROOT / "docs/diagnostics.md").read_text("utf-8").replace("\\|", "|")
    done = run("check", "--explain", "quote-lost", cwd=tmp_path)
    assert done.returncode == 2
    assert "did you mean" in done.stderr


def test_the_page_of_codes_is_read_whole() -> None:
    rows = re.findall(r"^\| `", (ROOT / "docs/diagnostics.md").read_text("utf-8"), re.MULTILINE)
    assert len(explanations()) == len(rows) > 50
    for one in explanations().values():
        assert one.severity in [severity.value for severity in Severity], one.code
        assert one.text.endswith("."), one.code
        assert one.area


def test_the_sample_site_passes_strictly(run: Run) -> None:
    done = run("check", "--strict", cwd=ROOT, SOURCE_DATE_EPOCH="1795478400")  # 2026-11-24
    assert done.returncode == 0, done.stdout
    assert ": suggestion[name-unexplained]" not in done.stdout
