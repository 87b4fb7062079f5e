"""docs/editing.md, walked through: its files are written and its commands run, in its order, in one folder."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from tests.commands.check.desk import Run
from tests.test_cli import ROOT

DAY = "1795392000"
"""2026-11-23, the Monday on which the week begins."""

STEP = re.compile(
    r"^```markdown (?P<path>\S+)\n(?P<text>.*?)^```$|^```console\n(?P<console>.*?)^```$", re.MULTILINE | re.DOTALL
)


def test_the_week_goes_as_it_is_told(tmp_path: Path, run: Run) -> None:
    folder = tmp_path
    commands = 0
    for step in STEP.finditer((ROOT / "docs/editing.md").read_text("utf-8")):
        if step["path"]:
            assert (folder / step["path"]).is_file(), f"no command made {step['path']}"
            (folder / step["path"]).write_text(step["text"], "utf-8")
            continue
        for block in re.split(r"^\$ ", step["console"], flags=re.MULTILINE)[1:]:
            command, *told = block.splitlines()
            program, *arguments = shlex.split(command)
            if program == "cd":
                folder = folder / arguments[0]
                continue
            assert arguments[:2] == ["-m", "generator"]
            done = run(*arguments[2:], cwd=folder, SOURCE_DATE_EPOCH=DAY)
            printed = iter((done.stdout + done.stderr).splitlines())
            for line in told:
                assert line in printed, f"{command} does not print: {line}\n{done.stdout}{done.stderr}"
            findings = re.findall(r"^\S+: (?:error|warning|suggestion)\[", done.stdout, re.MULTILINE)
            assert len(findings) == sum(": " in line and "[" in line for line in told), command
            commands += 1
    assert commands >= 10
