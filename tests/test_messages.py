"""The catalogues hold what the templates say, the Lithuanian one in full. `make messages` brings them up to date."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.messages import LOCALE, TEMPLATE, extract, updated, written

COMPLETE = ("lt",)


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.stem if path.suffix == ".po" else None)


def ids(catalogue: Catalog) -> set[object]:
    return {message.id for message in catalogue if message.id}


def forms(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, (list, tuple)) else (str(message.string),)


def test_the_template_has_every_string_of_the_theme() -> None:
    assert ids(read(TEMPLATE)) == ids(extract()), "run: make messages"


@pytest.mark.parametrize("path", sorted(LOCALE.glob("*.po")), ids=lambda path: path.name)
def test_a_catalogue_has_every_string_of_the_theme(path: Path) -> None:
    assert ids(read(path)) == ids(extract()), "run: make messages"
    assert written(updated(path, extract())) == path.read_bytes()


@pytest.mark.parametrize("language", COMPLETE)
def test_nothing_is_left_to_translate(language: str) -> None:
    catalogue = read(LOCALE / f"{language}.po")
    assert [m.id for m in catalogue if m.id and (m.fuzzy or not all(forms(m)))] == []
    for message in catalogue:
        if message.id:
            assert len(forms(message)) == (catalogue.num_plurals if message.pluralizable else 1), message.id


@pytest.mark.parametrize("language", COMPLETE)
def test_translations_keep_the_placeholders(language: str) -> None:
    for message in read(LOCALE / f"{language}.po"):
        if message.id:
            wanted = re.findall(r"%\(\w+\)s|\{\w+\}", message.id if isinstance(message.id, str) else message.id[1])
            for form in forms(message):
                assert sorted(re.findall(r"%\(\w+\)s|\{\w+\}", form)) == sorted(wanted), message.id
