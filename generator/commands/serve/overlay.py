"""What the preview adds to a page: its script, and what an overlay has to say. Never on the disk, always at the end."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable

SCRIPT = "/livereload-preview.js"
"""The address of preview.js."""

PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>Not ready</title></head>
<body>
<h1>There is no page to show yet</h1>
<pre>{text}</pre>
</body>
</html>
"""


def with_overlay(page: bytes, errors: Iterable[str], generation: str) -> bytes:
    """Return a page with the preview's script, and with the errors for it to show."""
    state = json.dumps({"errors": list(errors), "generation": generation}, ensure_ascii=True)
    state = state.replace("<", "\\u003c")
    added = f'<script type="application/json" id="livereload-state">{state}</script><script src="{SCRIPT}"></script>\n'
    end = page.lower().rfind(b"</body>")
    end = len(page) if end < 0 else end
    return page[:end] + added.encode() + page[end:]


def empty_page(errors: Iterable[str]) -> bytes:
    """Return the page that is shown where none could be made."""
    return PAGE.format(text=html.escape("\n".join(errors))).encode()
