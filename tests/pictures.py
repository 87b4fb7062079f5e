"""Pictures for tests, drawn and not photographed."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

SKY, EARTH = (40, 90, 200), (120, 80, 30)


def landscape(width: int, height: int) -> Image.Image:
    """Return a picture with the sky in its upper half."""
    image = Image.new("RGB", (width, height), EARTH)
    image.paste(SKY, (0, 0, width, height // 2))
    return image


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    """Return a picture as a file."""
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def exif(orientation: int = 1, *, position: bool = True) -> Image.Exif:
    """Return metadata as a camera writes it."""
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010F] = "A camera"
    if position:
        data[0x8825] = {1: "N", 2: (54.0, 41.0, 0.0)}
    return data


def opened(content: bytes) -> Image.Image:
    """Return a file as a picture."""
    image = Image.open(io.BytesIO(content))
    image.load()
    return image
