"""The Jinja environment of a theme: where templates are found and what they can call. docs/theming.md lists it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import jinja2

from generator.model import UrlPath
from generator.render.catalogues import translations
from generator.render.dates import format_date, iso_date
from generator.render.numbers import format_number
from generator.render.prose import Labels, render_prose
from generator.urls import is_external, relative
from generator.views import PageView, Prose, SiteView


class Theme:
    """Renders views through templates; a site's own templates come before the built-in ones, file by file."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._loader = jinja2.FileSystemLoader([str(folder) for folder in folders])
        self._by_language: dict[tuple[str, str], tuple[jinja2.Environment, Labels]] = {}

    def render(self, template: str, view: Any) -> str:
        """Return a view as HTML."""
        fields = {name: getattr(view, name) for name in view.__struct_fields__}
        page, site = fields["page"], fields["site"]
        link = linker(site, page)
        environment, labels = self._in_language(page.lang, site.language)
        return environment.get_template(template).render(
            fields,
            href=link,
            asset=lambda name: link(site.assets[name]) if name in site.assets else "",
            absolute=functools.partial(absolute, site),
            prose=functools.partial(_prose, link, labels),
        )

    def _in_language(self, lang: str, site_lang: str) -> tuple[jinja2.Environment, Labels]:
        if (lang, site_lang) not in self._by_language:
            environment = jinja2.Environment(
                loader=self._loader,
                autoescape=True,
                undefined=jinja2.StrictUndefined,
                trim_blocks=True,
                lstrip_blocks=True,
                auto_reload=False,
                extensions=["jinja2.ext.i18n"],
            )
            strings = translations(self._folders, lang, site_lang)
            environment.install_gettext_translations(strings, newstyle=True)  # type: ignore[attr-defined]
            environment.filters["date"] = functools.partial(format_date, lang=lang)
            environment.filters["isodate"] = iso_date
            environment.filters["number"] = functools.partial(format_number, lang=lang)
            self._by_language[lang, site_lang] = environment, _labels(strings.gettext)
        return self._by_language[lang, site_lang]


def _labels(_: Callable[[str], str]) -> Labels:
    return Labels(_("Note {number}"), _("Back to the text"), _("Done"), _("Open"))


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
