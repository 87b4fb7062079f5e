from __future__ import annotations

from pathlib import Path

import pytest

from tests.project import build_project, found, load_project, write_project


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("images: {widths: [480, 0, -5]}\n", ["site.yaml:2:24", "site.yaml:2:27"]),
        ("images:\n  max_pixels: 0\n", ["site.yaml:3:15"]),
        ("paginate: 0\n", ["site.yaml:2:11"]),
        ("feeds: {items: -1}\n", ["site.yaml:2:16"]),
        ("theme:\n  accent: 'red; } body {'\n", ["site.yaml:3:11"]),
        ("theme: {'a b': red}\n", ["site.yaml:2:16"]),
    ],
)
def test_a_number_or_a_value_that_cannot_be_is_an_error_at_its_place(
    tmp_path: Path, settings: str, expected: list[str]
) -> None:
    loaded = load_project(write_project(tmp_path, {"content/site.yaml": f"title: T\n{settings}"}))
    assert found(loaded) == [f"{place} error frontmatter-value" for place in expected]


def test_no_sizes_at_all_are_a_choice(tmp_path: Path) -> None:
    assert build_project(write_project(tmp_path, {"content/site.yaml": "title: T\nimages: {widths: []}\n"})).ok
