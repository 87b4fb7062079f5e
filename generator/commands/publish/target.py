"""What every target speaks in: the build that goes out, what a target holds, the plan between them, and refusals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Literal, Protocol

from generator.model import OutputPath, Position, Value
from generator.read.source import digest_of
from generator.write.manifest import Damaged, Manifest, Stamp, decode_manifest, encode_manifest

MANIFEST = ".deploy/manifest.json"
"""A target's own bookkeeping: which files publish put there. It holds public addresses and digests alone."""

DEPLOY_ID = ".deploy/id"
"""Holds the digest of the manifest of what is there: which deploy a host serves can be asked for over the web."""

Read = Callable[[OutputPath], bytes]
Stamps = dict[OutputPath, Stamp]
Progress = Callable[[str], None]
"""Called with each path when it is done."""


class PublishError(Exception):
    """The target, or a tool on the way to it, refused. It becomes a diagnostic at the target's settings."""

    def __init__(self, code: str, message: str, hint: str = "", notes: Iterable[str] = ()) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.hint = hint
        self.notes = tuple(notes)
        self.unfinished = False
        """It came while the target was being changed."""


class Context(Value, frozen=True, kw_only=True):
    """Where and how a target is published to."""

    project: Path
    name: str
    """The target's, in site.yaml."""
    site: Path
    """The output folder."""
    at: Position
    """Of its settings, in site.yaml."""
    scratch: Path
    """An empty folder that goes when publish ends."""
    dry_run: bool = False


class Build(Value, frozen=True, kw_only=True):
    """What goes out: the files of a build by their manifest, and how to read one."""

    folder: Path
    """Where the files lie; an earlier state that is rolled back to has none."""
    files: Stamps
    read: Read

    @property
    def digest(self) -> str:
        """The deploy's id: the same for the same site."""
        return digest_of(encode_manifest(Manifest(self.files)))


class Survey(Value, frozen=True, kw_only=True):
    """What a target holds, and what it is to hold, in stamps of its own kind."""

    old: Stamps
    new: Stamps
    state: str
    """Names the present state, so that a rollback can ask for it; empty where nothing was ever published."""
    unsure: frozenset[OutputPath] = frozenset()
    """What an interrupted run was about to write: old, new or not there."""
    interrupted: bool = False
    """The last run did not come to its end."""
    warnings: tuple[str, ...] = ()


class Step(Value, frozen=True):
    """One file that is added, changed or deleted."""

    action: Literal["add", "change", "delete"]
    path: OutputPath
    size: int
    """Bytes that go out, or that are deleted."""
    rank: int
    """Its place in the order, see plan.py; the files of one rank may go in any order, or at once."""


class Plan(Value, frozen=True, kw_only=True):
    """All that a publish does, in its order."""

    survey: Survey
    steps: tuple[Step, ...]

    def of(self, *actions: str) -> tuple[Step, ...]:
        """Return the steps of these kinds, in order."""
        return tuple(step for step in self.steps if step.action in actions)


class Outcome(Value, frozen=True, kw_only=True):
    """What an upload or a rollback did."""

    state: str
    """Names what is there now, as `Survey.state` will."""
    previous: str = ""
    """Names what a rollback found; a plan's survey knows it for an upload."""
    warnings: tuple[str, ...] = ()


class Target(Protocol):
    """A kind of target. `survey` comes first and changes nothing there."""

    keeps_states: bool
    """It can return to what it held before."""

    def survey(self, build: Build) -> Survey:
        """Return what is there; raises PublishError."""

    def upload(self, build: Build, plan: Plan, progress: Progress) -> Outcome:
        """Carry the plan out in its order. A kill at any moment, and another run, come to the same end."""

    def roll_back(self, state: str, progress: Progress) -> Outcome:
        """Return the target to a state that it held; raises PublishError where it cannot."""


def nothing_before(context: Context) -> PublishError:
    """Return the error that there is no state to return to."""
    return PublishError("publish-rollback", f"before that, nothing had been published to {context.name}")


def known(content: bytes | None) -> tuple[Manifest, tuple[str, ...]]:
    """Return what the bookkeeping of a target says of it, and a warning where it is damaged."""
    manifest = decode_manifest(content) if content is not None else Manifest({})
    if isinstance(manifest, Damaged):
        warning = f"{MANIFEST} of the target is damaged ({manifest.reason}): everything is uploaded, nothing deleted"
        return Manifest({}), (warning,)
    return manifest, ()


def survey_of(build: Build, content: bytes | None) -> Survey:
    """Return the survey of a target that is known by its bookkeeping alone."""
    manifest, warnings = known(content)
    return Survey(
        old={**manifest.coming, **manifest.files},
        new=build.files,
        state=digest_of(encode_manifest(Manifest(manifest.files))) if manifest.files else "",
        unsure=frozenset(manifest.coming),
        interrupted=bool(manifest.coming),
        warnings=warnings,
    )


def pending(plan: Plan) -> bytes:
    """Return the bookkeeping while a plan is carried out: what stays for sure, and all that may be there or not."""
    survey = plan.survey
    unsure = {*survey.unsure, *(step.path for step in plan.of("delete"))}
    coming = {path: stamp for path, stamp in survey.old.items() if path in unsure}
    coming |= {step.path: survey.new[step.path] for step in plan.of("add", "change")}
    return encode_manifest(Manifest({p: stamp for p, stamp in survey.old.items() if p not in unsure}, coming))


def settled(build: Build) -> dict[str, bytes]:
    """Return the bookkeeping of a plan that was carried out, by path."""
    return {DEPLOY_ID: f"{build.digest}\n".encode(), MANIFEST: encode_manifest(Manifest(build.files))}


def reader(folder: Path, files: Mapping[OutputPath, Stamp]) -> Read:
    """Return what reads a build's files and refuses one that is no longer what the build wrote."""

    def read(path: OutputPath) -> bytes:
        try:
            content = (folder / path).read_bytes()
        except OSError as problem:
            raise PublishError("publish-failed", f"{path} cannot be read: {problem.strerror}") from problem
        if digest_of(content) != files[path].digest:
            raise PublishError("publish-failed", f"{path} was changed while it was published", "publish again")
        return content

    return read
