"""Old addresses (`redirect_from`) of articles, pages and entries: which they are, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from generator.diagnostics import Diagnostic, error
from generator.document import EntryDocument
from generator.link.addresses import Claim
from generator.model import SourcePath, UrlPath
from generator.site import Redirect
from generator.synopsis import PageSynopsis
from generator.urls import scheme_of

MAX_PART = 200
"""Bytes of a name on the way: file systems take 255, and an `index.html` or a temporary name has to fit as well."""

_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u200e\u200f\u2028-\u202f\u2066-\u2069\ufffe\uffff]")
_SIGNS = re.compile(r'[\\?#%*:<>"|]')

HINT = "write the path alone, as readers see it: /old/address/"


def redirects_of(
    documents: Iterable[PageSynopsis | EntryDocument], urls: Mapping[SourcePath, UrlPath]
) -> tuple[tuple[Redirect, ...], list[Claim], list[Diagnostic]]:
    """Return the redirects by address, the claims to these, and an error for each value that is no path of the site."""
    redirects: dict[UrlPath, Redirect] = {}
    claims: list[Claim] = []
    found: list[Diagnostic] = []
    for document in documents:
        path = document.path
        for given in document.matter.redirect_from:
            if problem := path_problem(given.value):
                found.append(error("redirect-address", path, given.at, f'"{given.value}" {problem}', HINT))
                continue
            url = address_of(given.value)
            claims.append(Claim(url, f"a redirect of {path}", path, given.at, "take it out of redirect_from:"))
            redirects.setdefault(url, Redirect(url=url, target=urls[path], title=_title(document), lang=document.lang))
    return tuple(redirects[url] for url in sorted(redirects)), claims, found


def path_problem(address: str) -> str:
    """Return what is wrong with an old address, or an empty text.

    The law: what passes is a path within the output folder on every system, and means the same to every web server.
    """
    if _CONTROL.search(address):
        return "has a character that no address may hold (a space or a control character)"
    if scheme_of(address) or address.startswith("//"):
        return "is an address of another site, and only this site's can be redirected"
    if "\\" in address:
        return "has a backslash in it"
    if not address.startswith("/"):
        return "does not begin with /"
    if "%" in address:
        return "is percent-encoded"
    if sign := _SIGNS.search(address):
        return f"has a {sign[0]} in it, and a redirect is for a path alone"
    parts = address[1:].removesuffix("/").split("/")
    if "." in parts or ".." in parts:
        return "has . or .. as a name in it"
    if "" in parts and address != "/":
        return "has an empty name in it"
    if any(part.startswith(".") and part != ".well-known" for part in parts):
        return "has a name that begins with a dot in it"
    if any(len(part.encode()) > MAX_PART for part in parts):
        return f"has a name of more than {MAX_PART} bytes in it"
    return ""


def address_of(path: str) -> UrlPath:
    """Return the address whose page redirects: all but `.html` files are folders, as web servers lead `/old` there."""
    return UrlPath(path if path.endswith(("/", ".html", ".htm")) else f"{path}/")


def _title(document: PageSynopsis | EntryDocument) -> str:
    return document.matter.name.value if isinstance(document, EntryDocument) else document.title
