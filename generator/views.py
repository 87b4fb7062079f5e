"""What templates see: one view a template, holding all of it, so that a page's key is the digest of its view.

Addresses in views are `UrlPath`s within the site or whole addresses of other sites; templates turn both into links
with `href()`. Dates are shown with the `date` filter, `Prose` with `prose()`. docs/theming.md lists every field.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from generator.matter import Kind, NoteKind
from generator.model import PartialDate, Piece, Value


class MenuLink(Value, frozen=True):
    """A line of the menu."""

    title: str
    url: str


class Person(Value, frozen=True):
    """An author."""

    name: str
    url: str = ""
    about: str = ""


class FeedLink(Value, frozen=True):
    """A feed of the site."""

    url: str
    type: str
    """Its media type."""


class SiteView(Value, frozen=True, kw_only=True):
    """What every page knows of its site."""

    title: str
    description: str
    url: str
    """The public address with the base path, `https://host/base/`; empty where none is set."""
    language: str
    menu: tuple[MenuLink, ...]
    authors: tuple[Person, ...]
    search: str
    """`glossary`, `pagefind` or `none`."""
    corrections: str
    """Address of the list of corrections; empty while there are none."""
    assets: dict[str, str]
    """Addresses of style sheet, script and favicon by their plain names, for `asset()`."""
    extra: dict[str, Any]
    feeds: tuple[FeedLink, ...] = ()
    """Empty where the site has no public address, or no article."""


class PageView(Value, frozen=True, kw_only=True):
    """What every page knows of itself."""

    url: str
    """Its own address within the site."""
    title: str
    description: str
    lang: str
    dir: str
    """`ltr` or `rtl`."""
    kind: str
    """`home`, `article`, `page`, `entry`, `glossary`, `tag`, `series`, `archive`, `search`, `corrections`,
    `redirect`, `not-found`."""
    indexed: bool = True
    """False asks search engines to leave the page out."""
    social_card: str = ""
    """The picture that stands for the page where it is shared; empty where there is none."""


class TagLink(Value, frozen=True):
    """A tag and its page."""

    name: str
    url: str


class PictureSize(Value, frozen=True):
    """A picture in one of its sizes."""

    src: str
    width: int
    """Pixels."""


class Picture(Value, frozen=True, kw_only=True):
    """A picture with its text."""

    src: str
    """A JPEG, PNG, GIF or SVG, which everything can show."""
    alt: str
    caption: str = ""
    credit: str = ""
    width: int = 0
    """Pixels; 0 where it is not known (SVG)."""
    height: int = 0
    attributes: str = ""
    figure: bool = False
    """It stands alone in its paragraph."""
    sizes: tuple[PictureSize, ...] = ()
    """The same picture in WebP, narrowest first; empty where there is one size."""


class SourceView(Value, frozen=True, kw_only=True):
    """A source, as a list of sources shows it."""

    number: int
    """1 for the first of the page; 0 in a card."""
    key: str
    title: str
    authors: tuple[str, ...] = ()
    publisher: str = ""
    date: PartialDate | None = None
    url: str = ""
    archived: str = ""
    accessed: PartialDate | None = None
    language: str = ""
    page: str = ""
    references: tuple[str, ...] = ()
    """Ids of the places that cite it."""


class CitationView(Value, frozen=True):
    """A citation in a text."""

    number: int
    key: str
    locator: str
    id: str


class MentionMark(Value, frozen=True, array_like=True):
    """Marked words: a link to the entry's card, to its page, or to nothing (`href` empty)."""

    start: int
    end: int
    slug: str
    href: str
    id: str
    """Empty where nothing links back to it."""


class NoteMark(Value, frozen=True, array_like=True):
    """Annotated words: `notes[index]` of the prose."""

    start: int
    end: int
    index: int


