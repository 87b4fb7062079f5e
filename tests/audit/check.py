"""Check every HTML page of a built site with the Nu HTML checker: `check.py VNU_JAR SITE`.

Errors are printed and end with 1, warnings are printed, messages about CSS are left out (the checker does not know
new CSS). No page at all, or a checker that does not answer, is an error too.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

PAGES_A_RUN = 200
"""Keeps the command line far below the limit of every system (32,767 characters on Windows)."""


def main(jar: Path, site: Path) -> int:
    """Print what the checker says about the pages in `site`, and return the exit status."""
    pages = [path.relative_to(site) for path in sorted(site.rglob("*.html"))]
    if not pages:
        print(f"audit: no HTML page in {site}", file=sys.stderr)
        return 1
    errors = warnings = 0
    for first in range(0, len(pages), PAGES_A_RUN):
        for message in check(jar, site, pages[first : first + PAGES_A_RUN]):
            severity = severity_of(message)
            errors += severity == "error"
            warnings += severity == "warning"
            if severity:
                print(line_of(message, severity, site))
    print(f"audit: {len(pages)} pages, {errors} errors, {warnings} warnings")
    return 1 if errors else 0


def check(jar: Path, site: Path, pages: list[Path]) -> Iterator[dict[str, Any]]:
    """Yield the checker's messages about `pages`, which are relative to `site`."""
    command = ["java", "-jar", str(jar.resolve()), "--format", "json", "--stdout", "--exit-zero-always"]
    done = subprocess.run([*command, *map(str, pages)], cwd=site, capture_output=True, check=False, encoding="utf-8")
    try:
        yield from json.loads(done.stdout)["messages"]
    except (ValueError, KeyError):
        sys.exit(f"audit: the checker did not answer (exit status {done.returncode}):\n{done.stdout}{done.stderr}")


def severity_of(message: dict[str, Any]) -> str | None:
    """Return error, warning, or None for what does not count."""
    if message["message"].startswith("CSS:"):
        return None
    if message["type"] == "info":
        return "warning" if message.get("subType") == "warning" else None
    return "error"  # error and non-document-error: a page that could not be read was not checked


def line_of(message: dict[str, Any], severity: str, site: Path) -> str:
    """Return the message as a compiler would write it, its path below `site`."""
    path = Path(unquote(urlsplit(message.get("url", "")).path))
    if path.is_relative_to(site.resolve()):
        path = path.relative_to(site.resolve())
    line, column = message.get("lastLine", 1), message.get("firstColumn", message.get("lastColumn", 1))
    return f"{path}:{line}:{column}: {severity}: {message['message']}"


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
