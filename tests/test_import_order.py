"""Imports run one way, as docs/architecture.md says: commands -> build -> stages -> values."""

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "generator"

VALUES = (
    "model",
    "matter",
    "config",
    "urls",
    "diagnostics",
    "output",
    "views",
    "words",
    "text",
    "document",
    "site",
    "synopsis",
    "options",
    "jobs",
    "progress",
)
"""Modules of the values that travel: they import each other alone."""

STAGES = ("read", "parse", "link", "emit", "render", "write")
"""Folders in the order of the data: each imports values and the stages before it."""

DRIVERS = ("looked", "open", "plan", "items", "build", "program", "incremental")
"""What knows every stage."""

REPORTS = ("report", "json_report")
"""What prints: diagnostics and the result of a build."""

COMMANDS = ("commands",)
"""They import the drivers, what prints, and values: what a command needs of a stage, build offers."""

ENTRANCE = ("cli", "__main__")
"""Nobody imports these, but `__main__` the other."""

EMIT_SHARED = ("article", "backlinks", "correction_views", "parts", "prose", "cards", "keys")
"""Modules of emit/ that emitters may import, as they build parts of views; no others."""

PUBLISH_SHARED = ("target", "plan", "tools", "receipts")
"""The same for commands/publish/: what targets speak in, carry out and leave behind, and how they run programs."""

HEAVY = (
    *("jinja2", "markdown_it", "yaml", "babel", "pygments", "nh3", "rapidfuzz", "regex", "PIL"),
    *("tornado", "watchfiles", "livereload"),
)
"""Not loaded by the command line before it knows that it needs them: --help and a build with no change are quick."""

Graph = Mapping[str, set[str]]
"""Which modules each module imports, by names below `generator.`; the package itself is the empty name."""


def allowed(area: str) -> set[str]:
    """Return the areas (names directly below `generator`) that modules of this one may import."""
    if area in VALUES or area == "":
        return {*VALUES}
    if area in STAGES:
        return {*VALUES, *STAGES[: STAGES.index(area) + 1]}
    if area in DRIVERS:
        return {*VALUES, *STAGES, *DRIVERS}
    if area in REPORTS:
        return {*VALUES, *DRIVERS, *REPORTS}
    if area in COMMANDS:
        return {*VALUES, *STAGES, *DRIVERS, *REPORTS, *COMMANDS}
    if area == "cli":  # holds the state: the build lock, the executor, what the machine says
        return {*VALUES, *STAGES, *DRIVERS, *REPORTS, *COMMANDS}
    return {"cli"}


def breaches(graph: Graph) -> list[str]:
    """Return every import that goes the wrong way, and every cycle, one line each."""
    found = []
    for module, imports in sorted(graph.items()):
        area = module.partition(".")[0]
        if area and area not in (*VALUES, *STAGES, *DRIVERS, *REPORTS, *COMMANDS, *ENTRANCE):
            found.append(f"{module} has no place in the order: add it to a tuple of this test")
            continue
        for other in sorted(imports - {""}):
            if other.partition(".")[0] not in allowed(area):
                found.append(f"{module} imports {other}")
            elif are_siblings(module, other, "emit", EMIT_SHARED):
                found.append(f"{module} imports {other}: emitters do not know each other")
            elif are_siblings(module, other, "commands.publish", PUBLISH_SHARED):
                found.append(f"{module} imports {other}: publish targets do not know each other")
    return [*found, *(f"cycle: {' -> '.join(cycle)}" for cycle in cycles(graph))]


def are_siblings(module: str, other: str, folder: str, shared: tuple[str, ...]) -> bool:
    """Say whether both are in `folder`, in different modules or subfolders of it, and the imported one is not shared.

    The folder's own `__init__` lists its modules and so may import them; none of them may import it.
    """
    if not module.startswith(f"{folder}.") or not f"{other}.".startswith(f"{folder}."):
        return False
    own, imported = (name.removeprefix(folder).lstrip(".").partition(".")[0] for name in (module, other))
    return own != imported and imported not in shared


def cycles(graph: Graph) -> list[list[str]]:
    """Return one cycle for every import that closes one, met depth first; its first module is repeated at its end."""
    found: list[list[str]] = []
    done: set[str] = set()

    def visit(module: str, way: list[str]) -> None:
        if module in way:
            found.append([*way[way.index(module) :], module])
        elif module not in done:
            for other in sorted(graph.get(module, ())):
                visit(other, [*way, module])
            done.add(module)

    for module in sorted(graph):
        visit(module, [])
    return found


