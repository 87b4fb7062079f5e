"""The theme's files: templates, style sheets, scripts. A site's own come before the built-in ones, file by file."""

from __future__ import annotations

from pathlib import Path

from generator.model import Value
from generator.read.source import digest_of

CSS, SCRIPTS = "css", "scripts"
"""Folders whose files are joined, in the order of their names, into one style sheet and one script."""

ICONS = ("favicon.svg", "apple-touch-icon.png", "icon-512.png")
"""The icons of a theme: for browsers, for home screens."""


TEMPLATES = frozenset([".html", ".xml", ".mo", ".po", ".otf", ".ttf"])
"""Endings of what pages and social cards are made with, and that changes them without changing its own address."""


class ThemeFiles(Value, frozen=True):
    """What of a theme is read as it is; templates are read by Jinja."""

    styles: tuple[tuple[str, str], ...]
    """Names and texts, sorted by name."""
    scripts: tuple[tuple[str, str], ...]
    icons: tuple[tuple[str, bytes], ...]


def theme_folders(project: Path) -> tuple[Path, ...]:
    """Return where templates are looked for: the project's templates/, then the built-in theme."""
    built_in = built_in_theme()
    own = project / "templates"
    return (built_in,) if not own.is_dir() or own.resolve() == built_in.resolve() else (own, built_in)


def built_in_theme() -> Path:
    """Return the folder of the built-in theme: in the wheel inside the package, in a checkout beside it."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def read_theme(folders: tuple[Path, ...]) -> ThemeFiles:
    """Return the style sheets, scripts and icons of a theme."""
    return ThemeFiles(
        styles=read_styles(folders),
        scripts=tuple((path.name, path.read_text("utf-8")) for path in _files(folders, SCRIPTS, ".js")),
        icons=read_icons(folders),
    )


def read_styles(folders: tuple[Path, ...]) -> tuple[tuple[str, str], ...]:
    """Return the names and texts of a theme's style sheets, sorted by name."""
    return tuple((path.name, path.read_text("utf-8")) for path in _files(folders, CSS, ".css"))


def read_icons(folders: tuple[Path, ...]) -> tuple[tuple[str, bytes], ...]:
    """Return the icons of the first theme that has any: they are one drawing, of which a site overrides all or none."""
    for folder in folders:
        found = [folder / name for name in ICONS if (folder / name).is_file()]
        if found:
            return tuple((path.name, path.read_bytes()) for path in found)
    return ()


def theme_key(folders: tuple[Path, ...]) -> str:
    """Return the digest of every template: its name in the theme and its bytes."""
    found: dict[str, bytes] = {}
    for folder in reversed(folders):
        for path in sorted(folder.rglob("*")):
            if path.suffix in TEMPLATES and path.is_file():
                found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return digest_of(b"\0".join(part for name in sorted(found) for part in (name.encode(), found[name])))


def _files(folders: tuple[Path, ...], folder: str, ending: str) -> list[Path]:
    found: dict[str, Path] = {}
    for theme in reversed(folders):
        where = theme / folder
        if where.is_dir():
            found |= {path.name: path for path in where.iterdir() if path.name.endswith(ending) and path.is_file()}
    return [found[name] for name in sorted(found)]
