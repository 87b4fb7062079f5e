"""content/site.yaml as typed records: the schema of the site's settings, with its defaults."""

from __future__ import annotations

from typing import Any, Literal

from generator.matter import Author, CaseMode, MentionMode
from generator.model import Located, Value


class MenuItem(Value, frozen=True, kw_only=True):
    """A line of the menu."""

    title: str
    url: Located


class Permalinks(Value, frozen=True, kw_only=True):
    """Patterns of the addresses; also {year}, {month}, {day} and {section}."""

    article: Located | None = None
    entry: Located | None = None
    page: Located | None = None


class Unexplained(Value, frozen=True, kw_only=True):
    """What `check` says of names without an entry."""

    ignore: tuple[str, ...] = ()
    at_least: int = 2


class GlossarySettings(Value, frozen=True, kw_only=True):
    """How the site marks its mentions."""

    mentions: MentionMode = "first"
    max_density: float | None = 8
    """Marked mentions per 100 words of a page, rounded up and never fewer than 3."""
    blockquotes: bool = False
    case: CaseMode = "smart"
    senses: dict[str, Located | None] = {}
    """The entry that a shared form means; None: only marked by hand."""
    unexplained: Unexplained = Unexplained()


class MarkdownSettings(Value, frozen=True, kw_only=True):
    """What the body may hold."""

    raw_html: bool = False


class FeedSettings(Value, frozen=True, kw_only=True):
    """The feeds' length."""

    items: int = 30


class ImageSettings(Value, frozen=True, kw_only=True):
    """The sizes that pictures are made in."""

    widths: tuple[int, ...] = (480, 960, 1600)
    max_pixels: int = 50_000_000


class PublishTarget(Value, frozen=True, kw_only=True):
    """A target of `publish`; which settings belong to which kind is checked with the kind."""

    to: Literal["directory", "git", "rsync", "s3"]
    path: str | None = None
    remote: str | None = None
    branch: str | None = None
    cname: str | None = None
    destination: str | None = None
    releases: bool = False
    bucket: str | None = None
    prefix: str = ""
    endpoint_url: str | None = None
    region: str | None = None
    cloudfront: str | None = None


class Settings(Value, frozen=True, kw_only=True):
    """The settings of a site."""

    title: str
    url: Located | None = None
    language: str = "en"
    timezone: Located | None = None
    description: str | None = None
    authors: tuple[Author, ...] = ()
    menu: tuple[MenuItem, ...] = ()
    permalinks: Permalinks = Permalinks()
    glossary: GlossarySettings = GlossarySettings()
    markdown: MarkdownSettings = MarkdownSettings()
    search: Literal["pagefind", "glossary", "none"] = "glossary"
    feeds: FeedSettings = FeedSettings()
    paginate: int = 20
    images: ImageSettings = ImageSettings()
    theme: dict[str, str] = {}
    """Custom properties of the theme: `accent` sets `--accent`."""
    publish: dict[str, PublishTarget] = {}
    extra: dict[str, Any] = {}
