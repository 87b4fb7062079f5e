"""`new site DIR`: a small site that is worth reading, ready to be built and published."""

from __future__ import annotations

from pathlib import Path

from generator import __version__
from generator.commands.new.place import NewError, write_new, written

STARTER = Path(__file__).parent / "starter"
"""The site's files, in the package. `dot-` in a name stands for the dot, which packaging tools are apt to leave out."""


def new_site(folder: Path) -> list[Path]:
    """Write the site into a folder that is empty or not there, and return the paths; raises NewError."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NewError(f"{folder} is there already and not empty")
    title = title_of(folder)
    values = {"TITLE": written(title), "NAME": title, "VERSION": __version__}
    made: list[Path] = []
    for source in sorted(path for path in STARTER.rglob("*") if path.is_file()):
        name = source.relative_to(STARTER).as_posix().replace("dot-", ".")
        text = source.read_text("utf-8")
        for key, value in values.items():
            text = text.replace(f"@{key}@", value)
        write_new(folder / name, text)
        made.append(folder / name)
    return made


def title_of(folder: Path) -> str:
    """Return a title from a folder's name: `my-explainers` is `My explainers`."""
    words = " ".join(folder.resolve().name.replace("-", " ").replace("_", " ").split())
    return words[:1].upper() + words[1:] or "Explainers"
