"""Builds the same made corpus with this program and its peers, in turn, and prints the table of docs/performance.md.

    python -m tests.benchmarks.bench_build --eleventy node_modules/.bin/eleventy --hugo PATH/TO/hugo

Figures, no assertions. How to install the peers stands in docs/performance.md; one that is not there is left
out. Everything happens in a folder of its own, which is removed at the end.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.benchmarks import peers
from tests.benchmarks.corpus import (
    Corpus,
    make_corpus,
    rare_entry,
    with_alias_added,
    with_article_edited,
    with_newest_edited,
    with_summary_edited,
)
from tests.benchmarks.laid_out import LaidOut
from tests.benchmarks.measure import Run, run
from tests.benchmarks.table import Row, row_of, table_of

SETTLE = 2.5
"""Seconds: a file that changed less than two before a build is read again by the next one, as times may be coarse."""

EDITS: dict[str, tuple[str, Callable[[Corpus, int], Corpus]]] = {
    "article": ("one article edited, not a new one", with_article_edited),
    "newest": ("the newest article edited", with_newest_edited),
    "summary": ("the summary of an entry on {} articles edited", with_summary_edited),
    "alias": ("an alias added, found once", with_alias_added),
}

PEERS = {"eleventy": peers.eleventy, "hugo": peers.hugo}

PARTS = ("cold", "nothing", *EDITS, "memory", "linear")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what the command line asks for."""
    asked = parser().parse_args(arguments)
    wanted = set(asked.only.split(",")) if asked.only else {*PARTS}
    unknown = sorted({*wanted - {*PARTS}, *filter(None, {*asked.peers.split(",")} - PEERS.keys())})
    if unknown:
        parser().error(f"no part and no peer: {', '.join(unknown)}")
    named = {name: PEERS[name](getattr(asked, name)) for name in filter(None, asked.peers.split(","))}
    found = [peers.ours(asked.jobs), *filter(None, named.values())]
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        if wanted - {"linear"}:
            corpus = make_corpus(asked.articles, asked.entries)
            sites = [LaidOut(one, Path(folder) / one.name.lower()) for one in found]
            rows = measure(sites, corpus, asked.runs, wanted)
            size = f"{asked.articles:,} articles, {asked.entries:,} entries, {asked.runs} runs"
            print(f"\n{size}; {os.cpu_count()} processors, Python {sys.version.split()[0]}\n")
            absent = [name.capitalize() for name, peer in named.items() if peer is None]
            print(table_of(rows, [one.name for one in found], absent), end="\n\n")
            print("\n".join(f"{site.generator.name}: {site.mentions()}" for site in sites))
        if "linear" in wanted:
            print_growth(Path(folder), asked)


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    made = argparse.ArgumentParser(prog="python -m tests.benchmarks.bench_build", description=__doc__)
    made.formatter_class = argparse.RawDescriptionHelpFormatter
    made.add_argument("--articles", type=int, default=1000)
    made.add_argument("--entries", type=int, default=200)
    made.add_argument("--runs", type=int, default=3)
    made.add_argument("--jobs", type=int, help="ours works in so many processes (default: one a core)")
    made.add_argument("--peers", default="eleventy,hugo", help="default: eleventy,hugo; '' for none")
    made.add_argument("--eleventy", default=os.environ.get("ELEVENTY"), help="its program; default: $ELEVENTY, PATH")
    made.add_argument("--hugo", default=os.environ.get("HUGO"), help="its program; default: $HUGO, PATH")
    made.add_argument("--only", help=f"some of {','.join(PARTS)}")
    made.add_argument("--folder", type=Path, help="where the sites are made, for the disk to measure")
    return made


