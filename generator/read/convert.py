"""From YAML nodes to typed records, driven by the records' own types, reporting every mistake at its place.

Text is taken as written wherever text is meant: `no`, `010`, `12:30:00` and `1.10` stay what they look like
(format.md, Text rules). A wrong value of an optional field is reported and its default used, so that one run shows
all mistakes of a file.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import types
import typing
from collections.abc import Callable
from typing import Any, Literal, TypeVar, get_args, get_origin

import msgspec
import yaml

from generator.config import TARGETS, PublishTarget
from generator.diagnostics import Diagnostic, did_you_mean, error
from generator.matter import Author, ItemAddress, SourceRecord, Sources, WebAddress
from generator.model import LanguageTag, Located, PartialDate, Position, SourcePath
from generator.read.schema import fields_of, is_optional
from generator.urls import address_problem

MAX_NODES = 200_000
"""Nodes visited in one file: more than any front matter has, little enough for an alias bomb to end at once."""

MAX_INTEGER_DIGITS = 15

PARTIAL_DATE = re.compile(r"(\d{1,4})(?:-(\d{2})(?:-(\d{2}))?)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,8}")
"""The shape of a language tag (BCP 47, 2.1)."""

_PLAIN_INTEGER = re.compile(r"-?(?:0|[1-9]\d*)")
_PLAIN_FLOAT = re.compile(r"-?(?:0|[1-9]\d*)\.\d+(?:[eE][-+]?\d{1,3})?")
_YAML_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "merge", "value")
)

T = TypeVar("T")


class Bad:
    """What a conversion returns where it has reported a mistake instead."""


BAD = Bad()


class Converter:
    """Converts the nodes of one file and gathers what is wrong with them."""

    def __init__(self, path: SourcePath, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        self.diagnostics: list[Diagnostic] = []
        self._nodes_left = MAX_NODES

    def at(self, node: yaml.Node) -> Position:
        """Return a node's place in its file."""
        return Position(self.first_line + node.start_mark.line, node.start_mark.column + 1)

    def reject(self, code: str, node: yaml.Node, message: str, hint: str = "") -> Bad:
        """Report a mistake at a node."""
        self.diagnostics.append(error(code, self.path, self.at(node), message, hint))
        return BAD

    def record(self, node: yaml.Node | None, record: type[T], what: str, required: tuple[str, ...] = ()) -> T | None:
        """Return the file's whole record, or None where it cannot be made; `what` names it in messages."""
        if node is None:
            node = yaml.MappingNode("tag:yaml.org,2002:map", [], _START, _START)
        value = self._struct(node, record, what, required, missing_at=Position(1, 1))
        return None if isinstance(value, Bad) else typing.cast("T", value)

    def convert(self, node: yaml.Node, kind: Any, name: str) -> Any:
        """Return a node's value as the given type, or BAD; `name` is its key, for messages."""
        self._nodes_left -= 1
        if self._nodes_left <= 0:
            if self._nodes_left == 0:
                self.reject("frontmatter-syntax", node, "too many values (aliases of aliases?)", "write it out")
            return BAD
        if node.tag not in _YAML_TAGS:
            return self.reject("frontmatter-type", node, f'"{name}" has the YAML tag {_tag(node)}', "leave the tag out")
        return _converter(kind)(self, node, name)

    # --- the types ----------------------------------------------------------------------------------------------

    def text(self, node: yaml.Node, name: str) -> str | Bad:
        """Return the text of a scalar as its author wrote it."""
        if not isinstance(node, yaml.ScalarNode):
            return self.reject(
                "frontmatter-type", node, f'"{name}" needs a text, not {_shape(node)}', _quote_hint(node)
            )
        if node.value == "" and not node.style:
            return self.reject("frontmatter-type", node, f'"{name}" needs a text', "write one, or leave the key out")
        return str(node.value)

    def _struct(
        self, node: yaml.Node, record: type, what: str, required: tuple[str, ...], missing_at: Position | None = None
    ) -> Any:
        if not isinstance(node, yaml.MappingNode):
            hint = f"expected keys such as {', '.join(list(fields_of(record))[:3])}"
            return self.reject("frontmatter-type", node, f"{what} needs keys and values, not {_shape(node)}", hint)
        fields = fields_of(record)
        values: dict[str, Any] = {}
        failed = False
        seen: set[str] = set()
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else ""
            field = fields.get(key)
            if key in seen:
                self.reject("frontmatter-repeated-key", key_node, f'"{key}" stands here twice', "keep one of them")
            elif field is None:
                self.reject(
                    "frontmatter-unknown-key", key_node, f'{what} has no key "{key}"', did_you_mean(key, fields)
                )
            elif field.nullable and _is_nothing(value_node) and value_node.value:
                values[field.attribute] = None  # written out: `max_density: null` is not its default
            elif not (field.optional and _is_nothing(value_node)):
                value = self.convert(value_node, field.type, key)
                if not isinstance(value, Bad):
                    values[field.attribute] = value
                elif field.required or key in required:
                    failed = True
            seen.add(key)
        for key, field in fields.items():
            if (field.required or key in required) and (key not in seen or _left_empty(node, key)):
                at = missing_at or self.at(node)
                if key not in seen or field.optional:
                    message = f'{what} needs "{key}"'
                    self.diagnostics.append(error("frontmatter-missing-key", self.path, at, message))
                failed = True
        if failed:
            return BAD
        if "at" in record.__struct_fields__:  # type: ignore[attr-defined]
            values["at"] = self.at(node)
        return record(**values)

    def mapping(self, node: yaml.Node, name: str, kind: Any) -> Any:
        """Return a dictionary in the order of the file; keys are text."""
        if not isinstance(node, yaml.MappingNode):
            return self.reject("frontmatter-type", node, f'"{name}" needs keys and values, not {_shape(node)}')
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = self.text(key_node, name)
            if isinstance(key, Bad):
                continue
            if key in result:
                self.reject("frontmatter-repeated-key", key_node, f'"{key}" stands here twice', "keep one of them")
                continue
            value = None if is_optional(kind) and _is_nothing(value_node) else self.convert(value_node, kind, key)
            if not isinstance(value, Bad):
                result[key] = value
        return result

    def sequence(self, node: yaml.Node, name: str, kind: Any) -> Any:
        """Return the items of a list that are right, as a tuple."""
        if not isinstance(node, yaml.SequenceNode):
            hint = f"write [{node.value}]" if isinstance(node, yaml.ScalarNode) and node.value else ""
            return self.reject("frontmatter-type", node, f'"{name}" needs a list, not {_shape(node)}', hint)
        items = (self.convert(item, kind, name) for item in node.value)
        return tuple(item for item in items if not isinstance(item, Bad))


