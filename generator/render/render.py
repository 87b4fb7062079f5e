"""From an `Output` to a file's bytes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import jinja2

from generator.diagnostics import START, Diagnostic, error
from generator.model import Position, SourcePath
from generator.output import BytesOutput, CopyOutput, DataOutput, File, Output, PictureOutput, TemplateOutput
from generator.render.environment import Theme


class Renderer:
    """Makes files of outputs; `library` opens what their views need."""

    def __init__(self, folders: Sequence[Path], project: Path, library: Any) -> None:
        self.theme = Theme(folders)
        self.project = project
        self.library = library

    def render(self, output: Output) -> File | Diagnostic:
        """Return an output's file, or the finding that says which line of which template is wrong."""
        if isinstance(output, BytesOutput):
            return File(output.path, output.content)
        if isinstance(output, DataOutput):
            return File(output.path, output.content(self.library))
        if isinstance(output, TemplateOutput):
            try:
                return File(output.path, self.theme.render(output.template, output.view(self.library)).encode())
            except jinja2.TemplateError as problem:
                return template_problem(problem, output)
        return self._copy(output)

    def _copy(self, output: CopyOutput | PictureOutput) -> File | Diagnostic:
        try:
            content = (self.project / output.source).read_bytes()
        except OSError as problem:
            return error("file-unreadable", output.source, START, f"cannot be read: {problem.strerror}")
        if isinstance(output, PictureOutput):
            from generator.render.pictures import without_metadata

            content = without_metadata(content)
        return File(output.path, content)


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
