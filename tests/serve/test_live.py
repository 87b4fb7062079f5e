"""From a save to the message on the socket, and what is on the page then."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import time
from pathlib import Path

import pytest

from tests.project import article, entry
from tests.serve.running import FILES, Listener, Preview, connect, listening, new_project


def test_a_saved_article_is_told_by_its_address_and_is_there_at_once(preview: Preview) -> None:
    preview.text("/two/")

    async def act(listener: Listener) -> None:
        preview.write("content/articles/two.md", article("Edited words.\n"))
        message = await listener.next()
        assert message == {"command": "reload", "path": "/two/", "liveCSS": True, "liveImg": False}
        assert "Edited words." in preview.text("/two/")

    listening(preview, act)
    line = preview.wait_for("content/articles/two.md")
    assert line.startswith("content/articles/two.md: 1 page in ")
    assert len(preview.lines) == 1


def test_what_shows_the_article_changes_with_it(preview: Preview) -> None:
    assert "NATO" not in preview.text("/glossary/nato/").partition('id="backlinks"')[2]
    preview.write("content/articles/two.md", article("NATO, of all things.\n").replace("Title", "A new title"))
    assert "of all things" in preview.until("/glossary/nato/", "A new title")
    assert "A new title" in preview.text("/")


def test_an_entry_changes_the_pages_that_show_it(preview: Preview) -> None:
    async def act(listener: Listener) -> None:
        preview.write("content/glossary/nato.md", entry("NATO", summary="Quite another alliance."))
        assert (await listener.next())["path"] == "/glossary/nato/"
        assert "Quite another alliance." in preview.text("/one/")

    listening(preview, act)


def test_an_atomic_save(preview: Preview) -> None:
    async def act(listener: Listener) -> None:
        new = preview.project / "content/articles/.one.md.swp"
        new.write_text(article("Moved into place.\n"), encoding="utf-8")
        os.replace(new, preview.project / "content/articles/one.md")
        assert (await listener.next())["path"] == "/one/"
        assert "Moved into place." in preview.text("/one/")

    listening(preview, act)


def test_a_renamed_a_new_and_a_removed_file(preview: Preview) -> None:
    os.replace(preview.project / "content/articles/two.md", preview.project / "content/articles/three.md")
    assert "Nothing of note." in preview.until("/three/", "Nothing of note.")
    assert preview.get("/two/")[0] == 404
    preview.write("content/articles/deep/er/four.md", article("In a new folder.\n"))
    preview.until("/four/", "In a new folder.")
    preview.write("content/articles/deep/er/four.md", article("And edited there.\n"))
    preview.until("/four/", "And edited there.")
    shutil.rmtree(preview.project / "content/articles/deep")
    preview.until("/four/", "And edited there.", there=False)


def test_a_renamed_folder(preview: Preview) -> None:
    preview.write("content/articles/here/index.md", article("In a folder.\n"))
    preview.until("/here/", "In a folder.")
    os.replace(preview.project / "content/articles/here", preview.project / "content/articles/there")
    preview.until("/there/", "In a folder.")
    assert preview.get("/here/")[0] == 404


def test_content_made_anew_is_seen(preview: Preview) -> None:
    aside = preview.project / "aside"
    shutil.copytree(preview.project / "content", aside)
    shutil.rmtree(preview.project / "content")
    (aside / "articles/one.md").write_text(article("Checked out again.\n"), encoding="utf-8")
    os.replace(aside, preview.project / "content")
    preview.until("/one/", "Checked out again.")
    preview.write("content/articles/one.md", article("And edited again.\n"))
    preview.until("/one/", "And edited again.")


def test_a_burst_ends_in_the_final_state(preview: Preview) -> None:
    for number in range(60):
        preview.write("content/articles/one.md", article(f"State {number}.\n"))
        preview.write("content/articles/two.md", article(f"Other {number}.\n"))
        time.sleep(0.003)
    preview.until("/one/", "State 59.")
    preview.until("/two/", "Other 59.")
    assert len([line for line in preview.lines if " ms" in line]) <= 60


def test_what_editors_leave_behind_is_of_no_consequence(preview: Preview) -> None:
    async def act(listener: Listener) -> None:
        preview.write("content/articles/one.md~", "x")
        preview.write("content/articles/.#one.md", "x")
        os.utime(preview.project / "content/articles/two.md")
        preview.write("content/articles/one.md", article("Then this.\n"))
        assert (await listener.next())["path"] == "/one/"

    listening(preview, act)


def test_polling_sees_a_save(tmp_path: Path) -> None:
    with Preview(new_project(tmp_path), "--poll") as preview:
        preview.write("content/articles/one.md", article("Seen by looking.\n"))
        preview.until("/one/", "Seen by looking.")


def test_a_theme_of_its_own_made_while_it_runs(preview: Preview) -> None:
    preview.write("templates/partials/site-footer.html", "<footer>My own footer</footer>\n")
    preview.until("/one/", "My own footer")
    preview.write("templates/partials/site-footer.html", "<footer>My second footer</footer>\n")
    preview.until("/one/", "My second footer")


def test_a_style_sheet_is_told_by_its_own_address(preview: Preview) -> None:
    preview.start_afresh(FILES | {"templates/css/95-own.css": "body { color: red; }\n"})
    assert 'href="../assets/style.css"' in preview.text("/one/")

    async def act(listener: Listener) -> None:
        preview.write("templates/css/95-own.css", "body { color: blue; }\n")
        assert (await listener.next())["path"] == "/assets/style.css"
        assert "color: blue" in preview.text("/assets/style.css")

    listening(preview, act)


def test_the_settings_change_everything(preview: Preview) -> None:
    async def act(listener: Listener) -> None:
        preview.write("content/site.yaml", "title: Renamed\n")
        assert (await listener.next())["path"] == "*"
        assert "Renamed" in preview.text("/two/")

    listening(preview, act)


def test_ten_listeners_hear_every_change(preview: Preview) -> None:
    async def run() -> None:
        listeners = [await connect(preview) for _ in range(10)]
        for number in range(3):
            preview.write("content/articles/one.md", article(f"For all {number}.\n"))
            assert {(await listener.next())["path"] for listener in listeners} == {"/one/"}
        for listener in listeners:
            await listener.close()

    asyncio.run(run())


def test_who_missed_a_change_while_connecting_is_told(preview: Preview) -> None:
    async def run() -> None:
        state = preview.text("/two/").partition('id="livereload-state">')[2].partition("</script>")[0]
        shown = json.loads(state)["generation"]
        preview.write("content/articles/two.md", article("Before it listens.\n"))
        preview.wait_for("two.md")
        late = await connect(preview, plugins={"preview": {"generation": shown}})
        assert (await late.next())["command"] == "reload"
        await late.close()

    asyncio.run(run())


def test_what_is_no_message_is_not_heard(preview: Preview) -> None:
    async def act(listener: Listener) -> None:
        for said in ("", "no json", "[]", "{}", '{"command": 1}', '{"command": "url", "url": "x"}'):
            await listener.connection.write_message(said)
        await listener.connection.write_message(b"\xff\xfe", binary=True)
        preview.write("content/articles/one.md", article("Still there.\n"))
        assert (await listener.next())["path"] == "/one/"

    listening(preview, act)
    assert not [line for line in preview.lines if "Traceback" in line]


@pytest.mark.parametrize("name", ["content/articles/one.md", "content/glossary/nato.md"])
def test_pages_are_served_while_the_content_is_wrong(preview: Preview, name: str) -> None:
    good = (preview.project / name).read_text("utf-8")
    before = preview.text("/one/").partition('id="livereload-state"')[0]
    preview.write(name, good + "\n[[Nowhere]]\n")
    broken = preview.until("/one/", "mention-unknown")
    assert "Nowhere" not in broken.partition('id="livereload-state"')[0]
    assert f"{name}:" in broken
    assert "1 error; the last good pages stay" in preview.wait_for("last good")
    assert any("error[mention-unknown]" in line for line in preview.lines)
    preview.write(name, good)
    assert preview.until("/one/", "mention-unknown", there=False).startswith(before)
