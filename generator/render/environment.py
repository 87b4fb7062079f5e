"""The Jinja environment of a theme: where templates are found and what they can call. docs/theming.md lists it."""

from __future__ import annotations

import functools
import gettext
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import jinja2

from generator.model import UrlPath
from generator.render.dates import format_date, iso_date
from generator.render.locator import locator
from generator.render.prose import Labels, render_prose
from generator.render.spans import format_span, short_date
from generator.render.time_axis import time_axis
from generator.urls import is_external, relative
from generator.views import PageView, Prose, SiteView


class Theme:
    """Renders views through templates; a site's own templates come before the built-in ones, file by file."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._loader = jinja2.ChoiceLoader([jinja2.FileSystemLoader(folders), built_in(folders)])
        self._environments: dict[str, jinja2.Environment] = {}
        self._translations = gettext.NullTranslations()

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
        )

    def _labels(self) -> Labels:
        _ = self._translations.gettext
        return Labels(_("Note {number}"), _("Back to the text"), _("Done"), _("Open"))

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
            environment.filters["span"] = functools.partial(format_span, lang=lang)
            environment.filters["shortdate"] = functools.partial(short_date, lang=lang)
            environment.filters["time_axis"] = time_axis
            environment.filters["locator"] = locator
            self._environments[lang] = environment
        return self._environments[lang]


def built_in(folders: Sequence[Path]) -> jinja2.BaseLoader:
    """Return what finds the built-in theme's templates as `theme/<name>`, so that a site's own can extend them."""
    return jinja2.PrefixLoader({"theme": jinja2.FileSystemLoader(folders[-1])})


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
