"""A made corpus: explainers of about 900 words with 25 unmarked mentions of invented names. The same each time."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

WORDS = """
about after again against animal archive audit because before border budget came capital census charter committee
contract court current debate decade decree deficit district drought editor engine energy evidence factory find first
follow great growth hand harbour harvest hearing house index inflation journal labour large learn letter market means
mineral minister model music nation network nothing number office opinion orbit paper people picture policy price
protein public quarter question railway region report river sample school season senate signal small statute story
street strike subsidy supply surplus system tariff theory time town treaty under union valley verdict very wage water
weather when where winter witness world would year young
""".split()
"""The filler. No name is made of these, so nothing but what was put there is a mention."""

BEGIN = "b br c d dr f g gr h j k kr l m n p r s st sk t tr v w z".split()
MIDDLE = "a e i o u ai ea ie oa ou ei au".split()
END = ["", "l", "n", "r", "s", "th", "nd", "rk", "x", "v", "m", "lt", "sk", "ng"]

KINDS = ("person", "organization", "place", "event", "term")
SUFFIXES = {"organization": "Institute", "place": "Valley", "event": "Accord", "term": "doctrine"}

SECTIONS = ((3, 2), (3, 2), (2, 2), (2, 2), (2, 2))
"""Mentions in the two paragraphs of each section; three stand in the lead, one of them in its list."""

RARE = 0.01 / 25
"""How often the last entry is named, of all mentions: it stands on about 1 % of the articles."""

SENTENCES = 4
"""Of a paragraph, each of about 16 words."""

TAGS = 40
DAYS = 3600
"""The articles' dates lie within so many days."""


@dataclass(frozen=True)
class Entry:
    """A glossary entry."""

    slug: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    summary: str
    body: str


@dataclass(frozen=True)
class Article:
    """An article; `mentions` are the numbers of the entries that its text names."""

    slug: str
    title: str
    date: dt.date
    tags: tuple[str, ...]
    description: str
    body: str
    mentions: tuple[int, ...]


@dataclass(frozen=True)
class Corpus:
    """Articles and entries."""

    articles: tuple[Article, ...]
    entries: tuple[Entry, ...]

    def readers_of(self) -> Counter[int]:
        """Return on how many articles each entry stands."""
        return Counter(number for article in self.articles for number in set(article.mentions))


def make_corpus(articles: int, entries: int, named: int | None = None) -> Corpus:
    """Return a corpus; articles name the first `named` entries alone (default: all), the first of them most often."""
    taken: set[str] = set()
    glossary = tuple(make_entry(number, taken) for number in range(entries))
    known = glossary[: named or entries]
    common = [1 / (place + 1) for place in range(len(known) - 1)]  # Zipf's law
    weights = list(itertools.accumulate([*common, RARE * sum(common)]))
    return Corpus(tuple(make_article(number, known, weights) for number in range(articles)), glossary)


def make_entry(number: int, taken: set[str]) -> Entry:
    """Return an entry whose words are no other's."""
    chance = random.Random(f"entry {number}")
    root = invented(chance)
    while root in taken:
        root = invented(chance)
    taken.add(root)
    kind = KINDS[number % len(KINDS)]
    if kind == "person":
        first = invented(chance)
        name, others = f"{first} {root}", (root, f"{first[0]}. {root}", f"Dr. {root}")
    else:
        suffix = SUFFIXES[kind]
        name, others = f"{root} {suffix}", (f"Old {root}", f"{root} {suffix} of {root}", f"Greater {root}")
    return Entry(
        slug=f"e{number:05}",
        kind=kind,
        name=name,
        aliases=others[: chance.choice((0, 1, 1, 2, 2, 3))],
        summary=sentence(chance),
        body=f"{paragraph(chance)}\n\n{paragraph(chance)}\n",
    )


def make_article(number: int, entries: Sequence[Entry], weights: Sequence[float]) -> Article:
    """Return an article: a lead, five sections, and in them a list, a block quotation, a table and a footnote."""
    chance = random.Random(f"article {number}")
    mentions: list[int] = []

    def name() -> str:
        picked = chance.choices(range(len(entries)), cum_weights=weights)[0]
        mentions.append(picked)
        entry = entries[picked]
        return chance.choice(entry.aliases) if entry.aliases and chance.random() < 0.35 else entry.name

    listed = "\n".join(f"- {sentence(chance, name if line == 0 else None)}" for line in range(3))
    blocks = [paragraph(chance, 2, name), listed]
    extras = ("", f"> {paragraph(chance)}", table(chance), "", f"[^1]: {sentence(chance)}")
    for (first, second), extra in zip(SECTIONS, extras, strict=True):
        blocks += [f"## {title(chance)}", paragraph(chance, first, name), extra, paragraph(chance, second, name)]
    blocks[-1] += "[^1]"
    return Article(
        slug=f"a{number:05}",
        title=title(chance),
        date=dt.date(2016, 1, 1) + dt.timedelta(days=number % DAYS),
        tags=tuple(sorted({f"topic-{chance.randrange(TAGS):02}" for _ in range(3)})),
        description=sentence(chance),
        body="\n\n".join(filter(None, blocks)) + "\n",
        mentions=tuple(mentions),
    )


