"""Addresses and slugs: how they are made, checked and written."""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
from typing import cast
from urllib.parse import quote, urlsplit

from generator.model import OutputPath, Slug, UrlPath

MAX_SLUG = 100
"""Characters; file systems take 255 bytes, and a letter may need four."""

SCHEMES = ("http", "https", "mailto", "tel")
"""What a link may begin with, besides `term:` and addresses within the site (format.md, Text rules)."""

FINGERPRINT = 10
"""Hexadecimal digits in a file's name: 40 bits, for what one site has of assets and pictures."""

IMMUTABLE = "public, max-age=31536000, immutable"
"""How long browsers may keep a file whose name changes with its content (RFC 8246)."""

REVALIDATED = "public, max-age=0, must-revalidate"
"""How long they may keep any other: they ask each time, and are told that nothing has changed."""

_FINGERPRINTED = re.compile(rf"assets/(?:.*/)?[^/]+\.[0-9a-f]{{{FINGERPRINT}}}(?:\.[^/.]+)?")
_WINDOWS_NAMES = frozenset(
    ["con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))]
)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_ENCODED = re.compile(r"[A-Za-z0-9/#?=&;:@!$'()*+,%~\-._\[\]]*")
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\\\u2028\u2029]")


@functools.lru_cache(maxsize=1 << 14)
def slugify(name: str) -> str:
    """Return a name as the last part of an address: letters and digits of any script in lower case, hyphens between.

    Empty where nothing is left. Letters keep their combining marks, so that Hindi and Arabic names stay readable.
    """
    if _SLUG.fullmatch(name) and len(name) <= MAX_SLUG:
        return name
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).lower())
    kept = (c if c.isalnum() or unicodedata.category(c)[0] == "M" else "-" for c in text)
    slug = re.sub(r"-+", "-", "".join(kept)).strip("-")
    return slug[:MAX_SLUG].rstrip("-")


def slug_problem(slug: str) -> str:
    """Return what is wrong with a slug, or an empty text."""
    if not slug:
        return "has no letter or digit for an address"
    if slug in _WINDOWS_NAMES:
        return f'"{slug}" is a name that Windows keeps for itself'
    return ""


def as_slug(text: str) -> Slug:
    """Return a text that is known to be a slug."""
    return cast("Slug", text)


def scheme_of(address: str) -> str:
    """Return the scheme of an address in lower case, or an empty text."""
    found = _SCHEME.match(address)
    return found[1].lower() if found else ""


def address_problem(address: str) -> str:
    """Return what is wrong with a link to another site or to a path of this one, or an empty text."""
    if _CONTROL.search(address):
        return "has a character that no address may hold (a space, a control character or a backslash)"
    scheme = scheme_of(address)
    if scheme:
        if scheme not in SCHEMES:
            return f'has the scheme "{scheme}:", and links are http, https, mailto, tel or within the site'
        try:
            if scheme in ("http", "https") and not urlsplit(address).hostname:
                return "has no host"
        except ValueError:
            return "is no address"
        return ""
    if address.startswith("//"):
        return "has no scheme"
    if not address.startswith("/"):
        return f'is no address: "{address}"'
    return ""


@functools.lru_cache(maxsize=1 << 12)
def is_external(address: str) -> bool:
    """Return whether an address leads out of the site."""
    return bool(scheme_of(address))


def output_path(url: UrlPath) -> OutputPath:
    """Return the file that an address is served from: `/nato/` is `nato/index.html`."""
    path = url.lstrip("/")
    return cast("OutputPath", path + "index.html" if path == "" or path.endswith("/") else path)


@functools.lru_cache(maxsize=1 << 16)
def encode(url: str) -> str:
    """Return an address within the site percent-encoded for a link (RFC 3986), its `#fragment` and `?query` kept."""
    return url if _ENCODED.fullmatch(url) else quote(url, safe="/#?=&;:@!$'()*+,%~-._[]")


def relative(target: str, page: str) -> str:
    """Return the link from one address of the site to another: `/glossary/nato/` from `/x/` is `../glossary/nato/`.

    It goes by way of the site's root, so that pages of one depth have the same link to an address.
    """
    path, hash_mark, fragment = target.partition("#")
    if path == page:
        return encode(hash_mark + fragment) if hash_mark else "./"
    return from_root(root_of(page), target)


def from_root(root: str, target: str) -> str:
    """Return the link to an address from any page from which `root` is the way to the site's root."""
    shown = root + target[1:]
    if not root and (shown[:1] in ("", "#") or ":" in shown.split("/", 1)[0]):
        shown = "./" + shown
    return encode(shown)


def root_of(page: str) -> str:
    """Return the way from an address to the site's root: `../` from `/x/`, nothing from `/`."""
    return "../" * (page.count("/") - 1)


def public_url(base: str, url: str) -> str:
    """Return the public address of a path of the site, percent-encoded; empty where the site has no public address."""
    return base + encode(url.lstrip("/")) if is_external(base) else ""


def social_card_url(url: str) -> UrlPath:
    """Return the address of a page's social card, beside the page: `/nato/` has `/nato/social-card.png`."""
    stem = url if url.endswith("/") else f"{url.removesuffix('.html')}-"
    return cast("UrlPath", f"{stem}social-card.png")


def fingerprinted(name: str, content: bytes) -> str:
    """Return a file's name with the fingerprint of its content: `style.0123456789.css`."""
    stem, dot, ending = name.partition(".") if name.count(".") < 2 else name.rpartition(".")
    return f"{stem}.{hashlib.blake2b(content, digest_size=16).hexdigest()[:FINGERPRINT]}{dot}{ending}"


def is_fingerprinted(path: str) -> bool:
    """Return whether the file at a path of the output folder never changes: its name holds its fingerprint."""
    return _FINGERPRINTED.fullmatch(path) is not None
