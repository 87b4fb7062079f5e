"""`to: directory`: a folder that a web server serves, or that a host takes. What it replaces is kept for a rollback."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.commands.publish.plan import plan_of
from generator.commands.publish.target import (
    MANIFEST,
    Build,
    Context,
    Outcome,
    Plan,
    Progress,
    PublishError,
    Survey,
    known,
    nothing_before,
    settled,
)
from generator.config import DirectoryTarget
from generator.model import OutputPath
from generator.read.source import digest_of
from generator.write.disk import Disk
from generator.write.manifest import Damaged, Manifest, Stamp, decode_manifest, encode_manifest
from generator.write.owner import Owner, find_owner, owner_of
from generator.write.problems import reason_of
from generator.write.staging import make_folders, put_file

STAGING = ".deploy/staging"
"""Below the target's own bookkeeping, so on its file system: a move is a rename."""

KEPT_STATES = 10
"""Earlier states that can be returned to; the files of older ones are removed."""

SHOWN = 10
"""Names of files that an error lists."""


class Directory:
    """A folder. Only files that publish put there and nobody changed are ever removed."""

    keeps_states = True

    def __init__(self, settings: DirectoryTarget, context: Context) -> None:
        self.context = context
        self.root = os.path.realpath(context.project / os.path.expanduser(settings.path.value))
        self.kept = context.project / ".receipts" / "kept" / context.name
        self.manifest = Manifest({})
        self.ours: Manifest | Damaged = self.manifest
        """Whose a file is; where the bookkeeping is damaged, any at an address of the site counts as ours."""
        if problem := _place_problem(self.root, context):
            raise PublishError("publish-refused", f"{settings.path.value} {problem}", "name a folder of its own")

    def survey(self, build: Build) -> Survey:
        """Return what is there; what an interrupted run was about, and what has another size, is read."""
        with _at(self.root):
            self.manifest, warnings = known(_read(f"{self.root}/{MANIFEST}"))
            self.ours = Damaged(warnings[0]) if warnings else self.manifest
            old = dict(_present(Disk(self.root), self.manifest))
        state = digest_of(encode_manifest(Manifest(old))) if old else ""
        interrupted = bool(self.manifest.coming) or old.keys() != self.manifest.files.keys()
        return Survey(old=old, new=build.files, state=state, interrupted=interrupted, warnings=warnings)

    def upload(self, build: Build, plan: Plan, progress: Progress) -> Outcome:
        """Write each file beside its place and rename it, in the plan's order; keep what is replaced or deleted."""
        warnings: list[str] = []
        with _at(self.root):
            self._refuse_foreign(plan)
            make_folders(self.root)
            with suppress(FileNotFoundError):
                shutil.rmtree(f"{self.root}/{STAGING}")
            if plan.survey.state:
                self._keep_state(plan.survey)
            self._put(MANIFEST, self._pending(plan))
            for step in plan.steps:
                warnings += self._delete(step.path) if step.action == "delete" else self._replace(step.path, build)
                progress(step.path)
            for name, content in settled(build).items():
                self._put(name, content)
            shutil.rmtree(f"{self.root}/{STAGING}")
            self._forget()
        return Outcome(state=build.digest, warnings=tuple(warnings))

    def roll_back(self, state: str, progress: Progress) -> Outcome:
        """Publish an earlier state anew, from what was kept of it and what is still there."""
        if not state:
            raise nothing_before(self.context)
        content = _read(f"{self.kept}/{state}.json")
        manifest = decode_manifest(content) if content is not None else None
        if manifest is None or isinstance(manifest, Damaged):
            message = f"that state of {self.context.name} is no longer kept"
            raise PublishError("publish-rollback", message, f"the last {KEPT_STATES} are, in .receipts/kept/")
        build = Build(folder=self.kept, files=manifest.files, read=lambda path: self._kept_file(manifest.files[path]))
        survey = self.survey(build)
        plan = plan_of(survey)
        for step in plan.of("add", "change"):
            build.read(step.path)  # all of them, before anything is changed
        outcome = self.upload(build, plan, progress)
        return Outcome(state=outcome.state, previous=survey.state, warnings=outcome.warnings)

    def _kept_file(self, stamp: Stamp) -> bytes:
        content = _read(f"{self.kept}/{stamp.digest}")
        if content is None or digest_of(content) != stamp.digest:
            raise PublishError("publish-rollback", "a file of that state is no longer kept")
        return content

    def _pending(self, plan: Plan) -> bytes:
        """Return the bookkeeping meanwhile. A file changed by hand stays known by what publish put there."""
        files = {path: self.manifest.files.get(path, stamp) for path, stamp in plan.survey.old.items()}
        return encode_manifest(
            Manifest(files, {step.path: plan.survey.new[step.path] for step in plan.of("add", "change")})
        )

    def _refuse_foreign(self, plan: Plan) -> None:
        """Raise where somebody else's file stands at an address of the site; nothing was changed yet."""
        disk = Disk(self.root)
        going = {step.path for step in plan.of("delete")}
        foreign: dict[str, None] = {}
        for step in plan.of("add"):
            outermost = disk.missing(step.path.rpartition("/")[0])
            if outermost in disk.blocked and outermost not in going:
                foreign[str(outermost)] = None
            elif disk.look(step.path) is not None:
                within = _files_in(self.root, step.path) if os.path.isdir(f"{self.root}/{step.path}") else ()
                foreign |= dict.fromkeys(name for name in within if name not in going)
                if find_owner(disk, self.ours, step.path) is Owner.PERSON:
                    foreign[step.path] = None
        if foreign:
            message = f"files that publish did not put there stand where the site's have to go: {len(foreign)} of them"
            raise PublishError("publish-foreign", message, "move them out of the way", [*foreign][:SHOWN])

    def _replace(self, path: OutputPath, build: Build) -> list[str]:
        content = build.read(path)
        found: list[str] = []
        disk = Disk(self.root)
        status = disk.look_for_file(path)
        if status is not None:
            before = disk.read(path, status.st_size)
            self._keep(before)
            if before != content and owner_of(self.ours, path, before) is not Owner.BUILD:
                found.append(f"{path} was changed by hand; it was written again")
        elif disk.look(path) is not None:
            _remove_folders(f"{self.root}/{path}")
        make_folders(os.path.dirname(f"{self.root}/{path}"))
        self._put(path, content)
        return found

    def _delete(self, path: OutputPath) -> list[str]:
        disk = Disk(self.root)
        owner = find_owner(disk, self.manifest, path)
        if owner is Owner.EDITED:
            return [f"{path} is no part of the site any more; it was changed by hand, and is kept"]
        if owner is Owner.BUILD:
            self._keep(Path(f"{self.root}/{path}").read_bytes())
            os.unlink(f"{self.root}/{path}")
            with suppress(OSError):
                while path := OutputPath(path.rpartition("/")[0]):
                    os.rmdir(f"{self.root}/{path}")
        return []

    def _put(self, path: str, content: bytes) -> None:
        make_folders(f"{self.root}/{STAGING}")
        put_file(f"{self.root}/{STAGING}/file", content)
        os.replace(f"{self.root}/{STAGING}/file", f"{self.root}/{path}")

    def _keep(self, content: bytes) -> None:
        """Keep a file for a rollback, under its digest."""
        name = f"{self.kept}/{digest_of(content)}"
        if not os.path.exists(name):
            make_folders(str(self.kept))
            put_file(f"{name}.new", content)
            os.replace(f"{name}.new", name)

    def _keep_state(self, survey: Survey) -> None:
        make_folders(str(self.kept))
        put_file(f"{self.kept}/{survey.state}.json", encode_manifest(Manifest(survey.old)))

    def _forget(self) -> None:
        """Remove the states that are too old to return to, and the files that only they need."""
        if not self.kept.is_dir():
            return
        states = sorted(self.kept.glob("*.json"), key=lambda path: (-path.stat().st_mtime_ns, path.name))
        for path in states[KEPT_STATES:]:
            path.unlink()
        manifests = (decode_manifest(path.read_bytes()) for path in states[:KEPT_STATES])
        needed = {stamp.digest for m in manifests if isinstance(m, Manifest) for stamp in m.files.values()}
        for path in self.kept.iterdir():
            if path.suffix != ".json" and path.name not in needed:
                path.unlink()


