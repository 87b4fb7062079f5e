"""The interface's strings: `python -m tests.messages` brings the catalogues in templates/locale up to date.

messages.pot holds every string of the templates; a translation of the theme begins as a copy of it. The catalogues of
languages keep what is translated, gain the new strings without a translation, and lose those that are gone.
"""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "templates/locale"
TEMPLATE = LOCALE / "messages.pot"

SOURCES = (
    ("jinja2", "templates", "*.html", {"silent": "false", "trimmed": "true"}),
    ("python", "generator/render", "*.py", {}),
)
"""Where strings are, and what finds them there."""

MADE = dt.datetime(2026, 11, 25, tzinfo=dt.UTC)
"""A date that every catalogue must have; the clock's would change the files without a reason."""


def extract() -> Catalog:
    """Return every string of the theme, with the files that hold it."""
    catalogue = Catalog(
        project="annotated-explainers",
        version="1",
        msgid_bugs_address="the project",
        last_translator="the project",
        language_team="the project",
        charset="utf-8",
        header_comment="# The strings of the interface. Copy this file to <language>.po and translate it.",
        creation_date=MADE,
        revision_date=MADE,
        fuzzy=False,
    )
    for method, folder, pattern, options in SOURCES:
        for path in sorted((ROOT / folder).rglob(pattern)):
            name = path.relative_to(ROOT).as_posix()
            for line, message, comments, context in extract_from_file(method, path, options=options):
                catalogue.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """Return a catalogue as a file: sorted by string, so that moving a template changes nothing."""
    file = io.BytesIO()
    write_po(file, catalogue, width=100, sort_output=True, include_lineno=False, ignore_obsolete=True)
    return file.getvalue()


def updated(path: Path, template: Catalog) -> Catalog:
    """Return a language's catalogue with the strings that the templates have now."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.stem)
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    return catalogue


def main() -> None:
    """Write messages.pot and every language's catalogue anew."""
    template = extract()
    TEMPLATE.write_bytes(written(template))
    for path in sorted(LOCALE.glob("*.po")):
        path.write_bytes(written(updated(path, template)))
        with path.open("rb") as file:
            missing = [message for message in read_po(file, locale=path.stem) if message.id and not message.string]
        print(f"{path.relative_to(ROOT)}: {len(missing)} to translate")


if __name__ == "__main__":
    main()
