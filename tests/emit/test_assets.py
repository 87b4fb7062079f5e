"""The theme's files in one: what is for those who write a theme does not go out to those who read a site."""

from __future__ import annotations

import pytest

from generator.emit.assets import join_scripts, without_comments
from generator.read.theme import ThemeFiles


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("// Why.\nrun();\n\n  // More.\n  walk();\n", "run();\n  walk();"),
        ("/* One\n   two */\na { b: c; }\r\n", "a { b: c; }"),
        ("/* a */ b { c: d; }", "/* a */ b { c: d; }"),
        ("/*! Whose it is. */\na {}", "/*! Whose it is. */\na {}"),
        ("see('https://a.example/');  // it stays", "see('https://a.example/');  // it stays"),
        ("const glob = 'a/*';\nrun('*/');", "const glob = 'a/*';\nrun('*/');"),
    ],
)
def test_comments_that_begin_a_line_stay_behind(written: str, sent: str) -> None:
    assert without_comments(written) == sent


def test_scripts_share_one_scope_of_their_own() -> None:
    theme = ThemeFiles(styles=(), scripts=(("a.js", "const a = 1;\n"), ("b.js", "// B.\nuse(a);\n")), icons=())
    assert join_scripts(theme) == "(() => {\n'use strict';\nconst a = 1;\nuse(a);\n})();\n"
