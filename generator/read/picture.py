"""What a picture is, and the files that are made from it: its sizes for the browser to choose from."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, cast

from generator.config import ImageSettings
from generator.model import UrlPath, Value
from generator.output import PictureFormat
from generator.synopsis import PictureFile
from generator.urls import fingerprinted

if TYPE_CHECKING:
    from PIL import Image

WEBP_QUALITY = 80
"""All browsers have shown WebP for years. AVIF would be smaller, but takes four to eight times as long to make."""

WEBP_LIMIT = 16_383
"""Pixels in either direction (RFC 9649, 2.7.1.1)."""

JPEG_QUALITY = 85
"""Of what stands in for a picture where WebP is not understood: feeds, cards of social networks."""

RECIPE = "1"
"""Changes with whatever render/pictures.py does to pixels, so that a changed file has another address."""

ENDINGS: dict[PictureFormat, str] = {"WEBP": "webp", "JPEG": "jpg", "PNG": "png"}

ORIENTATION = 0x0112
"""The EXIF tag that says how to turn a picture (Exif 2.32, 4.6.4)."""


class PictureFacts(Value, frozen=True, kw_only=True):
    """What a picture's file says of it."""

    width: int
    """Pixels, turned as its metadata says; so is the height."""
    height: int
    format: str
    """Pillow's name of it."""
    animated: bool
    transparent: bool


def look_at(content: bytes) -> PictureFacts:
    """Return what a picture is, without decoding it; raises OSError, ValueError or SyntaxError where it is none."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # the cap is ours, and says so in the author's words
    with Image.open(io.BytesIO(content)) as image:
        turned = image.getexif().get(ORIENTATION, 1) in (5, 6, 7, 8)
        width, height = (image.height, image.width) if turned else (image.width, image.height)
        kind = "JPEG" if image.format == "MPO" else image.format or ""
        return PictureFacts(
            width=width,
            height=height,
            format=kind,
            animated=is_animated(image),
            transparent=image.has_transparency_data,
        )


def is_animated(image: Image.Image) -> bool:
    """Return whether a picture moves. A telephone's JPEG with a second picture behind it (MPO) does not."""
    return image.format != "MPO" and bool(getattr(image, "is_animated", False))


def files_of(
    picture: PictureFacts, url: str, content: bytes, settings: ImageSettings
) -> tuple[tuple[PictureFile, ...], PictureFile | None]:
    """Return the WebP files of a picture, narrowest first, and the plain one that stands in for it, if it needs one.

    The laws: never wider than the picture, and the address tells the bytes. What is not wider than the narrowest size
    stays as it is, and so does what moves.
    """
    widths = sorted({width for width in settings.widths if width > 0})
    modern = picture.format in ("WEBP", "AVIF")
    if picture.animated or not widths or (picture.width <= widths[0] and not modern):
        return (), None
    largest = min(picture.width, widths[-1])
    if _height(picture, largest) > WEBP_LIMIT:
        return (), None
    origin = hashlib.blake2b(content, digest_size=32).hexdigest()
    stem = url.rsplit("/", 1)[-1].split(".", 1)[0]

    def file(width: int, kind: PictureFormat) -> PictureFile:
        from PIL import __version__

        name = f"{stem}-{width}.{ENDINGS[kind]}"
        recipe = f"{RECIPE}/{WEBP_QUALITY}/{JPEG_QUALITY}/{__version__}/{origin}/{width}/{kind}"
        return PictureFile(
            url=cast("UrlPath", "/assets/" + fingerprinted(name, recipe.encode())),
            width=width,
            height=_height(picture, width),
            format=kind,
        )

    sizes = tuple(file(width, "WEBP") for width in (*(width for width in widths if width < largest), largest))
    if largest == picture.width and not modern:
        return sizes, None
    return sizes, file(largest, "PNG" if picture.transparent or picture.format in ("PNG", "GIF") else "JPEG")


def _height(picture: PictureFacts, width: int) -> int:
    return max(1, round(picture.height * width / picture.width))
