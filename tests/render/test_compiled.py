from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import build
from generator.options import Options
from generator.read.theme import built_in_theme
from generator.render import compiled
from generator.render.compiled import CompiledTemplates
from generator.render.environment import Theme


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "kept.pyc"
    monkeypatch.setattr(compiled, "_path", lambda: path)
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    return path


def compile_theme(program: str, *langs: str) -> None:
    theme = Theme((built_in_theme(),), program)
    theme.compile_all("en", langs)
    theme.save_compiled()


def written(path: Path) -> tuple[int, ...]:
    """Return all that a file's status tells, but for when it was last read."""
    found = path.stat()
    return (*found[:7], found.st_mtime_ns, found.st_ctime_ns)


def test_an_installation_compiles_the_theme_once(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compile_theme("this program", "en", "lt")
    before = written(kept)
    put = CompiledTemplates.put
    compiled_now = []
    monkeypatch.setattr(CompiledTemplates, "put", lambda *given: (compiled_now.append(given), put(*given)))
    compile_theme("this program", "en", "lt")
    assert compiled_now == []
    assert written(kept) == before
    compile_theme("another program", "en")
    assert compiled_now


def test_damaged_code_is_none(kept: Path) -> None:
    compile_theme("this program", "en")
    whole = kept.read_bytes()
    kept.write_bytes(whole[:100])
    compile_theme("this program", "en")
    assert len(kept.read_bytes()) > 1000


def test_nothing_is_kept_without_a_program_or_where_python_keeps_nothing(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compile_theme("", "en")
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    compile_theme("this program", "en")
    assert not kept.exists()


def test_a_sites_own_templates_are_not_kept_with_the_program(kept: Path, tmp_path: Path) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    (own / "mine.html").write_text("<p>A word found nowhere else: xyzzy</p>", "utf-8")
    theme = Theme((own, built_in_theme()), "this program")
    theme.compile_all("en", ["en"])
    theme.save_compiled()
    assert b"xyzzy" not in kept.read_bytes()


def test_a_constant_address_is_linked_from_each_page(tmp_path: Path) -> None:
    folder = tmp_path / "templates/partials"
    folder.mkdir(parents=True)
    (folder / "site-footer.html").write_text("<a href=\"{{ '/about/' | href }}\">About</a>", "utf-8")
    content = tmp_path / "content"
    (content / "articles").mkdir(parents=True)
    (content / "site.yaml").write_text("title: Notes\n", "utf-8")
    (content / "articles/one.md").write_text("---\ntitle: One\ndate: 2024-05-01\ntags: [war]\n---\nText.\n", "utf-8")
    result = build(Options(project=tmp_path, output=tmp_path / "site"))
    assert result.ok, result.diagnostics
    for path, link in (("index.html", "about/"), ("tags/war/index.html", "../../about/")):
        assert f'<a href="{link}">About</a>' in (tmp_path / "site" / path).read_text("utf-8")
