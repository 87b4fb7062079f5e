"""`publish`: from a clean build to the public. It builds, compares with the target, and carries the difference over."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from generator.build import SETTINGS, build, load_settings
from generator.commands.publish.choice import MisuseError, choose_target, find_receipt
from generator.commands.publish.plan import plan_of
from generator.commands.publish.progress import listed, progress_bar, summed, total
from generator.commands.publish.receipts import Receipt, now, write_receipt
from generator.commands.publish.refusals import address_problems, deletions, positions_refused
from generator.commands.publish.target import Build, Context, Outcome, PublishError, Target, reader
from generator.config import DirectoryTarget, GitTarget, PublishTarget, RsyncTarget, S3Target, Settings
from generator.diagnostics import Diagnostic, error, has_errors
from generator.incremental import rebuild
from generator.jobs import available_jobs, parallel
from generator.model import Value
from generator.options import Options
from generator.read.tree import FileEntry
from generator.report import counted, plain, report
from generator.write.lock import build_lock
from generator.write.manifest import Manifest, read_manifest
from generator.write.problems import WriteError

MAX_DELETE = 256
"""Files that a publish deletes without being asked to: more are mostly a slip, such as a folder that was moved."""

DONE, FAILED, USAGE = 0, 1, 2

NOTHING = "nothing was published"
UNFINISHED = "it did not come to its end; each file is wholly old or wholly new"


class Asked(Value, frozen=True, kw_only=True):
    """What the command line asks of publish."""

    target: str | None = None
    dry_run: bool = False
    max_delete: int | None = None
    """None: `MAX_DELETE`."""
    rollback: str | None = None
    """A receipt's name or path."""


def publish(options: Options, asked: Asked) -> int:
    """Publish, or list what that would do, or roll back; return the exit status."""
    settings, problems = load_settings(options.project, _settings_file(options.project))
    if settings is None or problems:
        return _refuse(options.project, problems)
    try:
        receipt = find_receipt(options.project, asked.rollback) if asked.rollback else None
        name = choose_target(settings, asked.target, receipt)
    except MisuseError as problem:
        print(plain(str(problem)), file=sys.stderr)
        return USAGE
    at = settings.publish[name].at
    try:
        with (
            tempfile.TemporaryDirectory(prefix="publish-") as scratch,
            build_lock(options.project, say=lambda text: print(text, file=sys.stderr)),
        ):
            if receipt:
                context = _context(options, name, settings, asked, Path(scratch))
                return _roll_back(settings.publish[name], context, receipt)
            return _publish(options, settings, name, asked, Path(scratch))
    except WriteError as problem:
        print(f"error: {problem}", file=sys.stderr)
        return FAILED
    except PublishError as problem:
        found = error(problem.code, SETTINGS, at, problem.message, problem.hint, *problem.notes)
        return _refuse(options.project, [found], UNFINISHED if problem.unfinished else NOTHING)


def _publish(options: Options, settings: Settings, name: str, asked: Asked, scratch: Path) -> int:
    started = time.perf_counter()
    if problems := [*address_problems(settings, SETTINGS)]:
        return _refuse(options.project, problems)
    if asked.dry_run:  # it writes nothing, the output folder included
        options = msgspec.structs.replace(options, output=scratch / "site")
        result = build(options, parallel(available_jobs()))
    else:
        result = rebuild(options, parallel(available_jobs()))
    diagnostics = positions_refused(result.diagnostics)
    if has_errors(diagnostics):
        return _refuse(options.project, diagnostics)
    sys.stderr.write(report(diagnostics, options.project))
    (scratch / "target").mkdir()
    context = _context(options, name, settings, asked, scratch / "target")
    target = target_of(settings.publish[name], context)
    site = _built(options.output)
    plan = plan_of(target.survey(site))
    _warn(name, plan.survey.warnings)
    if asked.dry_run:
        sys.stdout.write(listed(plan))
    most = MAX_DELETE if asked.max_delete is None else asked.max_delete
    if too_many := deletions(len(plan.of("delete")), most, SETTINGS, context.at):
        return _refuse(options.project, too_many)
    if asked.dry_run:
        print(f"{name}: {summed(plan)}; nothing was written", file=sys.stderr)
        return DONE
    if not plan.steps and not plan.survey.interrupted:
        print(f"{name}: nothing has changed", file=sys.stderr)
        return DONE
    with progress_bar(len(plan.steps)) as progress, _changing():
        outcome = target.upload(site, plan, progress)
    receipt = Receipt(
        target=name,
        to=kind_of(settings.publish[name]),
        time=now(),
        manifest=site.digest,
        previous=plan.survey.state,
        state=outcome.state,
        added=len(plan.of("add")),
        changed=len(plan.of("change")),
        deleted=len(plan.of("delete")),
        uploaded=total(plan.of("add", "change")),
    )
    _told(options.project, receipt, outcome, f"{summed(plan)} in {time.perf_counter() - started:.2f} s")
    return DONE


