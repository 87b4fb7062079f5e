from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import boto3
import pytest
from moto.server import ThreadedMotoServer

from generator.commands.publish import s3
from generator.commands.publish.plan import plan_of
from generator.commands.publish.s3 import Bucket, addresses_of, content_type
from generator.commands.publish.target import DEPLOY_ID, MANIFEST, Build, PublishError
from generator.config import S3Target
from generator.diagnostics import START
from generator.model import Located
from generator.write.manifest import Manifest, decode_manifest, encode_manifest
from tests.publish.sites import contents, context, crawl, send

FRESH = boto3.session.Session
SECRET = "never-shown-secret"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    started = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    started.start()
    host, port = started.get_host_and_port()
    yield f"http://{host}:{port}"
    started.stop()


class World(NamedTuple):
    client: Any
    bucket: str
    one: Build
    two: Build
    target: Callable[..., Bucket]


@pytest.fixture(scope="module")
def session(server: str) -> Iterator[Any]:
    """Make boto3's session once: reading its description of S3 takes most of the time of a test."""
    with pytest.MonkeyPatch.context() as environment:
        for name, value in {
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": "/nowhere",
            "AWS_SHARED_CREDENTIALS_FILE": "/nowhere",
            "AWS_MAX_ATTEMPTS": "1",
            "AWS_ENDPOINT_URL_CLOUDFRONT": server,
        }.items():
            environment.setenv(name, value)
        for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL", "AWS_DEFAULT_REGION", "AWS_REGION"):
            environment.delenv(name, raising=False)
        yield boto3.session.Session()


@pytest.fixture
def world(
    server: str,
    session: Any,
    builds: tuple[Build, Build],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: Any,
) -> Iterator[World]:
    monkeypatch.setattr(boto3.session, "Session", lambda: session)
    bucket = "b" + "".join(c for c in request.node.name.lower() if c.isalnum())[:50]
    client = session.client("s3", endpoint_url=server, region_name="us-east-1")
    client.create_bucket(Bucket=bucket)

    def target(prefix: str = "", cloudfront: str | None = None, bucket: str = bucket, endpoint: str = server) -> Bucket:
        settings = S3Target(
            bucket=Located(bucket, START),
            prefix=prefix,
            endpoint_url=Located(endpoint, START),
            region="us-east-1",
            cloudfront=cloudfront,
            at=START,
        )
        return Bucket(settings, context(tmp_path, tmp_path / "scratch"))

    yield World(client, bucket, *builds, target)
    client.close()


def names(world: World, prefix: str = "") -> list[str]:
    pages = world.client.get_paginator("list_objects_v2").paginate(Bucket=world.bucket, Prefix=prefix)
    keys = [one["Key"] for page in pages for one in page.get("Contents", ())]
    return [key for key in keys if not key.removeprefix(prefix).startswith(".deploy/")]


def read(world: World, key: str) -> bytes:
    content: bytes = world.client.get_object(Bucket=world.bucket, Key=key)["Body"].read()
    return content


def held(world: World, prefix: str = "") -> dict[str, bytes]:
    """Return what the bucket holds but the bookkeeping."""
    return {key.removeprefix(prefix): read(world, key) for key in names(world, prefix)}


def lacking(world: World) -> list[str]:
    """Return what a crawl of the bucket says: of pages the content matters, of all else that it is there."""
    return crawl({key: read(world, key) if key.endswith(".html") else b"" for key in names(world)})


def head(world: World, path: str) -> dict[str, Any]:
    found: dict[str, Any] = world.client.head_object(Bucket=world.bucket, Key=path)
    return found


def manifest(world: World) -> Manifest:
    content = world.client.get_object(Bucket=world.bucket, Key=MANIFEST)["Body"].read()
    found = decode_manifest(content)
    assert isinstance(found, Manifest)
    return found


def test_a_first_and_a_second_publish(world: World) -> None:
    world.client.put_object(Bucket=world.bucket, Key="mine.txt", Body=b"a person's")
    send(world.target(), world.one)
    assert held(world) == contents(world.one) | {"mine.txt": b"a person's"}
    send(world.target(), world.two)
    assert held(world) == contents(world.two) | {"mine.txt": b"a person's"}
    assert manifest(world) == Manifest(world.two.files)
    body = world.client.get_object(Bucket=world.bucket, Key=DEPLOY_ID)["Body"].read()
    assert body == f"{world.two.digest}\n".encode()
    assert send(world.target(), world.two).steps == ()


def test_below_a_prefix(world: World) -> None:
    send(world.target(prefix="/a/b/"), world.one)
    assert held(world, "a/b/") == contents(world.one)
    assert send(world.target(prefix="a/b"), world.one).steps == ()


