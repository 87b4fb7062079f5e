"""From a save to the reload message on the socket: the sample site, 1,000 and 10,000 articles. Prints, asserts nothing.

    python -m tests.benchmarks.bench_preview [PROJECT ...]

Projects are copied, never changed. Without any, the sample site and two made ones are measured.
"""

from __future__ import annotations

import asyncio
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from tests.serve import running
from tests.serve.running import Preview, connect

SAVES = 25
"""Measured a site, after one that is not: the first fills what later ones find."""

PAUSE = 0.3
"""Seconds between two saves, in which the preview comes to rest."""

SIZES = ((1_000, 200), (10_000, 2_000))
"""Articles and entries of the sites that are made: those of docs/performance.md."""

WORDS = "again border court debate energy forum grain harbour index journal kettle labour market nation order".split()


def main(projects: Iterable[str]) -> None:
    """Measure each project, or those of the benchmark."""
    running.PATIENCE = 900  # a large site is opened in minutes where nothing is remembered
    print(f"{'':24}{'median':>10}{'worst':>10}{'an entry':>10}   milliseconds from save to message")
    with tempfile.TemporaryDirectory() as folder:
        named = [Path(project) for project in projects]
        for project in named or [running.ROOT]:
            copy = Path(folder) / project.resolve().name
            shutil.copytree(project / "content", copy / "content")
            measure(copy, "sample" if project == running.ROOT else copy.name)
        for articles, entries in () if named else SIZES:
            measure(make_site(Path(folder) / f"made-{articles}", articles, entries), f"{articles:,} articles")


def measure(project: Path, name: str) -> None:
    """Print how long saves of articles and of an entry take to reach a browser."""
    articles = sorted((project / "content/articles").rglob("*.md"))
    entries = sorted((project / "content/glossary").rglob("*.md"))
    with Preview(project) as preview:
        edits = [articles[number % len(articles)] for number in range(SAVES + 1)]
        times = asyncio.run(save_all(preview, edits, "\nSome more words in {}.\n"))[1:]
        of_entry = asyncio.run(save_all(preview, entries[:1] * 4, "\nMore of it in {}.\n"))[1:]
    shown = (statistics.median(times), max(times), statistics.median(of_entry))
    print(f"{name:24}" + "".join(f"{seconds * 1000:10.1f}" for seconds in shown), flush=True)


async def save_all(preview: Preview, paths: Iterable[Path], words: str) -> list[float]:
    """Return the seconds from each save to its message."""
    listener = await connect(preview)
    times = []
    for number, path in enumerate(paths):
        text = path.read_text("utf-8") + words.format(number)
        started = time.perf_counter()
        path.write_text(text, encoding="utf-8")
        await listener.next()
        times.append(time.perf_counter() - started)
        await asyncio.sleep(PAUSE)
    await listener.close()
    return times


def make_site(project: Path, articles: int, entries: int) -> Path:
    """Write a site of articles of about 900 words, each with 25 mentions of entries; the same each time."""
    chance = random.Random(articles)
    names = [f"{chance.choice(WORDS).title()}ov {number:x}th Council" for number in range(entries)]
    for folder in ("articles", "glossary"):
        (project / "content" / folder).mkdir(parents=True)
    settings = "title: Bench\nglossary: {mentions: all, max_density: null}\n"
    (project / "content/site.yaml").write_text(settings, encoding="utf-8")
    for number, name in enumerate(names):
        text = f"---\nname: {name}\nkind: organization\nsummary: It meets about the {chance.choice(WORDS)}.\n---\n"
        (project / f"content/glossary/e{number:05}.md").write_text(text, encoding="utf-8")
    for number in range(articles):
        paragraphs = []
        for _ in range(25):
            words = chance.choices(WORDS, k=36)
            words[chance.randrange(1, 35)] = chance.choice(names)
            paragraphs.append(" ".join(words).capitalize() + ".")
        matter = f"---\ntitle: Article {number}\ndate: {2000 + number % 25}-01-01\ntags: [t{number % 40}]\n---\n"
        path = project / f"content/articles/a{number:05}.md"
        path.write_text(matter + "\n\n".join(paragraphs) + "\n", encoding="utf-8")
    return project


if __name__ == "__main__":
    main(sys.argv[1:])
