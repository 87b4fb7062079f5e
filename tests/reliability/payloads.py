"""A site in which every text of every key is an attack. Keys are read off the schema: a new one is attacked too."""

from __future__ import annotations

import datetime as dt
import types
import typing
from pathlib import Path
from typing import Any, Literal, get_args, get_origin
from urllib.parse import quote

import msgspec
import yaml

from generator.config import Settings
from generator.matter import Author, EntryMatter, ItemAddress, PageMatter, SourceRecord, Sources, WebAddress
from generator.model import Located, PartialDate
from generator.read.schema import fields_of
from tests.pictures import landscape, saved
from tests.project import write_project

ATTACK = (
    "\"'><script>window.pwned='script'</script><img src=x onerror=\"window.pwned='img'\">"
    "<svg onload=\"window.pwned='svg'\"></title></style></textarea></script><script>window.pwned='after'</script>"
    "--></noscript>]]><script>window.pwned='data'</script>&lt;img src=x onerror=window.pwned='twice'&gt;"
    "{{ 7*7 }}{% raw %}${7*7}<%= 7*7 %>\u2028\u202e"
)
"""Leaves attributes of either quotation mark, elements whose content is text, comments and CDATA; is decoded twice;
speaks the languages of templates."""

SHORT = "\"><img src=x onerror=pwned=1>'{{7*7}}"

ADDRESS = "https://example.net/?a=\"'><script>window.pwned='address'</script>&b={{7*7}}".replace(" ", "")

NAME = "\"'><img src=x onerror=window.pwned='name'>{{7*7}}&amp;"
"""As a file's name: no slash."""

PICTURE = saved(landscape(700, 300), "PNG")

FIXED: dict[str, Any] = {
    "PageMatter.type": "opinion",
    "PageMatter.draft": False,
    "EntryMatter.draft": False,
    "PageMatter.lang": "en",
    "EntryMatter.lang": "en",
    "Settings.language": "en",
    "Settings.timezone": "UTC",
    "EntryMatter.link": "auto",
    "Settings.url": "https://example.org/base/",
    "Settings.permalinks": {"entry": "/glossary/{slug}/"},
    "Settings.search": "pagefind",
    "Settings.theme": {"accent": "#8a1c1c"},
    "Settings.publish": {},
    "Settings.menu": [{"title": ATTACK, "url": "/glossary/"}, {"title": ATTACK, "url": ADDRESS}],
    "Settings.paginate": 2,
    "Settings.markdown": {"raw_html": False},
    "Settings.images": {"widths": [480]},
    "GlossarySettings.senses": {},
    "GlossarySettings.max_density": None,
    "PageMatter.date": "2021-12-15",
    "PageMatter.as_of": "2021-12-15",
    "PageMatter.updated": "2021-12-16",
    "PageMatter.publish_on": "2021-12-15",
    "PageMatter.expires_on": "2121-12-15",
    "PageMatter.redirect_from": ["/old/"],
    "PageGlossary.exclude": [],
    "PageGlossary.senses": {},
    "PageGlossary.mentions": "all",
    "EntryMatter.redirect_from": ["/old-entry/"],
    "EntryMatter.case": "smart",
    "EntryMatter.coordinates": [45.3, 34.4],
    "EntryMatter.kind": "person",
    "EntryMatter.date": None,
    "EntryMatter.end": None,
    "EntryMatter.died": "2020",
    "Role.until": "2005",
    "AnnotationMatter.quote": "spoke of",
    "AnnotationMatter.prefix": "NATO ",
    "AnnotationMatter.suffix": " things",
    "AnnotationMatter.id": "\"'><script>window.pwned='id'</script>",
    "Image.src": "flag.png",
    "TimelineItem.end": "2005",
    "EntryMatter.slug": "nato",
    "PageMatter.slug": None,
}
"""What a key must be for the site to build; each kind of text that such keys refuse has a test of its own."""


