"""/glossary.json: every entry as plain data, for whoever wants to build on it. docs/search.md tells what is in it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from generator.emit.parts import search_entry
from generator.model import OutputPath
from generator.output import BytesOutput, Output
from generator.site import Site
from generator.urls import encode
from generator.views import SiteView


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield the glossary's data file. Addresses in it are relative to the file itself."""
    entries = []
    for entry in site.entries:
        found = search_entry(site, entry, "")
        entries.append(
            {
                "name": found.name,
                "kind": found.kind,
                "url": encode(found.url.lstrip("/")),
                "language": found.lang,
                "aliases": found.aliases,
                "summary": found.summary,
            }
        )
    data = {"title": view.title, "url": view.url, "language": view.language, "entries": entries}
    yield BytesOutput(OutputPath("glossary.json"), msgspec.json.format(msgspec.json.encode(data), indent=1) + b"\n")
