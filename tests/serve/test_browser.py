"""The preview in a real browser: what a writer sees after a save."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.project import article
from tests.serve.running import FILES, PARAGRAPHS, PATIENCE, Preview

OVERLAY = "#livereload-errors"


OWN: dict[str, str | bytes] = {
    "templates/css/95-own.css": "h1 { color: rgb(1, 2, 3); }\n",
    "templates/partials/site-footer.html": "<footer>The footer</footer>\n",
}
"""A style sheet and a template of the project's own."""


@pytest.fixture
def preview(shared: Preview) -> Preview:
    shared.start_afresh(FILES | OWN)
    return shared


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 900, "height": 600})
    page.set_default_timeout(PATIENCE * 1000)
    expect.set_options(timeout=PATIENCE * 1000)
    yield page
    page.close()


def open_page(page: Page, preview: Preview, path: str) -> None:
    """Open a page and wait until it listens."""
    mark = "document.documentElement.toggleAttribute('listening', true)"
    page.add_init_script(f"document.addEventListener('LiveReloadConnect', () => {mark});")
    page.goto(f"http://127.0.0.1:{preview.port}{path}")
    wait_until_listening(page)


def wait_until_listening(page: Page) -> None:
    """Wait for the mark, by a locator: `wait_for_function` needs eval, which a policy may forbid."""
    expect(page.locator(":root[listening]")).to_be_attached()
    page.wait_for_timeout(150)  # its `info` is on the way


def test_a_save_shows_and_the_page_keeps_its_place(preview: Preview, page: Page) -> None:
    open_page(page, preview, "/long/")
    page.evaluate("scrollTo(0, 700)")
    preview.write("content/articles/two.md", article("Another article.\n"))
    preview.wait_for("two.md")
    page.wait_for_function("performance.getEntriesByType('navigation')[0].type === 'reload'")
    wait_until_listening(page)
    assert page.evaluate("scrollY") == 700
    preview.write("content/articles/two.md", article("Once more.\n"))
    preview.wait_for("two.md")
    page.wait_for_timeout(500)
    assert page.evaluate("scrollY") == 700


def test_an_edited_article_opens_where_the_edit_is(preview: Preview, page: Page) -> None:
    open_page(page, preview, "/long/")
    assert page.evaluate("scrollY") == 0
    edited = PARAGRAPHS.replace("Paragraph 45 of", "The edited words, in paragraph 45 of")
    preview.write("content/articles/long.md", article(edited + "\n"))
    block = page.get_by_text("The edited words")
    expect(block).to_be_in_viewport()
    wait_until_listening(page)
    place = page.evaluate("scrollY")
    assert place > 600
    preview.write("content/articles/long.md", article(edited.replace("edited words", "mended words") + "\n"))
    expect(page.get_by_text("The mended words")).to_be_in_viewport()
    assert page.evaluate("scrollY") == place  # what is in view already stays where it is
    wait_until_listening(page)
    preview.write("content/articles/long.md", article("A new beginning.\n\n" + edited + "\n"))
    expect(page.get_by_text("A new beginning.")).to_be_in_viewport()


def test_a_style_sheet_changes_without_a_reload(preview: Preview, page: Page) -> None:
    open_page(page, preview, "/long/")
    page.evaluate("scrollTo(0, 700); window.isTheSamePage = true")
    expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
    preview.write("templates/css/95-own.css", "h1 { color: rgb(4, 5, 6); }\n")
    expect(page.locator("h1")).to_have_css("color", "rgb(4, 5, 6)")
    preview.write("templates/css/95-own.css", "h1 { color: rgb(7, 8, 9); }\n")
    expect(page.locator("h1")).to_have_css("color", "rgb(7, 8, 9)")
    assert page.evaluate("window.isTheSamePage")
    assert page.evaluate("scrollY") == 700


def test_a_mistake_of_the_content_shows_over_the_last_good_page(preview: Preview, page: Page) -> None:
    open_page(page, preview, "/one/")
    preview.write("content/articles/one.md", article("<b>NATO</b> and [[Natto]] & more.\n"))
    overlay = page.locator(OVERLAY)
    expect(overlay).to_contain_text('content/articles/one.md:5:17: error[mention-unknown]: there is no entry "Natto"')
    expect(overlay).to_contain_text("5 | <b>NATO</b> and [[Natto]] & more.")
    expect(overlay).to_contain_text('did you mean "NATO"?')
    expect(page.locator("main")).to_contain_text("NATO spoke in Moscow.")
    page.keyboard.press("Escape")
    expect(overlay).to_have_count(0)
    wait_until_listening(page)
    preview.write("content/articles/one.md", article("All is mended.\n"))
    expect(page.locator("main")).to_contain_text("All is mended.")
    expect(overlay).to_have_count(0)


@pytest.mark.parametrize(
    ("broken", "line", "said"),
    [
        ("<footer>\n{% if %}\n</footer>\n", 2, "template-error"),
        ("<footer>\n\n{{ nothing_of_the_sort }}\n</footer>\n", 3, "'nothing_of_the_sort' is undefined"),
        ("<footer>\n{{ 'x' | date }}\n</footer>\n", 2, "template-error"),
        ("<footer>\n{% include 'nowhere.html' %}\n</footer>\n", 2, "nowhere.html"),
    ],
)
def test_a_mistake_of_a_template(preview: Preview, page: Page, broken: str, line: int, said: str) -> None:
    open_page(page, preview, "/one/")
    preview.write("templates/partials/site-footer.html", broken)
    overlay = page.locator(OVERLAY)
    expect(overlay).to_contain_text(f"templates/partials/site-footer.html:{line}:1: error[template-error]")
    expect(overlay).to_contain_text(said)
    expect(page.locator("footer")).to_contain_text("The footer")
    preview.wait_for(f"templates/partials/site-footer.html:{line}:1: error[template-error]")
    wait_until_listening(page)
    preview.write("templates/partials/site-footer.html", "<footer>The mended footer</footer>\n")
    expect(page.locator("footer")).to_contain_text("The mended footer")
    expect(overlay).to_have_count(0)


def test_the_page_for_what_is_not_there_is_live_too(preview: Preview, page: Page) -> None:
    open_page(page, preview, "/coming/")
    preview.write("content/articles/coming.md", article("Here it is.\n"))
    expect(page.locator("main")).to_contain_text("Here it is.")


def test_nothing_is_refused_by_a_strict_content_security_policy(preview: Preview, page: Page) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    policy = '<meta http-equiv="Content-Security-Policy" content="default-src \'self\'">'
    base = (Path(__file__).parent.parent.parent / "templates/base.html").read_text("utf-8")
    preview.write("templates/base.html", base.replace("<head>", f"<head>{policy}"))
    preview.until("/one/", f"<head>{policy}")
    open_page(page, preview, "/one/")
    preview.write("content/articles/one.md", article("[[Natto]]\n"))
    expect(page.locator(OVERLAY)).to_contain_text("mention-unknown")
    assert page.locator(OVERLAY).evaluate("one => getComputedStyle(one).position") == "fixed"
    assert refused == []


def test_ten_tabs_follow_and_none_blocks(preview: Preview, browser: Browser) -> None:
    context = browser.new_context()
    try:
        tabs = [context.new_page() for _ in range(10)]
        for tab in tabs:
            open_page(tab, preview, "/two/")
        preview.write("content/articles/two.md", article("In every tab.\n"))
        for tab in tabs:
            expect(tab.locator("main")).to_contain_text("In every tab.", timeout=PATIENCE * 1000)
    finally:
        context.close()
