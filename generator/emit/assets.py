"""The theme's files under /assets/: one style sheet, one script, the icon, each with its fingerprint in its name."""

from __future__ import annotations

import re

from generator.config import Settings
from generator.model import OutputPath
from generator.output import BytesOutput
from generator.read.theme import ThemeFiles
from generator.urls import fingerprinted

COMMENT = re.compile(r"^[ \t]*(?://[^\n]*|/\*(?!!).*?\*/[ \t]*)\n|^[ \t]*\n", re.MULTILINE | re.DOTALL)
"""Comments that begin a line, and empty lines: for those who write a theme, not for its readers. `/*!` stays."""


def assets_of(
    theme: ThemeFiles, settings: Settings, *, fingerprints: bool = True
) -> tuple[dict[str, str], tuple[BytesOutput, ...]]:
    """Return the addresses of the theme's files by their plain names, and the files.

    Without fingerprints a file keeps its address when it changes, so that an open page can take it anew.
    """
    contents: dict[str, bytes] = {}
    if theme.styles:
        contents["style.css"] = join_styles(theme, settings).encode()
    if theme.scripts:
        contents["explain.js"] = join_scripts(theme).encode()
    contents |= dict(theme.icons)
    fingerprint = {name: fingerprinted(name, content) for name, content in contents.items()}
    addresses = {name: f"/assets/{fingerprint[name] if fingerprints else name}" for name in contents}
    files = tuple(
        BytesOutput(OutputPath(addresses[name].lstrip("/")), fingerprint[name], content)
        for name, content in contents.items()
    )
    return addresses, files


def join_styles(theme: ThemeFiles, settings: Settings) -> str:
    """Return all style sheets in one, the site's custom properties last."""
    own = "".join(f"--{name}:{value};" for name, value in settings.theme.items())
    styles = [without_comments(text) for _, text in theme.styles] + ([f":root{{{own}}}"] if own else [])
    return "\n".join(styles) + "\n"


def join_scripts(theme: ThemeFiles) -> str:
    """Return all scripts in one classic script with a scope of its own: browsers block modules from disk."""
    return "(() => {\n'use strict';\n" + "\n".join(without_comments(text) for _, text in theme.scripts) + "\n})();\n"


def without_comments(text: str) -> str:
    """Return a script or style sheet without the comments that begin a line."""
    return COMMENT.sub("", text.replace("\r\n", "\n") + "\n").strip()
