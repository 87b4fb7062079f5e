"""Definitions that know their date: an entry as it stood on a day, and what changed since (format.md, Mentions)."""

from __future__ import annotations

import datetime as dt

from generator.document import EntryDocument
from generator.matter import EntryMatter, Role
from generator.model import PartialDate
from generator.site import DatedDefinition
from generator.views import Change


def definition_on(entry: EntryDocument, day: dt.date, today: dt.date) -> DatedDefinition:
    """Return an entry as it stood on a day, seen from today. `until` is the first day on which it no longer holds."""
    matter = entry.matter
    epoch, roles, died = _state(matter, day)
    present = _state(matter, today)
    return DatedDefinition(
        epoch=epoch,
        roles=roles,
        died=died,
        current=(epoch, roles, died) == present,
        changes=tuple(sorted(_changes(entry, day, today), key=lambda change: change.date.first_day)),
    )


def epoch_on(matter: EntryMatter, day: dt.date) -> int:
    """Return the index of the definition that held on a day; the history's length for the present one."""
    for index, epoch in enumerate(matter.history):
        if day < epoch.until.first_day:
            return index
    return len(matter.history)


def changes_with_time(matter: EntryMatter) -> bool:
    """Return whether an entry is not the same on every day."""
    return bool(matter.history or matter.roles or matter.born or matter.died)


def holds(role: Role, day: dt.date) -> bool:
    """Return whether a person had a role on a day."""
    begun = role.from_ is None or role.from_.first_day <= day
    return begun and (role.until is None or day < role.until.first_day)


def age_on(born: PartialDate | None, died: PartialDate | None, day: dt.date) -> int | None:
    """Return a person's age in whole years on a day, where the day of birth is known and the person lives."""
    if born is None or born.day is None or (died is not None and died.first_day <= day):
        return None
    first = born.first_day
    return day.year - first.year - ((day.month, day.day) < (first.month, first.day)) if day >= first else None


def _state(matter: EntryMatter, day: dt.date) -> tuple[int, tuple[str, ...], bool]:
    roles = tuple(role.title for role in matter.roles if holds(role, day))
    return epoch_on(matter, day), roles, matter.died is not None and matter.died.first_day <= day


def _changes(entry: EntryDocument, day: dt.date, today: dt.date) -> list[Change]:
    def since(date: PartialDate | None) -> bool:
        return date is not None and day < date.first_day <= today

    matter = entry.matter
    following = (*entry.history[1:], entry.summary)
    found = [
        Change(epoch.until, epoch.then or " ".join(after.text.split()), "definition")
        for epoch, after in zip(matter.history, following, strict=False)
        if since(epoch.until)
    ]
    for role in matter.roles:
        if role.from_ is not None and since(role.from_):
            found.append(Change(role.from_, role.title, "role-began"))
        if role.until is not None and since(role.until):
            found.append(Change(role.until, role.title, "role-ended"))
    if matter.died is not None and since(matter.died):
        found.append(Change(matter.died, "", "died"))
    return found
