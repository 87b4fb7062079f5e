"""A corpus laid out for one generator, in a folder, to be edited and built again."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.benchmarks.corpus import Corpus
from tests.benchmarks.measure import Run, peak_memory, run
from tests.benchmarks.peers import Files, Generator

LOOKED_AT = 20
"""Articles in which linked mentions are counted."""


class LaidOut:
    """A site of one generator."""

    def __init__(self, generator: Generator, folder: Path) -> None:
        self.generator = generator
        self.folder = folder
        self._files: Files = {}
        self._corpus = Corpus((), ())

    def write(self, corpus: Corpus) -> None:
        """Make the folder hold a corpus; only files that differ are written."""
        files = self.generator.lay_out(corpus)
        for path, text in files.items():
            if self._files.get(path) != text:
                (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
                (self.folder / path).write_text(text, encoding="utf-8")
        packages = self.folder / "node_modules"
        if self.generator.packages is not None and not packages.is_symlink():
            packages.symlink_to(self.generator.packages)
        self._files, self._corpus = files, corpus

    def build(self, *, cold: bool = False) -> Run:
        """Build the site, a cold build from nothing, and return what it took."""
        if cold:
            self._clear()
        return run(self.generator.command, self.folder, self.generator.extra)

    def memory(self) -> int | None:
        """Return the most bytes that a cold build holds at one time."""
        self._clear()
        return peak_memory(self.generator.command, self.folder, self.generator.extra)

    def mentions(self) -> str:
        """Return how many mentions are linked, so that it is seen that the work is the same."""
        looked_at = self._corpus.articles[:LOOKED_AT]
        pages = (self.folder / self.generator.pages.format(article.slug) for article in looked_at)
        linked = sum(page.read_text("utf-8").count(self.generator.mention) for page in pages)
        there = sum(len(article.mentions) for article in looked_at)
        return f"{linked} mentions linked in {len(looked_at)} articles that have {there}"

    def _clear(self) -> None:
        """Move away what was built, to be deleted at the end of all.

        For minutes after a deletion ext4 looks at each of the inodes that it freed whenever it makes a file, which took
        up to a millisecond a file here: somebody's first build knows nothing of it.
        """
        for name in self.generator.made:
            if (self.folder / name).exists():
                (self.folder / name).rename(Path(tempfile.mkdtemp(dir=self.folder.parent)) / name)
