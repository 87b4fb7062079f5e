"""`to: rsync`: a folder that the system's rsync reaches, over ssh or otherwise; plain, or with releases.

Content alone decides what goes (`--checksum`): a build on another machine has other times and the same files. Times are
not carried over, so that an unchanged file of a release is the same file on the disk as the one before.
"""

from __future__ import annotations

import datetime as dt
import itertools
import os
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

from generator.commands.publish.target import (
    MANIFEST,
    Build,
    Context,
    Outcome,
    Plan,
    Progress,
    PublishError,
    Survey,
    nothing_before,
    pending,
    settled,
    survey_of,
)
from generator.commands.publish.tools import failure, run, said
from generator.config import RsyncTarget
from generator.write.staging import make_folders

OPTIONS = ("--links", "--perms", "--chmod=D755,F644", "--checksum", "--compress", "--delay-updates")

CURRENT, RELEASES = "current", "releases"
"""The link that the web server follows, and the folder that holds what it leads to."""

KEPT_RELEASES = 5
"""With the present one."""

_LINK = re.compile(rf"^l\S+ .* {CURRENT} -> {RELEASES}/(\S+)$", re.MULTILINE)
_RELEASE = re.compile(r"^d\S+ .* (\d{8}T\d{6}Z-[0-9a-f]{12})$", re.MULTILINE)


