"""What a command line means: which target of the site's, which receipt of the project's."""

from __future__ import annotations

from pathlib import Path

from generator.commands.publish.receipts import Receipt, newest_receipts, read_receipt
from generator.config import Settings
from generator.diagnostics import did_you_mean

SHOWN = 5
"""Receipts that a message lists."""


class MisuseError(Exception):
    """The command line names what is not there."""


def choose_target(settings: Settings, name: str | None, receipt: Receipt | None) -> str:
    """Return the name of the target that is meant: the one asked for, the receipt's, or the only one."""
    names = [*settings.publish]
    if receipt and name and receipt.target != name:
        raise MisuseError(f"that receipt is of the target {receipt.target}, not of {name}")
    wanted = name or (receipt.target if receipt else None)
    if not names:
        raise MisuseError(
            "content/site.yaml names no target; begin with publish: {local: {to: directory, path: ../public}}"
        )
    if wanted is None and len(names) > 1:
        raise MisuseError(f"publish to which target? There are {', '.join(names)}")
    if wanted is not None and wanted not in names:
        raise MisuseError(f'there is no target "{wanted}": {did_you_mean(wanted, names)}')
    return wanted or names[0]


def find_receipt(project: Path, name: str) -> Receipt:
    """Return the receipt that a command line names by its path or its name."""
    try:
        receipt = read_receipt(project, name)
    except (OSError, ValueError) as problem:
        raise MisuseError(f"{name} is no receipt: {problem}") from problem
    if receipt is None:
        known = newest_receipts(project, SHOWN)
        raise MisuseError(
            f'there is no receipt "{name}"; the newest are {", ".join(known)}' if known else "there are no receipts"
        )
    return receipt
