"""The law of the quick way: a site with one page replaced is the one that loading the whole project gives."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
import time
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.build import Loaded, load
from generator.commands.serve.changes import EVERYTHING, Changes
from generator.commands.serve.patching import find_loaded
from generator.commands.serve.preview import Preview
from generator.link.memory import Memory
from generator.model import SourcePath
from generator.options import Options
from tests.project import TODAY, article, entry, write_project
from tests.test_incremental import LONG, SENTENCES, entry_matter, front_matter

FILES: dict[str, str | bytes] = {
    "content/articles/one.md": article("NATO spoke in Moscow. See [the other](two.md).\n"),
    "content/articles/two.md": article("Kyiv and Crimea. NATO again.\n"),
    "content/articles/three.md": article("Moscow, Kyiv, NATO.\n", "tags: [a, b]\n").replace("2021", "2020"),
    "content/pages/about.md": "---\ntitle: About\n---\nNATO.\n",
    "content/glossary/nato.md": entry("NATO", summary="Not in Moscow."),
    "content/glossary/moscow.md": entry("Moscow", "place"),
    "content/glossary/kyiv.md": entry("Kyiv", "place", "history: [{until: 2022-02, summary: Was.}]\n"),
    "content/sources.yaml": "levada: {title: Poll}\n",
}

EDITED = SourcePath("content/articles/one.md")


def options_of(project: Path, today: dt.date = TODAY) -> Options:
    return Options(project=project, output=project / "site", today=today, drafts=True, future=True)


def previewed(project: Path) -> Preview:
    preview = Preview(options_of(project), Memory(), "")
    preview.load()
    return preview


def rendered(preview: Preview) -> dict[str, object]:
    assert preview.shown
    outputs = preview.shown.outputs
    return {path: (output.key, preview.shown.render(output)) for path, output in outputs.items()}


def keys(preview: Preview) -> dict[str, str]:
    assert preview.shown
    return {path: output.key for path, output in preview.shown.outputs.items()}


def bodies() -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5).map("\n\n".join)


def sources() -> st.SearchStrategy[str]:
    return st.builds(lambda body, matter: article(f"{body}\n", matter), bodies(), front_matter())


EDITED_PAGES = st.sampled_from(["articles/one", "articles/three", "pages/about"])
EDITED_ENTRIES = st.sampled_from([("nato", "NATO"), ("moscow", "Moscow"), ("kyiv", "Kyiv")])


def edits() -> st.SearchStrategy[tuple[str, str]]:
    """Files with new texts: mostly pages."""
    pages = st.tuples(EDITED_PAGES, sources())
    texts = st.builds(
        lambda named, summary, matter, body: (
            f"glossary/{named[0]}",
            entry(named[1], "place", matter, summary) + body,
        ),
        EDITED_ENTRIES,
        st.sampled_from(["Not in Moscow.", "Beside NATO and Kyiv.", "'[[Moscow]], once.'", "'[x](nowhere.md)'"]),
        entry_matter(),
        bodies(),
    )
    return st.one_of(pages, pages, texts)


@settings(max_examples=400 if LONG else 25, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["articles/one", "articles/three", "pages/about"]), sources()), min_size=1, max_size=3
    )
)
def test_a_patched_site_is_the_site(saved: list[tuple[str, str]]) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        project = write_project(folder, FILES)
        preview = fresh = previewed(project)
        for name, text in saved:
            path = SourcePath(f"content/{name}.md")
            (project / path).write_text(text, encoding="utf-8")
            preview.update(Changes(content=(path,)))
            fresh = previewed(project)
            assert preview.findings == fresh.findings
            if not fresh.errors:
                assert preview.shown
                assert fresh.shown
                assert preview.shown.site == fresh.shown.site
                assert list(preview.shown.site.backlinks) == list(fresh.shown.site.backlinks)
                assert keys(preview) == keys(fresh)
        if not fresh.errors:
            assert rendered(preview) == rendered(fresh)
    finally:
        shutil.rmtree(folder)


def quick(project: Path, text: str, path: SourcePath = EDITED) -> Loaded | None:
    """Return what the quick way makes of a file's being this text; None where it is not taken."""
    memory = Memory()
    loaded = load(options_of(project), map, memory)
    memory.since = time.time_ns()
    (project / path).write_text(text, encoding="utf-8")
    found = find_loaded(loaded, memory, options_of(project), [path])
    return found[0] if found else None


