"""`_headers`, for hosts that read it (Netlify, Cloudflare Pages and their like): security and cache headers.

Hosts differ where several rules match one address: Cloudflare joins the values of a header, Netlify takes those of the
later rule. `! Name` takes a header of an earlier rule away at Cloudflare; Netlify skips a line without a colon. So with
both a later rule replaces an earlier one's header. Their limits, 100 rules and lines of 2,000 characters, are far away.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import OutputPath
from generator.output import BytesOutput, Output
from generator.site import Site
from generator.urls import IMMUTABLE, REVALIDATED, is_fingerprinted
from generator.views import SiteView

NAME = "_headers"

POLICY = "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'; object-src 'none'"
"""Nothing from another host, no inline script and no inline style: the pages need none."""

SEARCH_POLICY = f"{POLICY}; script-src 'self' 'wasm-unsafe-eval'"
"""Pagefind's index is searched by WebAssembly, which `default-src` alone forbids."""

EVERYWHERE = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cache-Control", REVALIDATED),
)


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield `_headers`, unless the site has its own in content/static."""
    if f"content/static/{NAME}" not in site.statics:
        content = headers_of(site)
        yield BytesOutput(OutputPath(NAME), content, content.encode())


def headers_of(site: Site) -> str:
    """Return the rules, the general before the special. Files whose names hold no fingerprint are never immutable."""
    rules = [_rule("/*", EVERYWHERE)]
    assets = (path.removeprefix("content/static/") for path in site.statics)
    if all(is_fingerprinted(path) for path in assets if path.startswith("assets/")):
        rules.append(_rule("/assets/*", (("Cache-Control", IMMUTABLE),), replaces=True))
    if site.settings.search == "pagefind":
        rules.append(_rule("/search/*", (("Content-Security-Policy", SEARCH_POLICY),), replaces=True))
    return "\n".join(rules)


def _rule(address: str, headers: tuple[tuple[str, str], ...], *, replaces: bool = False) -> str:
    taken = [f"  ! {name}\n" for name, _ in headers] if replaces else []
    return "".join([f"{address}\n", *taken, *(f"  {name}: {value}\n" for name, value in headers)])
