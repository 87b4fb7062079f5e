"""What time has done: entries to be looked at again, articles that definitions have left behind, roles that ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.commands.check.desk import Desk
from generator.commands.check.places import at_key, in_text
from generator.diagnostics import Diagnostic, Severity, suggestion
from generator.link.dated import definition_on, holds
from generator.parse.annotations import shorten
from generator.site import DatedDefinition, LinkedEntry, LinkedPage
from generator.views import Change


def overdue_entries(desk: Desk) -> Iterator[Diagnostic]:
    """Yield the entries whose `review_by` has passed."""
    for entry in desk.entries:
        day = entry.document.matter.review_by
        if day is not None and day < desk.today:
            message = f'"{entry.document.matter.name.value}" was to be reviewed by {day}'
            hint = "see whether it still holds, then set the day of the next review"
            yield at_key(Severity.WARNING, "entry-overdue", entry.document.path, "review_by", message, hint)


def changed_definitions(desk: Desk) -> Iterator[Diagnostic]:
    """Yield, for each page that is not pinned, the entries it explains that are no longer what they were on its day."""
    dated = {entry.slug: entry for entry in desk.entries if _has_history(entry)}
    known: dict[tuple[str, dt.date], DatedDefinition] = {}
    for page in (*desk.articles, *desk.pages):
        if page.page.as_of >= desk.today or page.document.matter.pin:
            continue
        told: set[str] = set()
        for linked in (page.body, *page.notes):
            for mention in linked.mentions:
                slug = mention.slug
                if not mention.marked or slug in told or slug not in dated:
                    continue
                told.add(slug)
                key = (slug, page.page.as_of)
                if key not in known:
                    known[key] = definition_on(dated[slug].document, page.page.as_of, desk.today)
                if not known[key].current:
                    yield in_text(
                        Severity.SUGGESTION,
                        "definition-changed",
                        page.document.path,
                        linked,
                        mention.start,
                        mention.end,
                        f'"{dated[slug].document.matter.name.value}" is shown as of {page.page.as_of}; since then: '
                        + "; ".join(map(said, known[key].changes)),
                        _hint(page),
                    )


def ended_roles(desk: Desk) -> Iterator[Diagnostic]:
    """Yield the living persons none of whose roles goes on; a `review_by` that lies ahead says that it is known."""
    for entry in desk.entries:
        matter = entry.document.matter
        dead = matter.died is not None and matter.died.first_day <= desk.today
        if not matter.roles or dead or (matter.review_by is not None and matter.review_by > desk.today):
            continue
        to_come = any(role.from_ is not None and role.from_.first_day > desk.today for role in matter.roles)
        if to_come or any(holds(role, desk.today) for role in matter.roles):
            continue
        last = max(matter.roles, key=lambda role: role.until.first_day if role.until else dt.date.min)
        message = f"the last known role of {matter.name.value} ({last.title}) ended on {last.until}"
        hint = "add what they are now under `roles:`; if it is nothing, say when to look again with `review_by:`"
        yield suggestion("entry-role-ended", entry.document.path, last.at, message, hint)


def said(change: Change) -> str:
    """Return a change in words, with its date."""
    what = {
        "definition": shorten(change.text).removesuffix("."),
        "role-began": f"became {change.text}",
        "role-ended": f"no longer {change.text}",
        "died": "died",
    }[change.kind]
    return f"{what} ({change.date})"


def _has_history(entry: LinkedEntry) -> bool:
    matter = entry.document.matter
    return bool(matter.history or matter.roles or matter.died)


def _hint(page: LinkedPage) -> str:
    kind = "article" if page.document.role == "article" else "page"
    return (
        f"if the {kind} still holds, set `as_of:` to the day on which you read it again; if it means its own day for "
        "good, set `pin: true`"
    )