def test_the_quick_way_is_taken_for_what_an_author_does_most(tmp_path: Path) -> None:
    project = write_project(tmp_path, FILES)
    for text in (
        article("NATO spoke in Kyiv at last. See [the other](two.md), and [[Moscow]].\n"),
        article("Nothing of it.\n", "description: New.\nupdated: 2022-01-01\n"),
        article("[[Nowhere]]\n\n[x](nowhere.md)\n"),
        article("> Moscow\n\n[@levada]\n", "annotations: [{quote: moscow, note: Of **NATO**.}]\n"),
    ):
        assert quick(project, text) is not None, text


def test_the_quick_way_is_not_taken_where_others_show_it(tmp_path: Path) -> None:
    project = write_project(tmp_path, FILES)
    first = (project / EDITED).read_text("utf-8")
    for text in (
        article("x\n", "slug: elsewhere\n"),
        article("x\n", "tags: [new]\n"),
        article("x\n").replace("2021", "2019"),
        article("x\n", "draft: true\n"),
        article("## A heading to link to\n"),
        article("NATO. Moscow. Kyiv. " * 9, "glossary: {mentions: all}\n"),
        "no front matter",
    ):
        (project / EDITED).write_text(first, encoding="utf-8")
        assert quick(project, text) is None, text


def test_an_entry_goes_the_quick_way_while_the_same_words_mean_it(tmp_path: Path) -> None:
    project = write_project(tmp_path, FILES)
    path = SourcePath("content/glossary/moscow.md")
    taken = (entry("Moscow", "place", summary="Of NATO, not."), entry("Moscow", "place", "facts: {a: b}\n") + "Body.\n")
    for text in taken:
        assert quick(project, text, path) is not None, text
    for text in (
        entry("Moscow", "place", "aliases: [Kyiv]\n"),
        entry("Moskva", "place"),
        entry("Moscow", "term"),
        entry("Moscow", "place", "draft: true\n"),
        entry("Moscow", "place") + "# A heading\n",
    ):
        assert quick(project, text, path) is None, text
        (project / path).write_text(taken[0], encoding="utf-8")


def test_a_warning_of_the_page_stays_until_it_is_mended(tmp_path: Path) -> None:
    project = write_project(tmp_path, FILES)
    drifted = article("They spoke in Moscow at great length.\n", "annotations: [{quote: spoke in Moskow, note: x}]\n")
    (project / EDITED).write_text(drifted, encoding="utf-8")
    preview = previewed(project)
    assert [one.code for one in preview.findings] == ["quote-drifted"]
    (project / EDITED).write_text(drifted + "\nMore.\n", encoding="utf-8")
    update = preview.update(Changes(content=(EDITED,)))
    assert update
    assert update.pages == 1
    assert [one.code for one in preview.findings] == ["quote-drifted"]
    (project / EDITED).write_text(drifted.replace("Moskow", "Moscow"), encoding="utf-8")
    assert preview.update(Changes(content=(EDITED,)))
    assert preview.findings == ()


def test_a_touched_file_is_no_change(tmp_path: Path) -> None:
    preview = previewed(write_project(tmp_path, FILES))
    shown = preview.shown
    assert preview.update(Changes(content=(EDITED,))) is None
    assert preview.shown is shown


def test_the_next_day_is_taken_up(tmp_path: Path) -> None:
    project = write_project(tmp_path, FILES)
    (project / EDITED).write_text(article("x\n").replace("2021-12-15", "2026-11-25"), encoding="utf-8")
    preview = previewed(project)
    assert preview.shown
    assert [page.future for page in preview.shown.site.articles] == [True, False, False]
    preview.options = options_of(project, TODAY + dt.timedelta(days=1))
    assert preview.update(EVERYTHING)
    assert not any(page.future for page in preview.shown.site.articles)
