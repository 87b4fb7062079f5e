"""Pictures as they go out: in their sizes, turned as they were meant, in colours that every screen knows, and without
their metadata: where a photograph was taken is nobody's business."""

from __future__ import annotations

import hashlib
import io
from typing import Any

from PIL import Image, ImageCms, ImageOps, __version__

from generator.output import PictureOutput, PictureSizeOutput
from generator.read.picture import JPEG_QUALITY, RECIPE, WEBP_QUALITY, look_at
from generator.render.cache import FileCache

QUALITY = 90
"""Of a picture that has to be encoded anew because its metadata says to turn it."""

Image.MAX_IMAGE_PIXELS = None  # the cap is ours, and was held when the picture was read


def picture(output: PictureOutput | PictureSizeOutput, content: bytes, cache: FileCache) -> bytes:
    """Return a picture's file, made once. Raises OSError, ValueError or SyntaxError where the source is damaged."""
    asked = f"{output.width}x{output.height}/{output.format}" if isinstance(output, PictureSizeOutput) else "clean"
    recipe = f"{RECIPE}/{WEBP_QUALITY}/{JPEG_QUALITY}/{QUALITY}/{__version__}/{asked}"
    key = f"{hashlib.blake2b(content, digest_size=32).hexdigest()}/{recipe}"
    made = cache.get(key)
    if made is None:
        made = resized(content, output) if isinstance(output, PictureSizeOutput) else without_metadata(content)
        if made is not content:
            cache.put(key, made)
    return made


def resized(content: bytes, output: PictureSizeOutput) -> bytes:
    """Return a picture in another size and format, in sRGB."""
    with Image.open(io.BytesIO(content)) as opened:
        lossless = opened.format in ("PNG", "GIF")
        image = in_srgb(ImageOps.exif_transpose(opened))
    image = image.resize((output.width, output.height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    if output.format == "WEBP":
        lossy = _saved(image, "WEBP", quality=WEBP_QUALITY, method=4)
        # A drawing is smaller without loss, a photograph with it.
        return min(_saved(image, "WEBP", lossless=True, method=4), lossy, key=len) if lossless else lossy
    if output.format == "PNG":
        return _saved(image, "PNG", optimize=True)
    return _saved(image.convert("RGB"), "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)


def in_srgb(image: Image.Image) -> Image.Image:
    """Return a picture as RGB, or as RGBA where it is transparent, with its colours converted to sRGB."""
    transparent = image.has_transparency_data
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value / 256).convert("L")  # 16 bits of grey
    elif image.mode in ("P", "PA"):
        image = image.convert("RGBA" if transparent else "RGB")
    alpha = image.convert("RGBA").getchannel("A") if transparent else None
    image = image.convert({"LA": "L", "La": "L", "RGBA": "RGB", "RGBa": "RGB", "1": "L"}.get(image.mode, image.mode))
    image = (_converted(image, profile) if profile else image).convert("RGB")
    if alpha is not None:
        image.putalpha(alpha)
    image.info.clear()
    return image


def _converted(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(source):
            return image
        return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB") or image
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a profile that is damaged, or of another kind of picture


def without_metadata(content: bytes) -> bytes:
    """Return a picture turned as its metadata says and without it; the same bytes where it holds none, or moves."""
    if look_at(content).animated:
        return content
    with Image.open(io.BytesIO(content)) as image:
        if (
            not image.getexif()
            and "xmp" not in image.info
            and "photoshop" not in image.info
            and not _comments(image.info)
        ):
            return content
        turned = ImageOps.exif_transpose(image)
        kind = "JPEG" if image.format == "MPO" else image.format or "PNG"
        options: dict[str, Any] = {"quality": QUALITY} if kind in ("JPEG", "WEBP", "AVIF") else {}
        profile = image.info.get("icc_profile")
        if profile:
            options["icc_profile"] = profile
        clean = Image.new(turned.mode, turned.size)
        clean.paste(turned)
        if turned.mode == "P" and (palette := turned.getpalette()):
            clean.putpalette(palette)
        return _saved(clean, kind, **options)


def _comments(info: dict[str | tuple[int, int], Any]) -> bool:
    return any(key in info for key in ("comment", "Comment", "XML:com.adobe.xmp", "exif", "Raw profile type exif"))


def _saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()
