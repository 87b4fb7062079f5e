"""Regular expressions hold on every Python that the program runs on."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import generator

CLASS = re.compile(r"\[(?:\\.|[^\\\]])+\]")
POSSESSIVE_GROUP = re.compile(r"(?<!\\)\)[*+?]\+")


def patterns() -> Iterator[tuple[str, str]]:
    """The patterns of `re` that modules hold, by their names, with an x for each class of characters."""
    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        if not module.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                    yield f"{module.name}.{name}", CLASS.sub("x", value.pattern)


def test_no_group_is_repeated_possessively() -> None:
    """Python before 3.11.5, so Debian 12's, then matches what it must not (python/cpython#106052)."""
    found = dict(patterns())
    assert len(found) > 30
    assert [name for name, pattern in found.items() if POSSESSIVE_GROUP.search(pattern)] == []
