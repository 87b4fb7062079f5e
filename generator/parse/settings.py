"""content/site.yaml: the settings, from their source."""

from __future__ import annotations

import re
import zoneinfo

import yaml

from generator.config import Settings
from generator.diagnostics import START, Diagnostic, error
from generator.document import Parsed
from generator.model import Located, Position
from generator.parse.targets import target_problems
from generator.read.convert import Converter
from generator.read.front_matter import compose
from generator.read.source import Source
from generator.urls import address_problem

PERMALINK_PARTS = ("slug", "year", "month", "day", "section")

_CSS_VALUE = re.compile(r"[^;{}<>\\\x00-\x1f]{1,200}")
_CSS_ADDRESS = re.compile(r"\b(?:url|src|image|image-set|-webkit-image-set|cross-fade)\(", re.IGNORECASE)
"""What would make the style sheet ask another host for something."""

_CSS_NAME = re.compile(r"[a-z][a-z0-9-]{0,40}")


def parse_settings(source: Source) -> Parsed:
    """Return the settings of a site, or what is wrong with them."""
    node, problems = compose(source.text, source.path, 1)
    converter = Converter(source.path, 1)
    settings = converter.record(node, Settings, "site.yaml") if not problems else None
    found = [*problems, *converter.diagnostics]
    if settings is not None:
        found += _check(settings, source, node)
    return Parsed(path=source.path, settings=settings, diagnostics=tuple(found))


def _check(settings: Settings, source: Source, node: yaml.Node | None) -> list[Diagnostic]:
    found: list[Diagnostic] = []

    def reject_at(at: Position, message: str, hint: str = "") -> None:
        found.append(error("frontmatter-value", source.path, at, message, hint))

    def reject(text: Located, message: str, hint: str = "") -> None:
        reject_at(text.at, message, hint)

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
        elif re.search(r"[{}]", re.sub(r"\{[a-z]+\}", "", pattern.value)):
            reject(pattern, "a permalink has a brace of its own", "such as /{year}/{slug}/")
        elif "{slug}" not in pattern.value or not pattern.value.startswith("/"):
            reject(pattern, "a permalink begins with / and holds {slug}", "such as /{year}/{slug}/")
        elif ".." in pattern.value or address_problem(pattern.value.replace("{", "").replace("}", "")):
            reject(pattern, f'"{pattern.value}" is no address', "such as /{year}/{slug}/")
    for key, value in settings.theme.items():
        if not _CSS_NAME.fullmatch(key) or not _is_plain_css(value):
            message = f'"theme: {key}" is no custom property with a plain value'
            reject_at(_place(node, "theme", key), message, 'such as accent: "#8a1c1c"')
    for at, message, hint in target_problems(settings.publish):
        reject_at(at, message, hint)
    for number, width in enumerate(settings.images.widths):
        if width < 1:
            at = _place(node, "images", "widths", number)
            reject_at(at, f"no picture is {width} pixels wide", "such as widths: [480, 960, 1600]; [] makes no sizes")
    for keys, least in (
        (("images", "max_pixels"), settings.images.max_pixels),
        (("feeds", "items"), settings.feeds.items),
        (("paginate",), settings.paginate),
    ):
        if least < 1:
            reject_at(_place(node, *keys), f'"{keys[-1]}" needs at least 1, not {least}')
    return found


def _is_plain_css(value: str) -> bool:
    return _CSS_VALUE.fullmatch(value) is not None and "/*" not in value and not _CSS_ADDRESS.search(value)


def _place(node: yaml.Node | None, *keys: str | int) -> Position:
    """Return where the value under keys (and numbers of a list) stands; the file's beginning where there is none."""
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            node = next((value for name, value in node.value if name.value == key), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
    return Position(node.start_mark.line + 1, node.start_mark.column + 1) if node else START
