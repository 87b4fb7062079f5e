"""Emit: from the `Site` to `Output` values, one file for each kind of output."""

from __future__ import annotations

from collections.abc import Iterator

from generator.emit import (
    archive,
    article,
    corrections,
    entry,
    feeds,
    files,
    glossary,
    glossary_data,
    headers,
    listings,
    mentions,
    not_found,
    redirects,
    robots,
    search,
    series,
    sitemap,
    social_cards,
    web_annotations,
    web_manifest,
)
from generator.emit.parts import site_view
from generator.output import Output
from generator.site import Site

EMITTERS = (
    article.emit,
    entry.emit,
    mentions.emit,
    web_annotations.emit,
    glossary.emit,
    glossary_data.emit,
    search.emit,
    listings.emit,
    corrections.emit,
    series.emit,
    archive.emit,
    feeds.emit,
    sitemap.emit,
    robots.emit,
    web_manifest.emit,
    social_cards.emit,
    not_found.emit,
    redirects.emit,
    headers.emit,
    files.emit,
)
"""Every kind of output. A new one is a file here and a line there."""


def emit_all(site: Site, assets: dict[str, str]) -> Iterator[Output]:
    """Yield every output of a site; `assets` are the addresses of the theme's files by their plain names."""
    view = site_view(site, assets)
    for emit in EMITTERS:
        yield from emit(site, view)
