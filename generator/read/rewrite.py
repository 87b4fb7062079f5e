"""Changing one value of a file's front matter and nothing else, in the quoting style that its author used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import yaml

from generator.model import SourcePath
from generator.read.front_matter import compose, split

Key = str | int


def replace_value(text: str, keys: Sequence[Key], value: str) -> str | None:
    """Return a file's text with the scalar at `keys` (`"annotations", 0, "quote"`) set, or None where that is not safe.

    Every other value is held to stay what it was, and the new one to read back as given.
    """
    front, problems = split(text, SourcePath(""))
    root, more = compose(front.yaml, SourcePath(""), 2)
    if root is None or problems or more:
        return None
    node = find_node(root, keys)
    if not isinstance(node, yaml.ScalarNode):
        return None
    offset = text.index("\n") + 1
    start, end = offset + node.start_mark.index, offset + node.end_mark.index
    if node.style in ("|", ">"):
        end = start + len(text[start:end].rstrip())
    before = [other.value for other in _scalars(root) if other is not node]
    for written in _styles(text[start:end], node, value):
        changed = text[:start] + written + text[end:]
        again, wrong = compose(split(changed, SourcePath(""))[0].yaml, SourcePath(""), 2)
        found = find_node(again, keys) if again is not None and not wrong else None
        if not isinstance(found, yaml.ScalarNode) or found.value.strip() != value:
            continue
        if [other.value for other in _scalars(again) if other is not found] == before:
            return changed
    return None


def find_node(root: yaml.Node | None, keys: Sequence[Key]) -> yaml.Node | None:
    """Return the node at a path of keys and indices, or None."""
    node = root
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            node = next((value for name, value in node.value if name.value == key), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
        else:
            return None
    return node


def _scalars(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _scalars(item)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _scalars(key)
            yield from _scalars(value)


def _styles(written: str, node: yaml.ScalarNode, value: str) -> Iterator[str]:
    """Yield the value as the author would write it, then in the styles that always work."""
    if node.style in ("|", ">"):
        header, _, block = written.partition("\n")
        indent = block[: len(block) - len(block.lstrip(" "))]
        yield f"{header}\n{indent}{value}"
    if not node.style:
        yield value
    if node.style != '"':
        yield "'" + value.replace("'", "''") + "'"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    yield '"' + "".join(c if c.isprintable() or c == " " else f"\\U{ord(c):08x}" for c in escaped) + '"'
