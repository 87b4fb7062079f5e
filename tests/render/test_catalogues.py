from __future__ import annotations

import gettext
import subprocess
import sys
from pathlib import Path

import jinja2
import pytest

from generator.read.theme import built_in_theme
from generator.render.catalogues import names_of, read_catalogue, translations
from tests.project import article, build_project, entry, write_project

ROOT = Path(__file__).parent.parent.parent

HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n!=1);\\n"

"""


def write(folder: Path, language: str, strings: dict[str, str], header: str = HEADER) -> Path:
    path = folder / "locale" / f"{language}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(header + "".join(f'msgid "{a}"\nmsgstr "{b}"\n\n' for a, b in strings.items()), "utf-8")
    return folder


def test_names_of_a_language() -> None:
    assert list(names_of("zh-Hant-TW")) == ["zh-Hant-TW", "zh-Hant", "zh"]


def test_lithuanian_has_three_plural_forms() -> None:
    ngettext = translations([built_in_theme()], "lt").ngettext
    one, many = "%(num)s name or term, explained.", "%(num)s names and terms, explained."
    assert ngettext(one, many, 21) == "Paaiškintas %(num)s vardas ar terminas."
    assert ngettext(one, many, 22) == "Paaiškinti %(num)s vardai ir terminai."
    assert ngettext(one, many, 11) == ngettext(one, many, 10) == "Paaiškinta %(num)s vardų ir terminų."


@pytest.mark.parametrize(
    ("languages", "said"),
    [
        (("lt",), "Šaltiniai"),
        (("lt-LT",), "Šaltiniai"),
        (("xx", "lt"), "Šaltiniai"),
        (("en", "lt"), "Sources"),
        (("en-GB", "lt"), "Sources"),
        (("xx", "yy"), "Sources"),
    ],
)
def test_a_language_without_a_catalogue_falls_back(languages: tuple[str, ...], said: str) -> None:
    assert translations([built_in_theme()], *languages).gettext("Sources") == said


def test_a_sites_own_strings_come_first_and_the_rest_stays(tmp_path: Path) -> None:
    folders = [write(tmp_path, "lt", {"Sources": "Literatūra"}), built_in_theme()]
    own = translations(folders, "lt")
    assert (own.gettext("Sources"), own.gettext("Glossary")) == ("Literatūra", "Žodynėlis")
    write(tmp_path, "en", {"Sources": "Literature"})
    assert translations(folders, "en", "lt").gettext("Sources") == "Literature"
    assert translations(folders, "en", "lt").gettext("Glossary") == "Glossary"


def test_a_partial_catalogue_is_completed_by_the_sites_language(tmp_path: Path) -> None:
    strings = translations([write(tmp_path, "de", {"Sources": "Quellen", "Tags": ""}), built_in_theme()], "de", "lt")
    assert [strings.gettext(text) for text in ("Sources", "Tags")] == ["Quellen", "Žymos"]


@pytest.mark.parametrize(
    ("string", "translation"),
    [
        ("As of %(date)s", "Stand %(datum)s"),
        ("As of %(date)s", "Stand %(date)"),
        ("Sources", "100 % Quellen"),
        ("Note {number}", "Notiz {nummer}"),
        ("Note {number}", "Notiz {"),
    ],
)
def test_other_placeholders_are_an_error_at_their_line(tmp_path: Path, string: str, translation: str) -> None:
    write(tmp_path, "de", {"Tags": "Themen", string: translation})
    with pytest.raises(jinja2.TemplateSyntaxError) as caught:
        translations([tmp_path], "de")
    assert (caught.value.name, caught.value.lineno) == ("locale/de.po", 9)
    assert translation in str(caught.value.message)


@pytest.mark.parametrize(
    "content",
    [
        b"no catalogue at all\n",
        b'msgid "a"\nmsgstr "\xff"\n',
        HEADER.replace("n!=1", "import os").encode() + b'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n',
        HEADER.replace("n!=1", "n/0").encode() + b'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n',
    ],
)
def test_a_damaged_catalogue_is_an_error_of_the_theme(tmp_path: Path, content: bytes) -> None:
    path = write(tmp_path, "de", {}) / "locale/de.po"
    path.write_bytes(content)
    with pytest.raises(jinja2.TemplateSyntaxError) as caught:
        translations([tmp_path], "de").ngettext("a", "b", 2)
    assert caught.value.name == "locale/de.po"


def test_english_imports_nothing_for_its_strings_and_dates() -> None:
    program = (
        "import sys, datetime\n"
        "from generator.read.theme import built_in_theme\n"
        "from generator.render.catalogues import translations\n"
        "from generator.render.dates import format_date\n"
        "from generator.render.numbers import format_number\n"
        "translations([built_in_theme()], 'en-GB', 'lt').gettext('Sources')\n"
        "print(format_date(datetime.date(2021, 12, 15), 'en'), format_number(45.3, 'en'), 'babel' in sys.modules)\n"
        "translations([built_in_theme()], 'lt')\n"
        "print('babel' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["15 December 2021 45.3 False", "True"]


def test_a_catalogue_is_read_as_often_for_ten_articles_as_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages, the parts that they share and feeds alike: reading it takes longer than making a page."""
    read: list[Path] = []

    def counted(path: Path) -> gettext.GNUTranslations:
        read.append(path)
        return read_catalogue(path)

    monkeypatch.setattr("generator.render.catalogues.read_catalogue", counted)
    site = {"content/site.yaml": "title: Testas\nlanguage: lt\nurl: https://example.org/\n"}
    site["content/glossary/nato.md"] = entry("NATO")
    counts = []
    for number in (1, 10):
        texts = {f"content/articles/a{n}.md": article("Apie NATO.", "tags: [viena]\n") for n in range(number)}
        read.clear()
        assert build_project(write_project(tmp_path / str(number), site | texts)).ok
        counts.append(len(read))
    assert counts[0] == counts[1] > 0
