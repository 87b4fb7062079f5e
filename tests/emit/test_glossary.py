from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.emit.glossary import letter_of, sort_key, without_article
from tests.project import article, build_project, entry, write_project


@pytest.mark.parametrize(
    ("name", "lang", "expected"),
    [
        ("the Kremlin", "en", "Kremlin"),
        ("The Hague", "en-GB", "Hague"),
        ("Theodore", "en", "Theodore"),
        ("the", "en", "the"),
        ("die Grünen", "de", "Grünen"),
        ("die Grünen", "en", "die Grünen"),
        ("l’OTAN", "fr", "OTAN"),
        ("The Times", "lt", "The Times"),
    ],
)
def test_articles_do_not_count(name: str, lang: str, expected: str) -> None:
    assert without_article(name, lang) == expected


@pytest.mark.parametrize(("name", "letter"), [("Éclair", "E"), ("2022 Games", "#"), ("“Quoted”", "Q"), ("موسكو", "م")])
def test_thumb_letters(name: str, letter: str) -> None:
    assert letter_of(name) == letter


def test_accents_and_case_come_last_in_the_order() -> None:
    names = ["Ezra", "éclair", "Eclair", "the Eden", "Edam"]
    assert sorted(names, key=lambda name: sort_key(name, "en")) == ["Eclair", "éclair", "Edam", "the Eden", "Ezra"]


def test_the_index(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "content/glossary/kremlin.md": entry("the Kremlin", "organization", "aliases: [Moscow’s palace, Kreml]\n"),
        "content/glossary/kyiv.md": entry("Kyiv", "place"),
        "content/glossary/games.md": entry("2022 Games", "event"),
        "content/articles/one.md": article("Text.\n"),
    }
    assert build_project(write_project(tmp_path, files)).ok
    page = (tmp_path / "site/glossary/index.html").read_text("utf-8")
    assert re.findall(r'<h2 id="letter-\d">(.)</h2>', page) == ["K", "#"]
    assert re.findall(r'<h3><a href="([^"]+)"', page) == [
        f"../glossary/{slug}/" for slug in ("kremlin", "kyiv", "games")
    ]
    assert 'data-kind="organization" data-aliases="Moscow’s palace; Kreml"' in page
    within = page[page.index("<template id=") :]
    assert within.index('type="search"') < within.index("</template>"), "no script, no field"
