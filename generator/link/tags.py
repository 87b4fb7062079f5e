"""Tags: those that give one slug are one tag."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from generator.diagnostics import Diagnostic
from generator.document import EntryDocument
from generator.link.taxonomy import Taxonomy
from generator.model import SourcePath, UrlPath
from generator.site import Tag
from generator.synopsis import PageSynopsis


def tags_of(
    pages: Iterable[PageSynopsis], entries: Iterable[EntryDocument], slugs: Mapping[SourcePath, str]
) -> tuple[tuple[Tag, ...], list[Diagnostic]]:
    """Return the tags by slug, named as they were first spelt in the order of paths."""
    taxonomy = Taxonomy("tag", "tag-spelling")
    tagged_pages: dict[str, list[SourcePath]] = {}
    tagged_entries: dict[str, list[str]] = {}
    for page in pages:
        for slug in dict.fromkeys(taxonomy.take(tag, page.path) for tag in page.matter.tags):
            if slug:
                tagged_pages.setdefault(slug, []).append(page.path)
    for entry in entries:
        for slug in dict.fromkeys(taxonomy.take(tag, entry.path) for tag in entry.matter.tags):
            if slug:
                tagged_entries.setdefault(slug, []).append(slugs[entry.path])
    tags = tuple(
        Tag(
            name=name,
            url=tag_url(slug),
            pages=tuple(tagged_pages.get(slug, ())),
            entries=tuple(tagged_entries.get(slug, ())),
        )
        for slug, name in sorted(taxonomy.names.items())
    )
    return tags, taxonomy.diagnostics


def tag_url(slug: str) -> UrlPath:
    """Return the address of a tag's page."""
    return cast("UrlPath", f"/tags/{slug}/")
