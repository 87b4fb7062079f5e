"""The public list of corrections, where the site has no page of its own at that address."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from generator.emit.correction_views import correction_views
from generator.emit.parts import page_view
from generator.link.addresses import CORRECTIONS
from generator.model import OutputPath
from generator.output import Output, TemplateOutput
from generator.site import Site
from generator.views import CorrectionsView, SiteView


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield /corrections/, unless content/pages holds that address: then its page has the list below its text."""
    if not any(page.url == CORRECTIONS for page in site.pages):
        page = page_view(site, CORRECTIONS, "corrections", "")
        yield TemplateOutput(
            OutputPath("corrections/index.html"),
            "corrections.html",
            CorrectionsView(
                site=view,
                page=msgspec.structs.replace(page, indexed=bool(site.corrections)),
                corrections=correction_views(site),
            ),
        )
