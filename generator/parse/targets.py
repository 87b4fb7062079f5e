"""The targets of `publish`: what their settings may hold. Nothing here becomes a program's option, or a secret told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from generator.config import DirectoryTarget, GitTarget, PublishTarget, RsyncTarget, S3Target
from generator.model import Located, Position

Problem = tuple[Position, str, str]
"""Where, what, and what to do."""

_NAME = re.compile(r"\w[\w-]{0,49}")
_BRANCH = re.compile(r"(?!.*(?:\.\.|//|@\{|\.lock$|[./]$|/\.))[^\x00-\x20\x7f~^:?*\[\\/.-][^\x00-\x20\x7f~^:?*\[\\]*")
_HOST = re.compile(r"(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}", re.IGNORECASE)
_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,254}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def target_problems(targets: Mapping[str, PublishTarget]) -> Iterator[Problem]:
    """Yield what is wrong with the targets' settings."""
    for name, target in targets.items():
        if not _NAME.fullmatch(name):
            yield target.at, f'a target cannot be called "{name}"', "use letters, digits, hyphens and underscores"
        match target:
            case DirectoryTarget():
                yield from _plain("path", target.path)
            case GitTarget():
                yield from _git(target)
            case RsyncTarget():
                yield from _rsync(target)
            case S3Target():
                yield from _s3(target)


def _git(target: GitTarget) -> Iterator[Problem]:
    if target.remote:
        yield from _plain("remote", target.remote)
    if target.branch and not _BRANCH.fullmatch(target.branch.value):
        yield target.branch.at, f'"{target.branch.value}" is no name of a branch', "such as gh-pages"
    if target.cname and not _HOST.fullmatch(target.cname.value):
        yield target.cname.at, f'"cname" needs the name of a host, not "{target.cname.value}"', "such as example.org"


def _rsync(target: RsyncTarget) -> Iterator[Problem]:
    yield from _plain("destination", target.destination)
    host = target.destination.value.partition("://")[2] or target.destination.value
    if re.match(r"(?:[^/:@]*@)?-", host) and not target.destination.value.startswith("-"):
        yield target.destination.at, "the name of a host cannot begin with a hyphen", "such as user@host:/srv/www/site"


def _s3(target: S3Target) -> Iterator[Problem]:
    if not _BUCKET.fullmatch(target.bucket.value):
        yield target.bucket.at, f'"{target.bucket.value}" is no name of a bucket', "its name alone, without s3://"
    if target.endpoint_url:
        yield from _plain("endpoint_url", target.endpoint_url)
        if not target.endpoint_url.value.startswith(("http://", "https://")):
            yield target.endpoint_url.at, '"endpoint_url" is no web address', "such as https://s3.example.org"
    parts = target.prefix.strip("/").split("/")
    if _CONTROL.search(target.prefix) or (target.prefix.strip("/") and {"", ".", ".."} & {*parts}):
        yield target.at, f'"{target.prefix}" is no prefix of names in a bucket', "such as docs or docs/en"


def _plain(key: str, value: Located) -> Iterator[Problem]:
    """Yield what is wrong with a text that a program is going to be given."""
    if value.value.startswith("-") or _CONTROL.search(value.value) or not value.value.strip():
        yield (
            value.at,
            f'"{key}" cannot be "{value.value}"',
            "it may not begin with a hyphen, nor hold a control character",
        )
    elif _holds_password(value.value):
        hint = "leave it out: passwords and tokens come from the environment, or from the tool's own configuration"
        yield value.at, f'"{key}" holds a password', hint


def _holds_password(address: str) -> bool:
    try:
        return "://" in address and urlsplit(address).password is not None
    except ValueError:
        return False
