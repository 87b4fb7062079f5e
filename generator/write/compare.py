"""Comparing: what a build has to do to the output folder, found item by item. Only the staging folder is written."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping

from generator.diagnostics import START, Diagnostic, error, warning
from generator.model import OutputPath
from generator.read.source import digest_of
from generator.write.disk import Disk
from generator.write.items import File, Item, Kept, Staged
from generator.write.manifest import Damaged, Manifest, Stamp
from generator.write.names import Names, folded, path_problem
from generator.write.owner import Owner, find_owner
from generator.write.problems import WriteError, at_path, reason_of
from generator.write.staging import STAGING, replacement_name, stage, staged_name


class Comparison:
    """The items of a build beside what stands in the folder, gathered one by one."""

    def __init__(self, root: str, shown: str, old: Manifest | Damaged | None) -> None:
        self.old = old
        self.disk = Disk(root)
        self.staging = f"{root}/{STAGING}"
        self.stamps: dict[OutputPath, Stamp] = {}
        """Every file of the new site."""
        self.present: dict[OutputPath, Stamp] = {}
        """Those of them that stand there already as a build wrote them, with what they hold now."""
        self.new: dict[str, list[OutputPath]] = {}
        """What to move where nothing stands, a file or the outermost new folder, with the files that come with it."""
        self.changed: dict[OutputPath, str] = {}
        """What to replace, with the names on the disk of the staged files."""
        self.unsure: list[tuple[OutputPath, str]] = []
        """New files with what stands in their way: ours, and then gone with this build, or a person's."""
        self.renamed: list[OutputPath] = []
        """Old files whose names differ by case alone from a new one's, where the file system takes them for one."""
        self.unchanged = 0
        self.errors: list[Diagnostic] = []
        self.warnings: list[Diagnostic] = []
        self._shown = shown
        self._names: Names | None = None
        self._looked_at: Mapping[OutputPath, Stamp] = {}
        """The last build's files, where it was one of this program's, as it is where any of them is kept."""
        self._old_by_folded: dict[str, OutputPath] | None = None

    def add(self, item: Item) -> None:
        """Compare an item with the disk and stage it where it differs; raises WriteError."""
        if isinstance(item, Kept):
            self._keep(item.files)
            return
        try:
            self._add(item)
        except OSError as problem:
            raise WriteError(item.path, reason_of(problem)) from problem

    def _add(self, item: File | Staged) -> None:
        path = item.path
        if problem := path_problem(path):
            self.reject("output-name", path, f"cannot be an output: it {problem}")
            return
        if not self._take_name(path):
            return
        if isinstance(item, File):
            self._compare(path, Stamp(digest_of(item.content), len(item.content)), item.content)
        else:
            status = os.lstat(staged_name(self.staging, path))
            if not stat.S_ISREG(status.st_mode) or status.st_size != item.size:
                raise WriteError(path, "what was staged is not what was said to be")
            self._compare(path, Stamp(item.digest, item.size), None)

    def reject(self, code: str, path: str, message: str, hint: str = "", *notes: str) -> None:
        """Report an error: nothing will be written, and nothing more is staged."""
        self.errors.append(error(code, at_path(f"{self._shown}/{path}"), START, message, hint, *notes))

    def warn(self, code: str, path: str, message: str, hint: str = "") -> None:
        """Report what an author should know of a file."""
        self.warnings.append(warning(code, at_path(f"{self._shown}/{path}"), START, message, hint))

    def reject_foreign(self, path: str, needed_by: str, what: str = "something that no build wrote") -> None:
        """Report something of a person's that stands where an output has to be."""
        where = "the site needs this address" if path == needed_by else f"the site needs the address {needed_by}"
        self.reject("output-foreign", path, f"{what} stands here, and {where}", "move it away, or change the address")

    def edited(self, path: OutputPath) -> None:
        """Report an output that a person has changed."""
        self.warn("output-edited", path, "was changed by hand, and is written again", "change its source in content/")

    @property
    def names(self) -> Names:
        """The names of all files so far. The last build has looked at its own, so most builds never need them."""
        if self._names is None:
            self._names = Names()
            for path, message in self._names.find_clashes(self.stamps):
                self._reject_clash(path, message)
        return self._names

    def _take_name(self, path: OutputPath) -> bool:
        looked_at = self._names is None and path in self._looked_at and path not in self.stamps
        if not looked_at and (clash := self.names.find_clash(path)):
            self._reject_clash(*clash)
            return False
        return True

    def _reject_clash(self, path: OutputPath, message: str) -> None:
        self.reject("output-clash", path, message, "give one of them another address")

    def _compare(self, path: OutputPath, stamp: Stamp, content: bytes | None) -> None:
        self.stamps[path] = stamp
        status = self.disk.look(path)
        if status is None:
            self._add_new(path)
        elif stat.S_ISDIR(status.st_mode):
            self.unsure.append((path, path))
        elif stat.S_ISREG(status.st_mode) and self._is_renamed(path):
            self.new[path] = [path]
        elif stat.S_ISREG(status.st_mode) and status.st_size == stamp.size and self._holds(path, stamp, content):
            self.unchanged += 1
            self.present[path] = stamp
            return
        else:
            self._add_changed(path, content)
        if content is not None and not self.errors:
            stage(self.changed.get(path) or staged_name(self.staging, path), path, content)

    def _holds(self, path: OutputPath, stamp: Stamp, content: bytes | None) -> bool:
        there = self.disk.read(path, stamp.size)
        return there == content if content is not None else digest_of(there) == stamp.digest

    def _add_new(self, path: OutputPath) -> None:
        missing = self.disk.missing(path.rpartition("/")[0])
        if missing in self.disk.blocked:
            self.unsure.append((path, missing))
        else:
            self.new.setdefault(missing or path, []).append(path)

    def _add_changed(self, path: OutputPath, content: bytes | None) -> None:
        owner = find_owner(self.disk, self.old, path)
        if owner is Owner.EDITED:
            self.edited(path)
        elif owner is not Owner.BUILD:
            self.reject_foreign(path, path)
        elif not isinstance(self.old, Manifest) or path in self.old.coming:
            there = self.disk.read(path, 0)
            self.present[path] = Stamp(digest_of(there), len(there))
        in_place = staged_name(self.staging, path) if content is None else None
        self.changed[path] = in_place or replacement_name(self.staging, len(self.changed))

    def _is_renamed(self, path: OutputPath) -> bool:
        """Return whether a file stands here only because the system takes an old output's name for this one."""
        if not isinstance(self.old, Manifest) or path in self.old.files:
            return False
        if self._old_by_folded is None:
            self._old_by_folded = {folded(old): old for old in (*self.old.coming, *self.old.files)}
        old = self._old_by_folded.get(folded(path), path)
        if old == path or not self.disk.same(old, path) or find_owner(self.disk, self.old, old) is not Owner.BUILD:
            return False
        self.renamed.append(old)
        return True

    def _keep(self, files: Mapping[OutputPath, Stamp]) -> None:
        old = self.old.files if isinstance(self.old, Manifest) else {}
        for path, stamp in files.items():
            if old.get(path) != stamp:
                raise WriteError(path, "it changed while the site was built")
        if files:
            self._looked_at = old
        if self._names is not None or not self.stamps.keys().isdisjoint(files):
            for path, message in self.names.find_clashes(files):
                self._reject_clash(path, message)
        self.stamps |= files
        self.present |= files
        self.unchanged += len(files)
