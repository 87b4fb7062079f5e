from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from generator import build as module
from generator.build import build
from generator.options import Options
from tests.project import TODAY, article, build_project, entry, found, load_project, write_project

ROOT = Path(__file__).parent.parent

FILES: dict[str, str | bytes] = {
    "content/articles/one.md": article("NATO spoke in Moscow.\n", "tags: [a, b]\n"),
    "content/articles/two.md": article("Moscow and [[nato]].\n", "tags: [b]\n"),
    "content/glossary/nato.md": entry("NATO", summary="Not in Moscow."),
    "content/glossary/moscow.md": entry("Moscow", "place"),
}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_order_of_the_files_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = write_project(tmp_path, FILES)
    build_project(project, output=tmp_path / "first")
    original = module.find_files

    def shuffled(folder: Path) -> object:
        files, diagnostics = original(folder)
        mixed = list(files)
        random.Random(4).shuffle(mixed)
        assert mixed != list(files)
        return tuple(mixed), diagnostics

    monkeypatch.setattr(module, "find_files", shuffled)
    build_project(project, output=tmp_path / "second")
    assert contents(tmp_path / "first") == contents(tmp_path / "second")


def test_run_decides_where_the_work_is_done(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    project = write_project(tmp_path, FILES)
    build_project(project, output=tmp_path / "first")
    with ThreadPoolExecutor(2) as executor:
        result = build(Options(project=project, output=tmp_path / "second", today=TODAY), executor.map)
    assert result.ok
    assert contents(tmp_path / "first") == contents(tmp_path / "second")


def test_the_same_bytes_whatever_the_hash_seed_and_the_place(tmp_path: Path) -> None:
    sites = []
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/Lima")):
        project = write_project(tmp_path / seed, FILES)
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT), "LC_ALL": "C"}
        command = [sys.executable, "-m", "generator", "-C", str(project), "build", "--today", "2026-11-24"]
        subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
        sites.append(contents(project / "site"))
    assert sites[0] == sites[1]


def test_a_second_build_changes_nothing(tmp_path: Path) -> None:
    project = write_project(tmp_path, FILES)
    first = build_project(project)
    second = build_project(project)
    assert first.written > 0
    assert (second.written, second.removed, second.unchanged) == (0, 0, first.written)


def test_what_is_gone_is_removed_and_a_persons_file_stays(tmp_path: Path) -> None:
    project = write_project(tmp_path, FILES)
    build_project(project)
    (project / "site/mine.txt").write_text("mine", "utf-8")
    (project / "content/articles/two.md").unlink()
    assert build_project(project).removed > 0
    assert not (project / "site/two").exists()
    assert (project / "site/mine.txt").read_text("utf-8") == "mine"


def test_nothing_is_written_while_there_are_errors(tmp_path: Path) -> None:
    project = write_project(tmp_path, FILES)
    build_project(project)
    before = contents(project / "site")
    write_project(
        project, {"content/articles/one.md": article("[[Nobody]]\n"), "content/articles/new.md": article("x\n")}
    )
    assert not build_project(project).ok
    assert contents(project / "site") == before


@pytest.mark.parametrize(
    ("matter", "published"),
    [
        ("draft: true\n", False),
        ("publish_on: 2026-11-25\n", False),
        ("publish_on: 2026-11-24\n", True),
        ("expires_on: 2026-11-24\n", True),
        ("expires_on: 2026-11-23\n", False),
    ],
)
def test_what_is_published_today(tmp_path: Path, matter: str, published: bool) -> None:
    project = write_project(tmp_path, {"content/articles/one.md": article("Text.\n", matter)})
    build_project(project)
    assert (project / "site/one/index.html").exists() == published


def test_nobody_is_told_of_a_drafts_mistakes(tmp_path: Path) -> None:
    project = write_project(tmp_path, {"content/articles/one.md": article("[[Nobody]]\n", "draft: true\n")})
    assert found(load_project(project)) == []
    assert found(load_project(project, drafts=True)) == ["articles/one.md:6:1 error mention-unknown"]


