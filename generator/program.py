"""The program's own digest, so that nothing outlives a change of what made it."""

from __future__ import annotations

import os
import sys
import unicodedata

from generator.read.source import digest_of


def program_digest() -> str:
    """Return the digest of the package's own files and of the versions of Python, Unicode and every package installed.

    Which of the packages matter nobody has to keep by hand: any change among them makes it another program.
    """
    package = os.path.dirname(__file__)
    parts = [sys.version, unicodedata.unidata_version]
    for folder, folders, files in os.walk(package):
        folders.sort()
        for name in sorted(files):
            if not name.endswith(".pyc"):
                path = f"{folder}/{name}"
                with open(path, "rb", buffering=0) as file:
                    parts += (path[len(package) :], digest_of(file.read()))
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        parts += sorted(name for name in names if name.endswith((".dist-info", ".egg-info")))
    return digest_of("\n".join(parts).encode("utf-8", "surrogateescape"))
