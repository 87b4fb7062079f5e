"""From an `Output` to a file's bytes."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import jinja2

from generator.diagnostics import START, Diagnostic, error
from generator.model import Position, SourcePath
from generator.output import BytesOutput, CopyOutput, File, Output, TemplateOutput
from generator.render.cache import FileCache
from generator.render.environment import Theme

PICTURES = ".cache/images"
"""Where the sizes of pictures are kept between builds."""


def render(theme: Theme, project: Path, output: Output) -> File | Diagnostic:
    """Return an output's file, or the finding that says which line of which template is wrong."""
    if isinstance(output, BytesOutput):
        return File(output.path, output.content)
    if isinstance(output, TemplateOutput):
        try:
            return File(output.path, theme.render(output.template, output.view).encode())
        except jinja2.TemplateError as problem:
            return template_problem(problem, output)
    try:
        content = (project / output.source).read_bytes()
    except OSError as problem:
        return error("file-unreadable", output.source, START, f"cannot be read: {problem.strerror}")
    if isinstance(output, CopyOutput):
        return File(output.path, content)
    from generator.render.pictures import picture

    try:
        return File(output.path, picture(output, content, FileCache(project / PICTURES)))
    except (OSError, ValueError, SyntaxError):
        return error("image-unreadable", output.source, START, f"{output.source} is damaged")


def template_problem(problem: jinja2.TemplateError, output: TemplateOutput) -> Diagnostic:
    """Return a template's mistake at its file and line."""
    name, line = output.template, 1
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