def paragraph(chance: random.Random, mentions: int = 0, name: Callable[[], str] | None = None) -> str:
    """Return some sentences, so many of them with a mention."""
    with_name = set(chance.sample(range(SENTENCES), mentions))
    return " ".join(
        sentence(chance, name if place in with_name else None, formatted=True) for place in range(SENTENCES)
    )


def sentence(chance: random.Random, name: Callable[[], str] | None = None, *, formatted: bool = False) -> str:
    """Return a sentence; a name stands beside what is emphasised or linked, never in it."""
    words = chance.choices(WORDS, k=chance.randint(12, 19))
    if formatted:
        start = chance.randrange(1, len(words) - 3)
        form = chance.choice(("*{}*", "**{}**", f"[{{}}](https://example.org/{chance.randrange(9999)})", "`{}`"))
        if chance.random() < 0.3:
            words[start : start + 3] = [form.format(" ".join(words[start : start + 3]))]
    if name:
        words.insert(chance.randrange(2, len(words)), name())
    return " ".join((words[0].title(), *words[1:])) + "."


def table(chance: random.Random) -> str:
    """Return a table of four rows."""
    rows = (f"| {chance.randint(1900, 2025)} | {chance.choice(WORDS)} | {chance.randint(1, 9999)} |" for _ in range(4))
    return "\n".join(("| Year | Measure | Value |", "|---|---|---:|", *rows))


def title(chance: random.Random) -> str:
    """Return a title or a heading."""
    return " ".join(chance.choices(WORDS, k=chance.randint(3, 6))).capitalize()


def invented(chance: random.Random) -> str:
    """Return a name that nobody has."""
    syllables = (chance.choice(BEGIN) + chance.choice(MIDDLE) + chance.choice(END) for _ in range(3))
    return "".join(syllables).capitalize()


def with_article_edited(corpus: Corpus, turn: int) -> Corpus:
    """Return the corpus with some more words in an article that is no longer new, another one each turn."""
    return with_more_words(corpus, (len(corpus.articles) // 2 + turn) % len(corpus.articles), turn)


def with_newest_edited(corpus: Corpus, turn: int) -> Corpus:
    """Return the corpus with some more words in its newest article, which stands in feeds and first in lists."""
    number = max(range(len(corpus.articles)), key=lambda number: corpus.articles[number].date)
    return with_more_words(corpus, number, turn)


def with_more_words(corpus: Corpus, number: int, turn: int) -> Corpus:
    """Return the corpus with some more words in one article."""
    article = corpus.articles[number]
    longer = dataclasses.replace(article, body=f"{article.body}\nSome more words of turn {turn}.\n")
    return dataclasses.replace(corpus, articles=(*corpus.articles[:number], longer, *corpus.articles[number + 1 :]))


def with_summary_edited(corpus: Corpus, turn: int) -> Corpus:
    """Return the corpus with another summary of the rare entry."""
    return with_rare_entry(corpus, summary=f"What was written of it in turn {turn}.")


def with_alias_added(corpus: Corpus, turn: int) -> Corpus:
    """Return the corpus with one more alias of the rare entry: three words in a row of one article."""
    lead = corpus.articles[turn % len(corpus.articles)].body.partition("\n")[0]
    words = re.search("(?<= )[a-z]+ [a-z]+ [a-z]+(?= )", lead)
    assert words is not None, lead
    return with_rare_entry(corpus, aliases=(*corpus.entries[rare_entry(corpus)].aliases, words[0]))


def with_rare_entry(corpus: Corpus, **changes: Any) -> Corpus:
    """Return the corpus with the rare entry changed."""
    number = rare_entry(corpus)
    edited = dataclasses.replace(corpus.entries[number], **changes)
    return dataclasses.replace(corpus, entries=(*corpus.entries[:number], edited, *corpus.entries[number + 1 :]))


def rare_entry(corpus: Corpus) -> int:
    """Return the number of the entry that stands on nearest to 1 % of the articles."""
    readers, wanted = corpus.readers_of(), max(1, len(corpus.articles) // 100)
    return min(range(len(corpus.entries)), key=lambda number: (abs(readers[number] - wanted), -readers[number]))