def _present(disk: Disk, manifest: Manifest) -> Iterator[tuple[OutputPath, Stamp]]:
    """Yield what is there of what publish put there, or was about to, as it is there."""
    for path in sorted(manifest.paths()):
        status = disk.look_for_file(path)
        if status is None:
            continue
        stamp = manifest.files.get(path)
        if path in manifest.coming or stamp is None or stamp.size != status.st_size:
            digest = digest_of(disk.read(path, status.st_size))
            if stamp is None and digest != manifest.coming[path].digest:
                continue  # somebody else's: what an interrupted run brings arrives whole or not at all
            stamp = Stamp(digest, status.st_size)
        yield path, stamp


def _files_in(root: str, folder: str) -> Iterator[str]:
    for where, _, names in os.walk(f"{root}/{folder}"):
        yield from (os.path.relpath(f"{where}/{name}", root).replace(os.sep, "/") for name in sorted(names))


def _remove_folders(folder: str) -> None:
    """Remove a folder that holds nothing but folders."""
    for where, _, _ in os.walk(folder, topdown=False):
        os.rmdir(where)


def _place_problem(folder: str, context: Context) -> str:
    """Return why a folder must not be published to, or an empty text."""
    project, site = os.path.realpath(context.project), os.path.realpath(context.site)
    if os.path.dirname(folder) == folder:
        return "is the root of the file system"
    if folder == os.path.realpath(os.path.expanduser("~")):
        return "is a home folder"
    if _holds(folder, project):
        return "is the project, or holds it"
    for name in ("content", "templates", ".cache", ".receipts", ".git"):
        if _holds(os.path.join(project, name), folder):
            return f"lies in the project's {name}"
    if _holds(site, folder) or _holds(folder, site):
        return "is the output folder, lies in it or holds it"
    if os.path.lexists(folder) and not os.path.isdir(folder):
        return "is a file"
    return ""


def _holds(outer: str, inner: str) -> bool:
    return inner == outer or inner.startswith(outer.rstrip(os.sep) + os.sep)


def _read(path: str) -> bytes | None:
    try:
        return Path(path).read_bytes()
    except FileNotFoundError:
        return None


@contextmanager
def _at(root: str) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        name = str(problem.filename or root)
        raise PublishError("publish-failed", f"{name}: {reason_of(problem)}") from problem
