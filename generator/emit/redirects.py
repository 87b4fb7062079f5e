"""Old addresses (`redirect_from`): `_redirects` for hosts that read it, and a page at each for all the others."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import msgspec

from generator.emit.keys import value_key
from generator.emit.parts import page_view
from generator.model import OutputPath
from generator.output import BytesOutput, Output, TemplateOutput
from generator.site import Redirect, Site
from generator.urls import encode, output_path
from generator.views import RedirectView, SiteView

NAME = "_redirects"

MAX_RULES = 2000
"""Static rules that Cloudflare Pages takes (developers.cloudflare.com/pages/configuration/redirects)."""

MAX_LINE = 1000
"""Characters of a rule there."""

MAX_BYTES = 100_000
"""Of the file: what is behind is dropped there in silence."""


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield a page for each old address, and `_redirects` unless the site has its own in content/static."""
    for redirect in site.redirects:
        page = page_view(site, redirect.url, "redirect", redirect.title or redirect.target, lang=redirect.lang)
        page = msgspec.structs.replace(page, indexed=False)
        shown = RedirectView(site=view, page=page, target=redirect.target)
        yield TemplateOutput(
            output_path(redirect.url), value_key(shown), "redirect.html", functools.partial(_view, shown)
        )
    if site.redirects and f"content/static/{NAME}" not in site.statics:
        rules = rules_of(site)
        yield BytesOutput(OutputPath(NAME), rules, rules.encode())


def _view(shown: RedirectView, library: object) -> RedirectView:
    return shown


def rules_of(site: Site) -> str:
    """Return a rule for each old address, as many as hosts take; the page at the address serves where none is."""
    lines: list[str] = []
    size = 0
    for redirect in site.redirects:
        line = f"{encode(redirect.url)} {_target(site, redirect)} 301\n"
        if len(line) > MAX_LINE:
            continue
        if len(lines) == MAX_RULES or size + len(line) > MAX_BYTES:
            break
        lines.append(line)
        size += len(line)
    return "".join(lines)


def _target(site: Site, redirect: Redirect) -> str:
    """Return where a rule leads: below a base path the whole address, as rules know nothing of the path."""
    base = site.base_url.split("://", 1)[-1].partition("/")[2]
    return (site.base_url if base else "/") + encode(redirect.target.lstrip("/"))
