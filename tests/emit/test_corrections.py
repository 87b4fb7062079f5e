from __future__ import annotations

import re
from pathlib import Path

from tests.project import article, build_project, entry, write_project

OLD = (
    "sources: {a: {title: A report}}\nannotations:\n"
    "  - {quote: thirty members, kind: correction, title: The number, note: 'It said 29 [@a]; see NATO.', "
    "date: 2021-12-16, by: Ed}\n"
    "  - {quote: spoke, kind: context, note: In Brussels.}\n"
)
NEW = "annotations: [{quote: Words, kind: correction, note: It said Word., id: word, date: 2024-05}]\n"
UNDATED = "updated: 2022-01-01\nannotations: [{quote: Words, kind: correction, note: It was not said.}]\n"

FILES: dict[str, str | bytes] = {
    "content/articles/old.md": article("It spoke for thirty members.\n", OLD),
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