# --- one function for each type; `_converter` picks it once -----------------------------------------------------

Convert = Callable[[Converter, yaml.Node, str], Any]


@functools.cache
def _converter(kind: Any) -> Convert:
    if kind in _BY_TYPE:
        return _BY_TYPE[kind]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (typing.Union, types.UnionType):
        (inner,) = (argument for argument in arguments if argument is not type(None))
        return _converter(inner)
    if origin is Literal:
        return functools.partial(_choice, choices=arguments)
    if origin is tuple and arguments[-1] is ...:
        return lambda converter, node, name: converter.sequence(node, name, arguments[0])
    if origin is tuple:
        return functools.partial(_fixed, kinds=arguments)
    if origin is dict:
        return lambda converter, node, name: converter.mapping(node, name, arguments[1])
    if issubclass(kind, msgspec.Struct):
        return lambda converter, node, name: converter._struct(node, kind, f'"{name}"', ())
    raise TypeError(f"no conversion from YAML to {kind}")


def _choice(converter: Converter, node: yaml.Node, name: str, choices: tuple[str, ...]) -> Any:
    text = converter.text(node, name)
    if isinstance(text, Bad) or text in choices:
        return text
    hint = did_you_mean(text, choices) or f"one of: {', '.join(choices)}"
    return converter.reject("frontmatter-value", node, f'"{name}" cannot be "{text}"', hint)


