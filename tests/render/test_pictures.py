from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from generator.model import OutputPath, SourcePath
from generator.output import PictureFormat, PictureOutput, PictureSizeOutput
from generator.render import pictures
from generator.render.cache import FileCache
from generator.render.pictures import resized, without_metadata
from tests.pictures import EARTH, SKY, exif, landscape, opened, saved


def size(width: int, height: int, kind: PictureFormat = "WEBP") -> PictureSizeOutput:
    return PictureSizeOutput(OutputPath("assets/a"), "", SourcePath("content/a"), width, height, kind)


def near(found: object, wanted: tuple[int, ...], by: int = 12) -> bool:
    assert isinstance(found, tuple)
    return len(found) == len(wanted) and all(abs(a - b) <= by for a, b in zip(found, wanted, strict=True))


@pytest.mark.parametrize("kind", ["WEBP", "JPEG"])
def test_a_picture_is_turned_made_smaller_and_stripped(kind: PictureFormat) -> None:
    turned = landscape(400, 200).transpose(Image.Transpose.ROTATE_90)
    source = saved(turned, "JPEG", exif=exif(6), comment=b"secret")
    made = resized(source, size(100, 50, kind))
    assert b"Exif" not in made
    assert b"secret" not in made
    image = opened(made)
    assert (image.format, image.size, image.info.get("exif"), image.info.get("icc_profile")) == (
        *(kind, (100, 50)),
        *(None, None),
    )
    assert near(image.convert("RGB").getpixel((50, 5)), SKY)
    assert near(image.convert("RGB").getpixel((50, 45)), EARTH)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "MPO"])
def test_the_picture_itself_is_turned_and_stripped(orientation: int, kind: str) -> None:
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # the transpositions that each orientation undoes
    image = landscape(40, 20)
    if orientation in back:
        image = image.transpose(Image.Transpose(back[orientation]))
    options = {"save_all": True, "append_images": [landscape(40, 20)]} if kind == "MPO" else {}
    made = without_metadata(saved(image, kind, exif=exif(orientation), **options))
    assert b"camera" not in made
    shown = opened(made)
    assert shown.size == (40, 20)
    assert shown.format == ("JPEG" if kind == "MPO" else kind)
    assert near(shown.convert("RGB").getpixel((20, 2)), SKY, 30)
    assert near(shown.convert("RGB").getpixel((20, 17)), EARTH, 30)


def test_what_holds_no_metadata_keeps_its_bytes() -> None:
    for kind in ("JPEG", "PNG", "WEBP", "GIF"):
        source = saved(landscape(20, 10), kind)
        assert without_metadata(source) == source


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_what_moves_keeps_its_bytes(kind: str) -> None:
    frames = [landscape(20, 10), landscape(20, 12).crop((0, 2, 20, 12))]
    source = saved(frames[0], kind, save_all=True, append_images=frames[1:], exif=exif())
    assert without_metadata(source) == source


def test_transparency_stays_and_a_drawing_loses_nothing() -> None:
    image = landscape(200, 100).convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 100, 100))
    for source in (saved(image, "PNG"), saved(image.quantize(), "PNG"), saved(image, "GIF")):
        for kind in ("WEBP", "PNG"):
            made = opened(resized(source, size(100, 50, kind))).convert("RGBA")
            assert made.getpixel((10, 25))[3] == 0  # type: ignore[index]
            assert made.getpixel((90, 40)) == (*EARTH, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16", "RGBA"])
def test_every_mode_of_colour_goes_through(mode: str) -> None:
    image = Image.new("I;16", (40, 20), 257 * 128) if mode == "I;16" else landscape(40, 20).convert(mode)
    made = opened(resized(saved(image, "JPEG" if mode == "CMYK" else "PNG"), size(20, 10)))
    assert made.size == (20, 10)
    if mode == "I;16":
        assert near((made.convert("L").getpixel((5, 5)),), (128,), 3)


def profile(swapped: bool) -> bytes:
    """Return sRGB's profile, or one in which red and blue are swapped, under another name."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    if not swapped:
        return srgb
    changed = srgb.replace(b"rXYZ", b"temp").replace(b"bXYZ", b"rXYZ").replace(b"temp", b"bXYZ")
    return changed.replace("sRGB".encode("utf-16-be"), "swap".encode("utf-16-be"))


@pytest.mark.parametrize(
    ("given", "sky"), [(profile(False), SKY), (profile(True), SKY[::-1]), (b"damaged", SKY), (None, SKY)]
)
def test_colours_become_srgb(given: bytes | None, sky: tuple[int, ...]) -> None:
    for transparent in (False, True):
        image = landscape(40, 20).convert("RGBA" if transparent else "RGB")
        made = opened(resized(saved(image, "PNG", icc_profile=given), size(20, 10)))
        assert "icc_profile" not in made.info
        assert near(made.convert("RGB").getpixel((10, 2)), sky)


def test_a_picture_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = saved(landscape(40, 20), "JPEG", exif=exif())
    cache, made = FileCache(tmp_path), []
    monkeypatch.setattr(pictures, "_saved", lambda *a, **o: made.append(a) or saved(*a, **o))
    outputs = [size(20, 10), size(20, 10, "JPEG"), PictureOutput(OutputPath("a"), "", SourcePath("b"))]
    first = [pictures.picture(output, source, cache) for output in outputs]
    assert len(made) == 3
    assert [pictures.picture(output, source, cache) for output in outputs] == first
    assert len(made) == 3
    other = saved(landscape(42, 20), "JPEG", exif=exif())
    pictures.picture(outputs[0], other, cache)
    assert len(made) == 4
    for path in tmp_path.iterdir():
        path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert [pictures.picture(output, source, cache) for output in outputs] == first


def test_the_same_bytes_every_time() -> None:
    source = saved(landscape(400, 200), "JPEG")
    assert len({resized(source, size(100, 50)) for _ in range(3)}) == 1


def test_a_damaged_picture_raises_what_is_caught(tmp_path: Path) -> None:
    source = saved(Image.effect_noise((400, 200), 90).convert("RGB"), "JPEG", exif=exif())
    for content in (source[: len(source) // 2], source[:20], io.BytesIO().getvalue()):
        for output in (size(100, 50), PictureOutput(OutputPath("a"), "", SourcePath("b"))):
            with pytest.raises((OSError, ValueError, SyntaxError)):
                pictures.picture(output, content, FileCache(tmp_path))
