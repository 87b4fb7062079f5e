"""From an address that a browser asks for to a file of the site: a look-up in a list, never a way into a folder."""

from __future__ import annotations

import mimetypes
from urllib.parse import unquote_to_bytes

_TYPES = mimetypes.MimeTypes()  # Python's own table: what a machine's files add differs from one to the next
for _type, _ending in (
    ("application/ld+json", ".jsonld"),
    ("application/manifest+json", ".webmanifest"),
    ("application/wasm", ".wasm"),
    ("application/xml", ".xml"),
    ("application/yaml", ".yaml"),
    ("font/woff2", ".woff2"),
    ("image/avif", ".avif"),
    ("image/webp", ".webp"),
    ("text/javascript", ".js"),
    ("text/markdown", ".md"),
):
    _TYPES.add_type(_type, _ending)

TEXTS = ("application/json", "application/ld+json", "application/xml", "image/svg+xml")
"""Types besides text/* whose bytes are UTF-8."""


def site_path(asked: str, base: str) -> str | None:
    """Return the path within the site that a request names, `index.html` added; None where it names none.

    `asked` is the path of the request as it was sent. Whatever could mean a way elsewhere (RFC 3986, 3.3: dot segments,
    encoded or back slashes, two slashes, control characters) names nothing.
    """
    parts = []
    for part in asked.split("/"):
        try:
            decoded = unquote_to_bytes(part).decode("utf-8")
        except UnicodeDecodeError:
            return None
        if decoded in (".", "..") or any(c in "/\\" or c < " " or c == "\x7f" for c in decoded):
            return None
        parts.append(decoded)
    if len(parts) < 2 or parts[0] or "" in parts[1:-1]:
        return None
    path = "/".join(parts)
    if not path.startswith(base):
        return None
    path = path.removeprefix(base)
    return path + "index.html" if path == "" or path.endswith("/") else path


def content_type(path: str) -> str:
    """Return the media type of a file by its ending, as hosts of static sites send it."""
    found, encoding = _TYPES.guess_type(path.rpartition("/")[2], strict=False)
    if found is None or encoding:
        return "application/octet-stream"
    return f"{found}; charset=utf-8" if found.startswith("text/") or found in TEXTS else found
