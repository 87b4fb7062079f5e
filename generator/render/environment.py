"""The Jinja environment of a theme: where templates are found and what they can call. docs/theming.md lists it."""

from __future__ import annotations

import datetime as dt
import functools
import gettext
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from generator.model import PartialDate, UrlPath
from generator.render.dates import format_date, iso_date
from generator.render.prose import Labels, render_prose
from generator.urls import from_root, is_external, relative, root_of
from generator.views import CardView, PageView, Prose, SiteView


class Theme:
    """Renders views through templates; a site's own templates come before the built-in ones, file by file."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._loader = jinja2.FileSystemLoader([str(folder) for folder in folders])
        self._environments: dict[str, jinja2.Environment] = {}
        self._translations = gettext.NullTranslations()
        self._cards: dict[tuple[str, str, str], Markup] = {}
        """By language, way to the root and digest: most cards stand on many pages."""

    def render(self, template: str, view: Any) -> str:
        """Return a view as HTML."""
        fields = {name: getattr(view, name) for name in view.__struct_fields__}
        page, site = fields["page"], fields["site"]
        link = linker(site, page)
        environment = self._environment(page.lang)
        return environment.get_template(template).render(
            fields,
            href=link,
            asset=lambda name: link(site.assets[name]) if name in site.assets else "",
            absolute=functools.partial(absolute, site),
            prose=functools.partial(_prose, link, self._labels()),
            card_text=functools.partial(self._card_text, page.lang, root_of(page.url)),
        )

    def _card_text(self, lang: str, root: str, card: CardView) -> Markup:
        """Return partials/card.html for a card, which sees nothing of the page that shows it."""
        key = (lang, root, card.digest)
        if key not in self._cards:
            link = functools.partial(_from, root)
            template = self._environment(lang).get_template("partials/card.html")
            prose = functools.partial(_prose, link, self._labels())
            self._cards[key] = Markup(template.render(it=card, href=link, prose=prose).strip())
        return self._cards[key]

    def _labels(self) -> Labels:
        _ = self._translations.gettext
        return Labels(_("Note {number}"), _("Back to the text"), _("Done"), _("Open"))

    def _way_back(self) -> str:
        return str(escape(self._translations.gettext("%(number)s: back to mention of %(name)s")))

    def _environment(self, lang: str) -> jinja2.Environment:
        if lang not in self._environments:
            environment = jinja2.Environment(
                loader=self._loader,
                autoescape=True,
                undefined=jinja2.StrictUndefined,
                trim_blocks=True,
                lstrip_blocks=True,
                auto_reload=False,
                extensions=["jinja2.ext.i18n"],
            )
            environment.install_gettext_translations(self._translations, newstyle=True)  # type: ignore[attr-defined]
            environment.filters["date"] = functools.partial(format_date, lang=lang)
            environment.filters["isodate"] = iso_date
            environment.globals["ways_back"] = functools.partial(ways_back, self._way_back())
            environment.globals["day"] = functools.lru_cache(maxsize=4096)(functools.partial(day, lang))
            self._environments[lang] = environment
        return self._environments[lang]


def ways_back(label: str, references: Sequence[str], name: str) -> Markup:
    """Return the numbered links from a card to the mentions of it."""
    shown = escape(name)
    return Markup(" ").join(
        Markup(f'<a href="#{escape(id_)}" aria-label="{label % {"number": number, "name": shown}}">{number}</a>')
        for number, id_ in enumerate(references, start=1)
    )


def day(lang: str, date: PartialDate | dt.date) -> Markup:
    """Return a date as a `time` element."""
    return Markup('<time datetime="{}">{}</time>').format(iso_date(date), format_date(date, lang))


def _from(root: str, url: str) -> str:
    return from_root(root, url) if url.startswith("/") else url


def linker(site: SiteView, page: PageView) -> Callable[[str], str]:
    """Return the function that turns an address into a link from a page.

    Links are relative, so that the site works below any base path and from disk; on the page for addresses that are
    not there, which is served at any depth, they carry the base path.
    """
    if page.kind == "not-found":
        base = base_path(site.url)
        return lambda url: url if is_external(url) or not url.startswith("/") else base + url.lstrip("/")
    return lambda url: relative(url, page.url) if url.startswith("/") else url


def base_path(url: str) -> str:
    """Return the path of a public address, `/` where there is none."""
    if not is_external(url):
        return url or "/"
    path = url.split("://", 1)[-1].partition("/")[2]
    return f"/{path}"


def absolute(site: SiteView, url: UrlPath) -> str:
    """Return the public address of a page, or an empty text where the site has none."""
    return site.url + url.lstrip("/") if is_external(site.url) else ""


def _prose(link: Callable[[str], str], labels: Labels, prose: Prose, **inserts: Any) -> str:
    return render_prose(prose, link, labels=labels, **inserts)