def graph_of(package: Path) -> dict[str, set[str]]:
    """Return the imports among the modules below the folder `package`, those inside functions included."""
    files = {name_of(path, package): path for path in sorted(package.rglob("*.py"))}
    return {module: set(imports_of(path, module, files, package.name)) for module, path in files.items()}


def name_of(path: Path, package: Path) -> str:
    """Return a module's name below the package."""
    return ".".join(path.relative_to(package).with_suffix("").parts).removesuffix("__init__").rstrip(".")


def imports_of(path: Path, module: str, files: Mapping[str, Path], package: str) -> Iterator[str]:
    """Yield the modules of the package that one file imports, never the module itself."""
    here = [package, *module.split(".")] if module else [package]
    if path.name != "__init__.py":
        here.pop()
    for node in ast.walk(ast.parse(path.read_bytes(), str(path))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(here[: len(here) - node.level + 1]) if node.level else ""
            start = ".".join(part for part in (base, node.module) if part)
            names = [f"{start}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            if f"{name}.".startswith(f"{package}."):
                below = name.removeprefix(package).removeprefix(".")
                # What follows `import` is a module, or something in the module before it.
                target = below if below in files else below.rpartition(".")[0]
                if target != module:
                    yield target


def test_imports_run_one_way() -> None:
    graph = graph_of(PACKAGE)
    assert {"cli", "build", "model", *STAGES} <= graph.keys()
    assert breaches(graph) == []


def test_the_command_line_loads_nothing_heavy() -> None:
    program = f"import sys, generator.cli; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=PACKAGE.parent, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == ""


GOOD: Graph = {
    "": set(),
    "model": set(),
    "urls": {"model"},
    "read": set(),
    "read.source": {"model", "urls"},
    "parse.markdown": {"read.source", "model"},
    "emit": {"emit.article", "emit.feed", "emit.parts"},
    "emit.article": {"emit.parts", "link.dated", "model"},
    "emit.feed": {"emit.parts"},
    "emit.parts": {"model"},
    "link.dated": {"model"},
    "build": {"", "read", "emit", "model"},
    "report": {"model", "build"},
    "commands.check": {"build", "report"},
    "commands.publish": {"commands.publish.rsync", "commands.publish.s3"},
    "commands.publish.rsync": {"commands.publish.target"},
    "commands.publish.s3": {"commands.publish.target"},
    "commands.publish.target": {"model"},
    "cli": {"build", "commands.check", "report"},
    "__main__": {"cli"},
}


def test_a_good_graph_passes() -> None:
    assert breaches(GOOD) == []


@pytest.mark.parametrize(
    ("module", "imported"),
    [
        ("model", "read.source"),
        ("urls", "build"),
        ("read.source", "parse.markdown"),
        ("parse.markdown", "link.dated"),
        ("link.dated", "emit.parts"),
        ("emit.parts", "render"),
        ("emit.article", "emit.feed"),
        ("emit.article", "emit"),
        ("emit.parts", "emit.feed"),
        ("build", "commands.check"),
        ("build", "report"),
        ("report", "cli"),
        ("commands.check", "cli"),
        ("commands.publish.s3", "commands.publish.rsync"),
        ("commands.publish.s3", "commands.publish"),
        ("cli", "__main__"),
        ("__main__", "build"),
    ],
)
def test_an_import_the_wrong_way_is_found(module: str, imported: str) -> None:
    found = breaches({**GOOD, module: GOOD[module] | {imported}})
    assert any(line.startswith(f"{module} imports {imported}") for line in found)


def test_a_cycle_is_found() -> None:
    found = breaches({**GOOD, "model": {"urls"}})
    assert found == ["cycle: model -> urls -> model"]


def test_a_module_without_a_place_is_found() -> None:
    assert breaches({**GOOD, "helpers": set()})[0].startswith("helpers has no place")


def test_every_way_to_import_is_read(tmp_path: Path) -> None:
    package = tmp_path / "generator"
    (package / "read").mkdir(parents=True)
    for name in ("__init__", "model", "urls", "cli", "read/source"):
        (package / f"{name}.py").touch()
    (package / "read/__init__.py").write_text("from . import source\nfrom .source import x\n", encoding="utf-8")
    (package / "build.py").write_text(
        "from __future__ import annotations\n"
        "import os, generator.model\n"
        "import generatorx.cli\n"
        "from generator import __version__, read\n"
        "from generator.urls import slugify\n"
        "def later():\n"
        "    from .read.source import digest_of\n",
        encoding="utf-8",
    )
    assert graph_of(package) == {
        "": set(),
        "model": set(),
        "urls": set(),
        "cli": set(),
        "read": {"read.source"},
        "read.source": set(),
        "build": {"model", "", "read", "urls", "read.source"},
    }
