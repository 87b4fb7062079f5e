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
    if arguments is None and sys.getfilesystemencoding() != "utf-8":
        # Names of files are UTF-8 whatever the locale says, so that a site does not depend on it.
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])
    parser = arguments_parser()
    asked = parser.parse_args(arguments)
    project = Path(asked.directory)
    if asked.command is not run_new_site and not (project / "content").is_dir():
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
    build.add_argument("--jobs", type=jobs, metavar="N", help="processes to work in (default: one a core)")
    build.add_argument("--clean", action="store_true", help="make every page anew, whatever is cached")
    build.add_argument("--profile", action="store_true", help="print where the time went, stage by stage")
    build.add_argument("--json", action="store_true", help="print the outcome as JSON on standard output")
    serve = commands.add_parser("serve", help="a live preview: save a file, and the browser shows it")
    serve.set_defaults(command=run_serve)
    serve.add_argument("--host", default="127.0.0.1", help="the address to listen at (default: this machine alone)")
    serve.add_argument("--port", type=port, help="the port to listen at (default: 8000, or the next that is free)")
    serve.add_argument("--open", action="store_true", help="open the browser")
    serve.add_argument("--drafts", action="store_true", help="show drafts too")
    serve.add_argument("--future", action="store_true", help="show articles that are not due yet")
    serve.add_argument("--poll", action="store_true", help="look for changes by itself, for shared folders")
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
    check = commands.add_parser("check", help="what an editor should look at")
    check.set_defaults(command=run_check)
    check.add_argument("--strict", action="store_true", help="take warnings for errors")
    check.add_argument("--external", action="store_true", help="ask other sites whether linked pages are still there")
    check.add_argument("--format", choices=("text", "json", "github", "sarif"), default="text", help="default: text")
    check.add_argument(
        "--baseline", type=Path, metavar="FILE", help="leave out what `check --format json` once wrote there"
    )
    check.add_argument("--explain", action=Explain, metavar="CODE", help="what a code means and how to mend it")
    impact = commands.add_parser("impact", help="which articles a change to an entry changes")
    impact.set_defaults(command=run_impact)
    impact.add_argument("entry", metavar="ENTRY", help="its slug, name or alias")
    kinds = commands.add_parser("new", help="files to begin with").add_subparsers(required=True, metavar="KIND")
    new_site = kinds.add_parser("site", help="a small site that builds")
    new_site.set_defaults(command=run_new_site)
    new_site.add_argument("name", metavar="DIR", help="a folder that is empty or not there")
    for kind, help_text in (("article", "its title, or its file's name"), ("entry", "the name that it explains")):
        new = kinds.add_parser(kind, help=f"a draft of an {kind}")
        new.set_defaults(command=run_new, kind=kind)
        new.add_argument("name", metavar="NAME", help=help_text)
    return parser


class Explain(argparse.Action):
    """Prints what a code means and ends, in any folder, as `--help` does."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: object, values: object, option: object = None
    ) -> None:
        """Print the explanation, or say that there is no such code."""
        from generator.commands.check.explain import explain, unknown

        code = str(values)
        told = explain(code)
        if told is None:
            parser.error(unknown(code))
        print(told, end="")
        parser.exit()


def day(text: str) -> dt.date:
    """Return a day of the command line."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day such as 2026-11-24") from None


def jobs(text: str) -> int:
    """Return a number of processes of the command line."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= 256):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes from 1 to 256")
    return int(text)


def port(text: str) -> int:
    """Return a port of the command line."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise argparse.ArgumentTypeError(f"{text!r} is no port from 1 to 65535")
    return int(text)


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

    from generator.incremental import rebuild
    from generator.jobs import WorkerError, available_jobs, parallel
    from generator.options import ChangedError, Options
    from generator.progress import Progress
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
    terminal = sys.stderr if sys.stderr.isatty() and not asked.json else None
    jobs = asked.jobs or available_jobs()
    progress = Progress(parallel(jobs), terminal)
    try:
        with build_lock(project, say=lambda text: print(text, file=sys.stderr)):
            result = rebuild(options, progress.run, clean=asked.clean, jobs=jobs)
    except (WriteError, ChangedError, WorkerError) as problem:
        print(f"error: {problem}", file=sys.stderr)
        return CONTENT_ERROR
    finally:
        progress.finish()
    seconds = time.perf_counter() - started
    if asked.json:
        from generator.json_report import build_report

        sys.stdout.buffer.write(build_report(result, seconds))
        return DONE if result.ok else CONTENT_ERROR
    if asked.profile:
        sys.stderr.write(progress.table())
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