def _fixed(converter: Converter, node: yaml.Node, name: str, kinds: tuple[Any, ...]) -> Any:
    if not isinstance(node, yaml.SequenceNode) or len(node.value) != len(kinds):
        return converter.reject("frontmatter-type", node, f'"{name}" needs a list of {len(kinds)} numbers')
    items = tuple(converter.convert(item, kind, name) for item, kind in zip(node.value, kinds, strict=True))
    return BAD if any(isinstance(item, Bad) for item in items) else items


def _located(converter: Converter, node: yaml.Node, name: str) -> Any:
    text = converter.text(node, name)
    return text if isinstance(text, Bad) else Located(text, converter.at(node))


def _boolean(converter: Converter, node: yaml.Node, name: str) -> Any:
    if isinstance(node, yaml.ScalarNode) and not node.style and node.value.lower() in ("true", "false"):
        return node.value.lower() == "true"
    return converter.reject("frontmatter-type", node, f'"{name}" needs true or false, not {_shape(node)}')


def _integer(converter: Converter, node: yaml.Node, name: str) -> Any:
    if isinstance(node, yaml.ScalarNode) and _PLAIN_INTEGER.fullmatch(node.value):
        if len(node.value) <= MAX_INTEGER_DIGITS:
            return int(node.value)
        return converter.reject("frontmatter-type", node, f'"{name}" is too large a number')
    return converter.reject("frontmatter-type", node, f'"{name}" needs a whole number, not {_shape(node)}')


def _number(converter: Converter, node: yaml.Node, name: str) -> Any:
    if isinstance(node, yaml.ScalarNode) and (
        _PLAIN_FLOAT.fullmatch(node.value)
        or (_PLAIN_INTEGER.fullmatch(node.value) and len(node.value) <= MAX_INTEGER_DIGITS)
    ):
        return float(node.value)
    return converter.reject("frontmatter-type", node, f'"{name}" needs a number, not {_shape(node)}')


def _day(converter: Converter, node: yaml.Node, name: str) -> Any:
    date = _partial_date(converter, node, name)
    if isinstance(date, Bad):
        return date
    if date.day is None:
        hint = f"such as {date.first_day.isoformat()}"
        return converter.reject("frontmatter-date", node, f'"{name}" needs a day, not just "{date}"', hint)
    return date.first_day


def _partial_date(converter: Converter, node: yaml.Node, name: str) -> Any:
    text = converter.text(node, name)
    if isinstance(text, Bad):
        return text
    found = PARTIAL_DATE.fullmatch(text.strip())
    if found is None:
        hint = "write it as year-month-day: 2021-12-15 (or 2021-12, or 2021, where no day is needed)"
        return converter.reject("frontmatter-date", node, f'"{name}" needs a date, not "{text}"', hint)
    date = PartialDate(*(int(part) if part else None for part in found.groups()))  # type: ignore[arg-type]
    try:
        date.first_day  # noqa: B018 - raises where the calendar has no such day
    except ValueError:
        return converter.reject("frontmatter-date", node, f'there is no day "{text}"', "check month and day")
    return date


def _language(converter: Converter, node: yaml.Node, name: str) -> Any:
    text = converter.text(node, name)
    if isinstance(text, Bad) or _LANGUAGE.fullmatch(text):
        return text
    return converter.reject("frontmatter-value", node, f'"{name}" is no language: "{text}"', "such as en, lt or pt-BR")


def _web_address(converter: Converter, node: yaml.Node, name: str) -> Any:
    text = converter.text(node, name)
    if isinstance(text, Bad):
        return text
    problem = address_problem(text)
    if problem:
        return converter.reject("link-scheme", node, f'"{name}" {problem}', "https://... or /within-the-site/")
    return WebAddress(text)


