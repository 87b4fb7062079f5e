"""`to: s3`: a bucket of S3, or of a store that speaks its language.

What is in the bucket is known by our own manifest there, never by sizes or times. Writing it under a condition is the
lock: of two publishes at once, one is told that it has lost.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import mimetypes
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from generator.commands.publish.target import (
    MANIFEST,
    Build,
    Context,
    Outcome,
    Plan,
    Progress,
    PublishError,
    Step,
    Survey,
    pending,
    settled,
    survey_of,
)
from generator.config import S3Target
from generator.urls import IMMUTABLE, REVALIDATED, is_fingerprinted

UPLOADS = 12
"""At once: a request waits for the network most of its time."""

CHECKED = 48
"""Files between two looks whether the lock is still ours."""

MAX_INVALIDATIONS = 1000
"""Paths: more are one `/*`, as CloudFront charges by the path and takes 3,000 at a time."""

NO_CONDITIONS = ("NotImplemented", "501")
"""What stores answer that know no conditional writes."""

CONTENT_TYPES = {
    "css": "text/css",
    "feed.json": "application/feed+json",
    "feed.xml": "application/atom+xml",
    "html": "text/html",
    "js": "text/javascript",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "map": "application/json",
    "md": "text/markdown",
    "mjs": "text/javascript",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "webmanifest": "application/manifest+json",
    "xml": "application/xml",
    "avif": "image/avif",
    "ico": "image/x-icon",
    "wasm": "application/wasm",
    "webp": "image/webp",
    "woff2": "font/woff2",
}
"""By name or ending: those that Python's table lacks on some systems, or has otherwise."""

TEXTS = frozenset(["+json", "+xml", "/json", "/xml", "/javascript"])


class Bucket:
    """A bucket, below a prefix."""

    keeps_states = False

    def __init__(self, settings: S3Target, context: Context) -> None:
        self.settings = settings
        self.context = context
        self.bucket = settings.bucket.value
        self.prefix = f"{settings.prefix.strip('/')}/" if settings.prefix.strip("/") else ""
        self.client = _client("s3", settings)
        self.lock = ""
        """The ETag of the manifest as we know it; empty while there is none."""
        self.conditional = True

    def survey(self, build: Build) -> Survey:
        """Return what publish put there."""
        with self._asking("the bucket"):
            try:
                answer = self.client.get_object(Bucket=self.bucket, Key=self.prefix + MANIFEST)
            except self.client.exceptions.NoSuchKey:
                return survey_of(build, None)
            self.lock = answer["ETag"]
            return survey_of(build, answer["Body"].read())

    def upload(self, build: Build, plan: Plan, progress: Progress) -> Outcome:
        """Upload rank by rank, delete, tell CloudFront, and only then write down that all is done."""
        with self._asking("the bucket"):
            self._put_manifest(pending(plan))
            for _, steps in itertools.groupby(plan.steps, key=lambda step: step.rank):
                self._all(functools.partial(self._do, build), [*steps], progress)
            self._invalidate(plan, build)
            contents = settled(build)
            manifest = contents.pop(MANIFEST)
            for path, content in contents.items():
                self._put(path, content)
            self._put_manifest(manifest)
        warning = "this store knows no conditional writes: see to it that nobody publishes at the same time"
        return Outcome(state=build.digest, warnings=() if self.conditional else (warning,))

    def roll_back(self, state: str, progress: Progress) -> Outcome:
        """Raise: nothing of an earlier state is there."""
        message = "an s3 target keeps no earlier state, so it cannot be rolled back"
        raise PublishError("publish-rollback", message, "publish the earlier content again")

    # --- the bucket ---------------------------------------------------------------------------------------------

    def _all(self, work: Any, steps: list[Step], progress: Progress) -> None:
        """Do the steps of a rank, several at once; after some of them look whether we still may."""
        with ThreadPoolExecutor(UPLOADS) as pool:
            for start in range(0, len(steps), CHECKED):
                self._check_lock()
                for step in pool.map(work, steps[start : start + CHECKED]):
                    progress(step.path)

    def _do(self, build: Build, step: Step) -> Step:
        if step.action == "delete":
            self.client.delete_object(Bucket=self.bucket, Key=self.prefix + step.path)
        else:
            self._put(step.path, build.read(step.path))
        return step

    def _put(self, path: str, content: bytes, **condition: str) -> str:
        answer = self.client.put_object(
            Bucket=self.bucket,
            Key=self.prefix + path,
            Body=content,
            ContentType=content_type(path),
            CacheControl=IMMUTABLE if is_fingerprinted(path) else REVALIDATED,
            **condition,
        )
        return str(answer["ETag"])

    def _put_manifest(self, content: bytes) -> None:
        """Write the manifest where it is still as we know it: this is taking, and giving back, the lock."""
        condition = {"IfMatch": self.lock} if self.lock else {"IfNoneMatch": "*"}
        try:
            self.lock = self._put(MANIFEST, content, **condition if self.conditional else {})
        except self.client.exceptions.ClientError as problem:
            code = problem.response.get("Error", {}).get("Code", "")
            if code in ("PreconditionFailed", "ConditionalRequestConflict", "412", "409"):
                raise self._lost() from problem
            if code not in NO_CONDITIONS or not self.conditional:
                raise
            self.conditional = False
            self.lock = self._put(MANIFEST, content)

    def _check_lock(self) -> None:
        if self.client.head_object(Bucket=self.bucket, Key=self.prefix + MANIFEST)["ETag"] != self.lock:
            raise self._lost()

    def _lost(self) -> PublishError:
        message = f"somebody else published to {self.context.name} at the same time"
        return PublishError("publish-moved", message, "wait for the other to end, and publish again")

    # --- CloudFront ---------------------------------------------------------------------------------------------

    def _invalidate(self, plan: Plan, build: Build) -> None:
        """Have CloudFront forget what was changed or deleted, before the manifest says that all is done."""
        paths = [path for step in plan.of("change", "delete") for path in addresses_of(step.path)]
        if not self.settings.cloudfront or not paths:
            return
        paths = sorted(set(paths)) if len(paths) <= MAX_INVALIDATIONS else ["/*"]
        now = dt.datetime.now(dt.UTC).isoformat()
        _client("cloudfront", self.settings).create_invalidation(
            DistributionId=self.settings.cloudfront,
            InvalidationBatch={
                "Paths": {"Quantity": len(paths), "Items": paths},
                "CallerReference": f"{build.digest} {now}",
            },
        )

    @contextmanager
    def _asking(self, what: str) -> Iterator[None]:
        """Turn what goes wrong into an error that says what to do; nothing that botocore says holds a secret."""
        from botocore.exceptions import (  # type: ignore[import-untyped]
            BotoCoreError,
            ClientError,
            NoCredentialsError,
        )

        try:
            yield
        except NoCredentialsError as problem:
            hint = "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run aws configure"
            raise PublishError("publish-failed", "there are no credentials for the bucket", hint) from problem
        except (BotoCoreError, ClientError) as problem:
            raise PublishError("publish-failed", f"{what} {self.bucket}: {problem}") from problem