def measure(sites: Sequence[LaidOut], corpus: Corpus, runs: int, wanted: set[str]) -> list[Row]:
    """Return a row of the table for each part; the sites are built in turn, so that all meet the same machine."""
    for site in sites:
        site.write(corpus)
    time.sleep(SETTLE)
    rows = []
    if "cold" in wanted:
        rows.append(row_of("cold build", in_turn("cold", sites, runs, lambda site, _: site.build(cold=True))))
    for site in sites:
        site.build(cold="cold" not in wanted)
    if "nothing" in wanted:
        rows.append(row_of("nothing changed", in_turn("nothing", sites, runs, lambda site, _: site.build())))
        bare = [run((sys.executable, "-c", "pass"), sites[0].folder, {}) for _ in range(runs)]
        rows.append(row_of("`python -c pass`", {sites[0].generator.name: bare}))
    for part, (name, edit) in EDITS.items():
        if part not in wanted:
            continue
        states = [corpus]
        for turn in range(1, runs + 1):
            states.append(edit(states[-1], turn))
        corpus = states[-1]

        def build_edited(site: LaidOut, turn: int, states: Sequence[Corpus] = states) -> Run:
            site.write(states[turn])
            return site.build()

        name = name.format(corpus.readers_of()[rare_entry(corpus)])
        rows.append(row_of(name, in_turn(part, sites, runs, build_edited, SETTLE)))
    if "memory" in wanted:
        said("memory")
        rows.append(Row("peak memory", {site.generator.name: memory_of(site) for site in sites}))
    return rows


def in_turn(
    part: str, sites: Sequence[LaidOut], runs: int, build: Callable[[LaidOut, int], Run], pause: float = 0
) -> dict[str, list[Run]]:
    """Return what each site's builds took: A B A B ..."""
    times: dict[str, list[Run]] = {site.generator.name: [] for site in sites}
    for turn in range(1, runs + 1):
        time.sleep(pause)
        for site in sites:
            done = build(site, turn)
            times[site.generator.name].append(done)
            said(f"{part} {turn} of {runs}: {site.generator.name} {done.wall:.2f} s{written_of(done)}")
    return times


def memory_of(site: LaidOut) -> str:
    """Return the most memory that a cold build holds, in the table's words."""
    most = site.memory()
    return "not measured" if most is None else f"{most / 1e6:.0f} MB"


def written_of(done: Run) -> str:
    """Return how many files our program says that it wrote; empty for a peer."""
    if not done.said.startswith("{"):
        return ""
    report = json.loads(done.said)
    return f" ({report['written']:,} written, {report['unchanged']:,} unchanged)"


def print_growth(folder: Path, asked: argparse.Namespace) -> None:
    """Print what ten times the articles cost, and ten times the entries where the articles are the same."""
    articles, entries = asked.articles, asked.entries
    sizes = {
        "base": (articles, entries),
        "articles": (articles * 10, entries),
        "entries": (articles, entries * 10),
        "few alone": (0, entries),
        "many alone": (0, entries * 10),
    }
    sites = []
    for name, (many, known) in sizes.items():
        site = LaidOut(peers.ours(asked.jobs), folder / f"growth-{name}")
        site.write(make_corpus(many, known, entries))
        sites.append(site)
    time.sleep(SETTLE)
    turns = growth_of(dict(zip(sizes, sites, strict=True)), asked.runs)
    base = statistics.median(turn["base"] for turn in turns)
    longer = statistics.median(turn["articles"] / turn["base"] for turn in turns)
    own_pages = statistics.median(turn["many alone"] - turn["few alone"] for turn in turns)
    more = statistics.median(
        (turn["entries"] - turn["base"] - turn["many alone"] + turn["few alone"]) / turn["base"] for turn in turns
    )
    print(f"\nMedians. {articles:,} articles and {entries:,} entries, cold: {base:.2f} s")
    print(f"10 times the articles: {longer:.1f} times the time")
    print(f"10 times the entries: {more:+.0%} beyond their own pages ({own_pages:.2f} s)")


def growth_of(sites: dict[str, LaidOut], runs: int) -> list[dict[str, float]]:
    """Return the seconds that each site's cold builds took, turn by turn: what is compared was built side by side."""
    turns: list[dict[str, float]] = []
    for number in range(1, runs + 1):
        turn = {}
        for name, site in sites.items():
            turn[name] = site.build(cold=True).wall
            said(f"growth {number} of {runs}: {name} {turn[name]:.2f} s")
        turns.append(turn)
    return turns


def said(words: str) -> None:
    """Tell how far the benchmark is; the table goes to standard output."""
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
