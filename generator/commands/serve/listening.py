"""Where the preview listens: an address of this machine, at a port that is free."""

from __future__ import annotations

import errno
import socket

from tornado.netutil import bind_sockets

HOST = "127.0.0.1"

PORT = 8000
"""The first port that is tried where none was asked for."""

PORTS = 100
"""How many are tried."""


class ListenError(Exception):
    """The preview cannot listen; the words say why."""


def listen(host: str, port: int | None) -> list[socket.socket]:
    """Return sockets bound to a host, at the port that was asked for, else at the first that is free."""
    for tried in [port] if port is not None else range(PORT, PORT + PORTS):
        try:
            return bind_sockets(tried, host)
        except socket.gaierror as problem:
            raise ListenError(f"--host {host}: no such address ({problem.strerror})") from None
        except OSError as problem:
            if problem.errno != errno.EADDRINUSE:
                raise ListenError(f"{host}, port {tried}: {problem.strerror}") from None
    if port is not None:
        raise ListenError(f"the port {port} is taken; ask for another, or leave --port out for the next free one")
    raise ListenError(f"the ports {PORT} to {PORT + PORTS - 1} are all taken; ask for another with --port")


def address_of(sockets: list[socket.socket], host: str, base: str) -> str:
    """Return the address to open in a browser."""
    port = sockets[0].getsockname()[1]
    name = "localhost" if host in ("", "0.0.0.0", "::") else f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}{base}"
