"""Pictures without their metadata: where a photograph was taken is nobody's business."""

from __future__ import annotations

import io
from typing import Any

QUALITY = 90
"""Of a JPEG that has to be encoded anew because its metadata says to turn it."""


def without_metadata(content: bytes) -> bytes:
    """Return a picture turned as its metadata says and without it; the same bytes where it holds none, or is an SVG."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        opened = Image.open(io.BytesIO(content))
    except UnidentifiedImageError:
        return content
    with opened as image:
        if (
            not image.getexif()
            and "xmp" not in image.info
            and "photoshop" not in image.info
            and not _comments(image.info)
        ):
            return content
        turned = ImageOps.exif_transpose(image)
        out = io.BytesIO()
        options = {"quality": QUALITY} if image.format in ("JPEG", "WEBP", "AVIF") else {}
        profile = image.info.get("icc_profile")
        if profile:
            options["icc_profile"] = profile
        clean = Image.new(turned.mode, turned.size)
        clean.paste(turned)
        if turned.mode == "P" and (palette := turned.getpalette()):
            clean.putpalette(palette)
        clean.save(out, format=image.format, **options)
        return out.getvalue()


def _comments(info: dict[str | tuple[int, int], Any]) -> bool:
    return any(key in info for key in ("comment", "Comment", "XML:com.adobe.xmp", "exif", "Raw profile type exif"))
