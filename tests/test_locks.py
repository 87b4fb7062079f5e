"""The lock files: pinned, hashed, complete, and silent about where anything was downloaded from."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RUNTIME, DEV = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

FORBIDDEN = ("http:", "https:", "://", "index-url", "--find-links", "--trusted-host", "/home/", "/tmp/")
"""What would name a host or a path of the machine that wrote the file."""

PIN = re.compile(r"(?P<name>[a-z0-9][a-z0-9-]*)==(?P<version>[0-9][^\s;]*)(?: ; [^\\]+)?")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def faults(text: str) -> list[str]:
    """Return what is wrong with the text of a lock file."""
    found = [f"names {word.strip()}" for word in FORBIDDEN if word in text]
    for line in requirements(text):
        pin, *hashes = line.split(" --hash=")
        if not PIN.fullmatch(pin.strip()):
            found.append(f"not pinned: {pin.strip()}")
        if not hashes or len(HASH.findall(line)) != len(hashes):
            found.append(f"no hash: {pin.strip()}")
    return found


def requirements(text: str) -> list[str]:
    """Return one line a requirement, with its hashes, without comments."""
    lines = (line for line in text.replace("\\\n", " ").splitlines() if not line.lstrip().startswith("#"))
    return [" ".join(line.split()) for line in lines if line.strip()]


def pins(path: Path) -> dict[str, str]:
    """Return the version of each pinned distribution."""
    found = (PIN.match(line) for line in requirements(path.read_text(encoding="utf-8")))
    return {match["name"]: match["version"] for match in found if match}


def names(dependencies: list[str]) -> set[str]:
    """Return the normalised names of requirements as pyproject.toml writes them."""
    return {re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", line, maxsplit=1)[0]).lower() for line in dependencies}


@pytest.mark.parametrize("path", [RUNTIME, DEV], ids=lambda path: path.name)
def test_is_pinned_with_hashes_and_names_no_host(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(requirements(text)) > 10
    assert faults(text) == []


def test_runtime_lock_holds_every_dependency_and_the_build_system() -> None:
    wanted = names(PROJECT["project"]["dependencies"]) | names(PROJECT["build-system"]["requires"])
    assert wanted <= pins(RUNTIME).keys()


def test_dev_lock_holds_the_dev_group_and_the_runtime_lock() -> None:
    dev = pins(DEV)
    assert names(PROJECT["dependency-groups"]["dev"]) <= dev.keys()
    assert pins(RUNTIME).items() <= dev.items()


@pytest.mark.parametrize("name", ["tzdata", "colorama"])
def test_what_only_windows_needs_says_so(name: str) -> None:
    assert f'\n{name}=={pins(DEV)[name]} ; sys_platform == "win32" \\\n' in DEV.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a==1.0\n", "no hash: a==1.0"),
        ("a==1.0 \\\n    --hash=sha256:12\n", "no hash: a==1.0"),
        (f"a>=1.0 \\\n    --hash=sha256:{'0' * 64}\n", "not pinned: a>=1.0"),
        ("--index-url file:///opt/simple\n", "names index-url"),
        (f"a==1 --hash=sha256:{'0' * 64}\n    # via -r /tmp/x.in\n", "names /tmp/"),
        ("a @ https://host.example/a.whl\n", "names https:"),
    ],
)
def test_faults_are_found(text: str, fault: str) -> None:
    assert fault in faults(text)


def test_pip_is_made_to_check_the_hashes() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    installs = [line for line in makefile.splitlines() if "pip install" in line and "-r " in line]
    assert installs
    assert all("--require-hashes" in line for line in installs)
