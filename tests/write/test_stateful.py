"""Any sequence of builds, kills and meddling: persons' files are never lost, and the folder is what was asked for."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from generator.write.write import Written, write_site
from tests.reliability.projects import LONG
from tests.write.folders import Killed, assert_finished, codes, digest, everything, files_of, killed_at, on_disk, put

pytestmark = pytest.mark.long

PATHS = (
    "index.html",
    "a",
    "a/index.html",
    "a/b",
    "a/b/index.html",
    "a/b/c.txt",
    "assets/x.css",
    "d/e/f.html",
    "d/e",
    ".well-known/t",
)
CONTENTS = (b"", b"one", b"two", b"three" * 100)


def is_above(path: str, other: str) -> bool:
    """Return whether a path would be a folder of the other."""
    return other.startswith(f"{path}/")


def without_clashes(site: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files of a site that are no folder of another."""
    return {path: content for path, content in site.items() if not any(is_above(path, other) for other in site)}


SITES = st.dictionaries(st.sampled_from(PATHS), st.sampled_from(CONTENTS), max_size=7).map(without_clashes)


class OutputFolder(RuleBasedStateMachine):
    """An output folder, those who write to it, and what each of them wrote."""

    def __init__(self) -> None:
        super().__init__()
        self.project = Path(tempfile.mkdtemp())
        self.site = self.project / "site"
        self.persons: dict[str, bytes] = {}
        """Files that only persons wrote: no build may touch them."""
        self.edited: dict[str, bytes] = {}
        """Outputs that a person changed: written again where they are needed, kept where not."""
        self.built = False
        self.damaged = False
        self.forgetful = False
        """A manifest was damaged once: which empty folders a killed build had made, nobody knows any more."""

    def teardown(self) -> None:
        shutil.rmtree(self.project)

    def all_but_staging(self) -> dict[str, bytes | str]:
        """Return all that stands in the folder but what a killed build left in its staging folder."""
        return {path: what for path, what in everything(self.site).items() if not path.startswith(".staging")}

    def manifest(self) -> dict[str, dict[str, Any]]:
        """Return what the manifest on the disk says; nothing where it is damaged or missing."""
        if self.damaged or not (self.site / ".manifest.json").exists():
            return {"files": {}, "coming": {}}
        return {"coming": {}, **json.loads((self.site / ".manifest.json").read_bytes())}

    def written_by_hand(self, path: str, content: bytes) -> None:
        """Take down who a file belongs to that a person writes now."""
        said = self.manifest()
        stamps = [stamp[0] for stamp in (said["files"].get(path), said["coming"].get(path)) if stamp]
        self.persons.pop(path, None)
        self.edited.pop(path, None)
        if digest(content) in stamps:
            return  # as if a build had written it
        if path in said["files"] or (stamps and not content):
            self.edited[path] = content
        else:
            self.persons[path] = content

    def in_the_way(self, site: dict[str, bytes]) -> set[str]:
        """Return the persons' files, and edited ones that would have to go, that do not leave room for a site."""
        found = set()
        for path, content in {**self.persons, **self.edited}.items():
            taken = path in site and path in self.persons and site[path] != content
            above = any(is_above(path, other) or is_above(other, path) for other in site)
            if above or (taken and not self.damaged):
                found.add(path)
        return found

    @rule(site=SITES, strict=st.booleans())
    def build(self, site: dict[str, bytes], strict: bool) -> None:
        before = self.all_but_staging()
        in_the_way = self.in_the_way(site)
        blocked_by_unknown = self.damaged and any(
            path.startswith(f"{other}/") or other.startswith(f"{path}/")
            for path in on_disk(self.site)
            for other in site
        )
        result = write_site(self.site, files_of(site), project=self.project, strict=strict)
        if not isinstance(result, Written):
            assert self.all_but_staging() == before
            if self.forgetful and any((self.site / path).is_dir() for path in site):
                return  # such an empty folder counts as a person's
            assert in_the_way or blocked_by_unknown or (strict and (self.edited or self.damaged))
            assert ("output-foreign" in codes(result)) == bool(in_the_way or blocked_by_unknown)
            return
        assert not in_the_way
        assert not blocked_by_unknown
        warned = {(one.code, one.path) for one in result.warnings}
        if self.damaged:
            assert warned == {("output-manifest", "site/.manifest.json")}
            left = {path: content for path, content in before.items() if isinstance(content, bytes)}
            self.persons = {path: left[path] for path in left.keys() - site.keys() - {".manifest.json"}}
        else:
            expected = {("output-edited", f"site/{p}") for p, content in self.edited.items() if site.get(p) != content}
            kept = {path: content for path, content in self.edited.items() if path not in site}
            expected -= {("output-edited", f"site/{path}") for path in kept}
            assert warned == expected | {("output-kept", f"site/{path}") for path in kept}
            self.persons |= kept
            self.persons = {path: content for path, content in self.persons.items() if path not in site}
        assert_finished(self.site, site, self.persons, empty=self.forgetful)
        self.edited = {}
        self.damaged = False
        self.built = True

    @rule(site=SITES, step=st.integers(0, 80))
    def build_and_be_killed(self, site: dict[str, bytes], step: int) -> None:
        before = on_disk(self.site)
        said = self.manifest()
        ours = {path for path in before if path in said["files"] or path in said["coming"]}
        damaged = self.damaged
        try:
            with killed_at(step):
                write_site(self.site, files_of(site), project=self.project)
        except Killed:
            pass
        after = on_disk(self.site)
        for path, content in after.items():
            assert content in (before.get(path), site.get(path)), "a file is neither old nor new"
        for path in before.keys() - after.keys():
            assert path in ours, "a person's file is gone"
            assert path not in site, "an output was gone for a moment"
            assert path not in self.edited, "an edited output was removed"
        self._look_again(damaged)

    def _look_again(self, damaged: bool) -> None:
        """Take down whose files are whose after a build that may have come to any point."""
        place = self.site / ".manifest.json"
        self.damaged = damaged and place.exists() and place.read_bytes() == b"damaged"
        said = self.manifest()
        found = on_disk(self.site)
        for path, content in {**self.persons, **self.edited}.items():
            if path in found:
                self.written_by_hand(path, found[path]) if found[path] == content else self._forget(path)
        if damaged and not self.damaged:
            self.persons = {p: c for p, c in found.items() if p not in said["files"] and p not in said["coming"]}

    def _forget(self, path: str) -> None:
        self.edited.pop(path, None)
        assert path not in self.persons or self.manifest()["files"].get(path), "a person's file was written over"
        self.persons.pop(path, None)

    @precondition(lambda self: self.site.exists())
    @rule(path=st.sampled_from(PATHS), content=st.sampled_from([*CONTENTS, b"by hand", b"by hand, too"]))
    def write_by_hand(self, path: str, content: bytes) -> None:
        place = self.site / path
        if place.is_dir() or any(parent.is_file() for parent in place.parents):
            return
        if not (self.site / ".manifest.json").exists():
            return  # the folder would be refused, which is test_folder's business
        put(self.site, path, content)
        if not self.damaged:
            self.written_by_hand(path, content)

    @precondition(lambda self: self.site.exists())
    @rule(path=st.sampled_from(PATHS))
    def delete_by_hand(self, path: str) -> None:
        if (self.site / path).is_file():
            (self.site / path).unlink()
            self.persons.pop(path, None)
            self.edited.pop(path, None)
            for folder in (self.site / path).parents:
                if folder == self.site or any(folder.iterdir()):
                    break
                folder.rmdir()

    @precondition(lambda self: self.built)
    @rule()
    def damage_the_manifest(self) -> None:
        (self.site / ".manifest.json").write_bytes(b"damaged")
        self.damaged = self.forgetful = True
        self.persons = {}
        self.edited = {}

    @invariant()
    def persons_files_are_there(self) -> None:
        found = on_disk(self.site)
        for path, content in {**self.persons, **self.edited}.items():
            assert found.get(path) == content, path


TestOutputFolder = OutputFolder.TestCase
TestOutputFolder.settings = settings(
    max_examples=2_000 if LONG else 60, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
