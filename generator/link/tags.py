"""Tags: those that give one slug are one tag."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from generator.diagnostics import Diagnostic, error, warning
from generator.document import EntryDocument
from generator.model import Located, SourcePath, UrlPath
from generator.site import Tag
from generator.synopsis import PageSynopsis
from generator.urls import slug_problem, slugify


def tags_of(
    pages: Iterable[PageSynopsis], entries: Iterable[EntryDocument], slugs: Mapping[SourcePath, str]
) -> tuple[tuple[Tag, ...], list[Diagnostic]]:
    """Return the tags by slug, named as they were first spelt in the order of paths."""
    names: dict[str, tuple[str, SourcePath]] = {}
    tagged_pages: dict[str, list[SourcePath]] = {}
    tagged_entries: dict[str, list[str]] = {}
    diagnostics: list[Diagnostic] = []

    slugs_of: dict[str, str] = {}

    def take(tag: Located, path: SourcePath) -> str | None:
        slug = slugs_of.get(tag.value)
        if slug is None:
            slug = slugs_of[tag.value] = slugify(tag.value)
        if problem := slug_problem(slug):
            diagnostics.append(error("slug-unusable", path, tag.at, f'the tag "{tag.value}" {problem}', "rename it"))
            return None
        name, first = names.setdefault(slug, (tag.value, path))
        if name != tag.value:
            message = f'the tag "{tag.value}" is spelt "{name}" in {first}'
            diagnostics.append(warning("tag-spelling", path, tag.at, message, f'write "{name}" in both'))
        return slug

    for page in pages:
        for slug in dict.fromkeys(take(tag, page.path) for tag in page.matter.tags):
            if slug:
                tagged_pages.setdefault(slug, []).append(page.path)
    for entry in entries:
        for slug in dict.fromkeys(take(tag, entry.path) for tag in entry.matter.tags):
            if slug:
                tagged_entries.setdefault(slug, []).append(slugs[entry.path])
    tags = tuple(
        Tag(
            name=names[slug][0],
            url=tag_url(slug),
            pages=tuple(tagged_pages.get(slug, ())),
            entries=tuple(tagged_entries.get(slug, ())),
        )
        for slug in sorted(names)
    )
    return tags, diagnostics


def tag_url(slug: str) -> UrlPath:
    """Return the address of a tag's page."""
    return cast("UrlPath", f"/tags/{slug}/")
