"""Texts as views: their marks, links, pictures and the numbers of their sources."""

from __future__ import annotations

import functools
from collections.abc import Callable

import msgspec

from generator.model import Cite, Fragment, ImageUse
from generator.site import Cited, LinkedFragment
from generator.synopsis import Media
from generator.views import CitationView, MentionMark, Picture, PictureSize, Prose, SourceView

Target = Callable[[str], str]
"""Returns where a mention of an entry leads from a text: to its card, its page, or (empty) nowhere."""


def source_view(cited: Cited, number: int = 0, references: tuple[str, ...] = ()) -> SourceView:
    """Return a source as a list shows it."""
    record = cited.record
    return SourceView(
        number=number,
        key=cited.key,
        title=record.title,
        authors=record.authors,
        publisher=record.publisher or "",
        date=record.date,
        url=record.url.value if record.url else "",
        archived=record.archived.value if record.archived else "",
        accessed=record.accessed,
        language=record.language or "",
        page=record.page or "",
        references=references,
    )


class Numbers:
    """The numbers of a page's sources, and the ids of the places that cite them, counted as they are asked for."""

    def __init__(self, sources: tuple[Cited, ...]) -> None:
        self.sources = sources
        self._numbers = {cited.key: index for index, cited in enumerate(sources, start=1)}
        self._references: dict[str, list[str]] = {}

    def cite(self, fragment: Fragment) -> tuple[CitationView, ...]:
        """Return the citations of a text."""
        return tuple(
            CitationView(self._numbers[c.key], c.key, c.locator, self._refer(c.key)) for c in fragment.citations
        )

    def refer(self, key: str) -> SourceView:
        """Return a source as a note names it, by its number on the page."""
        number = self._numbers[key]
        return source_view(self.sources[number - 1], number)

    def _refer(self, key: str) -> str:
        places = self._references.setdefault(key, [])
        places.append(f"ref--{key}-{len(places) + 1}")
        return places[-1]

    def list(self) -> tuple[SourceView, ...]:
        """Return the page's list of sources, with the places that have cited them so far."""
        return tuple(
            source_view(cited, number, tuple(self._references.get(cited.key, ())))
            for number, cited in enumerate(self.sources, start=1)
        )


def prose_of(
    linked: LinkedFragment,
    target: Target,
    citations: tuple[CitationView, ...] = (),
    references: dict[str, list[str]] | None = None,
    *,
    anchors: bool = False,
) -> Prose:
    """Return a text with its marks. `references` gathers the ids of marked mentions by entry, for the way back."""
    marks: list[MentionMark] = []
    for mention in linked.mentions:
        href = target(mention.slug) if mention.marked else ""
        if not href:
            continue
        name = ""
        if references is not None:
            places = references.setdefault(mention.slug, [])
            name = f"ref-{anchor_name(mention.slug)}-{len(places) + 1}"
            places.append(name)
        marks.append(MentionMark(mention.start, mention.end, mention.slug, href, name))
    fragment = linked.fragment
    return Prose(
        text=fragment.text,
        pieces=fragment.pieces,
        links=tuple(
            (address, written.attributes) for address, written in zip(linked.links, fragment.links, strict=True)
        ),
        mentions=tuple(marks),
        citations=citations,
        pictures=tuple(_picture(use, media) for use, media in zip(fragment.images, linked.media, strict=True)),
        anchors=anchors,
    )


def _picture(use: ImageUse, media: Media | None) -> Picture:
    shown = media and (media.plain or media)
    width, height = (shown.width, shown.height) if shown else (0, 0)
    if use.width or use.height:
        width, height = (
            use.width or round(use.height * width / max(height, 1)),
            use.height or round(use.width * height / max(width, 1)),
        )
    return Picture(
        src=shown.url if shown else use.src,
        alt=use.alt,
        caption=use.title,
        credit=use.credit,
        width=width,
        height=height,
        attributes=use.attributes,
        figure=use.figure,
        sizes=picture_sizes(media),
    )


def picture_sizes(media: Media | None) -> tuple[PictureSize, ...]:
    """Return the sizes of a picture that a browser may choose from."""
    return tuple(PictureSize(file.url, file.width) for file in media.sizes) if media else ()


def without_citations(prose: Prose) -> Prose:
    """Return a text without the numbers of its sources: in a card they would be those of another list."""
    if not prose.citations:
        return prose
    pieces = tuple(piece for piece in prose.pieces if not isinstance(piece, Cite))
    return msgspec.structs.replace(prose, pieces=pieces, citations=())


@functools.lru_cache(maxsize=1 << 14)
def anchor_name(slug: str) -> str:
    """Return an entry's slug, or a page term's, as a part of an id."""
    return slug.replace(":", "-")
