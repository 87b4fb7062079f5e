"""A site without errors as the preview shows it: its outputs, each made when it is asked for."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping

from generator.diagnostics import Diagnostic
from generator.emit import emit_all
from generator.emit.article import emit_one
from generator.model import OutputPath
from generator.output import BytesOutput, File, Output
from generator.render.environment import base_path
from generator.render.render import Renderer
from generator.site import Page, Site
from generator.urls import encode
from generator.views import SiteView


class Shown:
    """A site's outputs. Those of the pages that were just written are at hand, all others once the first is asked for.

    The law: an output at hand is the one that emitting everything gives.
    """

    def __init__(
        self,
        site: Site,
        view: SiteView,
        assets: Iterable[BytesOutput],
        renderer: Renderer,
        written: Iterable[Page] = (),
    ) -> None:
        self.site = site
        self.view = view
        self.base = base_path(site.base_url)
        """The path below which the site stands, with a slash at its end."""
        self._renderer = renderer
        pages = (emit_one(site, view, page) for page in written)
        self._at_hand: Mapping[OutputPath, Output] = {one.path: one for one in (*assets, *pages)}
        self._all: dict[OutputPath, Output] | None = None
        self._emitting = threading.Lock()

    def find(self, path: str) -> Output | None:
        """Return an output by its path."""
        name = OutputPath(path)
        return self._at_hand.get(name) or self.outputs.get(name)

    @property
    def outputs(self) -> Mapping[OutputPath, Output]:
        """All outputs by path."""
        with self._emitting:
            if self._all is None:
                emitted = {one.path: one for one in emit_all(self.site, self.view.assets)}
                self._all = {**emitted, **self._at_hand}
            return self._all

    def render(self, output: Output) -> File | Diagnostic:
        """Return an output's file, or what is wrong with its template."""
        return self._renderer.render(output)

    def key_of(self, output: Output) -> tuple[object, ...]:
        """Return what tells the file of an output from others at the same path."""
        return self._renderer.theme, type(output), getattr(output, "template", ""), output.key

    def address_of(self, url: str) -> str:
        """Return the address of a page as a browser asks for it."""
        return self.base + encode(url.lstrip("/"))