class Rsync:
    """A folder that is brought up to date in passes: what pages show, new pages, changed pages, feeds, deletions."""

    keeps_states = False

    def __init__(self, settings: RsyncTarget, context: Context) -> None:
        self.context = context
        self.destination = settings.destination.value.rstrip("/") or "/"
        self.passes = itertools.count()

    def survey(self, build: Build) -> Survey:
        """Return what publish put there."""
        return survey_of(build, self._fetch(self.destination))

    def upload(self, build: Build, plan: Plan, progress: Progress) -> Outcome:
        """Send each rank by itself, in order; then delete what publish put there and the site has no longer."""
        self._put({MANIFEST: pending(plan)}, self.destination)
        for (_, deletes), steps in itertools.groupby(plan.steps, key=lambda step: (step.rank, step.action == "delete")):
            paths = [step.path for step in steps]
            if deletes:
                self._delete(paths)
            else:
                self._send(build.folder, paths, self.destination)
            for path in paths:
                progress(path)
        self._put(settled(build), self.destination)
        return Outcome(state=build.digest)

    def roll_back(self, state: str, progress: Progress) -> Outcome:
        """Raise: nothing of an earlier state is there."""
        message = "a plain rsync target keeps no earlier state, so it cannot be rolled back"
        hint = "publish the earlier content again; releases: true keeps releases from now on"
        raise PublishError("publish-rollback", message, hint)

    def _delete(self, gone: Iterable[str]) -> None:
        """Delete these files, and the folders that this empties; all else is protected."""
        gone = [*gone]
        folders = {f"{folder}/" for path in gone for folder in _folders(path)}
        rules = self.context.scratch / f"rules-{next(self.passes)}"
        lines = [*(f"R /{_pattern(path)}" for path in sorted([*gone, *folders])), "P *", ""]
        rules.write_bytes(os.fsencode("\n".join(lines)))
        self._rsync(
            "--recursive", "--delete-after", f"--filter=merge {rules}", f"{self._none()}/", f"{self.destination}/"
        )

    def _none(self) -> Path:
        """Return a folder with nothing in it: all that a destination holds and may lose is deleted."""
        folder = self.context.scratch / "none"
        folder.mkdir(exist_ok=True)
        return folder

    # --- rsync itself -------------------------------------------------------------------------------------------

    def _send(self, folder: Path, paths: Iterable[str], destination: str, *options: str) -> None:
        """Send files of a folder, by name; a name with a line feed cannot be listed otherwise than with NULs."""
        given = b"".join(os.fsencode(path) + b"\0" for path in paths)
        source = f"{folder.resolve()}/"
        self._rsync("--files-from=-", "--from0", *options, source, f"{destination}/", given=given)

    def _put(self, contents: dict[str, bytes], destination: str) -> None:
        """Send files that are made here."""
        folder = self.context.scratch / f"made-{next(self.passes)}"
        for path, content in contents.items():
            make_folders(str((folder / path).parent))
            (folder / path).write_bytes(content)
        self._send(folder, contents, destination)

    def _fetch(self, destination: str) -> bytes | None:
        """Return the bookkeeping of a destination, or None where it has none."""
        folder = self.context.scratch / f"fetched-{next(self.passes)}"
        folder.mkdir()
        done = self._run(f"{destination}/{MANIFEST}", f"{folder}/manifest.json")
        if done.returncode == 0:
            return (folder / "manifest.json").read_bytes()
        if "No such file or directory" in said(done):
            return None
        raise self._failure(done)

    def _rsync(self, *arguments: str, given: bytes = b"") -> bytes:
        done = self._run(*arguments, given=given)
        if done.returncode:
            raise self._failure(done)
        return done.stdout

    def _run(self, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return run("rsync", *OPTIONS, *arguments, cwd=self.context.project, given=given)

    def _failure(self, done: subprocess.CompletedProcess[bytes]) -> PublishError:
        hint = "rsync and ssh must get there by themselves: try ssh, and look into ~/.ssh/config"
        return failure("rsync", done, hint)


class Releases(Rsync):
    """A folder of releases: each goes up whole, then one link is swapped, so that the site changes in one moment."""

    keeps_states = True

    def survey(self, build: Build) -> Survey:
        """Return what the present release holds."""
        self.current, self.releases = self._look()
        content = self._fetch(f"{self.destination}/{RELEASES}/{self.current}") if self.current else None
        survey = survey_of(build, content)
        return Survey(old=survey.old, new=survey.new, state=self.current, warnings=survey.warnings)

    def upload(self, build: Build, plan: Plan, progress: Progress) -> Outcome:
        """Send a release, what is unchanged as links to the present one; go on with one that was interrupted."""
        broken_off = [name for name in self.releases if name.endswith(build.digest[:12]) and name > self.current]
        now = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
        release = max(broken_off, default=f"{max(now, self.current[:16])}-{build.digest[:12]}")
        where = f"{self.destination}/{RELEASES}/{release}"
        make_folders(str(self.context.scratch / "new" / RELEASES / release))
        self._rsync("--recursive", "--dirs", f"{self.context.scratch}/new/", f"{self.destination}/")
        unchanged = (f"--link-dest=../{self.current}",) if self.current else ()
        self._send(self.context.site, build.files, where, *unchanged)
        self._put(settled(build), where)
        self._swap(release)
        for step in plan.steps:
            progress(step.path)
        self._prune([*self.releases, release], release)
        return Outcome(state=release)

    def roll_back(self, state: str, progress: Progress) -> Outcome:
        """Lead the link to an earlier release."""
        if not state:
            raise nothing_before(self.context)
        self.current, self.releases = self._look()
        if state not in self.releases:
            message = f"the release {state} is no longer there"
            raise PublishError("publish-rollback", message, f"there are {', '.join(self.releases) or 'none'}")
        if state != self.current:
            self._swap(state)
        progress(state)
        return Outcome(state=state, previous=self.current)

    def _look(self) -> tuple[str, list[str]]:
        """Return the present release, empty where there is none, and all of them, oldest first."""
        listed = self._listed(f"{self.destination}/")
        link = _LINK.search(listed)
        if re.search(rf"^[^l]\S+ .* {CURRENT}$", listed, re.MULTILINE):
            message = f"{self.destination}/{CURRENT} is no link that publish made"
            raise PublishError("publish-refused", message, "move it away; publish makes a link of that name")
        releases = sorted(_RELEASE.findall(self._listed(f"{self.destination}/{RELEASES}/")))
        return (link[1] if link else ""), releases

    def _listed(self, destination: str) -> str:
        done = self._run("--list-only", destination)
        if done.returncode and "No such file or directory" not in said(done):
            raise self._failure(done)
        return done.stdout.decode("utf-8", "replace")

    def _swap(self, release: str) -> None:
        """Replace the link; rsync makes the new one beside it and renames it."""
        folder = self.context.scratch / f"link-{next(self.passes)}"
        folder.mkdir()
        (folder / CURRENT).symlink_to(f"{RELEASES}/{release}")
        self._send(folder, [CURRENT], self.destination)

    def _prune(self, releases: Iterable[str], present: str) -> None:
        """Delete the releases that are too old to return to."""
        old = [name for name in sorted(set(releases)) if name != present][: -(KEPT_RELEASES - 1)]
        if not old:
            return
        risks = [f"--filter=R /{name}/***" for name in old]
        self._rsync(
            *("--recursive", "--delete-after", *risks, "--filter=P *"),
            *(f"{self._none()}/", f"{self.destination}/{RELEASES}/"),
        )


def _folders(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]


def _pattern(path: str) -> str:
    """Return a path as a pattern of rsync's that matches it (rsync(1), Pattern matching rules)."""
    if not re.search(r"[*?\[\n]", path):
        return path
    return re.sub(r"([*?\[\\])", r"\\\1", path).replace("\n", "?")
