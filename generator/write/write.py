"""The write stage's entry: a site's files in, an output folder that holds them out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.diagnostics import START, Diagnostic, error, in_order
from generator.diagnostics import strict as as_strict
from generator.model import Value
from generator.write.compare import Comparison
from generator.write.folder import find_refusal
from generator.write.items import File, Item, Kept, Staged
from generator.write.manifest import MANIFEST, Damaged, encode_manifest, read_manifest
from generator.write.problems import WriteError, at_path, reason_of, shown_folder
from generator.write.replace import UNCHANGED, carry_out
from generator.write.settle import Changes, settle
from generator.write.staging import clear_staging, missing_folders

__all__ = ["File", "Item", "Kept", "Staged", "WriteError", "Written", "write_site"]


class Written(Value, frozen=True):
    """What a build did to the output folder."""

    written: int
    unchanged: int
    removed: int
    warnings: tuple[Diagnostic, ...]


def write_site(
    output: Path, files: Iterable[Item], *, project: Path, strict: bool = False
) -> Written | tuple[Diagnostic, ...]:
    """Make the output folder hold these files and persons' own, and return what was done; or the errors, all of them.

    The law: every file is wholly old or wholly new at every moment, a person's is never touched, and with errors
    (under `strict` with warnings too) nothing is written. Files are taken one by one, after the staging folder of a
    killed build is gone, so a generator may have other processes call `stage_file`; what it raises goes through, and
    nothing is written. Raises WriteError where the disk refuses.
    """
    shown = shown_folder(output, project)
    if refusal := find_refusal(output, project):
        hint = "choose another folder with --output"
        return (error("output-refused", at_path(shown), START, refusal, hint),)
    root = os.path.realpath(output)
    missing = missing_folders(root)
    items = iter(files)
    try:
        return _write(root, items, shown, strict)
    except WriteError as problem:
        raise WriteError(f"{shown}/{problem.path}", problem.reason, problem.hint or UNCHANGED) from problem
    finally:
        if hasattr(items, "close"):
            items.close()  # so that nobody stages any more
        with suppress(OSError):
            clear_staging(root)
        for folder in missing:
            with suppress(OSError):
                os.rmdir(folder)  # one that we made for nothing


def _write(root: str, items: Iterable[Item], shown: str, strict: bool) -> Written | tuple[Diagnostic, ...]:
    with _at(root, MANIFEST):
        clear_staging(root)
    old = read_manifest(root)
    found = Comparison(root, shown, old)
    if isinstance(old, Damaged):
        hint = "what the site needs is replaced, nothing is removed"
        found.warn("output-manifest", MANIFEST, f"is damaged: {old.reason}", hint)
    for item in items:
        found.add(item)
    with _at(root, MANIFEST):
        changes = settle(found)
    if found.errors or (strict and found.warnings):
        return in_order((*found.errors, *(as_strict(found.warnings) if strict else found.warnings)))
    removed = carry_out(root, old, changes) if _differs(root, changes) else ()
    written = len(found.changed) + sum(map(len, found.new.values()))
    return Written(written, found.unchanged, len(removed), in_order(found.warnings))


def _differs(root: str, changes: Changes) -> bool:
    """Return whether there is anything to do; where there is not, the folder is not touched at all."""
    if changes.moves or changes.clearing or changes.removals:
        return True
    with _at(root, MANIFEST), suppress(FileNotFoundError):
        return Path(f"{root}/{MANIFEST}").read_bytes() != encode_manifest(changes.final)
    return True


@contextmanager
def _at(root: str, path: str) -> Iterator[None]:
    """Turn the system's refusals into WriteErrors that name the file the system names, else this one."""
    try:
        yield
    except OSError as problem:
        name = problem.filename if isinstance(problem.filename, str) else ""
        named = name[len(root) + 1 :] if name.startswith(f"{root}/") else path
        raise WriteError(named, reason_of(problem)) from problem
