"""content/site.yaml: the settings, from their source."""

from __future__ import annotations

import re
import zoneinfo

from generator.config import Settings
from generator.diagnostics import START, Diagnostic, error
from generator.document import Parsed
from generator.model import Located
from generator.parse.targets import target_problems
from generator.read.convert import Converter
from generator.read.front_matter import compose
from generator.read.source import Source
from generator.urls import address_problem

PERMALINK_PARTS = ("slug", "year", "month", "day", "section")

_CSS_VALUE = re.compile(r"[^;{}<>\\\x00-\x1f]{1,200}")
_CSS_NAME = re.compile(r"[a-z][a-z0-9-]{0,40}")


def parse_settings(source: Source) -> Parsed:
    """Return the settings of a site, or what is wrong with them."""
    node, problems = compose(source.text, source.path, 1)
    converter = Converter(source.path, 1)
    settings = converter.record(node, Settings, "site.yaml") if not problems else None
    found = [*problems, *converter.diagnostics]
    if settings is not None:
        found += _check(settings, source)
    return Parsed(path=source.path, settings=settings, diagnostics=tuple(found))


def _check(settings: Settings, source: Source) -> list[Diagnostic]:
    found: list[Diagnostic] = []

    def reject(text: Located, message: str, hint: str = "") -> None:
        found.append(error("frontmatter-value", source.path, text.at, message, hint))

    if settings.url and (problem := address_problem(settings.url.value)):
        reject(settings.url, f'"url" {problem}', "https://example.org/ or https://example.org/base/")
    if settings.timezone:
        try:
            zoneinfo.ZoneInfo(settings.timezone.value)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            reject(settings.timezone, f'there is no time zone "{settings.timezone.value}"', "such as Europe/Vilnius")
    for item in settings.menu:
        if problem := address_problem(item.url.value):
            reject(item.url, f'the menu\'s "{item.title}" {problem}', "/glossary/ or https://...")
    permalinks = settings.permalinks
    for name in ("article", "entry", "page"):
        pattern: Located | None = getattr(permalinks, name)
        if pattern is None:
            continue
        unknown = set(re.findall(r"\{([^}]*)\}", pattern.value)) - set(PERMALINK_PARTS)
        if unknown:
            known = ", ".join(f"{{{part}}}" for part in PERMALINK_PARTS)
            reject(pattern, f"a permalink has no part {{{min(unknown)}}}", f"known are {known}")
        elif "{slug}" not in pattern.value or not pattern.value.startswith("/"):
            reject(pattern, "a permalink begins with / and holds {slug}", "such as /{year}/{slug}/")
        elif ".." in pattern.value or address_problem(pattern.value.replace("{", "").replace("}", "")):
            reject(pattern, f'"{pattern.value}" is no address', "such as /{year}/{slug}/")
    for key, value in settings.theme.items():
        if not _CSS_NAME.fullmatch(key) or not _CSS_VALUE.fullmatch(value) or "/*" in value:
            message = f'"theme: {key}" is no custom property with a plain value'
            found.append(error("frontmatter-value", source.path, START, message, 'such as accent: "#8a1c1c"'))
    for at, message, hint in target_problems(settings.publish):
        found.append(error("frontmatter-value", source.path, at, message, hint))
    if settings.paginate < 1 or settings.feeds.items < 1:
        message = "a page or a feed needs at least one item"
        found.append(error("frontmatter-value", source.path, START, message))
    return found