def test_content_types_and_how_long_they_are_kept(world: World) -> None:
    send(world.target(), world.one)
    page, style = head(world, "index.html"), next(path for path in world.one.files if "/style." in path)
    assert page["ContentType"] == "text/html; charset=utf-8"
    assert page["CacheControl"] == "public, max-age=0, must-revalidate"
    assert head(world, style)["ContentType"] == "text/css; charset=utf-8"
    assert head(world, style)["CacheControl"] == "public, max-age=31536000, immutable"
    assert head(world, "data.json")["ContentType"] == "application/json; charset=utf-8"
    assert head(world, "data.json")["CacheControl"] == "public, max-age=0, must-revalidate"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("feed.xml", "application/atom+xml; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("feed.json", "application/feed+json; charset=utf-8"),
        ("x/annotations.jsonld", "application/ld+json; charset=utf-8"),
        ("assets/explain.0123456789.js", "text/javascript; charset=utf-8"),
        ("favicon.svg", "image/svg+xml; charset=utf-8"),
        ("A.JPG", "image/jpeg"),
        ("a.avif", "image/avif"),
        ("a.pdf", "application/pdf"),
        ("pagefind/wasm.en.pagefind", "application/octet-stream"),
        ("x.wasm", "application/wasm"),
        ("_headers", "text/plain; charset=utf-8"),
        (".nojekyll", "application/octet-stream"),
        ("name", "application/octet-stream"),
    ],
)
def test_content_types(path: str, expected: str) -> None:
    assert content_type(path) == expected


def after_each(target: Bucket, then: Callable[[], None]) -> None:
    """Call something after each request that changes the bucket."""
    for name in ("PutObject", "DeleteObject"):
        target.client.meta.events.register(f"after-call.s3.{name}", lambda **_: then())


