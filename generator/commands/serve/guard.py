"""Who may ask: requests for this machine by its own name. A page of another site may not read a writer's drafts.

A site on the internet can give its own name the address of this machine (DNS rebinding): what then arrives has that
name as its Host, and is refused. An address that is no name cannot be given away like that.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from typing import Any

from tornado.httputil import HTTPServerRequest
from tornado.web import RequestHandler

LOCAL = frozenset(["localhost", "127.0.0.1", "::1"])


def own_names(host: str) -> frozenset[str]:
    """Return the names of this machine under which it may be asked, when it listens at `host`."""
    if host in LOCAL:
        return LOCAL
    name = socket.gethostname().lower().rstrip(".")
    return LOCAL | {host.lower().strip("[]"), name, f"{name}.local", f"{name.partition('.')[0]}.local"}


def is_own(request: HTTPServerRequest, names: Iterable[str]) -> bool:
    """Return whether a request's Host is one of the names, or the address at which it has arrived."""
    hosts = request.headers.get_list("Host")
    host = host_name(hosts[0]) if len(hosts) == 1 else None
    return host is not None and (host in names or host == _arrived_at(request))


def host_name(host: str) -> str | None:
    """Return the name of a Host header without its port, in lower case; None where it is no name."""
    name, port = host.strip().lower(), ""
    if name.startswith("["):
        name, closed, rest = name[1:].partition("]")
        if not closed or (rest and not rest.startswith(":")):
            return None
        port = rest[1:]
    elif ":" in name:
        name, _, port = name.partition(":")
    return name if name and (not port or (port.isascii() and port.isdigit())) else None


def _arrived_at(request: HTTPServerRequest) -> str | None:
    """Return this machine's address of a request's connection."""
    connection: Any = request.connection
    try:
        address = connection.stream.socket.getsockname()[0].partition("%")[0]
        found = ipaddress.ip_address(address)
    except (AttributeError, OSError, ValueError):
        return None
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return str(mapped or found)


class Guarded(RequestHandler):
    """Refuses what does not come for this machine, before anything else is looked at."""

    def set_default_headers(self) -> None:
        """Say that nothing is to be kept, guessed or lent to pages of other sites."""
        self.set_header("Cache-Control", "no-cache")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.clear_header("Server")

    def prepare(self) -> None:
        """Refuse a foreign Host."""
        if not is_own(self.request, self.settings["names"]):
            self.send_error(403)
