"""`to: git`: a branch of a repository (GitHub Pages, GitLab, Codeberg), by plumbing alone.

The index is a private one and nothing is checked out: neither the writer's working tree nor the index is ever touched.
"""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
from pathlib import Path

from generator.commands.publish.target import (
    DEPLOY_ID,
    Build,
    Context,
    Outcome,
    Plan,
    Progress,
    PublishError,
    Stamps,
    Survey,
    nothing_before,
)
from generator.commands.publish.tools import failure, run, said
from generator.config import GitTarget
from generator.model import OutputPath
from generator.write.manifest import Stamp

CNAME = OutputPath("CNAME")
"""Where GitHub Pages and Codeberg look for the site's own domain."""

HOOKS_SET = (
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY"),
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
)
"""Variables that git sets for hooks; from one of them, publish would work on the wrong repository."""

FETCH = ("--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance", "--refmap=")
"""Objects alone: no ref of the writer's repository moves."""

MOVED = (b"stale info", b"cannot lock ref", b"incorrect old value")
"""What git says where the branch is no longer where it was seen: before the push, or in the very moment of it."""

NOBODY = {"NAME": "publish", "EMAIL": "publish@localhost"}
"""Who commits where git knows no user, as on machines of a CI system."""


class Git:
    """A branch that holds the site and nothing else. Each publish is a commit, so each state can be returned to."""

    keeps_states = True

    def __init__(self, settings: GitTarget, context: Context) -> None:
        self.context = context
        self.remote = settings.remote.value if settings.remote else "origin"
        self.branch = settings.branch.value if settings.branch else "gh-pages"
        self.cname = settings.cname.value if settings.cname else ""
        self.repository = self._find_repository()
        self.top = self._find_top()
        self.environment: dict[str, str] = {}
        if context.dry_run:  # its objects go elsewhere, and away
            os.mkdir(f"{context.scratch}/objects")
            self.environment = {
                "GIT_OBJECT_DIRECTORY": f"{context.scratch}/objects",
                "GIT_ALTERNATE_OBJECT_DIRECTORIES": self._text("rev-parse", "--git-path", "objects"),
            }
        self.commit = ""

    def survey(self, build: Build) -> Survey:
        """Return what the branch holds; both sides are stamped as git does."""
        self.commit = self._fetch()
        old = self._tree(self.commit) if self.commit else {}
        extra = {OutputPath(DEPLOY_ID): f"{build.digest}\n".encode()}
        if self.cname:
            extra[CNAME] = f"{self.cname}\n".encode()
        new = self._store(build, extra)
        if CNAME not in new and CNAME in old:
            new[CNAME] = old[CNAME]  # set at the host itself, which commits it: without it the domain is lost
        return Survey(old=old, new=new, state=self.commit)

    def upload(self, build: Build, plan: Plan, progress: Progress) -> Outcome:
        """Commit what the branch is to hold, and push it: all of it comes at once or not at all."""
        tree = self._write_tree(plan.survey.new)
        commit = self._push(tree, f"Publish {build.digest}")
        for step in plan.steps:
            progress(step.path)
        return Outcome(state=commit)

    def roll_back(self, state: str, progress: Progress) -> Outcome:
        """Commit an earlier state anew on top of the present one: no history is lost."""
        if not state:
            raise nothing_before(self.context)
        self.commit = self._fetch()
        if self._git("cat-file", "-e", f"{state}^{{commit}}").returncode:
            raise PublishError("publish-rollback", f"{self.remote} has the commit {state[:12]} no longer")
        tree = self._text("rev-parse", f"{state}^{{tree}}")
        if self.commit and tree == self._text("rev-parse", f"{self.commit}^{{tree}}"):
            return Outcome(state=self.commit, previous=self.commit)
        commit = self._push(tree, f"Return to {state[:12]}")
        progress(self.branch)
        return Outcome(state=commit, previous=self.commit)

    # --- what is there ------------------------------------------------------------------------------------------

    def _find_repository(self) -> Path:
        """Return the project's repository, or one of our own where it is none and the remote is an address."""
        found = run("git", "rev-parse", "--absolute-git-dir", cwd=self.context.project, without=HOOKS_SET)
        if found.returncode == 0:
            return Path(os.fsdecode(found.stdout.rstrip(b"\n")))
        if "not a git repository" not in said(found):
            raise failure("git", found)
        if not ("/" in self.remote or ":" in self.remote or "\\" in self.remote):
            message = f'the project is no git repository, so "{self.remote}" is no remote'
            raise PublishError("publish-failed", message, "git init, or give the address of the remote")
        own = self.context.scratch / "repository.git"
        made = run("git", "init", "--quiet", "--bare", str(own), cwd=self.context.project, without=HOOKS_SET)
        if made.returncode:
            raise failure("git init", made)
        return own

    def _find_top(self) -> Path:
        """Return the folder that paths of configured remotes are relative to."""
        found = run("git", "rev-parse", "--show-toplevel", cwd=self.context.project, without=HOOKS_SET)
        return Path(os.fsdecode(found.stdout.rstrip(b"\n"))) if found.returncode == 0 else self.context.project

    def _fetch(self) -> str:
        """Return the commit that the branch is at, its objects fetched; empty where there is no branch yet."""
        ref = f"refs/heads/{self.branch}"
        listed = self._text("ls-remote", self._where(), ref)
        commit = next((line.split()[0] for line in listed.splitlines() if line.split()[1:] == [ref]), "")
        self._refuse_moved(commit)
        if commit and self._git("cat-file", "-e", f"{commit}^{{tree}}").returncode:
            self._text("fetch", *FETCH, self._where(), ref)
        return commit

    def _refuse_moved(self, commit: str) -> None:
        """Raise where the branch is not where this repository saw it last: somebody else published since."""
        seen = self._git("rev-parse", "--verify", "--quiet", f"refs/remotes/{self.remote}/{self.branch}")
        last = seen.stdout.decode().strip()
        if seen.returncode == 0 and last != commit:
            now = f"is at {commit[:12]}" if commit else "is gone"
            message = f"{self.branch} of {self.remote} moved: it was at {last[:12]} when last seen, and {now}"
            hint = f"somebody else published; git fetch --prune {self.remote}, look, and publish again"
            raise PublishError("publish-moved", message, hint)

    def _where(self) -> str:
        """Return the remote as git finds it from its own folder: paths are relative to the project."""
        path = self.context.project / os.path.expanduser(self.remote)
        known = self._git("config", "--get", f"remote.{self.remote}.url").returncode == 0
        return str(path.resolve()) if not known and "://" not in self.remote and path.is_dir() else self.remote

    def _tree(self, commit: str) -> Stamps:
        listed = self._bytes("ls-tree", "-r", "-z", "-l", "--full-tree", commit)
        stamps: Stamps = {}
        for line in listed.split(b"\0")[:-1]:
            facts, _, path = line.partition(b"\t")
            _, kind, digest, size = facts.split()
            if kind == b"blob":
                stamps[OutputPath(path.decode("utf-8", "surrogateescape"))] = Stamp(digest.decode(), int(size))
        return stamps

    # --- what is to be there ------------------------------------------------------------------------------------

    def _store(self, build: Build, extra: dict[OutputPath, bytes]) -> Stamps:
        """Return the files as git's objects, stored as they are: no filter and no line ends of anybody's."""
        paths = [path for path in build.files if path not in extra]
        names = "".join(f"{(build.folder / path).resolve()}\n" for path in paths if "\n" not in path)
        hashed = self._bytes("hash-object", "-w", "--no-filters", "--stdin-paths", given=os.fsencode(names))
        plain = (path for path in paths if "\n" not in path)
        stamps = {
            path: Stamp(digest, build.files[path].size)
            for path, digest in zip(plain, hashed.decode().split(), strict=True)
        }
        others = {path: build.read(path) for path in paths if "\n" in path}
        for path, content in {**others, **extra}.items():
            digest = self._text("hash-object", "-w", "--stdin", given=content)
            stamps[path] = Stamp(digest, len(content))
        return stamps

    def _write_tree(self, stamps: Stamps) -> str:
        index = {"GIT_INDEX_FILE": f"{self.context.scratch}/index"}
        with suppress(FileNotFoundError):
            os.unlink(index["GIT_INDEX_FILE"])
        lines = (f"100644 {stamp.digest}\t{path}".encode("utf-8", "surrogateescape") for path, stamp in stamps.items())
        self._bytes("update-index", "-z", "--index-info", given=b"\0".join([*lines, b""]), environment=index)
        return self._text("write-tree", environment=index)

    def _push(self, tree: str, message: str) -> str:
        """Return the new commit, which the remote has now; it takes it only where it still is where we saw it."""
        parents = ("-p", self.commit) if self.commit else ()
        commit = self._text("commit-tree", tree, *parents, "-m", message, environment=self._identity())
        ref = f"refs/heads/{self.branch}"
        lease = f"--force-with-lease={ref}:{self.commit}"
        pushed = self._git("push", "--no-verify", lease, self._where(), f"{commit}:{ref}")
        if pushed.returncode == 0:
            return commit
        if any(sign in pushed.stderr for sign in MOVED):
            message = f"{self.branch} of {self.remote} moved while this was published; it is as somebody else left it"
            raise PublishError("publish-moved", message, "look at what is there, and publish again")
        raise failure("git push", pushed)

    def _identity(self) -> dict[str, str]:
        """Return what commits need where git knows no user."""
        if self._git("var", "GIT_COMMITTER_IDENT").returncode == 0:
            return {}
        return {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in NOBODY.items()}

    # --- git itself ---------------------------------------------------------------------------------------------

    def _git(
        self, *arguments: str, given: bytes = b"", environment: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        return run(
            "git",
            f"--git-dir={self.repository}",
            *("-c", "protocol.ext.allow=never", "-c", "core.quotePath=false"),
            *arguments,
            cwd=self.top,
            given=given,
            environment={**self.environment, **(environment or {})},
            without=HOOKS_SET,
        )

    def _bytes(self, *arguments: str, given: bytes = b"", environment: dict[str, str] | None = None) -> bytes:
        done = self._git(*arguments, given=given, environment=environment)
        if done.returncode:
            raise failure(f"git {arguments[0]}", done)
        return done.stdout

    def _text(self, *arguments: str, given: bytes = b"", environment: dict[str, str] | None = None) -> str:
        return self._bytes(*arguments, given=given, environment=environment).decode().strip()
