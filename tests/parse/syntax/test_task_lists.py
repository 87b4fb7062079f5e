"""Task lists: what is a task, what is not, and what is left of the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.parse.syntax.task_lists import task_lists_rule


def parse(source: str) -> list[Token]:
    md = MarkdownIt("commonmark")
    md.core.ruler.after("inline", "task_lists", task_lists_rule)
    return md.parse(source)


def checked(tokens: list[Token]) -> list[bool]:
    children = [child for token in tokens for child in token.children or []]
    return [child.meta["checked"] for child in children if child.type == "task_checkbox"]


def rendered(source: str) -> str:
    md = MarkdownIt("commonmark")
    md.core.ruler.after("inline", "task_lists", task_lists_rule)
    md.add_render_rule(
        "task_checkbox", lambda self, tokens, index, options, env: "☑" if tokens[index].meta["checked"] else "☐"
    )
    return str(md.render(source)).replace("\n", "")


TASKS = [
    ("- [ ] a", '<ul class="tasks"><li class="task">☐a</li></ul>'),
    ("* [x] a", '<ul class="tasks"><li class="task">☑a</li></ul>'),
    ("1. [X] a", '<ol class="tasks"><li class="task">☑a</li></ol>'),
    ("- [ ] **a** b", '<ul class="tasks"><li class="task">☐<strong>a</strong> b</li></ul>'),
    ("- [x]\u00a0a", '<ul class="tasks"><li class="task">☑a</li></ul>'),
    ("- [x]&nbsp;a", '<ul class="tasks"><li class="task">☑a</li></ul>'),
    ("- [ ]\ta", '<ul class="tasks"><li class="task">☐a</li></ul>'),
    ("- [ ]   a", '<ul class="tasks"><li class="task">☐a</li></ul>'),
    ("- [ ]", '<ul class="tasks"><li class="task">☐</li></ul>'),
    ("- [x]\n  a", '<ul class="tasks"><li class="task">☑a</li></ul>'),
    ("- [x]  \n  a", '<ul class="tasks"><li class="task">☑a</li></ul>'),
    ("- [ ] [x] a", '<ul class="tasks"><li class="task">☐[x] a</li></ul>'),
    ("- [ ] a\n- b", '<ul class="tasks"><li class="task">☐a</li><li>b</li></ul>'),
    ("- [ ] a\n\n  [x] b", '<ul class="tasks"><li class="task"><p>☐a</p><p>[x] b</p></li></ul>'),
    ("- a\n  - [x] b", '<ul><li>a<ul class="tasks"><li class="task">☑b</li></ul></li></ul>'),
    ("- - [x] b", '<ul><li><ul class="tasks"><li class="task">☑b</li></ul></li></ul>'),
    (
        "- [ ] a\n  1. b\n- [x] c",
        '<ul class="tasks"><li class="task">☐a<ol><li>b</li></ol></li><li class="task">☑c</li></ul>',
    ),
    ("> - [x] a", '<blockquote><ul class="tasks"><li class="task">☑a</li></ul></blockquote>'),
]

NONE = [
    "[x] a",
    "> [x] a",
    "- a [x] b",
    "- [x]a",
    "- [y] a",
    "- [] a",
    "- [  ] a",
    "- [xx] a",
    "- \\[x] a",
    "- [x\\] a",
    "- &#91;x] a",
    "- `[x] a`",
    "- *[x] a*",
    "- # [x] a",
    "- > [x] a",
    "-     [x] a",
    "- ```\n  [x] a\n  ```",
    "- [x](y) a",
    "- [x] a\n\n[x]: /y",
    "- a\n\n  [x] b",
]


@pytest.mark.parametrize(("source", "expected"), TASKS)
def test_tasks(source: str, expected: str) -> None:
    assert rendered(source) == expected


@pytest.mark.parametrize("source", NONE)
def test_no_tasks(source: str) -> None:
    assert rendered(source) == MarkdownIt("commonmark").render(source).replace("\n", "")


def test_checkbox_is_the_first_child_and_the_content_has_no_marker() -> None:
    inline = next(token for token in parse("- [x] a *b*") if token.type == "inline")
    assert inline.children is not None
    assert [(child.type, child.nesting, child.meta) for child in inline.children[:1]] == [
        ("task_checkbox", 0, {"checked": True})
    ]
    assert inline.content == "a *b*"


@given(st.lists(st.tuples(st.sampled_from([" ", "x", "X", None]), st.integers(0, 3)), min_size=1))
def test_as_many_checkboxes_as_markers(items: list[tuple[str | None, int]]) -> None:
    depth, lines = -1, []
    for mark, wanted in items:
        depth = min(wanted, depth + 1)
        lines.append("  " * depth + "- " + ("" if mark is None else f"[{mark}] ") + "a")
    tokens = parse("\n".join(lines))
    assert checked(tokens) == [mark != " " for mark, _ in items if mark is not None]
    assert sum(token.attrGet("class") == "task" for token in tokens) == len(checked(tokens))


@given(
    st.lists(st.sampled_from(["- ", "[x]", "[ ] ", " ", "\n", "  ", "a", "> ", "1. ", "[x]: y", "*", "\\", "&nbsp;"]))
)
def test_hostile_input(parts: list[str]) -> None:
    tokens = parse("".join(parts))
    assert len(checked(tokens)) == sum(token.attrGet("class") == "task" for token in tokens)


def test_deep_and_long_lists() -> None:
    assert len(checked(parse("- [x] a\n" * 5000))) == 5000
    parse("- " * 5000 + "[x] a")
