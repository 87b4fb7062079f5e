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


class FeedOutput(Value, frozen=True):
    """A feed: its articles, each of which feed-entry.html shows, in one of the two formats."""

    path: OutputPath
    format: Literal["atom", "json"]
    view: Any
    """A `FeedView` of generator/views.py."""


class SocialCardOutput(Value, frozen=True, kw_only=True):
    """The picture that stands for a page where a link to it is shared."""

    path: OutputPath
    title: str
    detail: str
    """What the page says in a sentence; may be empty."""
    site_title: str
    colours: dict[str, str]
    """The site's own values of the theme's custom properties; the style sheets have the others."""


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


class File(Value, frozen=True):
    """A file of the site, with its bytes."""

    path: OutputPath
    content: bytes


Output = TemplateOutput | FeedOutput | SocialCardOutput | BytesOutput | CopyOutput | PictureOutput
