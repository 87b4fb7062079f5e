"""The interface's strings in the page's language: one gettext catalogue a language, `locale/lt.po` in the theme.

The strings in templates are English, so English has no catalogue and imports nothing. Babel is imported for the first
page in another language, and turns the catalogue that translators edit into what gettext reads: nothing compiled lies
about that could be older than its source.
"""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2

if TYPE_CHECKING:
    from babel.messages.catalog import Message

LOCALE = "locale"
"""The folder of catalogues in a theme."""

SOURCE = "en"
"""The language of the strings in templates."""

PLURALS_TRIED = 200
"""Numbers for which a catalogue's plural forms are worked out at once: no language's rule looks at more digits."""

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def translations(folders: Sequence[Path], *languages: str) -> gettext.NullTranslations:
    """Return the strings of the first of these languages, then of the others where it has none, then in English.

    The law: a string is looked for language by language, in each by theme: a site's own catalogue may hold just the
    strings that it says otherwise. Raises jinja2.TemplateSyntaxError at the line of a catalogue that is wrong.
    """
    found = gettext.NullTranslations()
    chain: list[gettext.NullTranslations] = []
    for name in dict.fromkeys(name for language in languages for name in names_of(language)):
        paths = (folder / LOCALE / f"{name}.po" for folder in folders)
        chain += [read_catalogue(path) for path in paths if path.is_file()]
        if name == SOURCE:
            break
    if chain:
        found = chain[0]
        for fallback in chain[1:]:
            found.add_fallback(fallback)
    return found


def names_of(language: str) -> Iterator[str]:
    """Yield a language's names from the most exact to the plainest: `pt-BR`, `pt`."""
    parts = language.split("-")
    for length in range(len(parts), 0, -1):
        yield "-".join(parts[:length])


def read_catalogue(path: Path) -> gettext.GNUTranslations:
    """Return a catalogue; what is not translated yet, or marked fuzzy, is not in it."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    compiled = io.BytesIO()
    try:
        catalogue = read_po(io.BytesIO(path.read_bytes()), locale=path.stem.replace("-", "_"), abort_invalid=True)
        for message in catalogue:
            _check(message, path.name)
        write_mo(compiled, catalogue)
        strings = gettext.GNUTranslations(io.BytesIO(compiled.getvalue()))
        choose = strings.ngettext
        for number in range(PLURALS_TRIED):
            choose("", "", number)
        return strings
    except PoFileError as problem:
        raise _problem(str(problem), problem.lineno, path.name) from problem
    except (ValueError, ZeroDivisionError) as problem:  # bytes that are not UTF-8, or plural forms that are none
        raise _problem(str(problem), 1, path.name) from problem


def _check(message: Message, name: str) -> None:
    """Raise where a translation has placeholders that the string has not, or a lone percent sign."""
    ids = message.id if isinstance(message.id, (list, tuple)) else (message.id,)
    if not any(ids):
        return  # the header
    values = {key: "" for one in ids for key in _PLACEHOLDER.findall(one)}
    strings = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    for text in filter(None, strings):
        try:
            _ = text % values
            _ = text.format(number=1) if "{" in ids[0] else text
        except (KeyError, ValueError, TypeError, IndexError):
            raise _problem(f'"{text}" has other placeholders than "{ids[0]}"', message.lineno or 1, name) from None


def _problem(message: str, line: int, name: str) -> jinja2.TemplateSyntaxError:
    return jinja2.TemplateSyntaxError(message, line, f"{LOCALE}/{name}")
