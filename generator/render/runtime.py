"""What compiled templates run on: Jinja's own, with less ado in what a page does a thousand times."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, MutableMapping
from types import CodeType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator as JinjaCodeGenerator
from jinja2.compiler import Frame, optimizeconst
from jinja2.environment import TemplateModule
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


_PLAIN = frozenset([functools.partial, type(functools.lru_cache(len))])
"""What takes its arguments as they are, unless it is marked: most of what templates can call."""


class Context(JinjaContext):
    """A template's names; calls at once what needs nothing of it, or nothing but to know whether to escape."""

    def call(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Return what a template's call returns."""
        kind = type(function)
        if kind is Macro:
            args = (self.eval_ctx, *args)
        elif kind not in _PLAIN or hasattr(function, "jinja_pass_arg"):
            return super().call(function, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return function(*args, **kwargs)


class CodeGenerator(JinjaCodeGenerator):
    """Writes the code of templates; an attribute that is there takes no call of a function in Python."""

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802  # Jinja's name
        """Write the look at an attribute; Jinja's way follows where there is none."""
        self.write("(found if (found := getattr((owner := ")
        self.visit(node.node, frame)
        self.write(f"), {node.attr!r}, missing)) is not missing else environment.getattr(owner, {node.attr!r}))")


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

    def _get_default_module(self, ctx: JinjaContext | None = None) -> TemplateModule:
        """Return what other templates import, made once: all templates of an environment share its globals."""
        return self._module or super()._get_default_module(ctx)

    def encoded(self, fields: dict[str, Any]) -> bytes:
        """Return what `render` returns, in UTF-8.

        It is encoded piece by piece: of a page that is in ASCII but for a few characters, most is only copied.
        """
        try:
            return b"".join(map(str.encode, self.root_render_func(self.new_context(fields))))
        except Exception:
            self.environment.handle_exception()
