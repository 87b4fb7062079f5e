"""The site's files: outputs, which say what a file is made from, and the files made from them."""

from __future__ import annotations

from typing import Any, Literal

from generator.model import OutputPath, SourcePath, Value


class TemplateOutput(Value, frozen=True):
    """A page: a view and the template that shows it."""

    path: OutputPath
    template: str
    view: Any
    """One of generator/views.py; it holds all that the template sees."""


class BytesOutput(Value, frozen=True):
    """A file that is ready."""

    path: OutputPath
    content: bytes


class CopyOutput(Value, frozen=True):
    """A file of the project, copied as it is."""

    path: OutputPath
    source: SourcePath


class PictureOutput(Value, frozen=True):
    """A picture of the project, copied without its metadata."""

    path: OutputPath
    source: SourcePath


PictureFormat = Literal["WEBP", "JPEG", "PNG"]
"""What pictures are made in; the names are Pillow's."""


class PictureSizeOutput(Value, frozen=True):
    """A picture of the project in another size or format. Its path holds a fingerprint of all that makes its bytes."""

    path: OutputPath
    source: SourcePath
    width: int
    height: int
    format: PictureFormat


class File(Value, frozen=True):
    """A file of the site, with its bytes."""

    path: OutputPath
    content: bytes


Output = TemplateOutput | BytesOutput | CopyOutput | PictureOutput | PictureSizeOutput
