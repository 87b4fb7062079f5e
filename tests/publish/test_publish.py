from __future__ import annotations

import errno
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from generator.cli import main
from generator.commands.publish.refusals import url_problem
from tests.project import article, write_project
from tests.publish.sites import SITE, add, advance, first, picture, run, tree

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "project", first())


def receipts(project: Path) -> list[Path]:
    return sorted((project / ".receipts").glob("*.json"))


def test_it_builds_and_publishes_and_then_does_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project) == 0
    public = project.parent / "public"
    assert tree(public) == tree(project / "site")
    said = capsys.readouterr()
    assert said.out == ""
    assert f"here: {len(tree(public))} added" in said.err
    assert "receipt: .receipts/here-" in said.err
    assert run(project) == 0
    assert capsys.readouterr().err == "here: nothing has changed\n"
    assert len(receipts(project)) == 1


def test_a_receipt(project: Path) -> None:
    run(project)
    advance(project)
    run(project)
    before, after = (json.loads(path.read_bytes()) for path in sorted(receipts(project), key=os.path.getmtime))
    assert list(after) == [
        *("target", "to", "time", "manifest", "previous", "state", "added", "changed", "deleted", "uploaded"),
    ]
    assert (after["target"], after["to"], before["previous"]) == ("here", "directory", "")
    assert after["previous"] == before["state"]
    assert after["manifest"] == (project.parent / "public/.deploy/id").read_text().strip()
    assert after["added"] > 0 < after["deleted"]
    assert after["time"].endswith("+00:00")
    assert (project / ".receipts/.gitignore").read_text() == "*\n"


def test_a_dry_run_lists_and_writes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, dry_run=True) == 0
    assert sorted(path.name for path in project.iterdir()) == [".cache", "content"]
    assert not (project.parent / "public").exists()
    assert "  one/index.html\n" in capsys.readouterr().out
    run(project)
    advance(project)
    before = tree(project), tree(project.parent / "public")
    capsys.readouterr()
    assert run(project, dry_run=True) == 0
    assert (tree(project), tree(project.parent / "public")) == before
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    actions = {line[-1]: line[0] for line in lines}
    assert actions["new/index.html"] == "+"
    assert actions["one/index.html"] == "~"
    assert actions["old/index.html"] == "-"
    assert all(line[2] in ("B", "kB") for line in lines)


