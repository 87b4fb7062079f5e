"""Names of output files: which may be written at all, and which are one file on some system."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable

from generator.model import OutputPath

FOLDER_WITH_DOT = ".well-known"
"""The one name with a dot in front that addresses have (RFC 8615)."""

FILE_WITH_DOT = ".nojekyll"
"""The one such file of ours: it tells GitHub Pages to leave names with an underscore alone."""


def path_problem(path: str) -> str:
    """Return what is wrong with the path of an output file, or an empty text.

    The law: joined to the output folder it names a file within, on every system, and none that git, the program or
    an editor keeps there for itself. Manifests are held to it too, as anybody may have written them.
    """
    if not path or path[0] == "/" or (path[1:2] == ":" and path[0].isalpha()):
        return "is no path within the output folder"
    if "\\" in path or "\0" in path:
        return "has a backslash or a NUL character in it"
    if path[-1] == "/" or "//" in path:
        return "has an empty name in it"
    if path[0] == "." or "/." in path:
        for name in path.split("/"):
            if name[0] == "." and name != FOLDER_WITH_DOT and path != FILE_WITH_DOT:
                return f'has the name "{name}" in it, and names that begin with a dot are not the site\'s'
    try:
        path.encode()
    except UnicodeEncodeError:
        return "is not Unicode text"
    return ""


def folded(path: str) -> str:
    """Return the key under which file systems that ignore case and Unicode normal form keep a path."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())


def folders_of(paths: Iterable[OutputPath]) -> dict[str, OutputPath]:
    """Return the folders that hold these paths, each with one of them; the output folder itself is not among them."""
    folders: dict[str, OutputPath] = {}
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders[folder] = path
            folder = folder.rpartition("/")[0]
    return folders


class Names:
    """The paths of a site, gathered so that no two of them are one file, or one the folder of the other, anywhere."""

    def __init__(self) -> None:
        self.by_folded: dict[str, OutputPath] = {}
        self.folders: dict[str, OutputPath] = {}
        """See `folders_of`."""
        self._folders_by_folded: dict[str, OutputPath] = {}

    def find_clashes(self, paths: Collection[OutputPath]) -> list[tuple[OutputPath, str]]:
        """Add paths, quicker than one by one where no two of them clash; return what `find_clash` returns of each."""
        if not self.by_folded:
            by_folded = {folded(path): path for path in paths}
            folders = folders_of(paths)
            folders_by_folded = {folded(folder): path for folder, path in folders.items()}
            if len(by_folded) == len(paths) and by_folded.keys().isdisjoint(folders_by_folded):
                self.by_folded, self.folders, self._folders_by_folded = by_folded, folders, folders_by_folded
                return []
        return [clash for path in paths if (clash := self.find_clash(path))]

    def find_clash(self, path: OutputPath) -> tuple[OutputPath, str] | None:
        """Add a path; return the one at fault, it or an earlier one, with what is wrong, where they cannot both be."""
        key = folded(path)
        if (other := self.by_folded.get(key)) is not None:
            how = "twice" if other == path else f"as {other}, which many systems take for the same name"
            return path, f"is also written {how}"
        if (below := self._folders_by_folded.get(key)) is not None:
            return path, f"is a file and also the folder of {below}"
        self.by_folded[key] = path
        folder = path.rpartition("/")[0]
        while folder and folder not in self.folders:
            self.folders[folder] = path
            key = folded(folder)
            if (other := self.by_folded.get(key)) is not None:
                return other, f"is a file and also the folder of {path}"
            self._folders_by_folded.setdefault(key, path)
            folder = folder.rpartition("/")[0]
        return None
