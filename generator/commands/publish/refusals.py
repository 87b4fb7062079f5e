"""What must not be published: a site without a public address, and pictures that tell where they were taken."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

import msgspec

from generator.config import Settings
from generator.diagnostics import START, Diagnostic, Severity, error
from generator.model import Position, SourcePath

LOCAL_ENDINGS = (".localhost", ".local")
"""Names that mean the machine itself (RFC 6761) and those of a private network (RFC 6762)."""


def address_problems(settings: Settings, path: SourcePath) -> Iterator[Diagnostic]:
    """Yield the error that the site has no public address, if it has none: feeds and previews carry it."""
    hint = "the address that readers use, such as https://example.org/ or https://example.org/base/"
    at = settings.url.at if settings.url else START
    if problem := url_problem(settings.url.value if settings.url else ""):
        yield error("publish-url", path, at, problem, hint)


def url_problem(url: str) -> str:
    """Return why an address is none that the public can use, or an empty text."""
    if not url:
        return 'a site that is published needs "url"'
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        return f'"url" is a bare path, "{url}"'
    host = (parts.hostname or "").rstrip(".").lower()
    if host == "localhost" or host.endswith(LOCAL_ENDINGS) or _is_private(host):
        return f'"url" is local: "{host}" is nothing to readers elsewhere'
    return ""


def positions_refused(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the same findings, with pictures that tell where they were taken as errors."""
    return tuple(
        msgspec.structs.replace(one, severity=Severity.ERROR) if one.code == "image-position" else one
        for one in diagnostics
    )


def deletions(count: int, most: int, path: SourcePath, at: Position) -> tuple[Diagnostic, ...]:
    """Return the error that more files would be deleted than is allowed, if so."""
    if count <= most:
        return ()
    message = f"{count} files would be deleted, and at most {most} may be"
    hint = f"--dry-run lists them; --max-delete {count} if that is meant"
    return (error("publish-deletions", path, at, message, hint),)


def _is_private(host: str) -> bool:
    """Return whether a host is an address, however it is written, that is not public."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        try:
            address = ipaddress.ip_address(socket.inet_aton(host))
        except (OSError, UnicodeError):
            return False
    return not address.is_global
