"""Strings of the interface with nothing to fill in: translated when a template is compiled, not at every page."""

from __future__ import annotations

import gettext
import re

import jinja2
from jinja2.ext import Extension

_CALL = re.compile(r"""(?<![\w.])_\((?:'((?:[^'\\\n])*)'|"((?:[^"\\\n])*)")\)""")
"""`_('Sources')`: one string, plainly written; all others wait for their page."""


class Translating(jinja2.Environment):
    """An environment that knows its strings from the start, before any template is compiled."""

    strings: gettext.NullTranslations


class ConstantStrings(Extension):
    """Puts the translation in place of each such call; templates compiled so are those of one language."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return a template's source with its constant strings in the environment's language."""
        return _CALL.sub(self._translated, source)

    def _translated(self, found: re.Match[str]) -> str:
        message = found[1] if found[1] is not None else found[2]
        assert isinstance(self.environment, Translating)
        text = self.environment.strings.gettext(message)
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'"
