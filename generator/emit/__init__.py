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
from generator.views import SiteView

FOLLOWING = (
    entry.emit,
    mentions.emit,
    glossary.emit,
    glossary_data.emit,
    search.emit,
    listings.emit,
    series.emit,
    archive.emit,
    sitemap.emit,
    social_cards.emit,
)
"""The outputs that follow from what pages and entries say of themselves (said.py), whatever else their texts hold."""

OTHERS = (
    article.emit,
    web_annotations.emit,
    corrections.emit,
    robots.emit,
    web_manifest.emit,
    not_found.emit,
    redirects.emit,
    headers.emit,
    files.emit,
    feeds.emit,
)
"""All other kinds of output. A new kind is a file here and a line in one of the two."""


def emit_all(site: Site, assets: dict[str, str]) -> Iterator[Output]:
    """Yield every output of a site; `assets` are the addresses of the theme's files by their plain names."""
    view = site_view(site, assets)
    yield from emit_following(site, view)
    yield from emit_others(site, view)


def emit_following(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield the outputs that need not be looked at while `said_key` is what it was."""
    for emit in FOLLOWING:
        yield from emit(site, view)


def emit_others(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield all others."""
    for emit in OTHERS:
        yield from emit(site, view)
