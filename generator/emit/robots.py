"""/robots.txt: everything may be read, and where the sitemap is (RFC 9309)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import UrlPath
from generator.output import BytesOutput, Output
from generator.site import Site
from generator.urls import output_path, public_url
from generator.views import SiteView


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield robots.txt, unless content/static has one of its own."""
    if "content/static/robots.txt" in site.statics:
        return
    sitemap = public_url(view.url, "/sitemap.xml")
    lines = ["User-agent: *", "Disallow:", *(("", f"Sitemap: {sitemap}") if sitemap else ())]
    text = "".join(f"{line}\n" for line in lines)
    yield BytesOutput(output_path(UrlPath("/robots.txt")), text, text.encode())