def run_serve(asked: argparse.Namespace, project: Path) -> int:
    """Show the site in a browser while it is being written."""
    from generator.commands.serve.listening import ListenError
    from generator.commands.serve.serve import ServeOptions, serve
    from generator.jobs import WorkerError
    from generator.options import Options

    options = Options(
        project=project.resolve(),
        output=project.resolve() / "site",
        today=today_asked(asked),
        drafts=asked.drafts,
        future=asked.future,
    )
    wanted = ServeOptions(host=asked.host, port=asked.port, open_browser=asked.open, poll=asked.poll)
    try:
        return serve(options, wanted)
    except (ListenError, WorkerError) as problem:
        print(f"error: {problem}", file=sys.stderr)
        return CONTENT_ERROR


def run_annotate(asked: argparse.Namespace, project: Path) -> int:
    """Report the annotations, or mend those that drifted."""
    from generator.commands.annotate import annotate
    from generator.options import Options

    return annotate(Options(project=project, output=project / "site"), asked.fix)


def run_forms(asked: argparse.Namespace, project: Path) -> int:
    """Show what an entry's forms match."""
    from generator.commands.forms import forms
    from generator.options import Options

    options = Options(project=project, output=project / "site", today=today_asked(asked), drafts=True, future=True)
    status = forms(options, asked.entry)
    if status is None:
        print(f"there is no one entry {asked.entry!r}; name it by its slug", file=sys.stderr)
        return USAGE_ERROR
    return status


def run_check(asked: argparse.Namespace, project: Path) -> int:
    """Print what an editor should look at."""
    import gc

    from generator.commands.check.baseline import BaselineError
    from generator.commands.check.check import check
    from generator.options import Options

    options = Options(project=project, output=project / "site", today=today_asked(asked), strict=asked.strict)
    baseline = project / asked.baseline if asked.baseline else None
    gc.disable()  # as a build does: every page is opened, looked at, and kept to the end
    try:
        return check(options, asked.format, external=asked.external, baseline=baseline)
    except BaselineError as problem:
        print(problem, file=sys.stderr)
        return USAGE_ERROR


def run_impact(asked: argparse.Namespace, project: Path) -> int:
    """Show what a change to an entry changes."""
    from generator.commands.impact import impact
    from generator.options import Options

    status = impact(Options(project=project, output=project / "site", today=today_asked(asked)), asked.entry)
    if status is None:
        print(f"there is no one entry {asked.entry!r}; name it by its slug", file=sys.stderr)
        return USAGE_ERROR
    return status


def run_new_site(asked: argparse.Namespace, project: Path) -> int:
    """Write a new site."""
    from generator.commands.new.place import NewError
    from generator.commands.new.site import new_site

    try:
        made = new_site(project / asked.name)
    except NewError as problem:
        print(f"error: {problem}", file=sys.stderr)
        return CONTENT_ERROR
    print(f"{len(made)} files in {asked.name}; build it: python -m generator -C {asked.name} build")
    return DONE


def run_new(asked: argparse.Namespace, project: Path) -> int:
    """Write a new article or entry."""
    from generator.commands.new.new import new

    return new(project, asked.kind, asked.name, today_asked(asked))


def run_publish(asked: argparse.Namespace, project: Path) -> int:
    """Build the site and bring it to a target."""
    from generator.commands.publish import Asked, publish
    from generator.options import Options

    options = Options(project=project, output=project / "site", today=today_asked(asked))
    return publish(
        options,
        Asked(target=asked.target, dry_run=asked.dry_run, max_delete=asked.max_delete, rollback=asked.rollback),
    )
