"""The incremental law: whatever was built before, a build writes what a clean one writes, byte for byte."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from generator import looked
from generator import open as opening
from generator.build import build
from generator.incremental import YOUNG, rebuild
from generator.jobs import parallel
from generator.link.memory import Memory
from generator.options import Options, Result
from generator.write.cache import load_memory
from generator.write.database import cache_path
from tests.project import TODAY, article, entry, write_project

LONG = os.environ.get("TEST_LONG") == "1"

pytestmark = pytest.mark.long

NAMES = ("NATO", "Moscow", "Crimea", "Levados centras", "climate change", "Kyiv", "Café", "OAN")
SENTENCES = (
    *(f"Talk of {name} goes on." for name in NAMES),
    "See [the other](two.md) and [[NATO]].",
    "See [home](/) and [the entry](/glossary/nato/).",
    "[Moscow](term:) is left alone.",
    "**NA**TO is one word.",
    "A source says so [@levada].",
    "## Section of Moscow\n\nText under it.",
    "> Moscow said: NATO.",
    "Kyiv's people, NATO-led.",
    "One^[A note on Crimea.] and more.",
)
ARTICLES = ("one", "two", "sub/three", "four")
ENTRIES = ("nato", "moscow", "crimea", "levada", "climate", "cafe")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def front_matter() -> st.SearchStrategy[str]:
    lines = st.sampled_from(
        [
            "tags: [a, b]\n",
            "tags: [A]\n",
            "as_of: 2021-01-01\n",
            "updated: 2023-05-05\n",
            "draft: true\n",
            "glossary: {exclude: [moscow]}\n",
            "glossary: {mentions: all}\n",
            "glossary: {mentions: none}\n",
            "glossary: {terms: {people: Those of Kyiv and NATO.}}\n",
            "annotations: [{quote: goes on, prefix: 'NATO ', note: 'On **Moscow**.'}]\n",
            "sources: {levada: {title: Own}}\n",
            "timeline: [{date: 2014, text: Then}]\n",
            "publish_on: 2027-01-01\n",
            "description: Of NATO.\n",
            "series: S\n",
            "type: news\n",
        ]
    )
    return st.lists(lines, max_size=2, unique_by=lambda line: line.split(":")[0]).map("".join)


def entry_matter() -> st.SearchStrategy[str]:
    lines = st.sampled_from(
        [
            "aliases: [the alliance, OAN]\n",
            "aliases: [Kyiv]\n",
            "forms: [Levado*]\n",
            "case: ignore\n",
            "link: manual\n",
            "draft: true\n",
            "history: [{until: 2022-02, summary: What it was in Moscow., then: It changed.}]\n",
            "date: 2014-03\n",
            "sources: {levada: {title: Another}}\n",
            "facts: {Founded: 1949}\n",
        ]
    )
    return st.lists(lines, max_size=2, unique_by=lambda line: line.split(":")[0]).map("".join)


class Edits(RuleBasedStateMachine):
    """Random edits of a project, each followed by an incremental build and a clean one."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.project = self.folder / "project"
        self.memory = Memory()
        self.today = TODAY
        self.builds = 0

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @initialize()
    def begin(self) -> None:
        write_project(
            self.project,
            {
                "content/site.yaml": "title: Test\nurl: https://example.org/\n",
                "content/articles/one.md": article("NATO spoke in Moscow. See [the other](two.md).\n"),
                "content/articles/two.md": article("Kyiv and Crimea.\n"),
                "content/articles/four.md": article(
                    "People spoke.\n",
                    "annotations: [{quote: spoke, note: Of Crimea and the Café.}]\n"
                    "glossary: {terms: {People: Those of Kyiv and OAN.}}\n",
                ),
                "content/glossary/nato.md": entry("NATO", summary="Not in Moscow."),
                "content/glossary/moscow.md": entry("Moscow", "place"),
                "content/sources.yaml": "levada: {title: Poll}\n",
            },
        )

    def path(self, name: str) -> Path:
        path = self.project / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    @rule(name=st.sampled_from(ARTICLES), matter=front_matter(), body=st.lists(st.sampled_from(SENTENCES), max_size=5))
    def write_article(self, name: str, matter: str, body: list[str]) -> None:
        self.path(f"articles/{name}.md").write_text(article("\n\n".join(body) + "\n", matter), "utf-8")

    @rule(
        name=st.sampled_from(ENTRIES),
        called=st.sampled_from(NAMES),
        matter=entry_matter(),
        words=st.sampled_from(NAMES),
    )
    def write_entry(self, name: str, called: str, matter: str, words: str) -> None:
        kind = "event" if "date:" in matter else "place"
        source = entry(called, kind, matter, f"It is about {words}.") + f"More on {words}.\n"
        self.path(f"glossary/{name}.md").write_text(source, "utf-8")

    @rule(name=st.sampled_from([*(f"articles/{n}" for n in ARTICLES), *(f"glossary/{n}" for n in ENTRIES)]))
    def remove(self, name: str) -> None:
        self.path(f"{name}.md").unlink(missing_ok=True)

    @rule(name=st.sampled_from(ARTICLES[1:]), new=st.sampled_from(["renamed", "sub/renamed"]))
    def rename(self, name: str, new: str) -> None:
        if self.path(f"articles/{name}.md").exists():
            self.path(f"articles/{name}.md").rename(self.path(f"articles/{new}.md"))

    @rule(name=st.sampled_from(ARTICLES))
    def touch(self, name: str) -> None:
        if self.path(f"articles/{name}.md").exists():
            os.utime(self.path(f"articles/{name}.md"))

    @rule(
        line=st.sampled_from(
            [
                "",
                "language: lt\n",
                "glossary: {mentions: all}\n",
                "glossary: {max_density: 1}\n",
                "glossary: {senses: {Kyiv: moscow}}\n",
                "permalinks: {article: '/{year}/{slug}/'}\n",
                "paginate: 1\n",
                "menu: [{title: Glossary, url: /glossary/}]\n",
                "url: https://example.org/base/\n",
                "url: https://example.org/\nfeeds: {items: 1}\n",
                "url: https://example.org/\ntheme: {paper: '#eee'}\n",
                "theme: {accent: '#00f'}\n",
            ]
        )
    )
    def change_settings(self, line: str) -> None:
        self.path("site.yaml").write_text("title: Test\n" + line, "utf-8")

    @rule(text=st.sampled_from(["levada: {title: Poll}\n", "levada: {title: Survey, publisher: P}\n", ""]))
    def change_sources(self, text: str) -> None:
        self.path("sources.yaml").write_text(text, "utf-8")

    @rule(text=st.sampled_from(["", "{% macro tags(tags) %}<p>{{ tags | length }}</p>{% endmacro %}\n"]))
    def change_template(self, text: str) -> None:
        path = self.project / "templates/partials/tags.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        if text:
            path.write_text(text, "utf-8")
        else:
            path.unlink(missing_ok=True)

    @rule(content=st.sampled_from(["a", "b"]))
    def change_static(self, content: str) -> None:
        self.path("static").mkdir(exist_ok=True)
        self.path("static/file.txt").write_text(content, "utf-8")

    @rule(day=st.sampled_from([TODAY, dt.date(2022, 1, 1), dt.date(2027, 6, 1)]))
    def let_time_pass(self, day: dt.date) -> None:
        self.today = day

    @precondition(lambda self: self.builds)
    @rule(name=st.sampled_from(["index.html", "glossary/index.html"]), how=st.sampled_from(["edit", "remove"]))
    def meddle(self, name: str, how: str) -> None:
        path = self.folder / "site" / name
        if not path.exists():
            return
        if how == "edit":
            path.write_text("by hand", "utf-8")
        else:
            path.unlink()

    def options(self, output: str) -> Options:
        return Options(project=self.project, output=self.folder / output, today=self.today)

    @invariant()
    def incremental_is_clean(self) -> None:
        if not self.project.exists():
            return
        self.builds += 1
        result = build(self.options("site"), memory=self.memory, program="this one")
        clean_output = self.folder / f"clean-{self.builds}"
        clean = build(self.options(clean_output.name))
        ours = [one for one in result.diagnostics if not one.code.startswith("output-")]
        assert ours == list(clean.diagnostics)
        if clean.ok:
            assert contents(self.folder / "site") == contents(clean_output)
            shutil.rmtree(clean_output)


