"""The schema that a record's own types make: its keys, which of them must be there, and which may be left empty."""

from __future__ import annotations

import functools
import typing
from typing import Any, get_args

import msgspec


class Field(msgspec.Struct, frozen=True):
    """A key of a record."""

    attribute: str
    type: Any
    required: bool
    nullable: bool
    optional: bool


@functools.cache
def fields_of(record: type) -> dict[str, Field]:
    """Return a record's fields by key. A key is the attribute without the underscore that spares a Python word."""
    hints = typing.get_type_hints(record)
    return {
        field.name.rstrip("_"): Field(
            field.name,
            hints[field.name],
            field.required,
            is_optional(hints[field.name]),
            is_optional(hints[field.name]) or not field.required,
        )
        for field in msgspec.structs.fields(record)
        if field.name != "at"
    }


def is_optional(kind: Any) -> bool:
    """Return whether a type admits None."""
    return type(None) in get_args(kind)