def _item_address(converter: Converter, node: yaml.Node, name: str) -> Any:
    text = converter.text(node, name)
    if name == "wikidata" and isinstance(text, str) and re.fullmatch(r"[QPL]\d{1,15}", text):
        return ItemAddress(f"https://www.wikidata.org/wiki/{text}")
    address = _web_address(converter, node, name)
    return address if isinstance(address, Bad) else ItemAddress(address.value)


def _author(converter: Converter, node: yaml.Node, name: str) -> Any:
    if isinstance(node, yaml.MappingNode):
        return converter._struct(node, Author, "an author", ())
    text = converter.text(node, name)
    return text if isinstance(text, Bad) else Author(text)


def _sources(converter: Converter, node: yaml.Node, name: str) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return Sources({}, converter.sequence(node, name, Located))
    records = converter.mapping(node, name, SourceRecord)
    if isinstance(records, Bad):
        return records
    keys = (Located(str(key.value), converter.at(key)) for key, _ in node.value if isinstance(key, yaml.ScalarNode))
    return Sources(records, tuple(key for key in keys if key.value in records))


def _publish_target(converter: Converter, node: yaml.Node, name: str) -> Any:
    """Return the record of the kind that `to` names; each kind has settings of its own."""
    if not isinstance(node, yaml.MappingNode):
        return converter._struct(node, TARGETS["directory"], f'"{name}"', ())
    place = next((place for place, (key, _) in enumerate(node.value) if key.value == "to"), None)
    if place is None or _is_nothing(node.value[place][1]):
        message = f'"{name}" needs "to"'
        hint = f"one of: {', '.join(TARGETS)}"
        return converter.reject("frontmatter-missing-key", node, message, hint)
    kind = _choice(converter, node.value[place][1], "to", choices=tuple(TARGETS))
    if isinstance(kind, Bad):
        return kind
    others = [*node.value[:place], *node.value[place + 1 :]]
    rest = yaml.MappingNode(node.tag, others, node.start_mark, node.end_mark)
    return converter._struct(rest, TARGETS[kind], f'a target "to: {kind}"', ())


def _anything(converter: Converter, node: yaml.Node, name: str) -> Any:
    if isinstance(node, yaml.MappingNode):
        return converter.mapping(node, name, Any)
    if isinstance(node, yaml.SequenceNode):
        return converter.sequence(node, name, Any)
    assert isinstance(node, yaml.ScalarNode)
    text = str(node.value)
    if node.style:
        return text
    if _is_nothing(node):
        return None
    if text in ("true", "false"):
        return text == "true"
    if _PLAIN_INTEGER.fullmatch(text) and len(text) <= MAX_INTEGER_DIGITS:
        return int(text)
    return float(text) if _PLAIN_FLOAT.fullmatch(text) else text


_BY_TYPE: dict[Any, Convert] = {
    str: lambda converter, node, name: converter.text(node, name),
    bool: _boolean,
    int: _integer,
    float: _number,
    Any: _anything,
    dt.date: _day,
    PartialDate: _partial_date,
    Located: _located,
    LanguageTag: _language,
    WebAddress: _web_address,
    ItemAddress: _item_address,
    Author: _author,
    Sources: _sources,
    PublishTarget: _publish_target,
}


def _left_empty(node: yaml.MappingNode, key: str) -> bool:
    return any(
        isinstance(key_node, yaml.ScalarNode) and key_node.value == key and _is_nothing(value_node)
        for key_node, value_node in node.value
    )


def _is_nothing(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in ("", "~", "null")


def _shape(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        return "keys and values"
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    return f'"{node.value}"' if len(node.value) <= 40 else "a text"


def _quote_hint(node: yaml.Node) -> str:
    flow_map = isinstance(node, yaml.MappingNode) and len(node.value) == 1
    return "put quotation marks around a text with a colon or braces in it" if flow_map else ""


def _tag(node: yaml.Node) -> str:
    tag = str(node.tag)
    return "!!" + tag.removeprefix("tag:yaml.org,2002:") if tag.startswith("tag:yaml.org,2002:") else tag


_START = yaml.Mark("", 0, 0, 0, None, 0)
