"""Prints what anchoring costs: `python tests/benchmarks/bench_quotes.py [MB]`, 10 MB and 5,000 annotations by default.

A seeded text with the word frequencies of prose (Zipf's law), quotations cut from it. Three kinds, as they cost
differently: exact with context, short and frequent words told apart by context, and edited ones. Each is run on a text
and on one of four times the size with four times the annotations: what is linear takes four times as long.
"""

from __future__ import annotations

import itertools
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable

from generator.model import TextQuoteSelector
from generator.parse.quotes import PreparedText, anchor, prepare

VOCABULARY = 20_000
CONTEXT = 20
LETTERS = "etaoinshrdlucmfwypvbgkjqxz"


def make_text(characters: int, *, vocabulary: int = VOCABULARY, script: str = LETTERS) -> str:
    """Return prose-like text: sentences of 15 words, blocks of 6 sentences."""
    rng = random.Random(1)
    words = [
        "".join(rng.choices(script, k=rng.randint(1, 3) + int(i > 50) * rng.randint(1, 6))) for i in range(vocabulary)
    ]
    frequencies = list(itertools.accumulate(1 / rank for rank in range(1, vocabulary + 1)))
    chosen = rng.choices(words, cum_weights=frequencies, k=characters // 5 + 100)
    sentences = [" ".join(chosen[i : i + 15]).capitalize() + "." for i in range(0, len(chosen), 15)]
    blocks = [" ".join(sentences[i : i + 6]) for i in range(0, len(sentences), 6)]
    return "\n".join(blocks)[:characters]


def cut(text: str, rng: random.Random, words: int, *, context: int = CONTEXT, edit: bool = False) -> TextQuoteSelector:
    """Return a selector for some words of a text."""
    start = text.index(" ", rng.randrange(len(text) - 2_000)) + 1
    end = start
    for _ in range(words):
        end = text.index(" ", end + 1)
    exact = text[start:end]
    if edit:
        parts = exact.split(" ")
        for _ in range(max(1, words // 8)):
            parts[rng.randrange(len(parts))] = "".join(rng.choices(LETTERS, k=5))
        exact = " ".join(parts)
    return TextQuoteSelector(exact, text[max(0, start - context) : start], text[end : end + context])


def run(text: PreparedText, selectors: list[TextQuoteSelector]) -> tuple[float, Counter[str]]:
    """Return the seconds taken and how many quotations ended in each state."""
    begin = time.process_time()
    states = Counter(getattr(found := anchor(text, one), "state", type(found).__name__) for one in selectors)
    return time.process_time() - begin, states


KINDS: dict[str, Callable[[str, random.Random], TextQuoteSelector]] = {
    "exact": lambda text, rng: cut(text, rng, rng.randint(3, 12)),
    "exact, no context": lambda text, rng: cut(text, rng, rng.randint(4, 12), context=0),
    "one word in context": lambda text, rng: cut(text, rng, 1),
    "one word, no context": lambda text, rng: cut(text, rng, 1, context=0),
    "edited": lambda text, rng: cut(text, rng, rng.randint(8, 24), edit=True),
    "edited, no context": lambda text, rng: cut(text, rng, rng.randint(8, 24), context=0, edit=True),
}


def small(name: str, characters: int) -> None:
    """Print what one quotation costs on an article."""
    raw = make_text(characters)
    begin = time.process_time()
    text = prepare(raw)
    print(f"{name}: prepared in {(time.process_time() - begin) * 1e6:.0f} us")
    for kind, make in KINDS.items():
        rng = random.Random(2)
        selectors = [make(raw, rng) for _ in range(200)]
        run(text, selectors[:1])
        seconds, states = run(text, selectors)
        print(f"  {kind:22} {seconds / len(selectors) * 1e6:8.1f} us each   {dict(states)}")


def large(characters: int, annotations: int, *, vocabulary: int = VOCABULARY) -> None:
    """Print how the time grows when text and annotations do, fourfold."""
    print(f"{annotations} annotations on {characters / 1e6:g} MB, against a quarter of both; {vocabulary} words")
    for kind, make in KINDS.items():
        taken = []
        for share in (4, 1):
            raw, rng = make_text(characters // share, vocabulary=vocabulary), random.Random(3)
            selectors = [make(raw, rng) for _ in range(annotations // share)]
            begin = time.process_time()
            _, states = run(prepare(raw), selectors)
            taken.append(time.process_time() - begin)
        print(f"  {kind:22} {taken[0]:7.2f} s -> {taken[1]:7.2f} s: {taken[1] / taken[0]:4.1f} times   {dict(states)}")
    print(f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 10
    small("5 kB", 5_000)
    small("100 kB", 100_000)
    large(int(megabytes * 1e6), 5_000)
    large(int(megabytes * 1e6), 5_000, vocabulary=200)
