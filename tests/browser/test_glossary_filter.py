"""The glossary, narrowed by kind and by typing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit


@pytest.fixture
def glossary(visit: Visit) -> Page:
    return visit("glossary/")


def shown(page: Page) -> list[str]:
    return page.locator(".index-entry:visible h3 > a").all_inner_texts()


def letters(page: Page) -> tuple[list[str], list[str]]:
    return page.locator(".letters a:visible").all_inner_texts(), page.locator(".letter h2:visible").all_inner_texts()


def said(page: Page) -> str:
    page.clock.run_for(300)
    return page.locator(".narrow [role=status]").inner_text()


def test_names_definitions_and_other_names_are_found(glossary: Page) -> None:
    field = glossary.get_by_role("searchbox", name="Find")
    field.fill("crimean peninsula")  # an alias, shown nowhere on this page
    assert shown(glossary) == ["Crimea"]
    assert letters(glossary) == (["C"], ["C"])
    field.fill("treaty defend")  # two words of a definition, in any order
    assert shown(glossary) == ["NATO"]
    field.fill("vladimir")
    assert shown(glossary) == ["Vladimir V. Putin"]


def test_accents_and_case_do_not_count(glossary: Page) -> None:
    field = glossary.get_by_role("searchbox", name="Find")
    field.fill("MÓSCOW the capitál")
    assert shown(glossary) == ["Moscow"]


def test_it_is_said_how_many_once_the_typing_pauses(glossary: Page) -> None:
    field = glossary.get_by_role("searchbox", name="Find")
    field.press_sequentially("nato")
    assert glossary.locator(".narrow [role=status]").inner_text() == ""
    assert said(glossary) == f"Shown: {len(shown(glossary))}"
    field.fill("no such thing")
    assert said(glossary) == "Shown: 0"
    assert letters(glossary) == ([], [])


def test_both_filters_work_together(glossary: Page) -> None:
    glossary.get_by_text("People", exact=True).click()
    people = shown(glossary)
    assert 5 < len(people) < 15
    field = glossary.get_by_role("searchbox", name="Find")
    field.fill("russian")
    both = shown(glossary)
    assert both
    assert set(both) < set(people)
    assert said(glossary) == f"Shown: {len(both)}"
    assert letters(glossary)[0] == letters(glossary)[1]
    glossary.get_by_text("Places", exact=True).click()
    assert set(shown(glossary)).isdisjoint(people)
    assert said(glossary) == f"Shown: {len(shown(glossary))}"
    assert letters(glossary)[0] == letters(glossary)[1]


def test_escape_clears(glossary: Page) -> None:
    everything = shown(glossary)
    field = glossary.get_by_role("searchbox", name="Find")
    field.fill("nato")
    assert len(shown(glossary)) < len(everything)
    field.press("Escape")
    assert field.input_value() == ""
    assert shown(glossary) == everything
    assert said(glossary) == ""


def test_without_script_the_kinds_filter_and_no_field_stands_idle(visit: Visit) -> None:
    page = visit("glossary/", clock=False, java_script_enabled=False)
    assert page.locator("main input[type=search]").count() == 0
    page.get_by_text("Events", exact=True).click()
    kinds = {entry.get_attribute("data-kind") for entry in page.locator(".index-entry:visible").all()}
    assert kinds == {"event"}