class Prose(Value, frozen=True, kw_only=True):
    """A fragment with everything resolved: what `prose()` turns into HTML."""

    text: str
    pieces: tuple[Piece, ...]
    links: tuple[tuple[str, str], ...] = ()
    """Address and serialised attributes, by index."""
    mentions: tuple[MentionMark, ...] = ()
    note_marks: tuple[NoteMark, ...] = ()
    notes: tuple[NoteView, ...] = ()
    citations: tuple[CitationView, ...] = ()
    pictures: tuple[Picture, ...] = ()
    anchors: bool = False
    """It is a page's body, whose footnotes and numbers can be linked to."""

    def __bool__(self) -> bool:
        return bool(self.pieces)


class NoteView(Value, frozen=True, kw_only=True):
    """An annotation, as the page shows it."""

    number: int
    id: str
    """`note-3`, or `note-who-asked` where the author gave a lasting name."""
    reference: str
    """Id of the number behind the words."""
    kind: NoteKind
    title: str
    quote: str
    """The annotated words as the page has them."""
    body: Prose
    by: str
    date: PartialDate | None
    sources: tuple[SourceView, ...]
    """Their numbers are the page's."""


class Change(Value, frozen=True):
    """What changed on a day."""

    date: PartialDate
    text: str
    """What happened; for roles the role's title; empty for a death."""
    kind: Literal["definition", "role-began", "role-ended", "died"] = "definition"


class CardView(Value, frozen=True, kw_only=True):
    """An entry as it stood on the page's day: the card at the end of the page and in the pop-up."""

    id: str
    """`term-nato`."""
    slug: str
    name: str
    kind: Kind
    lang: str
    """The entry's language; empty where it is the page's."""
    url: str
    """The entry's page; empty for a page's own term."""
    aliases: tuple[str, ...]
    roles: tuple[str, ...]
    born: PartialDate | None
    died: PartialDate | None
    age: int | None
    """A person's age in years on the as-of day, where born is known to the day."""
    date: PartialDate | None
    end: PartialDate | None
    definition: Prose
    as_of: dt.date | None
    """Set where the definition or a role is not what holds today."""
    changes: tuple[Change, ...]
    """Since then, oldest first."""
    sources: tuple[SourceView, ...]
    """At most three."""
    digest: str
    """Names all that the card says, but for what is the page's own: the two fields that follow."""
    references: tuple[str, ...] = ()
    """Ids of the mentions on the page."""
    letters: str = ""
    """The small letters that these mentions have in print, parted by spaces: `a` for the first of the page."""


class CardGroup(Value, frozen=True):
    """The cards of one kind, by name."""

    kind: Kind
    cards: tuple[CardView, ...]


class TimelineRow(Value, frozen=True, kw_only=True):
    """A line of a timeline."""

    date: PartialDate
    end: PartialDate | None
    text: str
    url: str
    """The entry it comes from; empty for the article's own."""
    own: bool
    """The article's own line, not an event of the glossary."""


class ArticleSummary(Value, frozen=True, kw_only=True):
    """An article, as a listing shows it."""

    url: str
    title: str
    description: str
    lang: str
    section: str
    """The first folder below content/articles, or empty."""
    authors: tuple[Person, ...]
    date: dt.date | None
    """None only on pages, which the pages of tags list as well."""
    updated: dt.date | None
    minutes: int
    """Reading time, at least 1."""
    tags: tuple[TagLink, ...]
    draft: bool
    future: bool
    """Not yet due: only ever true with --future."""


class ArticleLink(Value, frozen=True, kw_only=True):
    """An article, as other articles and the archive name it."""

    url: str
    title: str
    lang: str
    date: dt.date | None
    """None only on pages."""


class SeriesPlace(Value, frozen=True, kw_only=True):
    """Where an article stands in its series."""

    name: str
    url: str
    number: int
    """1 for the first."""
    count: int
    previous: ArticleLink | None
    next: ArticleLink | None


