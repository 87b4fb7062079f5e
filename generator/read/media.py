"""Pictures and other files beside texts: their addresses and their sizes."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import cast

import msgspec

from generator.config import ImageSettings
from generator.diagnostics import START, Diagnostic, error, warning
from generator.model import UrlPath
from generator.read.picture import PictureFacts, files_of, is_animated, look_at
from generator.read.tree import FileEntry
from generator.synopsis import Media
from generator.urls import fingerprinted, slugify

PICTURES = frozenset([".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"])
"""Endings of what has a size in pixels and may hold metadata."""

GPS = 0x8825
"""The EXIF directory that says where a picture was taken (Exif 2.32, 4.6.3)."""


def read_media(project: Path, file: FileEntry, settings: ImageSettings) -> Media | Diagnostic:
    """Return a file with its address under /assets/ (content/static keeps its own) and, for a picture, its size."""
    ending = posixpath.splitext(file.path)[1].lower()
    if file.role == "static" and ending not in PICTURES:
        return Media(path=file.path, url=cast("UrlPath", file.path.removeprefix("content/static")))
    try:
        content = (project / file.path).read_bytes()
    except OSError as problem:
        return error("file-unreadable", file.path, START, f"cannot be read: {problem.strerror}")
    picture: PictureFacts | None = None
    if ending in PICTURES:
        try:
            picture = look_at(content)
        except (OSError, ValueError, SyntaxError):
            return error("image-unreadable", file.path, START, f"{file.path} is no picture that can be read")
        if picture.width * picture.height > settings.max_pixels:
            message = f"{file.path} has {picture.width} × {picture.height} pixels"
            hint = f"make it smaller: the limit is {settings.max_pixels:,} pixels (images: max_pixels in site.yaml)"
            return error("image-too-large", file.path, START, message, hint)
    if file.role == "static":
        url = file.path.removeprefix("content/static")
    else:
        stem = slugify(posixpath.splitext(posixpath.basename(file.path))[0]) or "file"
        name = ".".join(filter(None, (stem, slugify(ending))))
        url = "/assets/" + fingerprinted(name, content)
    media = Media(path=file.path, url=cast("UrlPath", url))
    if picture is None:
        return media
    sizes, plain = files_of(picture, url, content, settings) if file.role == "beside" else ((), None)
    return msgspec.structs.replace(media, width=picture.width, height=picture.height, sizes=sizes, plain=plain)


def find_position(project: Path, file: FileEntry) -> Diagnostic | None:
    """Return the warning that a picture which goes out as it is (static, or moving) tells where it was taken."""
    if file.role not in ("static", "beside") or posixpath.splitext(file.path)[1].lower() not in PICTURES:
        return None
    from PIL import Image

    try:
        with Image.open(project / file.path) as image:
            if file.role == "beside" and not is_animated(image):
                return None
            position = image.getexif().get_ifd(GPS)
    except (OSError, ValueError, SyntaxError):
        return None
    if not position:
        return None
    hint = "remove it, or put the picture beside its text: there it goes out without"
    hint = hint if file.role == "static" else "remove it: a picture that moves goes out as it is"
    return warning("image-position", file.path, START, f"{file.path} tells where it was taken", hint)
