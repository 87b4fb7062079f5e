"""Highlighted code: Pygments' tokens as CSS classes. Imported only where a fence names a language."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES
from pygments.util import ClassNotFound

MAX_CODE = 50_000
"""Characters; a lexer made of regular expressions may need quadratic time, and nobody reads that much code here."""


def highlight(code: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield the code in runs with their CSS class (empty for plain); joined they are the code, whatever happens."""
    lexer = _lexer(language)
    if lexer is None or len(code) > MAX_CODE:
        yield "", code
        return
    runs = [(STANDARD_TYPES.get(token, ""), text) for _, token, text in lexer.get_tokens_unprocessed(code)]
    if "".join(text for _, text in runs) != code:
        yield "", code
        return
    yield from ((css_class, text) for css_class, text in runs if text)


@functools.lru_cache(maxsize=32)
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
