"""From an `Output` to a file's bytes."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import jinja2

from generator.diagnostics import START, Diagnostic, error
from generator.model import Position, SourcePath
from generator.output import (
    BytesOutput,
    CopyOutput,
    FeedOutput,
    File,
    Output,
    PictureOutput,
    SocialCardOutput,
    TemplateOutput,
)
from generator.render.environment import Theme
from generator.render.feed import ENTRY_TEMPLATE, render_feed


def render(theme: Theme, project: Path, output: Output) -> File | Diagnostic:
    """Return an output's file, or the finding that says which line of which template is wrong."""
    if isinstance(output, BytesOutput):
        return File(output.path, output.content)
    if isinstance(output, TemplateOutput | FeedOutput):
        try:
            if isinstance(output, FeedOutput):
                return File(output.path, render_feed(theme, output))
            return File(output.path, theme.render(output.template, output.view).encode())
        except jinja2.TemplateError as problem:
            return template_problem(problem, output)
    if isinstance(output, SocialCardOutput):
        from generator.render.social_card import render_card

        return File(output.path, render_card(theme, output))
    try:
        content = (project / output.source).read_bytes()
    except OSError as problem:
        return error("file-unreadable", output.source, START, f"cannot be read: {problem.strerror}")
    if isinstance(output, PictureOutput):
        from generator.render.pictures import without_metadata

        content = without_metadata(content)
    assert isinstance(output, CopyOutput | PictureOutput)
    return File(output.path, content)


def template_problem(problem: jinja2.TemplateError, output: TemplateOutput | FeedOutput) -> Diagnostic:
    """Return a template's mistake at its file and line."""
    name, line = output.template if isinstance(output, TemplateOutput) else ENTRY_TEMPLATE, 1
    if isinstance(problem, jinja2.TemplateSyntaxError):
        name, line = problem.name or name, problem.lineno
    else:
        trace = problem.__traceback__
        while trace is not None:
            filename = trace.tb_frame.f_code.co_filename
            if "templates" in Path(filename).parts:
                name, line = filename.split("templates/")[-1], trace.tb_lineno
            trace = trace.tb_next
    message = f"{problem.message or type(problem).__name__} (for {output.path})"
    path = cast("SourcePath", f"templates/{name}")
    return error("template-error", path, Position(line, 1), message, "docs/theming.md lists what a template sees")
