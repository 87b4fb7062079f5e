"""A file beside a text that a link leads to goes out, as a picture does that a text shows."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest

from generator.urls import is_fingerprinted
from tests.project import article, build_project, entry, write_project

PDF = b"%PDF-1.7 of nobody"


def shipped(project: Path) -> list[str]:
    return sorted(path.name.partition(".")[0] for path in (project / "site/assets").glob("*.pdf"))


def test_a_linked_file_goes_out_under_its_fingerprint(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "content/articles/one/index.md": article(
            "See [the report](my%20report.pdf#page=2) and [it](./my%20report.pdf).\n"
        ),
        "content/articles/one/my report.pdf": PDF,
        "content/articles/one/nobody-asks.pdf": PDF,
    }
    project = write_project(tmp_path, files)
    assert build_project(project).ok
    (out,) = (project / "site/assets").glob("*.pdf")
    assert out.name.startswith("my-report.")
    assert out.read_bytes() == PDF
    page = (project / "site/one/index.html").read_text("utf-8")
    assert page.count(f'href="../assets/{out.name}"') == 2


@pytest.mark.parametrize("where", ["summary", "body", "note"])
def test_wherever_the_link_stands(tmp_path: Path, where: str) -> None:
    link = "'[it](it.pdf)'"
    in_entry = entry("NATO", summary=link if where == "summary" else "S.")
    in_note = f"annotations: [{{quote: spoke, note: {link.replace('it.pdf', '../glossary/it.pdf')}}}]\n"
    files: dict[str, str | bytes] = {
        "content/glossary/it.pdf": PDF,
        "content/glossary/nato.md": in_entry + ("[it](it.pdf)\n" if where == "body" else ""),
        "content/articles/one.md": article("NATO spoke.\n", in_note if where == "note" else ""),
    }
    project = write_project(tmp_path, files)
    assert build_project(project).ok
    assert shipped(project) == ["it"]


def test_what_only_a_draft_links_to_stays_and_what_is_no_longer_linked_goes(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "content/articles/one.md": article("[it](it.pdf)\n", "draft: true\n"),
        "content/articles/it.pdf": PDF,
    }
    project = write_project(tmp_path, files)
    assert build_project(project).ok
    assert shipped(project) == []
    write_project(project, {"content/articles/one.md": article("[it](it.pdf)\n")})
    assert build_project(project).ok
    assert shipped(project) == ["it"]
    write_project(project, {"content/articles/one.md": article("nothing\n")})
    assert build_project(project).ok
    assert shipped(project) == []


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("README", "readme.{}"),
        ("a.tar.gz", "a-tar.{}.gz"),
        ("x.h#t?ml", "x.{}.h-t-ml"),
        ("Ünï.pdf", "ünï.{}.pdf"),
        ("a.b c", "a.{}.b-c"),
        ("a.\u202e", "a.{}"),
        ("50%25.pdf", "50-25.{}.pdf"),
    ],
)
def test_any_name_gives_an_address(tmp_path: Path, name: str, pattern: str) -> None:
    link = f"[it](<{quote(name)}>)\n"
    project = write_project(tmp_path, {"content/articles/one.md": article(link), f"content/articles/{name}": PDF})
    result = build_project(project)
    assert result.ok, result.diagnostics
    (out,) = (path.name for path in (project / "site/assets").iterdir() if path.read_bytes() == PDF)
    assert out == pattern.format(next(part for part in out.split(".") if len(part) == 10))
    assert is_fingerprinted(f"assets/{out}")
    assert "/assets/*" in (project / "site/_headers").read_text("utf-8")
