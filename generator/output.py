"""The site's files: outputs, which say what a file is made from, and the files made from them.

Every output has a key: the digest of all that its file depends on, but for what all files depend on (the program and
the theme). A file whose key is that of the last build is not made again; what makes it is called for the others only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

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


FeedFormat = Literal["atom", "json"]


class FeedItem(Value, frozen=True):
    """An article of a feed."""

    key: str
    """Of all that its entry shows: it is made once, however many feeds it stands in."""
    format: FeedFormat
    page: OutputPath
    """The article's own page, which shows the same view."""
    view: Callable[[Any], Any]
    """Takes the library and returns an `ArticleView` of generator/views.py."""


class FeedOutput(Value, frozen=True):
    """A feed: its articles, each of which feed-entry.html shows, in one of the two formats."""

    path: OutputPath
    key: str
    format: FeedFormat
    view: Any
    """A `FeedView` of generator/views.py."""
    items: tuple[FeedItem, ...]
    """Newest first."""


class SocialCardOutput(Value, frozen=True, kw_only=True):
    """The picture that stands for a page where a link to it is shared."""

    path: OutputPath
    key: str
    title: str
    detail: str
    """What the page says in a sentence; may be empty."""
    site_title: str
    colours: dict[str, str]
    """The site's own values of the theme's custom properties; the style sheets have the others."""


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


PictureFormat = Literal["WEBP", "JPEG", "PNG"]
"""What pictures are made in; the names are Pillow's."""


class PictureSizeOutput(Value, frozen=True):
    """A picture of the project in another size or format. Its path holds a fingerprint of all that makes its bytes."""

    path: OutputPath
    key: str
    source: SourcePath
    width: int
    height: int
    format: PictureFormat


class File(Value, frozen=True):
    """A file of the site, with its bytes."""

    path: OutputPath
    content: bytes


Output = (
    TemplateOutput
    | DataOutput
    | FeedOutput
    | SocialCardOutput
    | BytesOutput
    | CopyOutput
    | PictureOutput
    | PictureSizeOutput
)