def filled(kind: Any, name: str = "") -> Any:
    """Return a value of a type of the schema as YAML has it, with an attack in every text."""
    if name in FIXED:
        return FIXED[name]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return filled(next(one for one in arguments if one is not type(None)), name)
    if kind is Any:
        return {ATTACK: [ATTACK, 1]}
    if kind in (str, Located):
        return f"{name.rpartition('.')[2]} {ATTACK}"
    if kind in (WebAddress, ItemAddress):
        return ADDRESS
    if kind is PartialDate or kind is dt.date:
        return "2001-02-03"
    if kind is Author:
        return {"name": ATTACK, "url": ADDRESS, "about": ATTACK}
    if kind is Sources:
        return {SHORT: filled(SourceRecord)}
    if kind in (bool, int, float):
        return {bool: True, int: 5, float: 5.0}[kind]
    if origin is Literal:
        return arguments[-1]
    if origin is tuple:
        return [filled(arguments[0], name)]
    if origin is dict:
        return {f"{name.rpartition('.')[2]} {SHORT}": filled(arguments[1], name)}
    return filled_record(kind)


def filled_record(record: type[msgspec.Struct]) -> dict[str, Any]:
    """Return a record with all its keys."""
    values = {key: filled(field.type, f"{record.__name__}.{key}") for key, field in fields_of(record).items()}
    return {key: value for key, value in values.items() if value is not None}


def source(record: dict[str, Any], body: str = "") -> str:
    """Return a file with its front matter."""
    return f"---\n{yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=10_000)}---\n{body}"


BODY = f"""NATO spoke of things [@{SHORT}, {SHORT}]. {ATTACK}

## Heading {ATTACK}

[{SHORT}]({quote(ADDRESS, safe=":/?=&")} "{SHORT.replace('"', "'")}") and [[nato|{SHORT}]] and [x](term:nato "y").
[a page](<{quote(NAME)}.md>) and [a file](<{quote(NAME)}.pdf>), ^[{ATTACK}] and text[^n].

[^n]: {ATTACK}

![{SHORT}](flag.png '{SHORT.replace("'", "")}'){{credit="x' onerror=pwned=1 y='"}}

Inline ![{SHORT}](<{quote(NAME)}.png>) picture, [span]{{.a"b lang="x' onclick=y" #i'><b}} and `{ATTACK}`.

```{SHORT}
{ATTACK}
```

```html {SHORT}
{ATTACK}
```

::: note {SHORT}
{ATTACK}
:::

| {SHORT.replace("|", "")} | b |
|:--|--:|
| {ATTACK.replace("|", "")} | c |

Term {SHORT}
: {ATTACK}

- [x] {ATTACK}

> {ATTACK}

::: timeline

::: whos-who

::: key-terms
"""


def write_hostile(folder: Path, *, raw_html: bool) -> Path:
    """Write the project."""
    article = filled_record(PageMatter)
    entry = filled_record(EntryMatter) | {"name": "NATO", "aliases": [f"North {SHORT}", f"alias {ATTACK}"]}
    settings = filled_record(Settings) | {"markdown": {"raw_html": raw_html}}
    other = filled_record(EntryMatter) | {"name": f"Name {ATTACK}", "kind": "term", "slug": "other"}
    other = {key: value for key, value in other.items() if key not in ("redirect_from", "forms", "aliases")}
    body = BODY + (f"\n<p {ATTACK}>\n\n<a href='javascript:window.pwned=1' onclick=pwned=1>x</a>\n" if raw_html else "")
    files: dict[str, str | bytes] = {
        "content/site.yaml": yaml.safe_dump(settings, allow_unicode=True, width=10_000),
        "content/sources.yaml": yaml.safe_dump({f"shared {SHORT}": filled(SourceRecord)}, allow_unicode=True),
        "content/articles/one.md": source(article, body),
        f"content/articles/{NAME}.md": source(
            {key: value for key, value in article.items() if key != "redirect_from"},
            body.replace(f"{quote(NAME)}.md", "one.md"),
        ),
        f"content/articles/sub/{NAME}/three.md": source(
            {"title": ATTACK, "date": "2020-01-01", "series": ATTACK}, "x\n"
        ),
        "content/glossary/nato.md": source(entry, BODY.replace(f"{quote(NAME)}.md", "../articles/one.md")),
        "content/glossary/other.md": source(other, "x\n"),
        f"content/pages/page {NAME}.md": source({"title": ATTACK, "description": ATTACK}, f"{ATTACK}\n"),
        f"content/static/{NAME}.txt": "x",
    }
    for place in ("articles", "glossary"):
        files[f"content/{place}/flag.png"] = PICTURE
        files[f"content/{place}/{NAME}.png"] = PICTURE
        files[f"content/{place}/{NAME}.pdf"] = b"%PDF"
    return write_project(folder, files)
