"""/glossary.json: every entry as plain data, for whoever wants to build on it. docs/search.md tells what is in it."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import msgspec

from generator.emit.keys import CardKeys, key_of, value_key
from generator.emit.parts import search_entry
from generator.link.library import Library
from generator.model import OutputPath
from generator.output import DataOutput, Output
from generator.site import Site
from generator.urls import encode
from generator.views import SiteView


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield the glossary's data file. Addresses in it are relative to the file itself."""
    keys = CardKeys(site)
    key = key_of(value_key(view), *(keys.of(entry.slug, site.today) for entry in site.entries))
    yield DataOutput(OutputPath("glossary.json"), key, functools.partial(content, site, view))


def content(site: Site, view: SiteView, library: Library) -> bytes:
    """Return every entry as it stands today, as JSON."""
    entries = []
    for entry in site.entries:
        found = search_entry(site, library.entry(entry.slug), "")
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
    return msgspec.json.format(msgspec.json.encode(data), indent=1) + b"\n"
