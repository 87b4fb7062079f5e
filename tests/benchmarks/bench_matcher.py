"""Prints how long matching takes; run it as `python -m tests.benchmarks.bench_matcher` or by its path.

The words are made up and drawn with the frequencies of a language (Zipf), so that common words are common, names are
rare, and about one word in twenty of a text belongs to a name.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from generator.link.matcher import Form, Matcher

SYLLABLES = {
    "ASCII": "ba de ki lo mu ra so ti ve na por len gra ster ing ov ski".split(),
    "Lithuanian": "bė dą ki lo mū ra šo tį ve na por len gra žas ius ov ski".split(),
    "German with ß": "bä de kiß lo mü ra so ti ve na por len gra ster ung ov ski".split(),
    "Hindi": "बे दा की लो मू रा सो ती वे ना पोर लेन ग्र स्टर िंग ओव स्की".split(),
    "Han": [chr(code) for code in range(0x4E00, 0x5500)],
}


def best_of(action: Callable[[], object], rounds: int = 7) -> float:
    """Return the shortest of several times, in milliseconds."""
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        action()
        times.append(time.perf_counter() - begin)
    return 1000 * min(times)


def vocabulary(rng: random.Random, syllables: list[str], size: int) -> list[str]:
    """Return made-up words, the commoner ones shorter."""
    words: dict[str, None] = {}
    while len(words) < size:
        words["".join(rng.choices(syllables, k=1 + len(words) * 3 // size + rng.randint(0, 3)))] = None
    return list(words)


def names(rng: random.Random, words: list[str], count: int) -> list[str]:
    """Return names of one to four words."""
    rare = words[len(words) // 10 :]
    return [
        " ".join(word.capitalize() for word in rng.choices(rare, k=rng.choice((1, 1, 2, 2, 3, 4))))
        for _ in range(count)
    ]


def text_of(rng: random.Random, words: list[str], known: list[str], length: int) -> str:
    """Return a text of about so many words, in sentences and paragraphs."""
    weights = list(accumulate(1 / (rank + 2) for rank in range(len(words))))
    drawn = rng.choices(words, cum_weights=weights, k=length)
    for place in range(0, length, 40):
        drawn[place] = rng.choice(known)
    for place in range(14, length, 15):
        drawn[place] += ".\n" if place % 8 == 0 else "."
    return " ".join(drawn)


def show(name: str, milliseconds: float) -> None:
    """Print one figure."""
    print(f"{name:60}{milliseconds:10.2f} ms")


def main() -> None:
    """Print all figures."""
    for script, syllables in SYLLABLES.items():
        rng = random.Random(1)
        words = vocabulary(rng, syllables, 20_000)
        for forms, length in ((2_000, 900), (20_000, 5_000)):
            known = names(rng, words, forms)
            made = [Form(name, f"entry-{number}") for number, name in enumerate(known)]
            show(f"{script}: building {forms} forms", best_of(lambda made=made: Matcher(made)))
            matcher, text = Matcher(made), text_of(rng, words, known, length)
            found = len(matcher.find(text))
            show(
                f"{script}: {length} words, {forms} forms, {found} matches",
                best_of(lambda m=matcher, t=text: m.find(t)),
            )
        stems = [Form(name[:-2] + "*" if len(name) > 6 else name, "entry") for name in known]
        show(f"{script}: building {len(stems)} stems", best_of(lambda made=stems: Matcher(made)))
        matcher = Matcher(stems)
        show(f"{script}: 5000 words, {len(stems)} stems", best_of(lambda m=matcher, t=text: m.find(t)))
    print("the worst: forms of `a a a ... b`, a text of `a a a ...`; twice the text may take twice the time")
    adversary = Matcher([Form("a " * length + "b", "entry") for length in (*range(1, 100), 1_000, 2_000)])
    for length in (5_000, 10_000, 20_000):
        show(f"{length} words", best_of(lambda text="a " * length: adversary.find(text), 3))
    stems = Matcher([Form("a" * length + "b*", "entry") for length in range(1, 200)])
    for length in (50_000, 100_000):
        show(f"one word of {length} letters, 199 stems", best_of(lambda text="a" * length: stems.find(text), 3))


if __name__ == "__main__":
    main()
