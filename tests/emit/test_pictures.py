"""Pictures on pages: the sizes to choose from, what stands in for them, and the files that go with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from tests.pictures import exif, landscape, opened, saved
from tests.project import article, build_project, entry, found, write_project

PHOTO = saved(landscape(1000, 500), "JPEG", exif=exif())

FILES: dict[str, str | bytes] = {
    "content/site.yaml": "title: T\nimages: {widths: [100, 200, 400]}\n",
    "content/articles/a/index.md": article(
        '![Sky](photo.jpg "Above"){credit="Drawn"}\n\nA ![sky](photo.jpg){width=50} and ![flag](flag.png).\n\n'
        "![Moves](moves.gif)\n\n![Lines](lines.svg)\n",
        "image: {src: photo.jpg, alt: Sky, credit: Drawn by a test}\n",
    ),
    "content/articles/a/photo.jpg": PHOTO,
    "content/articles/a/flag.png": saved(landscape(90, 60), "PNG"),
    "content/articles/a/moves.gif": saved(
        landscape(300, 20), "GIF", save_all=True, append_images=[landscape(300, 24).crop((0, 4, 300, 24))]
    ),
    "content/articles/a/lines.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "content/articles/a/unused.jpg": saved(landscape(1000, 501), "JPEG"),
    "content/glossary/sky.md": entry("Skies", "term", "image: {src: sky.webp, alt: Sky, credit: Drawn}\n"),
    "content/glossary/sky.webp": saved(landscape(300, 150), "WEBP", exif=exif()),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_project(tmp_path_factory.mktemp("pictures"), FILES)
    result = build_project(folder)
    assert result.diagnostics == ()
    return folder


def pictures(page: Path) -> list[str]:
    """Return the pictures of a page with the fingerprints of addresses as `#`."""
    text = re.sub(r"\.[0-9a-f]{10}\.", ".#.", page.read_text("utf-8"))
    return re.findall(r"<picture>.*?</picture>|<img[^>]*>(?!</picture>)", text)


def test_a_page_offers_the_sizes_and_a_plain_picture(project: Path) -> None:
    opening, figure, small, flag, moves, lines = pictures(project / "site/a/index.html")
    srcset = ", ".join(f"../assets/photo-{width}.#.webp {width}w" for width in (100, 200, 400))
    assert figure == (
        f'<picture><source type="image/webp" srcset="{srcset}" sizes="(min-width: 435px) 400px, 92vw">'
        '<img src="../assets/photo-400.#.jpg" alt="Sky" width="400" height="200" loading="lazy" decoding="async">'
        "</picture>"
    )
    assert 'loading="lazy"' not in opening
    assert 'sizes="(min-width: 54px) 50px, 92vw"' in small
    assert 'width="50" height="25"' in small
    assert flag.startswith('<img src="../assets/flag.#.png" alt="flag" width="90" height="60"')
    assert moves.startswith('<img src="../assets/moves.#.gif" alt="Moves" width="300" height="20"')
    assert lines.startswith('<img src="../assets/lines.#.svg" alt="Lines"')
    page = (project / "site/a/index.html").read_text("utf-8")
    assert '<figcaption>Above <span class="credit">Drawn</span></figcaption>' in page
    assert '<span class="credit">Drawn by a test</span>' in page
    (sky,) = pictures(project / "site/glossary/sky/index.html")
    assert 'src="../../assets/sky-300.#.jpg"' in sky


def test_every_file_that_a_page_offers_is_there(project: Path) -> None:
    for page in (project / "site").rglob("*.html"):
        for url in re.findall(r"[^\s\"]*assets/[^\s\",]+", page.read_text("utf-8")):
            if not url.startswith(("/", "http")):
                assert (page.parent / url).is_file(), url
    names = [path.name for path in (project / "site/assets").iterdir()]
    assert not any(name.startswith("unused") for name in names)


def test_no_file_tells_where_it_was_taken(project: Path) -> None:
    endings, icons = (".jpg", ".png", ".webp", ".gif"), ("icon-", "apple-touch-icon.")
    assets = (project / "site/assets").iterdir()
    made = [path for path in assets if path.suffix in endings and not path.name.startswith(icons)]
    assert len(made) == 3 + 1 + 1 + 1 + 1 + 3 + 1 + 1
    for path in made:
        image = opened(path.read_bytes())
        assert not image.getexif(), path.name
        assert b"camera" not in path.read_bytes()
        width = re.search(r"-(\d+)\.", path.name)
        assert width is None or image.width == int(width[1])


def test_what_moves_and_what_is_drawn_in_lines_keeps_its_bytes(project: Path) -> None:
    for name in ("moves.gif", "lines.svg"):
        stem, ending = name.split(".")
        (path,) = (project / "site/assets").glob(f"{stem}.*.{ending}")
        source = FILES[f"content/articles/a/{name}"]
        assert path.read_bytes() == (source if isinstance(source, bytes) else source.encode())


def test_nothing_is_encoded_twice(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("encoded again")

    monkeypatch.setattr(Image.Image, "save", refuse)
    result = build_project(project)
    assert (result.ok, result.written) == (True, 0)
    assert build_project(project, output=project / "other").ok


def test_a_damaged_picture_is_an_error(tmp_path: Path) -> None:
    noise = saved(Image.effect_noise((600, 300), 90).convert("RGB"), "JPEG")
    files = {**FILES, "content/articles/a/photo.jpg": noise[: len(noise) // 2]}
    result = build_project(write_project(tmp_path, files))
    assert set(found(result)) == {"articles/a/photo.jpg:1:1 error image-unreadable"}
    assert not (tmp_path / "site").exists()


def test_too_many_pixels_are_an_error(tmp_path: Path) -> None:
    files = {**FILES, "content/site.yaml": "title: T\nimages: {max_pixels: 499999}\n"}
    assert "articles/a/photo.jpg:1:1 error image-too-large" in found(build_project(write_project(tmp_path, files)))


def test_one_picture_under_one_name_beside_two_texts(tmp_path: Path) -> None:
    content = saved(landscape(700, 300), "PNG")
    files: dict[str, str | bytes] = {
        "content/articles/one/index.md": article("![A flag](flag.png)\n"),
        "content/articles/two/index.md": article("![A flag](flag.png)\n"),
        "content/articles/one/flag.png": content,
        "content/articles/two/flag.png": content,
    }
    result = build_project(write_project(tmp_path, files))
    assert result.ok, result.diagnostics
