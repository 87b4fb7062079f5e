"""The Jinja environment of a theme: where templates are found and what they can call. docs/theming.md lists it."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import gettext
from collections.abc import Callable, Iterable, MutableMapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import jinja2
from markupsafe import Markup, escape

from generator.model import PartialDate, UrlPath
from generator.read.theme import read_styles
from generator.render.catalogues import translations
from generator.render.compiled import CompiledTemplates, CompilingEnvironment
from generator.render.constant_strings import ConstantStrings
from generator.render.dates import format_date, iso_date
from generator.render.numbers import format_number
from generator.render.prose import Labels, render_prose
from generator.render.spans import format_span, short_date
from generator.render.structured_data import structured_data
from generator.render.time_axis import time_axis
from generator.urls import from_root, is_external, public_url, root_of
from generator.views import CardView, PageView, Prose, SiteView

if TYPE_CHECKING:
    from generator.render.locator import Locator
    from generator.render.runtime import Template

MANY = 1 << 15
"""Parts and links that are kept for other pages: the line of an article stands in lists that are made far apart."""


class Theme:
    """Renders views through templates; a site's own templates come before the built-in ones, file by file.

    There is one environment for each language and way to the root: what templates can call is the same on all pages
    that share both, so that macros are imported once and not for every page.
    """

    def __init__(self, folders: Sequence[Path], program: str = "") -> None:
        """`program` names the program, for the templates that it compiles once in an installation."""
        self.folders = tuple(folders)
        self._loader = jinja2.ChoiceLoader([jinja2.FileSystemLoader(folders), built_in(folders)])
        self._compiled = CompiledTemplates(self.folders[-1], program)
        self._environments: dict[tuple[str, str], Environment] = {}
        self._site: SiteView | None = None

    @functools.cached_property
    def styles(self) -> tuple[tuple[str, str], ...]:
        """Names and texts of the theme's style sheets."""
        return read_styles(self.folders)

    def page(self, template: str, view: Any) -> bytes:
        """Return the page of a view as HTML in UTF-8; its links are relative to it."""
        environment, fields = self._fields(view)
        return cast("Template", environment.get_template(template)).encoded(fields)

    def text(self, template: str, view: Any, link: Callable[[str], str], **functions: Any) -> str:
        """Return a view as HTML whose links are those that `link` makes: whole addresses.

        `functions` take the place of those of the same names that templates can call.
        """
        environment, fields = self._fields(view, link)
        return environment.get_template(template).render(fields, **functions)

    def _fields(self, view: Any, link: Callable[[str], str] | None = None) -> tuple[Environment, dict[str, Any]]:
        fields = {name: getattr(view, name) for name in view.__struct_fields__}
        page, site = fields["page"], fields["site"]
        fields["structured_data"] = functools.partial(structured_data, view)
        environment = self.environment(site, page.lang, root_for(site, page) if link is None else site.url)
        if link is not None:
            fields |= {"href": link, "prose": functools.partial(_prose, link, environment.labels)}
        return environment, fields

    def part(self, template: str, site: SiteView, lang: str, link: Callable[[str], str], **fields: Any) -> Markup:
        """Return a part of pages, whose links are those that `link` makes."""
        environment = self.environment(site, lang, site.url)
        prose = functools.partial(_prose, link, environment.labels)
        return Markup(environment.get_template(template).render(fields, href=link, prose=prose).strip())

    def environment(self, site: SiteView, lang: str, root: str) -> Environment:
        """Return what templates in a language can call; `root` is the way from their pages to the site's root."""
        if site is not self._site:
            self._site, self._environments = site, {}
        key = (lang, root)
        if key not in self._environments:
            self._environments[key] = self._make(site, *key)
        return self._environments[key]

    def compile_all(self, language: str, langs: Iterable[str]) -> None:
        """Compile all templates for pages in these languages, so that the processes that are forked now have them.

        What is wrong with a template is for the pages to say that need it.
        """
        names = sorted(
            {path.relative_to(folder).as_posix() for folder in self.folders for path in folder.rglob("*.html")}
        )
        for lang in sorted(langs):
            environment = self._bare(lang, language)
            for name in names:
                with contextlib.suppress(jinja2.TemplateError):
                    environment.get_template(name)

    def save_compiled(self) -> None:
        """Keep for other processes what was compiled of the built-in theme."""
        self._compiled.save()

    def _bare(self, lang: str, language: str) -> Environment:
        environment = Environment(
            loader=self._loader,
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            extensions=["jinja2.ext.i18n", ConstantStrings],
        )
        environment.lang, environment.compiled, environment.loaded = lang, self._compiled, {}
        strings = environment.strings = translations(self.folders, lang, language)
        environment.labels = _labels(strings.gettext)
        environment.install_gettext_translations(strings, newstyle=True)  # type: ignore[attr-defined]
        environment.filters["date"] = functools.partial(format_date, lang=lang)
        environment.filters["isodate"] = iso_date
        environment.filters["span"] = functools.partial(format_span, lang=lang)
        environment.filters["shortdate"] = functools.partial(short_date, lang=lang)
        environment.filters["time_axis"] = time_axis
        environment.filters["locator"] = _locator
        environment.filters["number"] = functools.partial(format_number, lang=lang)
        return environment

    def _make(self, site: SiteView, lang: str, root: str) -> Environment:
        environment = self._bare(lang, site.language)
        strings = environment.strings
        link = functools.lru_cache(maxsize=MANY)(functools.partial(link_to, root))
        filters = {
            "day": functools.lru_cache(maxsize=4096)(functools.partial(day, lang)),
            "minutes": functools.lru_cache(maxsize=256)(functools.partial(minutes, strings)),
            "card_text": functools.partial(_card_text, environment, {}),
            "ways_back": functools.lru_cache(maxsize=MANY)(functools.partial(ways_back, _way_back(strings.gettext))),
        }
        environment.filters |= filters  # a filter costs half of what a function costs, where a page has hundreds
        environment.filters["href"] = _of_page(link)
        environment.globals |= {
            **filters,
            "href": link,
            "site": site,
            "page_lang": lang,
            "shared": functools.lru_cache(maxsize=MANY)(functools.partial(_shared, environment)),
            "asset": lambda name: link(site.assets[name]) if name in site.assets else "",
            "absolute": functools.partial(absolute, site),
            "prose": functools.partial(_prose, link, environment.labels),
        }
        return environment