class ArticleFacts(Value, frozen=True, kw_only=True):
    """What an article's head says of it."""

    title: str
    description: str
    section: str
    authors: tuple[Person, ...]
    date: dt.date | None
    """None only on pages."""
    updated: dt.date | None
    as_of: dt.date | None
    """None only on pages without a date: their definitions are today's."""
    minutes: int
    words: int
    tags: tuple[TagLink, ...]
    type: str
    draft: bool
    future: bool
    image: Picture | None
    extra: dict[str, Any]


class CorrectionView(Value, frozen=True, kw_only=True):
    """An annotation of kind correction, in the list of all."""

    article: ArticleSummary
    anchor: str
    """Id of the note on that page."""
    title: str
    quote: str
    """The corrected words as the page has them."""
    body: Prose
    by: str
    date: PartialDate | None


class ArticleView(Value, frozen=True, kw_only=True):
    """article.html and page.html."""

    site: SiteView
    page: PageView
    article: ArticleFacts
    body: Prose
    groups: tuple[CardGroup, ...]
    """Terms and people in this explainer."""
    sources: tuple[SourceView, ...]
    timeline: tuple[TimelineRow, ...]
    placed: tuple[str, ...]
    """Boxes that the body places by hand; the template places the others."""
    corrections: tuple[CorrectionView, ...] = ()
    """The site's, on the page that has the address of their list; empty on all others."""
    series: SeriesPlace | None = None
    related: tuple[ArticleLink, ...] = ()
    """Articles that mention the same entries, the nearest first."""


class HistoryRow(Value, frozen=True, kw_only=True):
    """What an entry's definition was in a time."""

    since: PartialDate | None
    until: PartialDate | None
    summary: Prose
    change: str
    """What happened at its beginning."""


class RoleRow(Value, frozen=True, kw_only=True):
    """What a person was, and when."""

    title: str
    since: PartialDate | None
    until: PartialDate | None


class EntryLink(Value, frozen=True):
    """A link of an entry to another site."""

    name: str
    url: str


class EntryFacts(Value, frozen=True, kw_only=True):
    """What an entry's page says of it besides its text."""

    slug: str
    name: str
    kind: Kind
    lang: str
    aliases: tuple[str, ...]
    roles: tuple[RoleRow, ...]
    current_roles: tuple[str, ...]
    born: PartialDate | None
    died: PartialDate | None
    age: int | None
    date: PartialDate | None
    end: PartialDate | None
    facts: dict[str, str]
    coordinates: tuple[float, float] | None
    """Latitude and longitude in degrees."""
    image: Picture | None
    links: tuple[EntryLink, ...]
    tags: tuple[TagLink, ...]
    draft: bool
    extra: dict[str, Any]


class BacklinkView(Value, frozen=True, kw_only=True):
    """An article that mentions an entry, with the words around the first mention."""

    article: ArticleSummary
    before: str
    words: str
    after: str
    anchor: str
    """Id of the mention on that page; empty where it is not marked."""


class EntryView(Value, frozen=True, kw_only=True):
    """entry.html."""

    site: SiteView
    page: PageView
    entry: EntryFacts
    summary: Prose
    history: tuple[HistoryRow, ...]
    """Oldest first, the present last; empty where nothing ever changed."""
    body: Prose
    groups: tuple[CardGroup, ...]
    sources: tuple[SourceView, ...]
    backlinks: tuple[BacklinkView, ...]
    backlink_count: int
    """All of them; `backlinks` holds the newest 50."""
    mentions_url: str
    """The page that lists all of them; empty where these are all."""


class EntryLine(Value, frozen=True, kw_only=True):
    """An entry in a list of entries."""

    name: str
    url: str
    kind: Kind
    lang: str
    aliases: tuple[str, ...]
    summary: Prose
    draft: bool


class SearchEntry(Value, frozen=True, kw_only=True):
    """An entry as the search and the glossary's data file know it."""

    name: str
    url: str
    kind: Kind
    lang: str
    """The entry's language; on the search page empty where it is the page's."""
    aliases: tuple[str, ...]
    summary: str
    """The definition that holds now, as plain text."""
    draft: bool


