"""Feeds: the newest articles of the site (Atom and JSON Feed) and of each tag (Atom), whole."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from generator.emit.article import open_view, page_key
from generator.emit.keys import CardKeys, key_of, value_key
from generator.emit.parts import page_view, tag_feed
from generator.model import SourcePath, UrlPath
from generator.output import FeedFormat, FeedItem, FeedOutput, Output
from generator.site import Page, Site
from generator.urls import output_path
from generator.views import FeedView, PageView, SiteView

ATOM, JSON = UrlPath("/feed.xml"), UrlPath("/feed.json")


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield the site's feeds and one for each tag that an article bears; none where addresses cannot be whole."""
    if not view.feeds:
        return
    keys, view_key = CardKeys(site), value_key(view)
    items: dict[tuple[FeedFormat, SourcePath], FeedItem] = {}

    def item(kind: FeedFormat, article: Page) -> FeedItem:
        if (kind, article.path) not in items:
            key = key_of(kind, page_key(site, article, view_key, keys))
            opened = functools.partial(open_view, site, view, article)
            items[kind, article.path] = FeedItem(key, kind, output_path(article.url), opened)
        return items[kind, article.path]

    def feed(kind: FeedFormat, page: PageView, url: UrlPath, articles: Sequence[Page]) -> FeedOutput:
        newest = articles[: site.settings.feeds.items]
        days = [article.matter.updated or article.matter.date for article in newest]
        shown = FeedView(site=view, page=page, url=url, updated=max(day for day in days if day is not None))
        chosen = tuple(item(kind, article) for article in newest)
        key = key_of(kind, value_key(shown), *(one.key for one in chosen))
        return FeedOutput(output_path(url), key, kind, shown, chosen)

    home = page_view(site, "/", "home", view.title, view.description)
    yield feed("atom", home, ATOM, site.articles)
    yield feed("json", home, JSON, site.articles)
    articles = {article.path: article for article in site.articles}
    order = {path: place for place, path in enumerate(articles)}
    for tag in site.tags:
        tagged = sorted((path for path in tag.pages if path in order), key=order.__getitem__)
        if tagged:
            page = page_view(site, tag.url, "tag", f"{tag.name} · {view.title}")
            yield feed("atom", page, tag_feed(tag.url), [articles[path] for path in tagged])
