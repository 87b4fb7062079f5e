"""What a browser gets for an address: a page, a file, a way on, or what is wrong."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

import jinja2
import msgspec

from generator.commands.serve.pages import content_type, site_path
from generator.commands.serve.preview import Preview
from generator.commands.serve.shown import Shown
from generator.diagnostics import Diagnostic
from generator.model import OutputPath, Value
from generator.options import ChangedError
from generator.output import CopyOutput, File, Output, PictureOutput, PictureSizeOutput, TemplateOutput
from generator.render.render import template_problem
from generator.report import report

KEPT = 256
"""Pages that are kept as they were made: more than anybody has open."""

JINJA = ("__jinja_template__", "__jinja_exception__")
"""Names that Jinja gives the frames of a template: the second where it has rewritten them to the template's lines."""

PATIENCE = 5.0
"""Seconds for a page whose file was saved again while it was made: the next state is on its way."""


class Answer(Value, frozen=True, kw_only=True):
    """An answer to a request."""

    status: int = 200
    content: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    location: str = ""
    """Where the page is, for a redirect."""
    errors: tuple[str, ...] = ()
    """What an overlay has to say, each as the terminal shows it."""
    generation: str = ""
    """The state that the answer shows, if not a later one."""


class Answers:
    """Makes answers; what was made is kept, so that a page stays when its template breaks. One thread at a time."""

    def __init__(self, preview: Preview, say: Callable[[str], None]) -> None:
        """`say` tells the author of a template's mistake."""
        self._preview = preview
        self._say = say
        self._said: set[str] = set()
        self._kept: OrderedDict[OutputPath, tuple[tuple[object, ...], bytes]] = OrderedDict()

    def answer(self, asked: str) -> Answer:
        """Return the answer to a request for a path, as it was sent."""
        generation = self._preview.generation
        return msgspec.structs.replace(self._newest(asked), generation=generation)

    def _newest(self, asked: str) -> Answer:
        deadline = time.monotonic() + PATIENCE
        while True:
            shown = self._preview.shown
            if shown is None:
                return Answer(status=503, errors=self._preview.errors)
            try:
                return self._answer(shown, asked)
            except ChangedError:
                if time.monotonic() > deadline:
                    return Answer(status=503, errors=self._preview.errors)
                time.sleep(0.02)

    def _answer(self, shown: Shown, asked: str) -> Answer:
        path = site_path(asked, shown.base)
        if path is None and asked == "/" and shown.base != "/":
            return Answer(status=302, location=shown.base)
        output = shown.find(path) if path is not None else None
        if output is None and path is not None and shown.find(f"{path}/index.html"):
            return Answer(status=301, location=shown.address_of(f"{path}/"))
        status = 200 if output else 404
        output = output or shown.find("404.html")
        if output is None:
            return Answer(status=404)
        content, problem = self._render(shown, output)
        errors = (*self._preview.errors, *([problem] if problem else []))
        if content is None:
            return Answer(status=503, errors=errors)
        return Answer(status=status, content=content, content_type=content_type(output.path), errors=errors)

    def _render(self, shown: Shown, output: Output) -> tuple[bytes | None, str]:
        """Return an output's bytes, the last that could be made where its template is wrong, and what is wrong."""
        key = shown.key_of(output)
        kept = self._kept.get(output.path)
        if kept and kept[0] == key:
            return kept[1], ""
        made = _make(shown, output)
        if isinstance(made, Diagnostic):
            said = report([made], self._preview.options.project)
            if said not in self._said:
                self._said.add(said)
                self._say(said)
            return kept[1] if kept else None, said
        self._said.clear()
        if not isinstance(output, CopyOutput | PictureOutput | PictureSizeOutput):
            self._kept[output.path] = (key, made.content)
            self._kept.move_to_end(output.path)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made.content, ""


def _make(shown: Shown, output: Output) -> File | Diagnostic:
    """Return an output's file; whatever a template stumbles over is its mistake, at its line."""
    try:
        return shown.render(output)
    except ChangedError:
        raise
    except Exception as problem:
        if not isinstance(output, TemplateOutput) or not _is_of_template(problem):
            raise
        told = jinja2.TemplateRuntimeError(f"{type(problem).__name__}: {problem}")
        return template_problem(told.with_traceback(problem.__traceback__), output.template, output.path)


def _is_of_template(problem: Exception) -> bool:
    """Return whether an exception came while a template was being filled in."""
    trace = problem.__traceback__
    while trace is not None:
        if not trace.tb_frame.f_globals.keys().isdisjoint(JINJA):
            return True
        trace = trace.tb_next
    return False
