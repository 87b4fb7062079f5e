"""What compiled templates run on: Jinja's own, with less ado in what a page does a thousand times."""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from types import CodeType
from typing import Any

import jinja2
from jinja2.runtime import Context as JinjaContext
from jinja2.runtime import Macro
from markupsafe import Markup, escape

_find_special = re.compile("[&<>\"']").search


def escaped(value: Any) -> str:
    """Return a value as a template writes it: as `markupsafe.escape` does, but that what is safe is not copied."""
    kind = type(value)
    if kind is Markup or (kind is str and not _find_special(value)):
        return value  # type: ignore[no-any-return]
    return escape(value)


class Context(JinjaContext):
    """A template's names; calls macros at once, which need nothing but to know whether to escape."""

    def call(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Return what a template's call returns."""
        if type(function) is not Macro:
            return super().call(function, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return function(self.eval_ctx, *args, **kwargs)


class Template(jinja2.Template):
    """A template that writes values with `escaped`."""

    @classmethod
    def from_code(  # positional, as the environment calls it
        cls, environment: jinja2.Environment, code: CodeType, names: MutableMapping[str, Any], uptodate: Any = None
    ) -> jinja2.Template:
        """Return the template of compiled code."""
        template = super().from_code(environment, code, names, uptodate)
        template.root_render_func.__globals__["escape"] = escaped
        return template
