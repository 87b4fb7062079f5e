"""The command line: parses arguments, picks a command, prints diagnostics. Heavy imports wait until they are needed."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

EPILOG = """\
Five minutes from nothing to your own explainer:

  content/site.yaml               title: My explainers
  content/glossary/nato.md        ---
                                  name: NATO
                                  kind: organization
                                  summary: A military alliance of 32 countries.
                                  ---
  content/articles/first.md       ---
                                  title: My first explainer
                                  date: 2026-11-24
                                  ---
                                  Why NATO matters.

  python -m generator build       writes the site into site/

README.md goes on from there; docs/writing.md has the whole language.
"""

DONE, CONTENT_ERROR, USAGE_ERROR, INTERRUPTED, TERMINATED = 0, 1, 2, 130, 143


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit status (format.md, Commands)."""
    parser = arguments_parser()
    asked = parser.parse_args(arguments)
    project = Path(asked.directory)
    if not (project / "content").is_dir():
        print(f"{parser.prog}: {project.resolve()} is no project: it has no content/ folder", file=sys.stderr)
        return USAGE_ERROR
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    try:
        return int(asked.command(asked, project))
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED


def arguments_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line, whole."""
    parser = argparse.ArgumentParser(
        prog="python -m generator",
        description="Builds a site of annotated explainers from Markdown.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("-C", dest="directory", default=".", metavar="DIR", help="as if started in DIR")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    build = commands.add_parser("build", help="turn content/ into site/")
    build.set_defaults(command=run_build)
    build.add_argument("--drafts", action="store_true", help="build drafts too")
    build.add_argument("--future", action="store_true", help="build articles that are not due yet")
    build.add_argument("--strict", action="store_true", help="take warnings for errors")
    build.add_argument("--today", type=day, metavar="DATE", help="the day that is today (YYYY-MM-DD)")
    build.add_argument("--base-url", metavar="URL", help="the public address, instead of site.yaml's url")
    build.add_argument("--output", type=Path, metavar="DIR", help="where the site goes (default: site/)")
    build.add_argument("--clean", action="store_true", help="make every page anew, whatever is cached")
    build.add_argument("--json", action="store_true", help="print the outcome as JSON on standard output")
    annotate = commands.add_parser("annotate", help="the state of every annotation")
    annotate.set_defaults(command=run_annotate)
    annotate.add_argument(
        "--fix", action="store_true", help="write the present words of drifted quotations into the files"
    )
    publish = commands.add_parser("publish", help="build, and bring the site to where readers find it")
    publish.set_defaults(command=run_publish)
    publish.add_argument("target", nargs="?", metavar="TARGET", help="its name in site.yaml; where there is one, that")
    publish.add_argument("--dry-run", action="store_true", help="list what would be done, and write nothing")
    publish.add_argument(
        "--max-delete",
        type=count,
        default=256,
        metavar="N",
        help="refuse to delete more files than that (default: 256)",
    )
    publish.add_argument("--rollback", metavar="RECEIPT", help="return to what was there before that publish")
    forms = commands.add_parser("forms", help="every match of a glossary entry, in context")
    forms.set_defaults(command=run_forms)
    forms.add_argument("entry", metavar="ENTRY", help="its slug, name or alias")
    return parser


def day(text: str) -> dt.date:
    """Return a day of the command line."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day such as 2026-11-24") from None


def count(text: str) -> int:
    """Return a number of the command line that is not negative."""
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number")
    return int(text)


def today_asked(asked: argparse.Namespace) -> dt.date | None:
    """Return the day that the command line or SOURCE_DATE_EPOCH asks for; None leaves it to the clock."""
    if getattr(asked, "today", None) is not None:
        return dt.date(asked.today.year, asked.today.month, asked.today.day)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit():
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date()
    return None


def run_build(asked: argparse.Namespace, project: Path) -> int:
    """Build the site and say what was done."""
    import time

    from generator.build import Options, build
    from generator.report import counted, report
    from generator.write.lock import build_lock
    from generator.write.problems import WriteError

    started = time.perf_counter()
    options = Options(
        project=project,
        output=project / asked.output if asked.output else project / "site",
        today=today_asked(asked),
        drafts=asked.drafts,
        future=asked.future,
        strict=asked.strict,
        base_url=asked.base_url,
    )
    try:
        with build_lock(project, say=lambda text: print(text, file=sys.stderr)):
            result = build(options)
    except WriteError as problem:
        print(f"error: {problem}", file=sys.stderr)
        return CONTENT_ERROR
    seconds = time.perf_counter() - started
    if asked.json:
        from generator.json_report import build_report

        sys.stdout.buffer.write(build_report(result, seconds))
        return DONE if result.ok else CONTENT_ERROR
    sys.stderr.write(report(result.diagnostics, project))
    if not result.ok:
        print(f"{counted(result.diagnostics)}; nothing was written", file=sys.stderr)
        return CONTENT_ERROR
    changed = f"{result.written} written, {result.unchanged} unchanged, {result.removed} removed"
    print(f"{result.pages} pages in {seconds:.2f} s: {changed}", file=sys.stderr)
    if result.diagnostics:
        print(counted(result.diagnostics), file=sys.stderr)
    if result.next_due:
        print(f"next due: {result.next_due}", file=sys.stderr)
    print(f"the site is in {options.output.resolve()}", file=sys.stderr)
    return DONE


def run_annotate(asked: argparse.Namespace, project: Path) -> int:
    """Report the annotations, or mend those that drifted."""
    from generator.build import Options
    from generator.commands.annotate import annotate

    return annotate(Options(project=project, output=project / "site"), asked.fix)


def run_forms(asked: argparse.Namespace, project: Path) -> int:
    """Show what an entry's forms match."""
    from generator.build import Options
    from generator.commands.forms import forms

    options = Options(project=project, output=project / "site", today=today_asked(asked), drafts=True, future=True)
    status = forms(options, asked.entry)
    if status is None:
        print(f"there is no one entry {asked.entry!r}; name it by its slug", file=sys.stderr)
        return USAGE_ERROR
    return status


def run_publish(asked: argparse.Namespace, project: Path) -> int:
    """Build the site and bring it to a target."""
    from generator.build import Options
    from generator.commands.publish import Asked, publish

    options = Options(project=project, output=project / "site", today=today_asked(asked))
    return publish(
        options,
        Asked(target=asked.target, dry_run=asked.dry_run, max_delete=asked.max_delete, rollback=asked.rollback),
    )
