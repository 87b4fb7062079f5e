"""Front matter: where it ends and the body begins, and its YAML as nodes that know their place."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from generator.diagnostics import Diagnostic, error
from generator.model import Position, SourcePath, Value

FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)

MAX_DEPTH = 50
"""Deeper than any front matter; far above what the C composer and our own recursion take."""

CHEAP_BOUND = 400
"""A text with fewer characters that can open a level than this cannot nest deeper than the C composer bears, so that
the guard's own pass is spared for every ordinary file."""

MAX_ALIASES = 100
"""Aliases share nodes; what is built from them is bounded by `convert.MAX_NODES` as well."""

_OPENERS = re.compile(r"[\[{?:-]")


class FrontMatter(Value, frozen=True):
    """A file cut in two."""

    yaml: str
    """Empty where the file has none."""
    body: str
    body_line: int
    """The line of the file on which the body begins."""


def split(text: str, path: SourcePath) -> tuple[FrontMatter, list[Diagnostic]]:
    """Return front matter and body of a file with `\\n` line ends; an unclosed fence is an error at its line."""
    first = FENCE.match(text)
    if first is None:
        return FrontMatter("", text, 1), []
    closing = FENCE.search(text, first.end())
    if closing is None:
        found = error(
            "frontmatter-unclosed",
            path,
            Position(1, 1),
            "the front matter has no end",
            "close it with a line that holds just ---",
        )
        return FrontMatter("", "", text.count("\n") + 1), [found]
    head = text[first.end() + 1 : closing.start()]
    body = text[closing.end() + 1 :]
    return FrontMatter(head, body, text.count("\n", 0, closing.end()) + 2), []


def compose(text: str, path: SourcePath, first_line: int) -> tuple[yaml.Node | None, list[Diagnostic]]:
    """Return the root node of a YAML text (None where it is empty or wrong), never building an object from a tag.

    Depth and aliases are bounded before the C composer sees the text: it recurses on its own stack and crashes.
    `first_line` is the file's line on which the text begins.
    """
    try:
        if len(_OPENERS.findall(text, 0)) >= CHEAP_BOUND:
            _guard(yaml.parse(text, Loader=yaml.CSafeLoader))
        return yaml.compose(text, Loader=yaml.CSafeLoader), []
    except _TooMuch as problem:
        at = Position(first_line + problem.line, problem.column + 1)
        return None, [error("frontmatter-syntax", path, at, str(problem), "write it flatter")]
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        at = Position(first_line + mark.line, mark.column + 1) if mark else Position(first_line, 1)
        return None, [error("frontmatter-syntax", path, at, f"not YAML: {problem.problem}", _hint(problem, text))]
    except yaml.reader.ReaderError as problem:
        line = text.count("\n", 0, problem.position)
        column = problem.position - (text.rfind("\n", 0, problem.position) + 1) + 1
        message = f"a control character that YAML does not allow (U+{ord(_character(problem)):04X})"
        return None, [error("frontmatter-syntax", path, Position(first_line + line, column), message, "remove it")]


def _character(problem: yaml.reader.ReaderError) -> str:
    character = problem.character
    return character if isinstance(character, str) else chr(character)


def _hint(problem: yaml.MarkedYAMLError, text: str) -> str:
    mark = problem.problem_mark
    line = text.split("\n")[mark.line] if mark and mark.line <= text.count("\n") else ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "indent with spaces, YAML allows no tab here"
    if problem.problem and "mapping values are not allowed" in problem.problem:
        return 'put quotation marks around a value that has ": " in it'
    if line.lstrip()[:1] in ("@", "`", "%"):
        return f"put quotation marks around a value that begins with {line.lstrip()[:1]}"
    return "put quotation marks around a value with special characters"


class _TooMuch(Exception):  # noqa: N818 - caught above, never seen
    def __init__(self, message: str, event: yaml.Event) -> None:
        super().__init__(message)
        self.line = event.start_mark.line if event.start_mark else 0
        self.column = event.start_mark.column if event.start_mark else 0


def _guard(events: Iterator[yaml.Event]) -> None:
    depth = aliases = 0
    for event in events:
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise _TooMuch(f"nested deeper than {MAX_DEPTH} levels", event)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            aliases += 1
            if aliases > MAX_ALIASES:
                raise _TooMuch(f"more than {MAX_ALIASES} aliases", event)
