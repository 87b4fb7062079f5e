from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.build import build
from generator.link.memory import Memory
from generator.options import Options
from tests.project import TODAY, article, build_project, entry, write_project

SPOKE = "It spoke for thirty members.\n"

OLD = (
    "sources: {a: {title: A report}}\nannotations:\n"
    "  - {quote: thirty members, kind: correction, title: The number, note: 'It said 29 [@a]; see NATO.', "
    "date: 2021-12-16, by: Ed}\n"
    "  - {quote: spoke, kind: context, note: In Brussels.}\n"
)
NEW = "annotations: [{quote: Words, kind: correction, note: It said Word., id: word, date: 2024-05}]\n"
UNDATED = "updated: 2022-01-01\nannotations: [{quote: Words, kind: correction, note: It was not said.}]\n"

FILES: dict[str, str | bytes] = {
    "content/articles/old.md": article(SPOKE, OLD),
    "content/articles/new.md": article("Words here.\n", NEW),
    "content/articles/undated.md": article("Words here.\n", UNDATED),
    "content/articles/draft.md": article("Words here.\n", "draft: true\n" + NEW),
    "content/glossary/nato.md": entry("NATO"),
}
LIST = "site/corrections/index.html"
FOOTER = 'corrections/">Corrections</a>'


def test_corrections_gather_newest_first(tmp_path: Path) -> None:
    result = build_project(write_project(tmp_path, FILES))
    assert result.diagnostics == ()
    page = (tmp_path / LIST).read_text("utf-8")
    assert re.findall(r'href="(\.\./\w+/#[\w-]+)"', page) == [
        "../new/#note-word",
        "../undated/#note-1",
        "../old/#note-2",
    ]
    assert "<q>thirty members</q>" in page
    assert "In Brussels" not in page
    assert 'see <a class="term" href="../glossary/nato/">NATO</a>.' in page
    assert "citation" not in page
    assert FOOTER in (tmp_path / "site/index.html").read_text("utf-8")
    assert "noindex" not in page
    for target in ("new/index.html", "undated/index.html", "old/index.html"):
        assert (tmp_path / "site" / target).is_file()
    assert 'id="note-2"' in (tmp_path / "site/old/index.html").read_text("utf-8")


def test_a_site_without_corrections_says_so_and_does_not_lead_there(tmp_path: Path) -> None:
    build_project(write_project(tmp_path, {"content/articles/one.md": article("Words.\n")}))
    page = (tmp_path / LIST).read_text("utf-8")
    assert "Nothing has been corrected so far." in page
    assert "noindex" in page
    assert FOOTER not in (tmp_path / "site/index.html").read_text("utf-8")


def test_a_page_of_the_sites_own_comes_first_and_the_list_follows(tmp_path: Path) -> None:
    own = "---\ntitle: What we got wrong\n---\nWrite to us. See [the first](/corrections/).\n"
    result = build_project(write_project(tmp_path, {**FILES, "content/pages/corrections.md": own}))
    assert result.diagnostics == ()
    page = (tmp_path / LIST).read_text("utf-8")
    assert page.index("Write to us.") < page.index("../new/#note-word")
    assert "What was wrong here" not in page
    about = (tmp_path / "site/new/index.html").read_text("utf-8")
    assert "../undated/#note-1" not in about


def test_an_article_cannot_hold_the_address(tmp_path: Path) -> None:
    result = build_project(write_project(tmp_path, {"content/articles/corrections.md": article("Words.\n")}))
    (finding,) = result.diagnostics
    assert finding.code == "address-taken"
    assert "the list of corrections" in finding.message


EDITS: dict[str, tuple[str, str]] = {
    "the note": (
        "content/articles/old.md",
        article(SPOKE, OLD.replace("said 29", "said 28")),
    ),
    "its date": (
        "content/articles/old.md",
        article(SPOKE, OLD.replace("2021-12", "2026-10")),
    ),
    "its kind": ("content/articles/new.md", article("Words here.\n", NEW.replace("kind: correction, ", ""))),
    "the title": ("content/articles/new.md", article("Words here.\n", NEW).replace("title: Title", "title: Another")),
    "the address of an entry": ("content/glossary/nato.md", entry("NATO", front_matter="slug: otan\n")),
}


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("edit", EDITS)
def test_what_changes_a_correction_changes_the_list(tmp_path: Path, edit: str, own: bool) -> None:
    files = {**FILES, "content/pages/corrections.md": "Write to us.\n"} if own else FILES
    options = Options(project=write_project(tmp_path, files), output=tmp_path / "site", today=TODAY)
    memory = Memory()
    build(options, memory=memory, program="p")
    before = (tmp_path / LIST).read_bytes()
    path, text = EDITS[edit]
    write_project(tmp_path, {path: text})
    build(options, memory=memory, program="p")
    after = (tmp_path / LIST).read_bytes()
    assert after != before
    build_project(tmp_path, output=tmp_path / "clean")
    assert after == (tmp_path / "clean/corrections/index.html").read_bytes()
