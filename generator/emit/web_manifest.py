"""/manifest.webmanifest: the site's name and icons for whoever keeps it on a home screen (W3C Web App Manifest)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from generator.emit.parts import direction
from generator.model import UrlPath
from generator.output import BytesOutput, Output
from generator.site import Site
from generator.urls import output_path, relative
from generator.views import SiteView

URL = UrlPath("/manifest.webmanifest")

ICONS = (("favicon.svg", "image/svg+xml", "any"), ("icon-512.png", "image/png", "512x512"))
"""The theme's icons by name, with media type and size."""


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield the manifest, unless content/static has one of its own."""
    if f"content/static{URL}" not in site.statics:
        data = json.dumps(manifest(view), ensure_ascii=False, indent=1)
        yield BytesOutput(output_path(URL), data, f"{data}\n".encode())


def manifest(view: SiteView) -> dict[str, Any]:
    """Return the manifest; its addresses are relative to it, so that it works below any base path."""
    found: dict[str, Any] = {"name": view.title, "lang": view.language, "dir": direction(view.language)}
    if view.description:
        found["description"] = view.description
    found |= {"start_url": "./", "scope": "./", "display": "browser"}
    found["icons"] = [
        {"src": relative(view.assets[name], URL), "type": media_type, "sizes": sizes}
        for name, media_type, sizes in ICONS
        if name in view.assets
    ]
    return found
