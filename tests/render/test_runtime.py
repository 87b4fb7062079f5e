from __future__ import annotations

import functools
from typing import Any

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from generator.render.runtime import CodeGenerator, Context, Template, escaped

VALUES = st.one_of(st.text(), st.text(alphabet="a&<>\"'"), st.text().map(Markup), st.integers(), st.none())


class Quick(jinja2.Environment):
    code_generator_class = CodeGenerator
    context_class = Context
    template_class = Template


class Shown:
    def __html__(self) -> str:
        return "<b>"


class Inner:
    name = "<i>"

    def __repr__(self) -> str:
        return "inner"


class Outer(dict[str, Any]):
    """Has attributes and items: an attribute comes before an item of the same name."""

    inner = Inner()

    def __init__(self) -> None:
        super().__init__(inner="an item", only="an item")


@given(VALUES)
def test_values_are_escaped_as_ever(value: Any) -> None:
    assert escaped(value) == str(escape(value))


def test_what_knows_its_html_writes_it() -> None:
    assert escaped(Shown()) == "<b>"
    assert escaped(jinja2.Undefined()) == ""


@pytest.mark.parametrize(
    "source",
    [
        "{{ x }}|{{ x|safe }}|{{ [x, x]|join('<') }}|{{ x ~ '<' }}",
        "{% macro m(a, b=1) %}<i>{{ a }}{{ b }}</i>{% endmacro %}{{ m(x) }}{{ m(x, b='&') }}{{ m(b=x, a=2) }}",
        "{% macro m() %}{{ caller(x) }}{% endmacro %}{% call(y) m() %}{{ y }}<{% endcall %}",
        "{% macro m(a) %}{{ a }}{% endmacro %}{% for a in [x, 2] %}{{ m(a) }}{{ loop.index }}{% endfor %}",
        "{% macro m(a) %}{{ a }}{% endmacro %}{% autoescape false %}{{ m(x) }}{{ x }}{% endautoescape %}",
        "{% macro m(a) %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, x, y=2) }}",
        "{% set s %}<b>{{ x }}{% endset %}{{ s }}{% block b %}{{ x }}{% endblock %}{{ self.b() }}",
        "{{ cycler(x, 'b').next() }}{{ shout(x) }}{{ named() }}",
        "{% for n in [x] %}{% set set = n %}{{ partly(n) }}{{ once(n) }}{{ once_named(n) }}{% endfor %}",
        "{{ it.inner.name }}|{{ it['inner'].title() }}|{{ {'a': {'b': x}}.a.b }}|{{ it.only }}|{{ 'a'.upper() }}",
        "{{ it.nowhere }}|{{ it.nowhere is defined }}|{{ it.inner.nowhere is defined }}|{{ {}.nowhere|default(x) }}",
        "{% for n in [it] if n.inner.name %}{{ n.inner.name }}{{ loop.last }}{% endfor %}",
        "{% for n in [it] recursive %}{{ loop.depth }}{{ n.inner.name }}{% endfor %}{{ [it]|map(attribute='a')|list }}",
        "{% macro m(a) %}{{ a.inner }}{{ caller(a.inner) }}{% endmacro %}{% call(y) m(it) %}{{ y.name }}{% endcall %}",
    ],
)
def test_templates_write_what_they_write_on_jinjas_own_runtime(source: str) -> None:
    @jinja2.pass_context
    def named(context: jinja2.runtime.Context) -> str:
        return str(context["x"])

    @functools.lru_cache
    @jinja2.pass_context
    def once_named(context: jinja2.runtime.Context, value: str) -> str:
        return f"{context['x']} {context['set']} {value}"

    def rendered(kind: type[jinja2.Environment]) -> str:
        environment = kind(autoescape=True, extensions=["jinja2.ext.do"])
        environment.globals |= {"shout": str.upper, "named": named, "once_named": once_named}
        environment.globals |= {"partly": functools.partial("{}{}".format, "<"), "once": functools.lru_cache(str.title)}
        return environment.from_string(source).render(x="<a> & 'b'", it=Outer())

    assert rendered(Quick) == rendered(jinja2.Environment)


def test_a_macro_that_lacks_an_argument_says_so() -> None:
    source = "{% macro m(a) %}{{ a.b }}{% endmacro %}{{ m(1, 2) }}"
    with pytest.raises(TypeError, match="takes not more than 1 argument"):
        Quick(autoescape=True).from_string(source).render()


@pytest.mark.parametrize(
    "source", ["{{ it.nowhere }}", "{{ it.nowhere.name }}", "{{ nobody.name }}", "{{ it.inner.a.b }}"]
)
def test_what_is_not_there_is_said_as_jinja_says_it(source: str) -> None:
    said = []
    for kind in (Quick, jinja2.Environment):
        template = kind(undefined=jinja2.StrictUndefined).from_string(source)
        with pytest.raises(jinja2.UndefinedError) as problem:
            template.render(it=Outer())
        said.append(str(problem.value))
    assert said[0] == said[1]
