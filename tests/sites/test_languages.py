"""A site in Lithuanian with pages in English, Arabic and (a language without a catalogue) German."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project import build_project, found
from tests.sites.test_sites import copy


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = copy("languages", tmp_path_factory.mktemp("languages"))
    result = build_project(project)
    assert result.diagnostics == ()
    return project / "site"


def page(site: Path, url: str) -> str:
    return (site / url / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("url", "html", "said"),
    [
        ("vilnius", 'lang="en" dir="ltr"', ["12 July 2023", "Definitions as of", "Skip to the text", "“<mark"]),
        ("vilniuje", 'lang="lt" dir="ltr"', ["2023 m. liepos 12 d.", "Pereiti prie teksto", "Organizacija", "„<mark"]),
        ("فيلنيوس", 'lang="ar" dir="rtl"', ["12 يوليو 2023", 'href="#term-nato"', "Pereiti prie teksto"]),
        ("gipfel", 'lang="de" dir="ltr"', ["12. Juli 2023", "„zwei Tage“", "Pereiti prie teksto"]),
    ],
)
def test_a_page_speaks_its_language(site: Path, url: str, html: str, said: list[str]) -> None:
    text = page(site, url)
    assert f"<html {html}>" in text
    assert [words for words in said if words not in text] == []


def test_lithuanian_says_all_in_lithuanian(site: Path) -> None:
    text = page(site, "vilniuje")
    for words in (
        "2024 m. kovo 6 d.</time> duomenimis",
        "2023 m. liepa</time>",
        'aria-label="1 pastaba"',
        'aria-label="Atlikta"',
        "Laiko juosta",
        "Nuo tada",
        "Šiame straipsnyje minimi terminai ir žmonės",
    ):
        assert words in text
    entry = page(site, "glossary/vilnius")
    assert "54,69° š. pl., 25,28° r. ilg." in entry
    assert ">Svetainė</a>" in entry
    assert "Paaiškinti 2 vardai ir terminai." in page(site, "glossary")
    assert "Šiuo adresu nieko nėra" in (site / "404.html").read_text("utf-8")


def test_words_in_another_language_say_so(site: Path) -> None:
    assert '<div class="card-text" lang="en" dir="auto">' in page(site, "vilniuje")
    assert '<p class="backlink-title" lang="ar" dir="auto">' in page(site, "glossary/vilnius")
    assert '<div class="card-text">' in page(site, "vilnius")
    assert '<ul lang="lt" dir="auto">' in page(site, "vilnius")
    assert '<ul lang="lt"' not in page(site, "vilniuje")


def test_a_slip_in_a_sites_own_catalogue_is_found(tmp_path: Path) -> None:
    project = copy("languages", tmp_path)
    folder = project / "templates/locale"
    folder.mkdir(parents=True)
    (folder / "ar.po").write_text('msgid "As of %(date)s"\nmsgstr "%(x)s"\n', "utf-8")
    assert found(build_project(project)) == ["templates/locale/ar.po:1:1 error template-error"]
