"""Rate pages of a built site with Lighthouse: `lighthouse.py LIGHTHOUSE SITE PAGE...`.

The site is served as it would be from a host: compressed, fingerprinted files to be kept for a year. Prints each
page's scores and what took points off; ends with 1 where a score is below `LEAST`. CHROME_PATH names the browser.
"""

import functools
import gzip
import http.server
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

LEAST = {"performance": 99, "accessibility": 100, "best-practices": 100, "seo": 100}

CHROME = (
    *("--headless=new", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-quic"),
)

COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt")


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files compressed where that helps; a page that is not there is 404.html."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        status = 200 if path.is_file() else 404
        path = path if path.is_file() else Path(self.directory) / "404.html"
        content = path.read_bytes()
        self.send_response(status)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Cache-Control", "max-age=31536000, immutable" if "assets" in path.parts else "max-age=300")
        self.send_header("Content-Security-Policy", "default-src 'self'; base-uri 'none'; frame-ancestors 'none'")
        if path.suffix in COMPRESSED and "gzip" in self.headers.get("Accept-Encoding", ""):
            content = gzip.compress(content, 9)
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Vary", "Accept-Encoding")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a folder on a free port of this machine; the value is its address."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def rate(lighthouse: Path, address: str) -> dict[str, Any]:
    """Return Lighthouse's report on a page."""
    flags = [*CHROME, *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [])]
    command = ["node", str(lighthouse), address, "--quiet", "--output=json", f"--chrome-flags={' '.join(flags)}"]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    try:
        report: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        sys.exit(f"audit: Lighthouse did not answer (exit status {done.returncode}):\n{done.stdout}{done.stderr}")
    return report


def rate_fairly(lighthouse: Path, address: str) -> dict[str, Any]:
    """Return a report, where it is slow the middle one of three: other programs slow a page down, none speeds it up."""
    report = rate(lighthouse, address)
    if speed(report) >= LEAST["performance"]:
        return report
    return sorted([report, rate(lighthouse, address), rate(lighthouse, address)], key=speed)[1]


def speed(report: dict[str, Any]) -> int:
    """Return a report's score for performance."""
    return round((report["categories"]["performance"]["score"] or 0) * 100)


def losses(report: dict[str, Any], category: str) -> Iterator[str]:
    """Yield what took points off a score."""
    for reference in report["categories"][category]["auditRefs"]:
        audit = report["audits"][reference["id"]]
        if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
            yield f"  {category}: {audit['title']} {audit.get('displayValue', '')}".rstrip()


def main(lighthouse: Path, site: Path, pages: list[str]) -> int:
    """Print the scores of pages, and return the exit status."""
    low = 0
    with served(site) as address:
        for page in pages:
            report = rate_fairly(lighthouse, f"{address}{page}")
            scores = {name: round((report["categories"][name]["score"] or 0) * 100) for name in LEAST}
            print(f"audit: /{page} {', '.join(f'{name} {score}' for name, score in scores.items())}")
            for name, least in LEAST.items():
                for line in losses(report, name):
                    print(line)
                low += scores[name] < least
    return 1 if low else 0


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]))
