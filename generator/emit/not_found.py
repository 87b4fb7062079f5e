"""The page for addresses that are not there."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from generator.emit.keys import value_key
from generator.emit.parts import page_view
from generator.model import OutputPath
from generator.output import Output, TemplateOutput
from generator.site import Site
from generator.views import NotFoundView, SiteView


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield /404.html."""
    page = msgspec.structs.replace(page_view(site, "/404.html", "not-found", ""), indexed=False)
    shown = NotFoundView(site=view, page=page)
    yield TemplateOutput(OutputPath("404.html"), value_key(shown), "404.html", lambda library: shown)
