"""Take the pictures of docs/design.md anew: `python -m tests.audit.pictures SITE FOLDER`.

SITE is the built sample site; CHROMIUM names the browser. The faces are those of this machine; the kept pictures were
taken with Charis SIL (a Charter) and Open Sans. Each is a WebP of at most `LARGEST` bytes.
"""

import io
import os
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.reader import point_at

LARGEST = 150_000
ARTICLE = "russia-china/index.html"


def main(site: Path, folder: Path) -> int:
    """Write the pictures to a folder."""
    arguments = ["--disable-gpu", *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM"), args=arguments)
        for name, picture in pictures(browser, site):
            content = to_webp(picture)
            (folder / f"{name}.webp").write_bytes(content)
            print(f"{name}.webp {len(content):,} bytes")
        browser.close()
    return 0


def pictures(browser: Browser, site: Path) -> list[tuple[str, bytes]]:
    """Return each picture by its name, as PNG."""

    def visit(path: str, width: int = 1280, height: int = 840, scheme: str = "light") -> Page:
        size = {"width": width, "height": height}
        page = browser.new_page(viewport=size, color_scheme=scheme, has_touch=width < 500, device_scale_factor=1.5)
        page.goto((site / path).resolve().as_uri())
        return page

    popup = visit(ARTICLE)
    point_at(popup, "#ref-nato-1")
    popup.locator("[popover]:popover-open").wait_for()
    sheet = visit(ARTICLE, 390, 760, "dark")
    sheet.locator("#ref-nato-1").tap()
    sheet.locator("[popover]:popover-open").wait_for()
    narrowed = visit("glossary/index.html")
    narrowed.get_by_role("searchbox", name="Find").fill("russia")
    narrowed.wait_for_timeout(500)
    for page in (popup, sheet, narrowed):
        page.wait_for_timeout(300)
    printed = visit(ARTICLE, 794, 1123)  # A4 at 96 dots an inch
    printed.emulate_media(media="print")
    printed.add_style_tag(content="body { padding: 20mm 24mm }")  # the margins that @page gives
    return [
        ("article", visit(ARTICLE).screenshot()),
        ("pop-up", popup.screenshot()),
        ("sheet", sheet.screenshot()),
        ("timeline", visit(ARTICLE).locator(".timeline").screenshot()),
        ("entry", visit("glossary/crimea/index.html").screenshot()),
        ("glossary", narrowed.screenshot()),
        ("home", visit("index.html").screenshot()),
        ("dark", visit(ARTICLE, 390, 760, "dark").screenshot()),
        ("print", printed.screenshot(clip={"x": 0, "y": 0, "width": 794, "height": 900})),
    ]


def to_webp(picture: bytes) -> bytes:
    """Return a picture as WebP, as good as `LARGEST` allows."""
    for quality in (85, 75, 65, 55, 45):
        out = io.BytesIO()
        Image.open(io.BytesIO(picture)).convert("RGB").save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= LARGEST:
            break
    return out.getvalue()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
