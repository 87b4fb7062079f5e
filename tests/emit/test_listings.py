from __future__ import annotations

import re
from pathlib import Path

from generator.emit.listings import NAMED, explained_by
from tests.project import article, build_project, entry, load_project, write_project

NAMES = ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight")


def project(folder: Path) -> Path:
    files: dict[str, str | bytes] = {f"content/glossary/{name.lower()}.md": entry(name, "place") for name in NAMES}
    files["content/glossary/zwei.md"] = entry("Zwei", "place", "lang: de\n")
    files["content/articles/all.md"] = article(" ".join(reversed(NAMES)) + "\n", "tags: [numbers]\n")
    files["content/articles/few.md"] = article("Zwei, One and own words.\n", "glossary:\n  terms: {own words: Mine.}\n")
    files["content/articles/none.md"] = article("Nothing.\n")
    return write_project(folder, files)


def test_what_an_article_explains_in_the_order_of_its_text(tmp_path: Path) -> None:
    site = load_project(project(tmp_path)).site
    assert site is not None
    everything, few, nothing = (explained_by(site, page) for page in site.articles)
    assert [one.name for one in everything.entries] == list(reversed(NAMES))[:NAMED]
    assert everything.more == len(NAMES) - NAMED
    assert [(one.name, one.lang) for one in few.entries] == [("Zwei", "de"), ("One", "")]
    assert few.more == 0
    assert nothing.entries == ()


def test_the_home_page_and_the_page_of_a_tag_say_it(tmp_path: Path) -> None:
    assert build_project(project(tmp_path)).ok
    home = (tmp_path / "site/index.html").read_text("utf-8")
    assert home.count('class="explains"') == 2
    assert '<a class="nowrap" href="all/#terms">and 2 more</a>' in home
    few = home.split('class="explains"')[2].split("</p>")[0]
    assert re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", few)).strip() == ">Explains Zwei, One"
    assert '<a href="glossary/zwei/" lang="de" dir="auto">Zwei</a>, ' in few
    assert 'class="explains"' in (tmp_path / "site/tags/numbers/index.html").read_text("utf-8")