def test_no_page_lacks_what_it_shows_after_any_upload(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(s3, "UPLOADS", 1)
    send(world.target(), world.one)
    target = world.target()
    crawls: list[list[str]] = []
    after_each(target, lambda: crawls.append(lacking(world)))
    plan = send(target, world.two)
    assert len(crawls) >= len(plan.steps)
    assert crawls == [[]] * len(crawls)


class Killed(BaseException):
    """What no code of ours catches."""


@pytest.mark.parametrize("moment", [0, 1, 6, 12, 20])
def test_a_kill_and_another_run_converge(world: World, moment: int) -> None:
    send(world.target(), world.one)
    target = world.target()
    left, lock = [moment], threading.Lock()

    def die(**_: object) -> None:
        with lock:
            left[0] -= 1
            if left[0] < 0:
                raise Killed

    for name in ("PutObject", "DeleteObject"):
        target.client.meta.events.register(f"before-call.s3.{name}", die)
    with pytest.raises(Killed):
        send(target, world.two)
    assert lacking(world) == []
    send(world.target(), world.two)
    assert held(world) == contents(world.two)
    assert manifest(world) == Manifest(world.two.files)


def test_a_kill_and_a_run_with_something_else(world: World) -> None:
    """What an interrupted run had uploaded, and the next site has no longer, is deleted."""
    send(world.target(), world.one)
    target = world.target()
    plan = plan_of(target.survey(world.two))
    target._put_manifest(s3.pending(plan))
    for step in plan.of("add"):
        target._do(world.two, step)
    send(world.target(), world.one)
    assert held(world) == contents(world.one)


def test_of_two_at_once_one_is_told(world: World) -> None:
    send(world.target(), world.one)
    late, early = world.target(), world.target()
    plan = plan_of(late.survey(world.two))
    send(early, world.two)
    before = held(world)
    with pytest.raises(PublishError) as refused:
        late.upload(world.two, plan, lambda path: None)
    assert refused.value.code == "publish-moved"
    assert held(world) == before


def test_of_two_first_ones_one_is_told(world: World) -> None:
    late, early = world.target(), world.target()
    plan = plan_of(late.survey(world.one))
    send(early, world.one)
    with pytest.raises(PublishError) as refused:
        late.upload(world.one, plan, lambda path: None)
    assert refused.value.code == "publish-moved"


def test_who_loses_the_lock_meanwhile_stops(world: World) -> None:
    send(world.target(), world.one)
    loser, winner = world.target(), world.target()
    plan = plan_of(loser.survey(world.two))
    done: list[str] = []

    def progress(path: str) -> None:
        if not done:
            send(winner, world.one)
        done.append(path)

    with pytest.raises(PublishError) as refused:
        loser.upload(world.two, plan, progress)
    assert refused.value.code == "publish-moved"
    assert len(done) < len(plan.steps)


def test_a_store_without_conditions(world: World) -> None:
    """It is published to all the same, with a warning."""

    def refuse(params: dict[str, Any], **_: object) -> None:
        headers = params["headers"]
        if "If-None-Match" in headers or "If-Match" in headers:
            raise target.client.exceptions.ClientError({"Error": {"Code": "NotImplemented"}}, "PutObject")

    target = world.target()
    target.client.meta.events.register("before-call.s3.PutObject", refuse)
    outcome = target.upload(world.one, plan_of(target.survey(world.one)), lambda path: None)
    assert "conditional" in outcome.warnings[0]
    assert held(world) == contents(world.one)


def test_damaged_bookkeeping(world: World) -> None:
    send(world.target(), world.one)
    world.client.put_object(Bucket=world.bucket, Key=MANIFEST, Body=b"damaged")
    target = world.target()
    plan = plan_of(target.survey(world.two))
    assert "damaged" in plan.survey.warnings[0]
    assert plan.of("delete") == ()
    target.upload(world.two, plan, lambda path: None)
    assert held(world).items() >= contents(world.two).items()


# --- CloudFront -------------------------------------------------------------------------------------------------


@pytest.fixture
def distribution(world: World, session: Any) -> Iterator[tuple[Any, str]]:
    client = session.client("cloudfront", region_name="us-east-1")
    origin = {"Id": "o", "DomainName": "b.s3.amazonaws.com", "S3OriginConfig": {"OriginAccessIdentity": ""}}
    made = client.create_distribution(
        DistributionConfig={
            "CallerReference": world.bucket,
            "Origins": {"Quantity": 1, "Items": [origin]},
            "DefaultCacheBehavior": {"TargetOriginId": "o", "ViewerProtocolPolicy": "allow-all"},
            "Comment": "",
            "Enabled": True,
        }
    )
    yield client, made["Distribution"]["Id"]
    client.close()


def invalidated(client: Any, distribution: str) -> list[list[str]]:
    listed = client.list_invalidations(DistributionId=distribution)["InvalidationList"].get("Items", ())
    found = (client.get_invalidation(DistributionId=distribution, Id=one["Id"]) for one in listed)
    return [sorted(one["Invalidation"]["InvalidationBatch"]["Paths"]["Items"]) for one in found]


def test_what_changed_is_invalidated_and_nothing_else(world: World, distribution: tuple[Any, str]) -> None:
    send(world.target(cloudfront=distribution[1]), world.one)
    assert invalidated(*distribution) == []
    plan = send(world.target(cloudfront=distribution[1]), world.two)
    (paths,) = invalidated(*distribution)
    assert paths == sorted(address for step in plan.of("change", "delete") for address in addresses_of(step.path))
    assert {"/one/", "/one/index.html", "/data.json", "/old/"} <= set(paths)
    assert not [path for path in paths if path.startswith("/new/")]


def test_many_changes_are_one_invalidation(
    world: World, distribution: tuple[Any, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(s3, "MAX_INVALIDATIONS", 3)
    send(world.target(), world.one)
    send(world.target(cloudfront=distribution[1]), world.two)
    assert invalidated(*distribution) == [["/*"]]


def test_a_failed_invalidation_is_made_up_for(world: World, distribution: tuple[Any, str]) -> None:
    send(world.target(), world.one)
    with pytest.raises(PublishError):
        send(world.target(cloudfront="ENONE"), world.two)
    send(world.target(cloudfront=distribution[1]), world.two)
    (paths,) = invalidated(*distribution)
    assert "/one/" in paths


def test_addresses() -> None:
    assert addresses_of("a/index.html") == ["/a/", "/a/index.html"]
    assert addresses_of("index.html") == ["/", "/index.html"]
    assert addresses_of("naïve & more.txt") == ["/na%C3%AFve%20%26%20more.txt"]


# --- what goes wrong --------------------------------------------------------------------------------------------


def test_no_credentials(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boto3.session, "Session", FRESH)
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(PublishError) as refused:
        send(world.target(), world.one)
    assert "AWS_ACCESS_KEY_ID" in refused.value.hint


@pytest.mark.parametrize("given", [{"bucket": "no-such-bucket"}, {"endpoint": "http://127.0.0.1:9"}])
def test_a_bucket_that_is_not_there(world: World, given: dict[str, str]) -> None:
    with pytest.raises(PublishError) as refused:
        send(world.target(**given), world.one)
    assert refused.value.code == "publish-failed"
    assert SECRET not in json.dumps([refused.value.message, refused.value.hint, *refused.value.notes])


def test_it_says_that_it_cannot_go_back(world: World) -> None:
    with pytest.raises(PublishError) as refused:
        world.target().roll_back("x", lambda path: None)
    assert "cannot be rolled back" in refused.value.message


def test_the_bookkeeping_holds_addresses_and_digests_alone(world: World) -> None:
    send(world.target(), world.one)
    content = world.client.get_object(Bucket=world.bucket, Key=MANIFEST)["Body"].read()
    assert content == encode_manifest(Manifest(world.one.files))