def _of_page(link: Callable[[str], str]) -> Callable[[Any, str], str]:
    """Return `link` as a filter that is never worked out when a template is compiled: that serves all pages."""

    @jinja2.pass_context
    def href(_: Any, url: str) -> str:
        return link(url)

    return href


def _labels(_: Callable[[str], str]) -> Labels:
    return Labels(_("Note {number}"), _("Back to the text"), _("Done"), _("Open"))


def _way_back(_: Callable[[str], str]) -> str:
    return str(escape(_("%(number)s: back to mention of %(name)s")))


class Environment(CompilingEnvironment):
    """An environment whose templates share its globals: a chain of dictionaries for each is copied at every render."""

    labels: Labels
    loaded: dict[Any, jinja2.Template]

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> jinja2.Template:  # noqa: A002
        """Return a template; one that is loaded is at hand, as a page asks for a dozen."""
        if globals:
            return super().get_template(name, parent, globals)
        if name not in self.loaded:
            self.loaded[name] = super().get_template(name, parent)
        return self.loaded[name]

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of a template."""
        return {**self.globals, **d} if d else self.globals


def built_in(folders: Sequence[Path]) -> jinja2.BaseLoader:
    """Return what finds the built-in theme's templates as `theme/<name>`, so that a site's own can extend them."""
    return jinja2.PrefixLoader({"theme": jinja2.FileSystemLoader(folders[-1])})


def _card_text(environment: jinja2.Environment, cards: dict[str, Markup], card: CardView) -> Markup:
    """Return partials/card.html for a card, which sees nothing of the page that shows it; kept by its digest."""
    if card.digest not in cards:
        cards[card.digest] = Markup(environment.get_template("partials/card.html").render(it=card).strip())
    return cards[card.digest]


def _shared(environment: jinja2.Environment, name: str, **fields: Any) -> Markup:
    """Return a template that sees no page but only these fields, which are plain data: made once for all pages."""
    return Markup(environment.get_template(name).render(fields).strip())


def minutes(strings: gettext.NullTranslations, count: int) -> str:
    """Return a reading time."""
    return strings.ngettext("%(num)s minute read", "%(num)s minute read", count) % {"num": count}


def ways_back(label: str, references: Sequence[str], name: str) -> Markup:
    """Return the numbered links from a card to the mentions of it."""
    shown = str(escape(name))
    links = (
        f'<a href="#{anchor}" aria-label="{label % {"number": number, "name": shown}}">{number}</a>'
        for number, anchor in enumerate(map(escape, references), start=1)
    )
    return Markup(" ".join(links))


def day(lang: str, date: PartialDate | dt.date) -> Markup:
    """Return a date as a `time` element."""
    return Markup(f'<time datetime="{iso_date(date)}">{escape(format_date(date, lang))}</time>')


def root_for(site: SiteView, page: PageView) -> str:
    """Return the way from a page to the site's root.

    Links are relative, so that the site works below any base path and from disk; on the page for addresses that are
    not there, which is served at any depth, they carry the base path.
    """
    return base_path(site.url) if page.kind == "not-found" else root_of(page.url)


def link_to(root: str, url: str) -> str:
    """Return the link to an address of the site from pages that share a way to the root, or to another site."""
    return from_root(root, url) if url.startswith("/") else url


def base_path(url: str) -> str:
    """Return the path of a public address, `/` where there is none."""
    if not is_external(url):
        return url or "/"
    path = url.split("://", 1)[-1].partition("/")[2]
    return f"/{path}"


def absolute(site: SiteView, url: UrlPath) -> str:
    """Return the public address of a page, or an empty text where the site has none."""
    return public_url(site.url, url)


def _locator(coordinates: tuple[float, float]) -> Locator:
    from generator.render.locator import locator  # only pages of places need it

    return locator(coordinates)


def _prose(link: Callable[[str], str], labels: Labels, prose: Prose, **inserts: Any) -> str:
    return render_prose(prose, link, labels=labels, **inserts)
