"""The public list of corrections, where the site has no page of its own at that address."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import msgspec

from generator.emit.correction_views import correction_views, corrections_key
from generator.emit.keys import key_of, value_key
from generator.emit.parts import page_view
from generator.link.addresses import CORRECTIONS
from generator.link.library import Library
from generator.model import OutputPath
from generator.output import Output, TemplateOutput
from generator.site import Site
from generator.views import CorrectionsView, SiteView


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield /corrections/, unless content/pages holds that address: then its page has the list below its text."""
    if not any(page.url == CORRECTIONS for page in site.pages):
        yield TemplateOutput(
            OutputPath("corrections/index.html"),
            key_of(value_key(view), corrections_key(site)),
            "corrections.html",
            functools.partial(corrections_view, site, view),
        )


def corrections_view(site: Site, view: SiteView, library: Library) -> CorrectionsView:
    """Return all that the list's template sees."""
    page = page_view(site, CORRECTIONS, "corrections", "")
    return CorrectionsView(
        site=view,
        page=msgspec.structs.replace(page, indexed=bool(site.corrections)),
        corrections=correction_views(site, library),
    )
