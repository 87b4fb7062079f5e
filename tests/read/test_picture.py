from __future__ import annotations

from collections.abc import Sequence

import pytest
from PIL import Image

from generator.config import ImageSettings
from generator.read.picture import RECIPE, PictureFacts, files_of, look_at
from tests.pictures import exif, landscape, saved

SETTINGS = ImageSettings()


def facts(width: int, height: int, kind: str = "JPEG", *, animated: bool = False, clear: bool = False) -> PictureFacts:
    return PictureFacts(width=width, height=height, format=kind, animated=animated, transparent=clear)


def sizes(picture: PictureFacts, widths: Sequence[int] = (480, 960, 1600)) -> tuple[list[tuple[int, int]], str]:
    files, plain = files_of(picture, "/assets/a.0123.jpg", b"content", ImageSettings(widths=tuple(widths)))
    assert all(file.format == "WEBP" for file in files)
    return [(file.width, file.height) for file in files], f"{plain.format} {plain.width}" if plain else ""


@pytest.mark.parametrize(
    ("picture", "widths", "plain"),
    [
        (facts(3000, 2000), [480, 960, 1600], "JPEG 1600"),
        (facts(1600, 800), [480, 960, 1600], ""),
        (facts(1000, 500), [480, 960, 1000], ""),
        (facts(481, 10), [480, 481], ""),
        (facts(480, 10), [], ""),
        (facts(20, 10), [], ""),
        (facts(3000, 2000, "PNG"), [480, 960, 1600], "PNG 1600"),
        (facts(3000, 2000, "GIF", animated=True), [], ""),
        (facts(700, 200, "WEBP"), [480, 700], "JPEG 700"),
        (facts(700, 200, "WEBP", clear=True), [480, 700], "PNG 700"),
        (facts(100, 20, "AVIF"), [100], "JPEG 100"),
    ],
)
def test_sizes_are_never_wider_than_the_picture(picture: PictureFacts, widths: list[int], plain: str) -> None:
    found, stand_in = sizes(picture)
    assert [width for width, _ in found] == widths
    assert stand_in == plain


def test_heights_keep_the_shape() -> None:
    assert sizes(facts(3000, 2000))[0] == [(480, 320), (960, 640), (1600, 1067)]
    assert sizes(facts(5000, 2))[0] == [(480, 1), (960, 1), (1600, 1)]
    assert sizes(facts(1000, 20_000)) == ([], ""), "WebP holds no picture of that height"


def test_the_authors_widths() -> None:
    assert sizes(facts(3000, 2000), [800, 400, 400, 0, -3])[0] == [(400, 267), (800, 533)]
    assert sizes(facts(3000, 2000), []) == ([], "")


def test_addresses_tell_the_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    def urls(content: bytes) -> list[str]:
        return [str(f.url) for f in files_of(facts(1000, 500), "/assets/wall.01234.jpg", content, SETTINGS)[0]]

    first = urls(b"one")
    assert len(set(first)) == 3
    assert all(url.startswith("/assets/wall-") and url.endswith(".webp") for url in first)
    assert urls(b"one") == first
    assert not set(urls(b"two")) & set(first)
    monkeypatch.setattr("generator.read.picture.RECIPE", RECIPE + "x")
    assert not set(urls(b"one")) & set(first)


def test_what_a_picture_is() -> None:
    turned = look_at(saved(landscape(40, 20), "JPEG", exif=exif(6)))
    assert (turned.width, turned.height, turned.format, turned.animated) == (20, 40, "JPEG", False)
    frames = [landscape(40, 20), landscape(40, 22).crop((0, 2, 40, 22))]
    for kind in ("GIF", "WEBP", "PNG"):
        assert look_at(saved(frames[0], kind, save_all=True, append_images=frames[1:])).animated
        assert not look_at(saved(frames[0], kind)).animated
    two = look_at(saved(frames[0], "MPO", save_all=True, append_images=frames[1:]))
    assert (two.format, two.animated) == ("JPEG", False)
    assert look_at(saved(Image.new("RGBA", (2, 2)), "PNG")).transparent
    with pytest.raises((OSError, ValueError, SyntaxError)):
        look_at(b"no picture")