def _roll_back(settings: PublishTarget, context: Context, receipt: Receipt) -> int:
    if receipt.to != kind_of(settings):
        message = f"the receipt is of a target to: {receipt.to}, and {context.name} is one to: {kind_of(settings)} now"
        raise PublishError("publish-rollback", message)
    target = target_of(settings, context)
    if context.dry_run and target.keeps_states:
        print(f"{context.name}: would return to {receipt.previous}; nothing was written", file=sys.stderr)
        return DONE
    with progress_bar(1) as progress, _changing():
        outcome = target.roll_back(receipt.previous, progress)
    new = Receipt(target=context.name, to=receipt.to, time=now(), previous=outcome.previous, state=outcome.state)
    _told(context.project, new, outcome, f"returned to {receipt.previous}")
    return DONE


def target_of(settings: PublishTarget, context: Context) -> Target:
    """Return the target that settings describe; each kind is a file here."""
    match settings:
        case DirectoryTarget():
            from generator.commands.publish.directory import Directory

            return Directory(settings, context)
        case GitTarget():
            from generator.commands.publish.git import Git

            return Git(settings, context)
        case RsyncTarget():
            from generator.commands.publish.rsync import Releases, Rsync

            return (Releases if settings.releases else Rsync)(settings, context)
        case S3Target():
            from generator.commands.publish.s3 import Bucket

            return Bucket(settings, context)


def kind_of(settings: PublishTarget) -> str:
    """Return a target's `to`."""
    return str(type(settings).__struct_config__.tag)


def _context(options: Options, name: str, settings: Settings, asked: Asked, scratch: Path) -> Context:
    return Context(
        project=options.project,
        name=name,
        site=options.output,
        at=settings.publish[name].at,
        scratch=scratch,
        dry_run=asked.dry_run,
    )


def _built(folder: Path) -> Build:
    """Return what a build that just ended wrote: what its manifest names, and no file of anybody else's."""
    manifest = read_manifest(folder)
    if not isinstance(manifest, Manifest):
        raise PublishError("publish-failed", f"{folder} has no manifest of a build", "publish again")
    return Build(folder=folder, files=manifest.files, read=reader(folder, manifest.files))


def _settings_file(project: Path) -> list[FileEntry]:
    path = project / SETTINGS
    return [FileEntry(SETTINGS, "settings", path.stat().st_size, path.stat().st_mtime_ns)] if path.is_file() else []


@contextmanager
def _changing() -> Iterator[None]:
    """Mark what goes wrong in here: it may have left a part of the work done."""
    try:
        yield
    except PublishError as problem:
        problem.unfinished = True
        raise


def _refuse(project: Path, problems: Sequence[Diagnostic], what: str = NOTHING) -> int:
    sys.stderr.write(report(problems, project))
    print(f"{counted(problems)}; {what}", file=sys.stderr)
    return FAILED


def _warn(name: str, warnings: Sequence[str]) -> None:
    for warning in warnings:
        print(plain(f"{name}: warning: {warning}"), file=sys.stderr)


def _told(project: Path, receipt: Receipt, outcome: Outcome, what: str) -> None:
    path = write_receipt(project, receipt)
    _warn(receipt.target, outcome.warnings)
    print(f"{receipt.target}: {what}", file=sys.stderr)
    print(f"receipt: {path.relative_to(project)}", file=sys.stderr)
