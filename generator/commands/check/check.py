"""The command: load the site, run the checks, leave out old debts, print."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from generator.build import load
from generator.commands.check.baseline import read_baseline, without_debts
from generator.commands.check.checks import run_checks
from generator.commands.check.desk import open_desk
from generator.commands.check.formats import FORMATS
from generator.commands.check.places import place_all
from generator.commands.check.shelf import Shelf
from generator.diagnostics import Diagnostic, has_errors, in_order, strict
from generator.options import Options
from generator.program import program_digest
from generator.report import counted
from generator.write.cache import load_memory


def check(options: Options, form: str, *, external: bool = False, baseline: Path | None = None) -> int:
    """Print everything that there is to look at on standard output; return 1 where an error is among it, else 0.

    Raises BaselineError where the baseline cannot be read, before anything else is done.
    """
    debts = read_baseline(baseline) if baseline is not None else None
    found = find_all(options, external=external)
    if debts is not None:
        found, paid = without_debts(found, debts)
        if paid:
            say(f"{paid} of the baseline {'is' if paid == 1 else 'are'} gone: write it anew")
    if options.strict:
        found = strict(found)
    write(FORMATS[form](found, options.project))
    if form == "text":
        say(counted(found) or "nothing to look at")
    return int(has_errors(found))


def find_all(options: Options, *, external: bool = False) -> tuple[Diagnostic, ...]:
    """Return the problems of the build and what the checks find, in order, none of them turned into an error."""
    program = program_digest()
    memory = load_memory(options.project)
    loaded = load(msgspec.structs.replace(options, strict=False), memory=memory, program=program)
    found: Sequence[Diagnostic] = loaded.diagnostics
    if loaded.site is not None and loaded.library is not None:
        syntax = f"{program} {loaded.site.settings.markdown.raw_html}"
        desk = open_desk(loaded.site, loaded.library, Shelf(options.project, syntax))
        checked = place_all(run_checks(desk), options.project)
        if has_errors(found):  # a file that cannot be read may mention them
            checked = (one for one in checked if one.code != "entry-unmentioned")
        found = [*found, *checked]
        if external:
            from generator.commands.check.external import check_links

            found = [*found, *place_all(check_links(desk, options.project, say=say), options.project)]
    return in_order(found)


def say(text: str) -> None:
    """Tell what is no finding, beside the product."""
    print(text, file=sys.stderr)


def write(text: str) -> None:
    """Write to standard output in UTF-8, whatever the locale."""
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.flush()
