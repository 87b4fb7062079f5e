"""From an `Output` to a file's bytes."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import jinja2

from generator.diagnostics import START, Diagnostic, error
from generator.model import OutputPath, Position, SourcePath
from generator.output import (
    BytesOutput,
    CopyOutput,
    DataOutput,
    FeedItem,
    FeedOutput,
    File,
    Output,
    PictureOutput,
    PictureSizeOutput,
    SocialCardOutput,
    TemplateOutput,
)
from generator.render.cache import FileCache
from generator.render.environment import Theme

if TYPE_CHECKING:
    from generator.render.feed import FeedRenderer

PICTURES = ".cache/images"
"""Where the sizes of pictures are kept between builds."""


class Renderer:
    """Makes files of outputs; `library` opens what their views need."""

    def __init__(self, folders: Sequence[Path], project: Path, library: Any, theme: Theme | None = None) -> None:
        """`theme` is that of the folders, where it is at hand with its templates compiled."""
        self.theme = theme or Theme(folders)
        self.project = project
        self.library = library
        self.feed_entries: dict[str, str] = {}
        """Entries of feeds that are at hand, by the keys of their items."""

    @functools.cached_property
    def _feeds(self) -> FeedRenderer:
        from generator.render.feed import FeedRenderer

        return FeedRenderer(self.theme, self.library, self.feed_entries)

    def feed_entry(self, item: FeedItem, view: Any) -> str | None:
        """Return an article as feeds have it; None where the template is wrong, which rendering the feed tells."""
        try:
            return self._feeds.entry(item.format, view)
        except jinja2.TemplateError:
            return None

    def render(self, output: Output, view: Any = None) -> File | Diagnostic:
        """Return an output's file, or the finding that says which line of which template is wrong.

        `view` is the output's, where it is at hand.
        """
        if isinstance(output, BytesOutput):
            return File(output.path, output.content)
        if isinstance(output, DataOutput):
            return File(output.path, output.content(self.library))
        if isinstance(output, TemplateOutput):
            try:
                return File(output.path, self.theme.page(output.template, view or output.view(self.library)))
            except jinja2.TemplateError as problem:
                return template_problem(problem, output.template, output.path)
        if isinstance(output, FeedOutput):
            try:
                return File(output.path, self._feeds.render(output))
            except jinja2.TemplateError as problem:
                from generator.render.feed import ENTRY_TEMPLATE

                return template_problem(problem, ENTRY_TEMPLATE, output.path)
        if isinstance(output, SocialCardOutput):
            from generator.render.social_card import render_card

            return File(output.path, render_card(self.theme, output))
        return self._copy(output)

    def _copy(self, output: CopyOutput | PictureOutput | PictureSizeOutput) -> File | Diagnostic:
        try:
            content = (self.project / output.source).read_bytes()
        except OSError as problem:
            return error("file-unreadable", output.source, START, f"cannot be read: {problem.strerror}")
        if isinstance(output, CopyOutput):
            return File(output.path, content)
        from generator.render.pictures import picture

        try:
            return File(output.path, picture(output, content, FileCache(self.project / PICTURES)))
        except (OSError, ValueError, SyntaxError):
            return error("image-unreadable", output.source, START, f"{output.source} is damaged")


def template_problem(problem: jinja2.TemplateError, name: str, made: OutputPath) -> Diagnostic:
    """Return a template's mistake at its file and line; `made` is the file that was to be made with it."""
    line = 1
    if isinstance(problem, jinja2.TemplateSyntaxError):
        name, line = problem.name or name, problem.lineno
    else:
        trace = problem.__traceback__
        while trace is not None:
            filename = trace.tb_frame.f_code.co_filename
            if "templates" in Path(filename).parts:
                name, line = filename.split("templates/")[-1], trace.tb_lineno
            trace = trace.tb_next
    message = f"{problem.message or type(problem).__name__} (for {made})"
    path = cast("SourcePath", f"templates/{name}")
    return error("template-error", path, Position(line, 1), message, "docs/theming.md lists what a template sees")
