"""content/site.yaml as typed records: the schema of the site's settings, with its defaults."""

from __future__ import annotations

from typing import Any, Literal

from generator.matter import Author, CaseMode, MentionMode
from generator.model import LanguageTag, Located, Position, Value


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
    """The sizes that pictures are made in, and which are made at all."""

    widths: tuple[int, ...] = (480, 960, 1600)
    max_pixels: int = 50_000_000
    social_cards: bool = True
    """A picture for each article and entry, for where it is shared."""


class DirectoryTarget(Value, frozen=True, kw_only=True, tag_field="to", tag="directory"):
    """A folder: a web server's, or one that a host takes."""

    path: Located
    """Relative to the project, or absolute."""
    at: Position


class GitTarget(Value, frozen=True, kw_only=True, tag_field="to", tag="git"):
    """A branch of a git repository: GitHub Pages, GitLab, Codeberg."""

    remote: Located | None = None
    """A remote's name, an address or a path; default `origin`."""
    branch: Located | None = None
    """Default `gh-pages`."""
    cname: Located | None = None
    """The host's own domain, for the file CNAME."""
    at: Position


class RsyncTarget(Value, frozen=True, kw_only=True, tag_field="to", tag="rsync"):
    """A folder that rsync reaches: over ssh, of an rsync daemon, or of this machine."""

    destination: Located
    releases: bool = False
    """Keep each release in a folder of its own, and let `current` lead to the newest."""
    at: Position


class S3Target(Value, frozen=True, kw_only=True, tag_field="to", tag="s3"):
    """A bucket of S3 or a store that speaks its language."""

    bucket: Located
    prefix: str = ""
    endpoint_url: Located | None = None
    region: str | None = None
    cloudfront: str | None = None
    """The distribution whose changed paths are invalidated."""
    at: Position


PublishTarget = DirectoryTarget | GitTarget | RsyncTarget | S3Target
"""A target of `publish`; `to` says of which kind it is."""

TARGETS: dict[str, type[PublishTarget]] = {
    "directory": DirectoryTarget,
    "git": GitTarget,
    "rsync": RsyncTarget,
    "s3": S3Target,
}


class Settings(Value, frozen=True, kw_only=True):
    """The settings of a site."""

    title: str
    url: Located | None = None
    language: LanguageTag = LanguageTag("en")
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
