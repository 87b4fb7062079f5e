"""The site that the browser tests read: small, and made so that pop-ups meet every edge."""

from __future__ import annotations

from pathlib import Path

from tests.project import TODAY, article, build_project, entry, write_project

FILLER = "Here runs a plain line of text with nothing in it to explain, and so the eye may rest. " * 4

LONG = "Convention on the Very Long Names of Conventions That Were Concluded at Very Great Length Indeed"

ENTRIES = {
    "alpha": entry("Alpha Union", "organization", summary="A union. It made the Beta Pact."),
    "beta": entry("Beta Pact", "document", summary="A pact. The Gamma Court watches over it, not the Alpha Union."),
    "gamma": entry("Gamma Court", "organization", summary="A court. It knows the Alpha Union."),
    "delta": entry("Delta", "place", summary="A place. " + "Much is to be said about it. " * 40),
    "long": entry(LONG, "document", summary="A document with a long name."),
    "omega": entry("Omega", "term", summary="The last term."),
    "arabic": entry("الحلف", "organization", "lang: ar\n", summary="تعريف قصير."),
}

READING = article(
    f"""The Alpha Union comes first, then the Beta Pact, and plain talk follows. {FILLER}

{FILLER} In the middle of it stands {LONG}, and goes on. {FILLER}

{FILLER} Delta lies here. [A way out](/notes/) too. {FILLER}

{FILLER}

{FILLER}

{FILLER} The Gamma Court is far down.

{FILLER} At the very end: Omega.
""",
    "description: A page to read.\nglossary:\n  terms: {plain talk: Talk without a card of its own elsewhere.}\n",
)

NOTES = article(
    f"""{FILLER} One word, two words, three words and four words stand close. {FILLER}

{FILLER}

{FILLER}

{FILLER} And a last word. {FILLER}

{FILLER}

::: key-terms

{FILLER} The Alpha Union, and the final word.
""",
    "annotations:\n"
    + "".join(
        f"  - {{quote: {quote}, kind: context, title: Of {quote}, note: {'A note that takes some room. ' * 2}}}\n"
        for quote in ("One word", "two words", "three words", "four words", "a last word", "the final word")
    ),
)

ARABIC = article(
    f"{'كلام عادي بلا تعريف هنا. ' * 12} ثم يأتي الحلف في وسط السطر. {'كلام عادي بلا تعريف هنا. ' * 30}\n", "lang: ar\n"
)

MENTIONED = [f"Number {number}" for number in range(11, 51)]

# A thousand words, forty of them mentions: the article that the budgets are made for (reader.md, Budgets).
THOUSAND = article(
    "\n\n".join(
        f"Here some words of a plain text go on and on until a name comes up: {name}, and then they end. "
        "And one more short line."
        for name in MENTIONED
    )
)


def write_reading_site(folder: Path) -> Path:
    """Write the project of the browser tests."""
    meaning = "What it means, in a sentence or two. It is of use here and nowhere else."
    numbers = {name: entry(name, "term", summary=meaning) for name in MENTIONED}
    files = {
        "content/site.yaml": "title: Reading\nurl: https://reading.example/\nglossary: {max_density: null}\n"
        "menu: [{title: Glossary, url: /glossary/}]\n",
        "content/articles/reading.md": READING,
        "content/articles/notes.md": NOTES,
        "content/articles/arabic.md": ARABIC,
        "content/articles/thousand.md": THOUSAND,
    }
    files |= {f"content/glossary/{slug}.md": source for slug, source in ENTRIES.items()}
    files |= {f"content/glossary/{name.lower().replace(' ', '-')}.md": source for name, source in numbers.items()}
    return write_project(folder, dict(files))


def build_sites(folder: Path, sample: Path) -> None:
    """Build the sample site, and the tests' own in a folder of it, as below a base path."""
    for project, output in ((sample, folder), (write_reading_site(folder.parent / "reading"), folder / "reading")):
        result = build_project(project, output=output, today=TODAY)
        assert result.ok, result.diagnostics
