"""Links to other sites, asked of a site on this machine."""

from __future__ import annotations

import datetime as dt
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import pytest

from generator.commands.check.desk import open_desk
from generator.commands.check.external import check_links
from generator.commands.check.fetch import USER_AGENT, Answer, Manners, ask, ask_all
from generator.commands.check.places import place_all
from generator.diagnostics import Diagnostic, in_order
from tests.project import article, entry, load_project, write_project

QUICK = Manners(delay=0.0, timeout=20.0)
NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


class Server(ThreadingHTTPServer):
    """A site with every kind of page, which remembers what it was asked."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Pages)
        self.asked: list[tuple[str, str, str, float]] = []
        self.asking = self.most = 0
        self.lock = threading.Lock()
        self.url = f"http://127.0.0.1:{self.server_address[1]}"


class Pages(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        with self.server.lock:
            self.server.asking += 1
            self.server.most = max(self.server.most, self.server.asking)
        agent = self.headers["User-Agent"]
        self.server.asked.append((self.command, self.path, agent, time.monotonic()))
        try:
            self.answer()
        finally:
            with self.server.lock:
                self.server.asking -= 1

    do_HEAD = do_GET  # noqa: N815

    def answer(self) -> None:
        name = self.path.partition("?")[0].strip("/")
        if name == "slow":
            time.sleep(1.0)
        if name == "broken":
            self.wfile.write(b"nonsense\r\n\r\n")
            return
        if name == "only-get" and self.command == "HEAD":
            self.reply(405)
        elif name in ("301", "302", "308"):
            self.reply(int(name), "/new")
        elif name == "ftp":
            self.reply(301, "ftp://127.0.0.1/x")
        elif name == "loop":
            self.reply(301, "/loop")
        else:
            self.reply(int(name) if name.isdigit() else 200)

    def reply(self, status: int, location: str = "") -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    site = Server()
    thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield site
    site.shutdown()
    site.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("path", "state", "reason", "asked"),
    [
        ("/200", "alive", "", 1),
        ("/only-get", "alive", "", 2),
        ("/302", "alive", "", 2),
        ("/301", "moved", "301", 2),
        ("/308", "moved", "308", 2),
        ("/404", "dead", "404 Not Found", 2),
        ("/410", "dead", "410 Gone", 1),
        ("/403", "unsure", "403 Forbidden", 2),
        ("/429", "unsure", "429 Too Many Requests", 1),
        ("/500", "unsure", "500 Internal Server Error", 2),
        ("/broken", "unsure", "no proper answer", 2),
        ("/ftp", "unsure", "301 leads away from the web", 2),
        ("/žodis?ką=ū#part", "alive", "", 1),
    ],
)
def test_each_kind_of_answer(server: Server, path: str, state: str, reason: str, asked: int) -> None:
    answer = ask(server.url + path, QUICK)
    assert answer.state == state
    assert answer.reason.startswith(reason)
    assert answer.moved_to == (server.url + "/new" if state == "moved" else "")
    assert len(server.asked) == asked
    assert server.asked[0][0] == "HEAD"
    assert all(agent == USER_AGENT for _, _, agent, _ in server.asked)


def test_a_page_that_is_too_slow(server: Server) -> None:
    answer = ask(f"{server.url}/slow", Manners(delay=0.0, timeout=0.2))
    assert answer == Answer("unsure", "no answer within 0.2 s")


def test_a_loop_ends(server: Server) -> None:
    assert ask(f"{server.url}/loop", QUICK).state == "unsure"


def test_a_host_that_refuses_or_is_not_there(server: Server) -> None:
    server.shutdown()
    server.server_close()
    assert ask(server.url, QUICK).state == "unsure"
    assert ask("http://no-such-host.invalid/", QUICK).state in ("dead", "unsure")


def test_one_page_of_a_host_at_a_time_with_a_pause(server: Server) -> None:
    urls = [f"{server.url}/{name}" for name in "abcd"]
    answers = dict(ask_all(urls, Manners(delay=0.1)))
    assert set(answers.values()) == {Answer("alive")}
    times = [when for _, _, _, when in server.asked]
    assert len(times) == 4
    assert server.most == 1
    assert all(after - before >= 0.09 for before, after in pairwise(times))


def test_hosts_are_asked_side_by_side(server: Server) -> None:
    other = server.url.replace("127.0.0.1", "localhost")
    answers = dict(ask_all([f"{server.url}/slow", f"{other}/slow"], QUICK))
    assert set(answers.values()) == {Answer("alive")}
    assert server.most == 2


def test_who_is_interrupted_does_not_wait_for_the_rest(server: Server) -> None:
    other = server.url.replace("127.0.0.1", "localhost")
    begun = time.monotonic()
    answers = ask_all([f"{other}/a", *(f"{server.url}/{name}" for name in "abcdefgh")], Manners(delay=9.0))
    assert next(answers)[0] == f"{other}/a"
    answers.close()
    assert time.monotonic() - begun < 8.0
    assert len(server.asked) <= 4


def test_a_host_that_asks_to_stop_is_left_alone(server: Server) -> None:
    answers = dict(ask_all([f"{server.url}/429", f"{server.url}/5", f"{server.url}/6"], QUICK))
    assert [answer.reason[:3] for answer in answers.values()] == ["429"] * 3
    assert len(server.asked) == 1


def linked(folder: Path, server: Server, **options: dt.datetime) -> tuple[list[Diagnostic], list[str]]:
    loaded = load_project(folder)
    assert loaded.site is not None
    assert loaded.library is not None
    said: list[str] = []
    found = check_links(
        open_desk(loaded.site, loaded.library), folder, say=said.append, manners=QUICK, now=options.get("now", NOW)
    )
    return list(in_order(place_all(found, folder))), said


def site(tmp_path: Path, server: Server) -> Path:
    url = server.url
    body = f"A [dead]({url}/404) link, a [live]({url}/200) one, [here](two.md).\n\n[mail](mailto:a@b.example)\n"
    matter = (
        "authors: [{name: Somebody, url: '" + server.url + "/301'}]\n"
        f"sources:\n  gone: {{title: A report, url: '{server.url}/410', archived: 'https://archive.example/copy'}}\n"
    )
    files: dict[str, str | bytes] = {
        "content/articles/one.md": article(body, matter),
        "content/articles/two.md": article(f"The [same]({server.url}/404) and [again]({server.url}/404); [@shared].\n"),
        "content/sources.yaml": f"shared:\n  title: A shared report\n  url: {server.url}/500\n",
        "content/glossary/nato.md": entry("NATO", front_matter=f"links: {{website: '{server.url}/403'}}\n"),
    }
    return write_project(tmp_path, files)


def test_links_of_every_kind_are_found_at_their_place(tmp_path: Path, server: Server) -> None:
    found, said = linked(site(tmp_path, server), server)
    assert [(f"{one.path}:{one.line}:{one.column}", one.severity.value, one.code) for one in found] == [
        ("content/articles/one.md:4:34", "suggestion", "link-moved"),
        ("content/articles/one.md:6:33", "warning", "link-dead"),
        ("content/articles/one.md:8:3", "warning", "link-dead"),
        ("content/articles/two.md:5:5", "warning", "link-dead"),
        ("content/glossary/nato.md:5:19", "suggestion", "link-unsure"),
        ("content/sources.yaml:3:8", "suggestion", "link-unsure"),
    ]
    moved, gone, dead = found[:3]
    assert moved.hint == f"link to {server.url}/new"
    assert gone.hint == "link to the copy that its record names: https://archive.example/copy"
    assert "web.archive.org" in dead.hint
    assert said == ["asking for 6 of 6 pages of other sites ..."]


def test_answers_are_kept_with_their_time(tmp_path: Path, server: Server) -> None:
    project = site(tmp_path, server)
    first, _ = linked(project, server)
    server.asked.clear()
    again, said = linked(project, server, now=NOW + dt.timedelta(hours=1))
    assert again == first
    assert {path for _, path, _, _ in server.asked} == {"/403", "/500"}  # what did not open is asked for each time
    assert said == ["asking for 2 of 6 pages of other sites ..."]
    server.asked.clear()
    linked(project, server, now=NOW + dt.timedelta(days=2))
    assert {path for _, path, _, _ in server.asked} == {"/403", "/500", "/404", "/410"}
    kept = json.loads((project / ".cache/links.json").read_text("utf-8"))
    assert kept[f"{server.url}/200"]["asked"].startswith("2026-11-24T12:00:00")
    assert (project / ".cache/CACHEDIR.TAG").is_file()


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b'{"http://x/": {"answer": {"state": "well"}}}'])
def test_a_damaged_cache_counts_as_none(tmp_path: Path, server: Server, content: bytes) -> None:
    project = site(tmp_path, server)
    (project / ".cache").mkdir()
    (project / ".cache/links.json").write_bytes(content)
    found, _ = linked(project, server)
    assert len(found) == 6


def test_a_site_without_such_links_asks_nobody(tmp_path: Path, server: Server) -> None:
    found, said = linked(write_project(tmp_path, {"content/articles/one.md": article("Words.\n")}), server)
    assert (found, said) == ([], [])