def test_a_rollback_and_back_again(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(project)
    old = tree(project.parent / "public")
    advance(project)
    run(project)
    new = tree(project.parent / "public")
    second = sorted(receipts(project), key=os.path.getmtime)[-1]
    assert run(project, rollback=second.stem, dry_run=True) == 0
    assert tree(project.parent / "public") == new
    assert run(project, rollback=second.stem) == 0
    assert tree(project.parent / "public") == old
    third = max(receipts(project), key=os.path.getmtime)
    assert run(project, rollback=str(third)) == 0
    assert tree(project.parent / "public") == new
    assert run(project) == 0
    assert capsys.readouterr().err.endswith("here: nothing has changed\n")


def test_a_rollback_over_several_publishes_can_be_undone(project: Path) -> None:
    states = []
    for number in range(3):
        add(project, {"content/static/number.txt": str(number)})
        assert run(project) == 0
        states.append(max(receipts(project), key=os.path.getmtime))
    number = project.parent / "public/number.txt"
    assert run(project, rollback=str(states[1])) == 0
    assert number.read_text() == "0"
    assert run(project, rollback=str(max(receipts(project), key=os.path.getmtime))) == 0
    assert number.read_text() == "2"


def test_a_publish_that_breaks_off_does_not_say_that_nothing_was_done(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.replace

    def full(source: str, target: str) -> None:
        if str(target).endswith("public/index.html"):
            raise OSError(errno.ENOSPC, "No space left on device", target)
        real(source, target)

    monkeypatch.setattr(os, "replace", full)
    assert run(project) == 1
    said = capsys.readouterr().err
    assert "error[publish-failed]: " in said
    assert "No space left on device" in said
    assert said.endswith("1 error; it did not come to its end; each file is wholly old or wholly new\n")
    monkeypatch.setattr(os, "replace", real)
    assert run(project) == 0
    assert tree(project.parent / "public") == tree(project / "site")


def test_the_first_receipt_has_nothing_before_it(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(project)
    assert run(project, rollback=receipts(project)[0].name) == 1
    assert "error[publish-rollback]: before that, nothing had been published" in capsys.readouterr().err


def test_a_target_that_cannot_go_back_says_so(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_project(project, {"content/site.yaml": SITE + "  here: {to: rsync, destination: ../public}\n"})
    assert run(project) == 0
    for dry_run in (True, False):
        assert run(project, rollback=receipts(project)[0].stem, dry_run=dry_run) == 1
        assert "cannot be rolled back" in capsys.readouterr().err


def test_more_deletions_than_allowed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(project)
    before = tree(project.parent / "public")
    advance(project)
    capsys.readouterr()
    assert run(project, max_delete=1) == 1
    said = capsys.readouterr().err
    assert "content/site.yaml:4:9: error[publish-deletions]" not in said  # the second state has a line more
    assert "content/site.yaml:5:9: error[publish-deletions]: " in said
    assert "hint: --dry-run lists them; --max-delete " in said
    assert tree(project.parent / "public") == before
    assert run(project, max_delete=50) == 0


def test_drafts_and_what_is_not_due_are_never_published(project: Path) -> None:
    drafts = {
        "content/articles/draft.md": article("Secret.\n", "draft: true\n"),
        "content/articles/later.md": article("Secret.\n", "publish_on: 2027-01-01\n"),
    }
    add(project, drafts)
    options = [sys.executable, "-m", "generator", "build", "--drafts", "--future", "--today", "2026-11-24"]
    subprocess.run(options, cwd=project, check=True, capture_output=True, env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert (project / "site/draft/index.html").exists()
    assert run(project) == 0
    assert not any(b"Secret" in content for content in tree(project.parent / "public").values())
    assert not (project / "site/draft").exists()


def test_a_persons_file_in_the_output_folder_is_not_published(project: Path) -> None:
    run(project)
    (project / "site/private.txt").write_text("mine")
    run(project)
    assert not (project.parent / "public/private.txt").exists()
    assert not (project.parent / "public/.manifest.json").exists()


def test_errors_of_the_content_stop_it(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(project, {"content/articles/bad.md": article("[[Natto]]\n")})
    assert run(project) == 1
    said = capsys.readouterr().err
    assert "error[mention-unknown]" in said
    assert said.endswith("1 error; nothing was published\n")
    assert not (project.parent / "public").exists()


def test_errors_of_the_settings_stop_it(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_project(project, {"content/site.yaml": "title: T\npublish: {here: {to: directory, paht: x}}\n"})
    assert run(project) == 1
    assert 'did you mean "path"?' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "place", "words"),
    [
        ("", "1:1", 'needs "url"'),
        ("url: /base/\n", "2:6", 'a bare path, "/base/"'),
        ("url: http://localhost:8000/\n", "2:6", '"localhost" is nothing to readers elsewhere'),
    ],
)
def test_a_site_without_a_public_address(
    project: Path, capsys: pytest.CaptureFixture[str], line: str, place: str, words: str
) -> None:
    settings = f"title: Test\n{line}publish: {{here: {{to: directory, path: ../public}}}}\n"
    write_project(project, {"content/site.yaml": settings})
    assert run(project) == 1
    said = capsys.readouterr().err
    assert f"content/site.yaml:{place}: error[publish-url]: " in said
    assert words in said
    assert not (project / "site").exists()


@pytest.mark.parametrize(
    "host",
    [
        *("localhost", "LOCALHOST", "localhost.", "a.localhost", "printer.local", "127.0.0.1", "127.1", "0x7f000001"),
        *("10.0.0.5", "192.168.1.1", "172.16.0.1", "169.254.1.1", "[::1]", "[fe80::1]", "[fc00::1]", "0.0.0.0"),
    ],
)
def test_local_addresses(host: str) -> None:
    assert "local" in url_problem(f"http://{host}:8000/")


@pytest.mark.parametrize("url", ["https://example.org/", "http://localhost.example.org/a/", "https://93.184.216.34/"])
def test_public_addresses(url: str) -> None:
    assert url_problem(url) == ""


def test_pictures_that_tell_where_they_were_taken(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Image.open(io.BytesIO(picture("red"))) as image:
        exif = image.getexif()
        exif.get_ifd(0x8825)[1] = "N"
        out = io.BytesIO()
        image.convert("RGB").save(out, "JPEG", exif=exif)
    add(project, {"content/static/here.jpg": out.getvalue()})
    assert run(project) == 1
    assert "content/static/here.jpg:1:1: error[image-position]" in capsys.readouterr().err
    assert not (project.parent / "public").exists()


def test_a_folder_that_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_project(project, {"content/site.yaml": SITE + "  here: {to: directory, path: content}\n"})
    assert run(project) == 1
    assert (
        "content/site.yaml:4:9: error[publish-refused]: content lies in the project's content"
        in capsys.readouterr().err
    )


TWO = "  one: {to: directory, path: ../one}\n  two: {to: directory, path: ../two}\n"


@pytest.mark.parametrize(
    ("settings", "asked", "words"),
    [
        (TWO, {}, "which target? There are one, two"),
        (TWO, {"name": "tow"}, 'there is no target "tow": did you mean "two"?'),
        ("  {}\n", {}, "names no target"),
        (TWO, {"rollback": "nothing"}, "there are no receipts"),
    ],
)
def test_wrong_command_lines(
    project: Path, capsys: pytest.CaptureFixture[str], settings: str, asked: dict[str, str], words: str
) -> None:
    write_project(project, {"content/site.yaml": SITE + settings})
    assert run(project, **asked) == 2
    assert words in capsys.readouterr().err
    assert not (project / "site").exists()


def test_receipts_that_do_not_fit(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(project)
    receipt = receipts(project)[0]
    assert run(project, rollback="here-2020") == 2
    assert receipt.stem in capsys.readouterr().err
    write_project(project, {"content/site.yaml": SITE + TWO})
    assert run(project, rollback=receipt.stem) == 2
    assert run(project, "one", rollback=receipt.stem) == 2
    write_project(project, {"content/site.yaml": SITE + "  here: {to: rsync, destination: ../public}\n"})
    assert run(project, rollback=receipt.stem) == 1
    receipt.write_text("{")
    assert run(project, rollback=receipt.stem) == 2


def test_the_command(project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764028800")
    assert main(["-C", str(project), "publish", "here", "--dry-run", "--max-delete", "3"]) == 0
    assert "  one/index.html" in capsys.readouterr().out
    with pytest.raises(SystemExit) as ended:
        main(["-C", str(project), "publish", "--max-delete", "-1"])
    assert ended.value.code == 2


def test_without_boto3(project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "boto3", None)
    write_project(project, {"content/site.yaml": SITE + "  here: {to: s3, bucket: bucket}\n"})
    assert run(project) == 1
    said = capsys.readouterr().err
    assert "needs the package boto3" in said
    assert 'pip install "annotated-explainers[s3]"' in said
