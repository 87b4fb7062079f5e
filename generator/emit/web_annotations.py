"""Each article's annotations as W3C Web Annotation data (Web Annotation Data Model, Recommendation of 2017)."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from typing import Any

from generator.document import Annotation
from generator.emit.keys import key_of, value_key
from generator.emit.parts import note_id
from generator.link.library import Library
from generator.model import OutputPath
from generator.output import DataOutput, Output
from generator.site import LinkedPage, Page, Site
from generator.urls import output_path
from generator.views import SiteView

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

MOTIVATIONS = {
    "context": "commenting",
    "source": "linking",
    "fact-check": "assessing",
    "translation": "commenting",
    "correction": "editing",
    "definition": "describing",
}
"""Our kinds as the model's motivations (3.3.5)."""

AROUND = 32
"""Characters of prefix and suffix: the length that annotation clients use."""


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield `annotations.jsonld` beside every article and page that has annotations."""
    view_key = value_key(view)
    for page in (*site.articles, *site.pages):
        if page.synopsis.annotations:
            yield DataOutput(
                OutputPath(str(output_path(page.url)).removesuffix("index.html") + "annotations.jsonld"),
                key_of(view_key, page.content, page.references),
                functools.partial(content, view, page),
            )


def content(view: SiteView, page: Page, library: Library) -> bytes:
    """Return a page's annotations as JSON-LD."""
    data = json.dumps(collection(library.page(page), view), ensure_ascii=False, indent=1)
    return (data + "\n").encode()


def collection(linked: LinkedPage, view: SiteView) -> dict[str, Any]:
    """Return a page's annotations as an AnnotationCollection of one page (6.1)."""
    page = linked.page
    address = view.url + page.url.lstrip("/") if view.url else page.url
    data = f"{address}annotations.jsonld"
    items = [
        annotation_data(linked, number, view, address) for number in range(1, len(linked.document.annotations) + 1)
    ]
    return {
        "@context": CONTEXT,
        "id": data,
        "type": "AnnotationCollection",
        "label": page.synopsis.title or page.slug,
        "total": len(items),
        "first": {"id": f"{data}#items", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }


def annotation_data(page: LinkedPage, number: int, view: SiteView, address: str) -> dict[str, Any]:
    """Return one annotation: its words by quotation and by position in the reading text (4.2.4, 4.2.5)."""
    annotation = page.document.annotations[number - 1]
    matter = annotation.matter
    found: dict[str, Any] = {
        "id": f"{address}#{note_id(annotation, number)}",
        "type": "Annotation",
        "motivation": MOTIVATIONS[matter.kind],
    }
    if matter.by:
        is_house = matter.by in (view.title, *(author.name for author in view.authors))
        found["creator"] = {"type": "Organization" if is_house else "Person", "name": matter.by}
    if matter.date is not None and matter.date.day is not None:
        found["created"] = f"{matter.date}T00:00:00Z"
    body: dict[str, Any] = {
        "type": "TextualBody",
        "value": annotation.body.text,
        "format": "text/plain",
        "language": page.document.lang,
    }
    found["body"] = [body, *(source_data(page, key.value) for key in matter.sources.keys)]
    found["target"] = {"source": address, "selector": selectors(page.document.body.text, annotation)}
    return found


def source_data(page: LinkedPage, key: str) -> dict[str, Any]:
    """Return a source of an annotation: an external resource where it has an address, else its title."""
    record = next(cited.record for cited in page.sources if cited.key == key)
    if record.url:
        return {"id": record.url.value, "type": "Text"}
    title = ", ".join(part for part in (record.title, record.publisher, str(record.date or "")) if part)
    return {"type": "TextualBody", "value": title, "format": "text/plain", "purpose": "linking"}


def selectors(text: str, annotation: Annotation) -> list[dict[str, Any]]:
    """Return where the annotated words stand in the reading text; offsets count code points."""
    start, end = annotation.range.start, annotation.range.end
    return [
        {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(0, start - AROUND) : start],
            "suffix": text[end : end + AROUND],
        },
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]
