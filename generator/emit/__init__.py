"""Emit: from the `Site` to `Output` values, one file for each kind of output."""

from __future__ import annotations

from collections.abc import Iterator

from generator.emit import (
    article,
    entry,
    files,
    glossary,
    headers,
    listings,
    mentions,
    not_found,
    redirects,
    web_annotations,
)
from generator.emit.parts import site_view
from generator.output import BytesOutput, CopyOutput, Output, PictureOutput, TemplateOutput
from generator.site import Site

EMITTERS = (
    article.emit,
    entry.emit,
    mentions.emit,
    web_annotations.emit,
    glossary.emit,
    listings.emit,
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


__all__ = ["EMITTERS", "BytesOutput", "CopyOutput", "Output", "PictureOutput", "TemplateOutput", "emit_all"]
