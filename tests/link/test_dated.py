from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from generator.document import EntryDocument
from generator.link.dated import age_on, definition_on
from generator.model import PartialDate
from tests.project import TODAY, entry, load_project, write_project

NATO = """\
history:
  - {until: 2023-04-04, summary: Of 30., then: Finland joined.}
  - {until: 2024-03-07, summary: Of 31.}
"""

ROGOZIN = """\
born: 1963-12-21
roles:
  - {title: deputy prime minister, from: 2011-12, until: 2018-05}
  - {title: head of Roscosmos, from: 2018-05, until: 2022-07-15}
"""


def entry_document(folder: Path, source: str) -> EntryDocument:
    loaded = load_project(write_project(folder, {"content/glossary/entry.md": source}))
    assert not loaded.diagnostics
    assert loaded.site is not None
    return loaded.site.entries[0].document


@pytest.mark.parametrize(
    ("day", "epoch", "changes"),
    [
        ("2021-12-15", 0, ["Finland joined.", "Of 32."]),
        ("2023-04-03", 0, ["Finland joined.", "Of 32."]),
        ("2023-04-04", 1, ["Of 32."]),
        ("2024-03-06", 1, ["Of 32."]),
        ("2024-03-07", 2, []),
    ],
)
def test_until_is_exclusive(tmp_path: Path, day: str, epoch: int, changes: list[str]) -> None:
    nato = entry_document(tmp_path, entry("NATO", front_matter=NATO, summary="Of 32."))
    dated = definition_on(nato, dt.date.fromisoformat(day), TODAY)
    assert (dated.epoch, [change.text for change in dated.changes]) == (epoch, changes)
    assert dated.current == (not changes)


@pytest.mark.parametrize(
    ("day", "roles", "changes"),
    [
        ("2018-04-30", ("deputy prime minister",), ["role-ended", "role-began", "role-ended"]),
        ("2018-05-01", ("head of Roscosmos",), ["role-ended"]),
        ("2022-07-14", ("head of Roscosmos",), ["role-ended"]),
        ("2022-07-15", (), []),
    ],
)
def test_roles_are_those_of_the_day(tmp_path: Path, day: str, roles: tuple[str, ...], changes: list[str]) -> None:
    person = entry_document(tmp_path, entry("Dmitri Rogozin", "person", ROGOZIN))
    dated = definition_on(person, dt.date.fromisoformat(day), TODAY)
    assert dated.roles == roles
    assert sorted(change.kind for change in dated.changes) == sorted(changes)


def test_a_date_to_come_changes_nothing_yet(tmp_path: Path) -> None:
    later = "history:\n  - {until: 2030, summary: Before.}\n"
    document = entry_document(tmp_path, entry("Treaty", "document", later, "After."))
    dated = definition_on(document, TODAY, TODAY)
    assert (dated.epoch, dated.current, dated.changes) == (0, True, ())


@pytest.mark.parametrize(
    ("born", "died", "day", "age"),
    [
        (PartialDate(1963, 12, 21), None, "2021-12-15", 57),
        (PartialDate(1963, 12, 21), None, "2021-12-21", 58),
        (PartialDate(1963, 12), None, "2021-12-15", None),
        (PartialDate(1963, 12, 21), PartialDate(2020), "2021-12-15", None),
        (None, None, "2021-12-15", None),
    ],
)
def test_age(born: PartialDate | None, died: PartialDate | None, day: str, age: int | None) -> None:
    assert age_on(born, died, dt.date.fromisoformat(day)) == age