@pytest.mark.parametrize("slugs", [("one", "ONE"), ("é", "e\u0301"), ("glossary", "x")])
def test_two_sources_for_one_address(tmp_path: Path, slugs: tuple[str, str]) -> None:
    files: dict[str, str | bytes] = {
        f"content/articles/{number}.md": article("x\n", f"slug: {slug}\n") for number, slug in enumerate(slugs)
    }
    assert [d.code for d in load_project(write_project(tmp_path, files)).diagnostics] == ["address-taken"]


def test_pictures_go_out_without_their_metadata(tmp_path: Path) -> None:
    import io

    from PIL import Image

    picture = Image.new("RGB", (4, 2), (200, 10, 10))
    exif = Image.Exif()
    exif[0x0112] = 6  # turned
    exif.get_ifd(0x8825)[1] = "N"
    file = io.BytesIO()
    picture.save(file, "JPEG", exif=exif)
    assert b"Exif" in file.getvalue()
    files: dict[str, str | bytes] = {
        "content/articles/a/index.md": article("![A square](photo.jpg)\n"),
        "content/articles/a/photo.jpg": file.getvalue(),
        "content/articles/a/unused.jpg": file.getvalue(),
    }
    project = write_project(tmp_path, files)
    assert build_project(project).ok
    (out,) = (project / "site/assets").glob("*.jpg")
    assert b"Exif" not in out.read_bytes()
    with Image.open(out) as shown:
        assert shown.size == (2, 4)
    assert 'width="2" height="4"' in (project / "site/a/index.html").read_text("utf-8")


def test_a_template_error_names_file_and_line(tmp_path: Path) -> None:
    files = {**FILES, "templates/home.html": "<h1>\n{{ nothing.here }}</h1>\n", "templates/tag.html": "{% if %}\n"}
    project = write_project(tmp_path, files)
    assert sorted(set(found(build_project(project)))) == [
        "templates/home.html:2:1 error template-error",
        "templates/tag.html:1:1 error template-error",
    ]


def test_templates_in_content_stay_text(tmp_path: Path) -> None:
    project = write_project(tmp_path, {"content/articles/one.md": article("{{ 7*7 }} {% raw %}\n", "")})
    assert build_project(project).ok
    assert "{{ 7*7 }} {% raw %}" in (project / "site/one/index.html").read_text("utf-8")


def test_more_backlinks_than_an_entrys_page_holds(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        f"content/articles/a{number:02}.md": article(f"NATO spoke {number} times.\n") for number in range(103)
    }
    project = write_project(tmp_path, {**files, "content/glossary/nato.md": entry("NATO")})
    assert build_project(project).ok
    page = (project / "site/glossary/nato/index.html").read_text("utf-8")
    assert page.count("times.") == 50
    assert 'href="../../glossary/nato/mentions/"' in page
    pages = [project / "site/glossary/nato/mentions/index.html"]
    pages.append(project / "site/glossary/nato/mentions/page/2/index.html")
    assert sum(path.read_text("utf-8").count("times.") for path in pages) == 103


def test_a_position_in_a_static_picture_is_a_warning(tmp_path: Path) -> None:
    import io

    from PIL import Image

    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (54.0, 41.0, 0.0)}
    file = io.BytesIO()
    Image.new("RGB", (2, 2)).save(file, "JPEG", exif=exif)
    files: dict[str, str | bytes] = {
        "content/static/a/photo.jpg": file.getvalue(),
        "content/static/b.jpg": b"no picture",
    }
    result = build_project(write_project(tmp_path, files))
    assert found(result) == ["static/a/photo.jpg:1:1 warning image-position"]
    moving = io.BytesIO()
    frames = [Image.new("RGB", (2, 2), colour) for colour in ("red", "blue")]
    frames[0].save(moving, "WEBP", save_all=True, append_images=frames[1:], exif=exif)
    write_project(tmp_path, {"content/articles/b.webp": moving.getvalue(), "content/articles/b.jpg": file.getvalue()})
    assert "articles/b.webp:1:1 warning image-position" in found(build_project(tmp_path))
    assert not any("b.jpg" in line for line in found(build_project(tmp_path)) if "articles" in line)
    assert (tmp_path / "site/a/photo.jpg").read_bytes() == file.getvalue()