def content_type(path: str) -> str:
    """Return the media type of a file, with the character set where it is a text; the same on every system."""
    name = path.rpartition("/")[2]
    ending = name.rpartition(".")[2].lower() if "." in name.lstrip(".") else ""
    found = CONTENT_TYPES.get(name) or CONTENT_TYPES.get(ending) or _types().guess_type(f"x.{ending}")[0]
    if not found:
        found = "text/plain" if name in ("_headers", "_redirects", "CNAME", "id") else "application/octet-stream"
    is_text = found.startswith("text/") or any(found.endswith(sign) for sign in TEXTS)
    return f"{found}; charset=utf-8" if is_text else found


def addresses_of(path: str) -> list[str]:
    """Return the addresses that CloudFront may have kept a file under, percent-encoded."""
    address = f"/{quote(path)}"
    return [address.removesuffix("index.html"), address] if path.split("/")[-1] == "index.html" else [address]


@functools.cache
def _types() -> mimetypes.MimeTypes:
    return mimetypes.MimeTypes()  # Python's own table: the system's files differ


def _client(service: str, settings: S3Target) -> Any:
    try:
        import boto3  # type: ignore[import-untyped]
        from botocore.exceptions import BotoCoreError
    except ImportError as problem:
        hint = 'pip install "annotated-explainers[s3]"'
        raise PublishError("publish-failed", "publishing to s3 needs the package boto3", hint) from problem
    endpoint = settings.endpoint_url.value if settings.endpoint_url and service == "s3" else None
    try:
        return boto3.session.Session().client(service, endpoint_url=endpoint, region_name=settings.region)
    except (BotoCoreError, ValueError) as problem:
        raise PublishError("publish-failed", f"{service}: {problem}") from problem
