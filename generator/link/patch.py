"""A linked site with one page replaced, where that shows in nothing that linking works out from all pages.

The law: the patched site is the one that `link` would return. Where that is not certain, there is none.
"""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence

import msgspec

from generator.diagnostics import Diagnostic
from generator.link.backlinks import backlinks_of
from generator.link.corrections import corrections_of
from generator.link.link import Placed, page_of, place_in_order
from generator.link.references import References, linked_file
from generator.link.related import nearest_of, related_of
from generator.link.series import article_link
from generator.model import Value
from generator.site import Backlink, Page, Site
from generator.synopsis import PageSynopsis
from generator.views import ArticleLink

OWN = ("description", "authors", "updated", "as_of", "pin", "type", "extra")
"""Front matter that decides neither a page's address, nor its place among the others, nor what they call it."""


class Patched(Value, frozen=True):
    """A site with a page replaced."""

    site: Site
    page: Page
    diagnostics: tuple[Diagnostic, ...]
    """Of the page: its mentions, links, pictures and sources."""


def find_patched(site: Site, new: PageSynopsis) -> Patched | None:
    """Return the site with a page replaced by what its file holds now; None where all has to be linked anew."""
    old = find_page(site, new)
    if old is None or not _is_alike(old.synopsis, new) or not _caps_stand(site, old.synopsis, new):
        return None
    if _files(site, old.synopsis) != _files(site, new):
        return None
    diagnostics = list(new.mentions.diagnostics)
    references = References(site.places, site.sources, diagnostics)
    page = page_of(new, Placed(old.slug, old.url, old.section), references, site.today)
    patched = _with_page(site, old, page)
    if old.synopsis.corrections or new.corrections:
        corrections = corrections_of((*patched.articles, *patched.pages))
        patched = msgspec.structs.replace(patched, corrections=corrections)
    return Patched(patched, page, tuple(diagnostics))


def _with_page(site: Site, old: Page, page: Page) -> Site:
    """Return the site with a page in the place of another, and what the words of all articles make of it."""
    if page.synopsis.role == "page":
        return msgspec.structs.replace(site, pages=tuple(page if one is old else one for one in site.pages))
    articles = tuple(page if one is old else one for one in site.articles)
    patched = msgspec.structs.replace(site, articles=articles, backlinks=_backlinks(site.backlinks, old, page))
    if old.synopsis.mentions.entries == page.synopsis.mentions.entries:
        return patched
    by_path = {one.path: one for one in articles}

    def link_to(synopsis: PageSynopsis) -> ArticleLink:
        return article_link(synopsis, by_path[synopsis.path].slug, by_path[synopsis.path].url)

    nearest = nearest_of(articles, site.series_places)
    return msgspec.structs.replace(patched, related=related_of(articles, link_to, nearest), nearest=nearest)


def find_page(site: Site, synopsis: PageSynopsis) -> Page | None:
    """Return the site's page that comes from the same file."""
    pages = site.articles if synopsis.role == "article" else site.pages
    return next((page for page in pages if page.path == synopsis.path), None)


def diagnostics_of(site: Site, page: Page) -> tuple[Diagnostic, ...]:
    """Return what linking has said of one page by itself."""
    found = list(page.synopsis.mentions.diagnostics)
    references = References(site.places, site.sources, found)
    page_of(page.synopsis, Placed(page.slug, page.url, page.section), references, site.today)
    return tuple(found)


def _is_alike(old: PageSynopsis, new: PageSynopsis) -> bool:
    """Return whether a page has the name, the address, the ids, the pictures and the place in lists that it had."""
    if (old.title, old.lang, old.ids) != (new.title, new.lang, new.ids) or _pictures(old) != _pictures(new):
        return False
    return msgspec.structs.replace(old.matter, **{name: getattr(new.matter, name) for name in OWN}) == new.matter


def _pictures(synopsis: PageSynopsis) -> list[str]:
    return [one.value for one in synopsis.images]


def _files(site: Site, synopsis: PageSynopsis) -> set[str]:
    """Return the files beside texts that a page links to: they go out with it."""
    found = (linked_file(one.value, synopsis.path, site.places) for one in synopsis.links)
    return {file.path for file in found if file}


def _caps_stand(site: Site, old: PageSynopsis, new: PageSynopsis) -> bool:
    """Return whether the density cap takes nothing from the page, and from the others what it took before."""
    if old.mentions.over_cap or new.mentions.over_cap:
        return False
    if _explained(old) == _explained(new):
        return True
    return not any(page.synopsis.mentions.over_cap for page in (*site.articles, *site.pages))


def _explained(synopsis: PageSynopsis) -> set[str]:
    return set(synopsis.mentions.explained.slugs.split())


def _backlinks(backlinks: Mapping[str, Sequence[Backlink]], old: Page, new: Page) -> dict[str, tuple[Backlink, ...]]:
    """Return the backlinks with those of one article replaced, in their order."""
    found = dict(backlinks)
    links = backlinks_of([new])
    for slug in {*old.explained.slugs.split(), *links}:
        kept = [link for link in found.get(slug, ()) if link.page is not old]
        for link in links.get(slug, ()):
            bisect.insort(kept, link, key=lambda one: place_in_order(one.page))
        found[slug] = tuple(kept)
    return {slug: tuple(found[slug]) for slug in sorted(found) if found[slug]}
