"""Pictures and other files beside texts: their address and their size."""

from __future__ import annotations

import io
import posixpath
from pathlib import Path
from typing import cast

from generator.diagnostics import START, Diagnostic, error, warning
from generator.model import UrlPath
from generator.read.tree import FileEntry
from generator.synopsis import Media
from generator.urls import fingerprinted, slugify

PICTURES = frozenset([".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"])
"""Endings of what has a size in pixels and may hold metadata."""

GPS = 0x8825
"""The EXIF directory that says where a picture was taken (Exif 2.32, 4.6.3)."""

ORIENTATION = 0x0112
"""The EXIF tag that says how to turn a picture (Exif 2.32, 4.6.4)."""


def read_media(project: Path, file: FileEntry, max_pixels: int) -> Media | Diagnostic:
    """Return a file with its address under /assets/ (content/static keeps its own) and, for a picture, its size."""
    ending = posixpath.splitext(file.path)[1].lower()
    if file.role == "static" and ending not in PICTURES:
        return Media(path=file.path, url=cast("UrlPath", file.path.removeprefix("content/static")))
    try:
        content = (project / file.path).read_bytes()
    except OSError as problem:
        return error("file-unreadable", file.path, START, f"cannot be read: {problem.strerror}")
    width, height = 0, 0
    if ending in PICTURES:
        try:
            width, height = _size(content)
        except (OSError, ValueError, SyntaxError):
            return error("image-unreadable", file.path, START, f"{file.path} is no picture that can be read")
        if width * height > max_pixels:
            message = f"{file.path} has {width} × {height} pixels"
            hint = f"make it smaller: the limit is {max_pixels:,} pixels (images: max_pixels in site.yaml)"
            return error("image-too-large", file.path, START, message, hint)
    if file.role == "static":
        url = file.path.removeprefix("content/static")
    else:
        stem = slugify(posixpath.splitext(posixpath.basename(file.path))[0]) or "file"
        url = "/assets/" + fingerprinted(stem + ending, content)
    return Media(path=file.path, url=cast("UrlPath", url), width=width, height=height)


def find_position(project: Path, file: FileEntry) -> Diagnostic | None:
    """Return the warning that a picture of content/static, which goes out as it is, tells where it was taken."""
    if file.role != "static" or posixpath.splitext(file.path)[1].lower() not in PICTURES:
        return None
    from PIL import Image

    try:
        with Image.open(project / file.path) as image:
            position = image.getexif().get_ifd(GPS)
    except (OSError, ValueError, SyntaxError):
        return None
    if not position:
        return None
    hint = "remove it, or put the picture beside its text: there it goes out without"
    return warning("image-position", file.path, START, f"{file.path} tells where it was taken", hint)


def _size(content: bytes) -> tuple[int, int]:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # the cap is ours, and says so in the author's words
    with Image.open(io.BytesIO(content)) as image:
        turned = image.getexif().get(ORIENTATION, 1) in (5, 6, 7, 8)
        return (image.height, image.width) if turned else (image.width, image.height)