Edits.TestCase.settings = settings(
    max_examples=200 if LONG else 12, stateful_step_count=25 if LONG else 10, deadline=None
)
TestEdits = Edits.TestCase


FILES: dict[str, str | bytes] = {
    **{f"content/articles/a{number:02}.md": article(f"NATO {number}, Moscow.\n") for number in range(60)},
    "content/glossary/nato.md": entry("NATO", summary="Not in Moscow."),
    "content/glossary/moscow.md": entry("Moscow", "place"),
    "content/glossary/kyiv.md": entry("Kyiv", "place"),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose files are old enough to be trusted by their times."""
    project = write_project(tmp_path / "project", FILES)
    grow_old(project)
    return project


def grow_old(project: Path) -> None:
    for path in project.rglob("*"):
        if path.is_file() and "site" not in path.parts and ".cache" not in path.parts:
            status = path.stat()
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns - 2 * YOUNG))


def ask(project: Path) -> Options:
    return Options(project=project, output=project / "site", today=TODAY)


def again(project: Path, jobs: int = 1) -> Result:
    (project / ".cache").mkdir(exist_ok=True)
    return rebuild(ask(project), parallel(jobs), jobs=jobs)


def assert_clean(project: Path, tmp_path: Path) -> None:
    build(Options(project=project, output=tmp_path / "clean", today=TODAY))
    assert contents(project / "site") == contents(tmp_path / "clean")
    shutil.rmtree(tmp_path / "clean")


def test_parallel_is_serial(project: Path, tmp_path: Path) -> None:
    first = again(project, jobs=3)
    assert first.written > 60
    assert_clean(project, tmp_path)


@pytest.mark.parametrize("how", ["edited", "removed", "untouched"])
def test_what_stands_is_the_same_seen_from_beside(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    again(project)
    monkeypatch.setattr(looked, "MANY", 0)
    file = project / "site/glossary/nato/index.html"
    if how == "edited":
        file.write_bytes(file.read_bytes() + b"<!-- by hand -->")
    elif how == "removed":
        file.unlink()
    assert again(project, jobs=2).written == (how != "untouched")
    write_project(project, {"content/articles/a07.md": article("NATO changed, Moscow.\n")})
    assert again(project, jobs=2).written == 5
    assert_clean(project, tmp_path)


class Opened:
    """Counts the files that are opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.paths: list[str] = []
        original = opening.parse

        def counted(source: object, options: object) -> object:
            self.paths.append(source.path)  # type: ignore[attr-defined]
            return original(source, options)  # type: ignore[arg-type]

        monkeypatch.setattr(opening, "parse", counted)


def test_a_build_without_a_change_opens_nothing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = again(project)
    opened = Opened(monkeypatch)
    monkeypatch.setattr(opening, "open_project", lambda *_: pytest.fail("loaded"))
    second = again(project)
    assert opened.paths == []
    assert (second.pages, second.written, second.unchanged) == (first.pages, 0, first.written)


def test_an_edited_article_is_opened_alone(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    again(project)
    write_project(project, {"content/articles/a07.md": article("NATO changed, Moscow.\n")})
    opened = Opened(monkeypatch)
    result = again(project)
    assert opened.paths == ["content/articles/a07.md"]
    assert result.written == 5  # its page, two entries', and their lists of mentions
    assert_clean(project, tmp_path)


def test_an_edited_summary_opens_what_shows_it(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_project(project, {"content/articles/kyiv.md": article("In Kyiv.\n")})
    again(project)
    write_project(project, {"content/glossary/kyiv.md": entry("Kyiv", "place", summary="Other words.")})
    opened = Opened(monkeypatch)
    again(project)
    assert set(opened.paths) == {"content/glossary/kyiv.md", "content/articles/kyiv.md"}
    assert_clean(project, tmp_path)


def opened_by_an_alias(
    project: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str | bytes], alias: str
) -> list[str]:
    """Return the files that a build opens after an alias was added to a project with these files."""
    write_project(project, files)
    again(project)
    write_project(project, {"content/glossary/kyiv.md": entry("Kyiv", "place", f"aliases: [{alias}]\n")})
    opened = Opened(monkeypatch)
    again(project)
    return opened.paths


@pytest.mark.parametrize(
    ("text", "also_opened"),
    [
        ("The mother of Rus cities.\n", ["content/articles/rus.md"]),
        ("Cities of Rus, and the mother of one.\n", []),
    ],
)
def test_an_added_alias_opens_what_has_its_words_in_a_row(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, also_opened: list[str]
) -> None:
    files: dict[str, str | bytes] = {"content/articles/rus.md": article(text)}
    opened = opened_by_an_alias(project, monkeypatch, files, "mother of Rus cities")
    assert sorted(opened) == sorted(["content/glossary/kyiv.md", *also_opened])
    assert_clean(project, tmp_path)


@pytest.mark.parametrize(
    "text", ["annotations: [{quote: left, note: To Rus.}]\n", "glossary: {terms: {left: As Rus.}}\n"]
)
def test_an_added_alias_opens_what_has_it_in_a_note_or_a_term(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    opened = opened_by_an_alias(project, monkeypatch, {"content/articles/old.md": article("He left.\n", text)}, "Rus")
    assert set(opened) == {"content/glossary/kyiv.md", "content/articles/old.md"}
    assert_clean(project, tmp_path)


def test_a_change_of_the_same_size_within_a_moment_is_seen(project: Path, tmp_path: Path) -> None:
    path = project / "content/articles/a07.md"
    write_project(project, {"content/articles/a07.md": article("NATO here\n")})
    again(project)
    times = path.stat()
    write_project(project, {"content/articles/a07.md": article("NATO hers\n")})
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    again(project)
    assert_clean(project, tmp_path)


@pytest.mark.parametrize("damage", ["truncated", "noise", "foreign", "empty", "bits", "missing"])
def test_a_damaged_cache_is_none(project: Path, tmp_path: Path, damage: str) -> None:
    again(project)
    path = cache_path(project)
    content = path.read_bytes()
    assert load_memory(project).rows
    if damage == "truncated":
        path.write_bytes(content[: len(content) // 2])
    elif damage == "noise":
        path.write_bytes(os.urandom(len(content)))
    elif damage == "foreign":
        path.write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    elif damage == "empty":
        path.write_bytes(b"")
    elif damage == "missing":
        path.unlink()
    else:
        middle = bytearray(content)
        for offset in range(4096, len(middle), 997):
            middle[offset] ^= 0x41
        path.write_bytes(bytes(middle))
    write_project(project, {"content/articles/a07.md": article("NATO changed, Moscow.\n")})
    assert again(project).ok
    assert_clean(project, tmp_path)
    assert load_memory(project).rows


def test_another_output_folder_is_not_taken_for_this_one(project: Path, tmp_path: Path) -> None:
    again(project)
    write_project(project, {"content/articles/a07.md": article("NATO changed, Moscow.\n")})
    other = Options(project=project, output=tmp_path / "other", today=TODAY)
    rebuild(other, map)
    again(project)
    assert_clean(project, tmp_path)
    assert contents(project / "site") == contents(tmp_path / "other")


def test_the_next_day_is_looked_at(project: Path, tmp_path: Path) -> None:
    write_project(project, {"content/articles/later.md": article("NATO.\n", "publish_on: 2026-11-25\n")})
    again(project)
    result = rebuild(Options(project=project, output=project / "site", today=TODAY + dt.timedelta(days=1)), parallel(1))
    assert result.written > 0
    assert (project / "site/later/index.html").exists()


def test_what_is_wrong_is_said_again(project: Path) -> None:
    write_project(project, {"content/articles/one.md": article("x\n", "tags: [Politics]\n")})
    write_project(project, {"content/articles/two.md": article("x\n", "tags: [politics]\n")})
    grow_old(project)
    said = [again(project).diagnostics for _ in range(3)]
    assert [one.code for one in said[0]] == ["tag-spelling"]
    assert said[0] == said[1] == said[2]
