"""Feeds: the newest articles of the site (Atom and JSON Feed) and of each tag (Atom), whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.emit.article import article_view
from generator.emit.parts import page_view, tag_feed
from generator.model import SourcePath, UrlPath
from generator.output import FeedOutput, Output
from generator.site import LinkedPage, Site
from generator.urls import output_path
from generator.views import ArticleView, FeedView, PageView, SiteView

ATOM, JSON = UrlPath("/feed.xml"), UrlPath("/feed.json")


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield the site's feeds and one for each tag that an article bears; none where addresses cannot be whole."""
    if not view.feeds:
        return
    by_slug = {entry.slug: entry for entry in site.entries}
    views: dict[SourcePath, ArticleView] = {}

    def show(article: LinkedPage) -> ArticleView:
        """Return an article's view, made once however many feeds it stands in."""
        path = article.document.path
        if path not in views:
            views[path] = article_view(site, view, article, by_slug)
        return views[path]

    def feed(page: PageView, url: str, articles: Sequence[LinkedPage]) -> FeedView:
        newest = articles[: site.settings.feeds.items]
        days = [matter.updated or matter.date for matter in (article.document.matter for article in newest)]
        return FeedView(
            site=view,
            page=page,
            url=url,
            updated=max(day for day in days if day is not None),
            articles=tuple(show(article) for article in newest),
        )

    home = page_view(site, "/", "home", view.title, view.description)
    yield FeedOutput(output_path(ATOM), "atom", feed(home, ATOM, site.articles))
    yield FeedOutput(output_path(JSON), "json", feed(home, JSON, site.articles))
    articles = {article.document.path: article for article in site.articles}
    order = {path: place for place, path in enumerate(articles)}
    for tag in site.tags:
        tagged = sorted((path for path in tag.pages if path in order), key=order.__getitem__)
        if tagged:
            page = page_view(site, tag.url, "tag", f"{tag.name} · {view.title}")
            url = tag_feed(tag.url)
            yield FeedOutput(output_path(url), "atom", feed(page, url, [articles[path] for path in tagged]))
