"""Files that go out as they are: content/static, pictures beside texts, what static hosts look for."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import OutputPath
from generator.output import BytesOutput, CopyOutput, Output, PictureOutput, PictureSizeOutput
from generator.site import Site
from generator.urls import output_path
from generator.views import SiteView


def emit(site: Site, view: SiteView) -> Iterator[Output]:
    """Yield the files of content/static, the pictures that pages use in all their sizes, and `.nojekyll`."""
    for path in site.statics:
        yield CopyOutput(OutputPath(path.removeprefix("content/static/")), site.digests[path], path)
    for media in site.media:
        kind = PictureOutput if media.width else CopyOutput
        yield kind(output_path(media.url), media.url, media.path)
        for file in (*media.sizes, *filter(None, [media.plain])):
            yield PictureSizeOutput(output_path(file.url), file.url, media.path, file.width, file.height, file.format)
    if not any(path == "content/static/.nojekyll" for path in site.statics):
        yield BytesOutput(OutputPath(".nojekyll"), "", b"")
