"""Staging: files are written once below `<output>/.staging/`, and moved only when all of them are there.

No file is flushed to the disk but the manifest (`durable`). A power cut may take the content of any file written in
the last half minute; the next build compares each file it makes with what is on the disk and writes it again. Only
what the manifest says cannot be made again, and flushing 12,000 files would cost minutes on a spinning disk.
"""

from __future__ import annotations

import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path

from generator.model import OutputPath
from generator.read.source import digest_of
from generator.write.problems import WriteError, reason_of

STAGING = ".staging"
"""Its name in the output folder, on whose file system it has to be: a move is a rename."""

TO_COME = "to-come"
"""The one folder in it, laid out like the site. A staging folder that holds anything else is not ours."""

FILE_MODE = 0o644
FOLDER_MODE = 0o755

_WRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


def staging_path(output: Path | str) -> Path:
    """Return where the files of an output folder are staged: the first argument of `stage_file`."""
    return Path(os.path.realpath(output)) / STAGING


def stage_file(staging: Path | str, path: OutputPath, content: bytes) -> str:
    """Write a file to come and return its digest; any process may do so while `write_site` takes its items.

    Raises WriteError, which names the path.
    """
    stage(staged_name(staging, path), path, content)
    return digest_of(content)


def stage(name: str, path: str, content: bytes, *, durable: bool = False) -> None:
    """Write a file in the staging folder under a name of the disk; a WriteError names its path in the site."""
    try:
        try:
            put_file(name, content, durable=durable)
        except FileNotFoundError:
            make_folders(os.path.dirname(name))
            put_file(name, content, durable=durable)
    except OSError as problem:
        raise WriteError(path, reason_of(problem)) from problem


def put_file(name: str, content: bytes, *, durable: bool = False) -> None:
    """Write a file, 0644 whatever the umask; not through a link."""
    descriptor = os.open(name, _WRITE, FILE_MODE)
    try:
        set_mode(descriptor, FILE_MODE)
        written = os.write(descriptor, content)
        while written < len(content):
            written += os.write(descriptor, memoryview(content)[written:])
        if durable:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def staged_name(staging: Path | str, path: str) -> str:
    """Return the name on the disk of a staged file or folder."""
    return f"{staging}/{TO_COME}/{path}"


def replacement_name(staging: Path | str, number: int) -> str:
    """Return the name on the disk of a file that replaces another: all in one folder, as theirs are there already."""
    return f"{staging}/{TO_COME}/.changed/{number}"


def clear_staging(root: str) -> None:
    """Remove the staging folder, and what a killed build left in it; raises OSError."""
    with suppress(FileNotFoundError):
        shutil.rmtree(f"{root}/{STAGING}")


def missing_folders(folder: str) -> list[str]:
    """Return the folder and those above it that are not there, the innermost first."""
    missing = []
    while not os.path.lexists(folder) and os.path.dirname(folder) != folder:
        missing.append(folder)
        folder = os.path.dirname(folder)
    return missing


def make_folders(folder: str) -> None:
    """Make a folder and those above it that are missing, 0755 whatever the umask; others may be making them too."""
    try:
        os.mkdir(folder, FOLDER_MODE)
    except FileExistsError:
        return
    except FileNotFoundError:
        above = os.path.dirname(folder)
        if above == folder:
            raise
        make_folders(above)
        make_folders(folder)
    else:
        set_mode(folder, FOLDER_MODE)


def set_mode(file: int | str, mode: int) -> None:
    """Set the mode where the umask has made another. A file system without modes (FAT) is left as it is."""
    if stat.S_IMODE(os.stat(file).st_mode) == mode:  # a tenth of what setting it costs
        return
    with suppress(PermissionError, NotImplementedError):
        if isinstance(file, str):
            os.chmod(file, mode)
        elif hasattr(os, "fchmod"):
            os.fchmod(file, mode)
