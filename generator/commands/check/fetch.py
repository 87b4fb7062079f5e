"""Asking other sites whether a page is still there: politely, a host at a time, hosts side by side."""

from __future__ import annotations

import http.client
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Literal
from urllib.parse import quote, urlsplit, urlunsplit

from generator import __version__
from generator.model import Value

State = Literal["alive", "moved", "dead", "unsure"]

USER_AGENT = f"annotated-explainers/{__version__} (checks whether cited pages are still there)"

ACCEPT = "text/html,application/xhtml+xml,*/*;q=0.8"
"""Some servers refuse whoever accepts anything."""

PERMANENT = (301, 308)
GONE = (404, 410)


class Manners(Value, frozen=True, kw_only=True):
    """How other sites are asked."""

    hosts: int = 8
    """Asked at once; of one host only ever one page at a time."""
    delay: float = 1.0
    """Seconds between two requests to a host."""
    timeout: float = 15.0


class Answer(Value, frozen=True):
    """What became of an address."""

    state: State
    reason: str = ""
    """`404 Not Found`, `no answer within 15 s`; empty where it is alive."""
    moved_to: str = ""
    """Where a permanent redirection leads."""


def ask_all(urls: Iterable[str], manners: Manners) -> Iterator[tuple[str, Answer]]:
    """Yield the answer to each address, as hosts are done."""
    by_host: dict[str, list[str]] = {}
    for url in sorted(set(urls)):
        by_host.setdefault(urlsplit(url).netloc.lower(), []).append(url)
    stop = threading.Event()
    with ThreadPoolExecutor(max_workers=manners.hosts, thread_name_prefix="links") as pool:
        try:
            hosts = [pool.submit(_ask_host, urls, manners, stop) for urls in by_host.values()]
            for host in as_completed(hosts):
                yield from host.result()
        finally:  # interrupted, or nobody wants the rest: the hosts that are left are not waited for
            stop.set()
            pool.shutdown(wait=False, cancel_futures=True)


def _ask_host(urls: list[str], manners: Manners, stop: threading.Event) -> list[tuple[str, Answer]]:
    pause = _Pause(manners.delay, stop)
    answers: list[tuple[str, Answer]] = []
    for url in urls:
        if stop.is_set():
            break
        if answers and answers[-1][1].reason.startswith("429"):
            answers.append((url, answers[-1][1]))  # it has asked us to stop
        else:
            answers.append((url, ask(url, manners, pause)))
    return answers


class _Pause:
    """Waits between the end of a request to a host and the next one, and no longer than is wanted."""

    def __init__(self, seconds: float, stop: threading.Event) -> None:
        self._seconds = seconds
        self._stop = stop
        self._first = True

    def __call__(self) -> None:
        if not self._first:
            self._stop.wait(self._seconds)
        self._first = False


def ask(url: str, manners: Manners, pause: Callable[[], None] = lambda: None) -> Answer:
    """Return what became of an address: asked by HEAD, and by GET where a server does not want to answer that."""
    answer = Answer("unsure", "was not asked")
    for method in ("HEAD", "GET"):
        pause()
        answer = _request(url, method, manners.timeout)
        if answer.state in ("alive", "moved") or answer.reason[:3] in ("410", "429"):
            break
    return answer


def _request(url: str, method: str, timeout: float) -> Answer:
    hops = _Redirects()
    opener = urllib.request.build_opener(hops)
    try:
        request = urllib.request.Request(
            _encoded(url), method=method, headers={"User-Agent": USER_AGENT, "Accept": ACCEPT}
        )
        with opener.open(request, timeout=timeout) as response:
            arrived = response.geturl()
    except urllib.error.HTTPError as problem:
        problem.close()
        reason = f"{problem.code} {str(problem.reason).partition(chr(10))[0]}".strip()
        return Answer("dead" if problem.code in GONE else "unsure", reason)
    except TimeoutError:
        return Answer("unsure", f"no answer within {timeout:g} s")
    except urllib.error.URLError as problem:
        return _failure(problem.reason, timeout)
    except (OSError, http.client.HTTPException, ValueError) as problem:
        return _failure(problem, timeout)
    if hops.statuses and all(status in PERMANENT for status in hops.statuses):
        return Answer("moved", str(hops.statuses[0]), arrived)
    return Answer("alive")


def _failure(problem: object, timeout: float) -> Answer:
    import socket

    if isinstance(problem, TimeoutError):
        return Answer("unsure", f"no answer within {timeout:g} s")
    if isinstance(problem, ssl.SSLCertVerificationError):
        return Answer("unsure", f"its certificate is not valid: {problem.verify_message}")
    if isinstance(problem, socket.gaierror):
        never = problem.errno == socket.EAI_NONAME
        return Answer("dead" if never else "unsure", "there is no such host" if never else "its host was not found")
    if isinstance(problem, ConnectionRefusedError):
        return Answer("unsure", "the connection was refused")
    return Answer("unsure", f"no proper answer: {problem}" if str(problem) else "no proper answer")


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirections, to the web alone, and remembers their kinds."""

    def __init__(self) -> None:
        self.statuses: list[int] = []

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        if urlsplit(newurl).scheme not in ("http", "https"):
            raise urllib.error.HTTPError(newurl, code, "leads away from the web", headers, fp)
        self.statuses.append(code)
        following = super().redirect_request(req, fp, code, msg, headers, newurl)
        if following is not None:
            following.method = req.get_method()  # a HEAD stays one
        return following


def _encoded(url: str) -> str:
    """Return an address as it goes over the wire: percent-encoded, its host in ASCII, without its fragment."""
    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode()
    host = f"[{host}]" if ":" in host else host
    user = parts.netloc.rpartition("@")[0]
    netloc = f"{user}@{host}" if user else host
    if parts.port:
        netloc += f":{parts.port}"
    safe = "/%:=&?~#+!$,;'@()*[]"
    return urlunsplit((parts.scheme, netloc, quote(parts.path, safe) or "/", quote(parts.query, safe), ""))
