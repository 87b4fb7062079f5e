"""What each check of the editor's desk costs: python -m tests.benchmarks.bench_check PROJECT

The budget of all of them together is a second for 1,000 articles of 900 words.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from generator.build import load
from generator.commands.check.checks import CHECKS
from generator.commands.check.places import place_all
from generator.options import Options


def main(project: Path) -> None:
    begun = time.perf_counter()
    site = load(Options(project=project, output=project / "site")).site
    assert site is not None
    print(f"loading {len(site.articles)} articles and {len(site.entries)} entries: {time.perf_counter() - begun:.2f} s")
    total = 0.0
    for check in CHECKS:
        begun = time.process_time()
        found = list(place_all(check(site), project))
        spent = time.process_time() - begun
        total += spent
        print(f"{check.__name__:24} {1000 * spent:8.1f} ms  {len(found)} findings")
    print(f"{'all':24} {1000 * total:8.1f} ms")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
