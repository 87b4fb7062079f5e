"""docs/reliability.md names tests that exist, and every file of this folder holds a promise."""

from __future__ import annotations

import ast
import re

from tests.reliability.projects import ROOT

TEXT = (ROOT / "docs/reliability.md").read_text("utf-8")

NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)


def test_each_promise_names_tests_that_exist() -> None:
    assert len(NAMED) > 50
    missing = []
    for path, name in NAMED:
        tree = ast.parse((ROOT / path).read_text("utf-8"))
        defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assigned = {
            target.id
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        if name not in defined | assigned:
            missing.append(f"{path}::{name}")
    assert missing == []


def test_each_line_of_a_table_has_a_promise_and_a_test() -> None:
    lines = [
        line for line in TEXT.splitlines() if line.startswith("| ") and not line.startswith(("| ---", "| promise"))
    ]
    assert len(lines) > 30
    assert [line for line in lines if "`tests/" not in line.split(" | ")[-1]] == []


def test_every_file_of_this_folder_holds_a_promise() -> None:
    files = {f"tests/reliability/{path.name}" for path in (ROOT / "tests/reliability").glob("test_*.py")}
    assert files - {"tests/reliability/test_promises.py"} <= {path for path, _ in NAMED}