class SearchView(Value, frozen=True, kw_only=True):
    """search.html."""

    site: SiteView
    page: PageView
    entries: tuple[SearchEntry, ...]
    """By name."""


class Letter(Value, frozen=True):
    """The entries that begin with a letter."""

    letter: str
    id: str
    entries: tuple[EntryLine, ...]


class EntryName(Value, frozen=True):
    """An entry by its name alone."""

    name: str
    url: str
    lang: str
    """The entry's language; empty where it is the site's."""


class Explained(Value, frozen=True):
    """What an article explains."""

    entries: tuple[EntryName, ...]
    """The first that it mentions."""
    more: int
    """How many others there are."""


class GlossaryView(Value, frozen=True, kw_only=True):
    """glossary.html."""

    site: SiteView
    page: PageView
    letters: tuple[Letter, ...]
    kinds: tuple[Kind, ...]
    """The kinds that occur, in the order of the cards."""
    count: int


class Paging(Value, frozen=True, kw_only=True):
    """Where a listing's page stands among its pages."""

    number: int
    count: int
    newer: str
    """Address of the page before, or empty."""
    older: str


class YearLink(Value, frozen=True):
    """A year of the archive."""

    year: int
    url: str


class ListingView(Value, frozen=True, kw_only=True):
    """home.html and tag.html."""

    site: SiteView
    page: PageView
    articles: tuple[ArticleSummary, ...]
    """Newest first."""
    explained: tuple[Explained, ...]
    """What each of them explains, in the same order."""
    entries: tuple[EntryLine, ...]
    """The tag's entries; on the home page a few that its articles mention most."""
    paging: Paging
    feed: str = ""
    """Address of the tag's own feed; empty where there is none."""
    years: tuple[YearLink, ...] = ()
    """The years of the archive, newest first; on the home page alone."""


class SeriesView(Value, frozen=True, kw_only=True):
    """series.html: the articles of a series, in the order in which they are to be read."""

    site: SiteView
    page: PageView
    articles: tuple[ArticleSummary, ...]
    """Oldest first."""


class ArchiveMonth(Value, frozen=True):
    """The articles of a month."""

    date: PartialDate
    articles: tuple[ArticleLink, ...]
    """Newest first."""


class ArchiveView(Value, frozen=True, kw_only=True):
    """archive.html: the articles of a year."""

    site: SiteView
    page: PageView
    year: int
    months: tuple[ArchiveMonth, ...]
    """Newest first."""
    years: tuple[YearLink, ...]
    """All years of the archive, newest first."""


class FeedView(Value, frozen=True, kw_only=True):
    """A feed, but for its articles: feed-entry.html shows each of them, and sees the fields of an `ArticleView`."""

    site: SiteView
    page: PageView
    """The page that the feed belongs to: the home page, or a tag's."""
    url: str
    """The feed's own address."""
    updated: dt.date
    """When the newest change to one of its articles was made."""


class MentionsView(Value, frozen=True, kw_only=True):
    """mentions.html: the articles that mention an entry."""

    site: SiteView
    page: PageView
    entry: EntryLine
    backlinks: tuple[BacklinkView, ...]
    """Newest first."""
    count: int
    """All of them, on all pages."""
    paging: Paging


class CorrectionsView(Value, frozen=True, kw_only=True):
    """corrections.html, where the site has no page of its own at /corrections/."""

    site: SiteView
    page: PageView
    corrections: tuple[CorrectionView, ...]
    """Newest first."""


class NotFoundView(Value, frozen=True, kw_only=True):
    """404.html: served at any address, so `href()` gives addresses with the base path there."""

    site: SiteView
    page: PageView


class RedirectView(Value, frozen=True, kw_only=True):
    """redirect.html: stands at an old address; the page's title is that of what it leads to."""

    site: SiteView
    page: PageView
    target: str
    """The address that it leads to."""
