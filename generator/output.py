"""The site's files: outputs, which say what a file is made from, and the files made from them.

Every output has a key: the digest of all that its file depends on, but for what all files depend on (the program and
the theme). A file whose key is that of the last build is not made again; what makes it is called for the others only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.model import OutputPath, SourcePath, Value


class TemplateOutput(Value, frozen=True):
    """A page: a view and the template that shows it."""

    path: OutputPath
    key: str
    template: str
    view: Callable[[Any], Any]
    """Takes the library (link/library.py) and returns one of generator/views.py, which holds all that the template
    sees."""


class DataOutput(Value, frozen=True):
    """A file that needs no template."""

    path: OutputPath
    key: str
    content: Callable[[Any], bytes]
    """Takes the library and returns the file's bytes."""


class BytesOutput(Value, frozen=True):
    """A file that is ready."""

    path: OutputPath
    key: str
    content: bytes


class CopyOutput(Value, frozen=True):
    """A file of the project, copied as it is."""

    path: OutputPath
    key: str
    source: SourcePath


class PictureOutput(Value, frozen=True):
    """A picture of the project, copied without its metadata."""

    path: OutputPath
    key: str
    source: SourcePath


class File(Value, frozen=True):
    """A file of the site, with its bytes."""

    path: OutputPath
    content: bytes


Output = TemplateOutput | DataOutput | BytesOutput | CopyOutput | PictureOutput
