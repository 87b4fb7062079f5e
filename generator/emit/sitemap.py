"""/sitemap.xml: every page that a search engine should know (Sitemaps protocol 0.9, sitemaps.org/protocol.html)."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator
from typing import cast

from generator.emit.keys import value_key
from generator.link.addresses import archive_url
from generator.model import UrlPath
from generator.output import DataOutput, Output
from generator.site import Page, Site
from generator.urls import is_external, output_path, public_url
from generator.views import SiteView

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

MOST = 50_000
"""Addresses in one sitemap (protocol, Sitemap file requirements); more go into several, which an index lists."""

Listed = tuple[str, dt.date | None]
"""An address of the site, and the day of its last change where the content tells it."""


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield the sitemap, or its index and its parts; none where the site has no public address."""
    if not is_external(view.url):
        return
    listed = tuple(addresses(site))
    if len(listed) <= MOST:
        yield output(UrlPath("/sitemap.xml"), "urlset", "url", view.url, listed)
        return
    parts: list[Listed] = []
    for start in range(0, len(listed), MOST):
        part = listed[start : start + MOST]
        url = cast("UrlPath", f"/sitemap-{len(parts) + 1}.xml")
        parts.append((url, max((day for _, day in part if day), default=None)))
        yield output(url, "urlset", "url", view.url, part)
    yield output(UrlPath("/sitemap.xml"), "sitemapindex", "sitemap", view.url, tuple(parts))


def output(url: UrlPath, root: str, item: str, base: str, listed: tuple[Listed, ...]) -> DataOutput:
    """Return a sitemap or an index of sitemaps, which is made where it has changed."""
    key = value_key((root, base, listed))
    return DataOutput(output_path(url), key, functools.partial(document, root, item, base, listed))


def addresses(site: Site) -> Iterator[Listed]:
    """Yield the pages of the site, each with the day of its last change where the content tells it.

    The further pages of listings are left out: their first page leads there, and what they list is here.
    """
    days = {article.path: changed(article) for article in site.articles}
    newest = max((day for day in days.values() if day), default=None)
    yield "/", newest
    yield from ((article.url, day) for article, day in zip(site.articles, days.values(), strict=True))
    yield from ((page.url, changed(page)) for page in site.pages)
    yield "/glossary/", None
    yield from ((entry.url, None) for entry in site.entries)
    groups = [*((tag.url, tag.pages) for tag in site.tags), *((one.url, one.pages) for one in site.series)]
    yield from ((url, max((day for day in map(days.get, pages) if day), default=None)) for url, pages in groups)
    by_year: dict[int, dt.date] = {}
    for article, day in zip(site.articles, days.values(), strict=True):
        published = article.matter.date
        if published and day:
            by_year[published.year] = max(day, by_year.get(published.year, day))
    yield from ((archive_url(year), day) for year, day in by_year.items())


def changed(page: Page) -> dt.date | None:
    """Return the day of a page's last change, as its author gives it."""
    return page.matter.updated or page.matter.date


def document(root: str, item: str, base: str, listed: Iterable[Listed], library: object = None) -> bytes:
    """Return a sitemap or an index of sitemaps."""
    from xml.etree import ElementTree

    top = ElementTree.Element(root, xmlns=NAMESPACE)
    for url, day in listed:
        one = ElementTree.SubElement(top, item)
        ElementTree.SubElement(one, "loc").text = public_url(base, url)
        if day is not None:
            ElementTree.SubElement(one, "lastmod").text = day.isoformat()
    ElementTree.indent(top, " ")
    return bytes(ElementTree.tostring(top, "utf-8", xml_declaration=True)) + b"\n"
