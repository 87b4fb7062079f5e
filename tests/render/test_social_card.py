"""Social cards: what they show, that it fits, and that the same words give the same bytes."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from generator.model import OutputPath
from generator.output import SocialCardOutput
from generator.read.theme import built_in_theme
from generator.render.card_colours import colours_of, palette_of
from generator.render.card_fonts import Face, face_for, faces_of
from generator.render.card_text import WIDTH, block_of, filled, wrap
from generator.render.environment import Theme
from generator.render.social_card import MARGIN, SIZE, render_card
from tests.project import article, build_project, entry, write_project

ROOT = Path(__file__).parent.parent.parent
FOLDERS = (built_in_theme(),)
THEME = Theme(FOLDERS)
FACES = faces_of(FOLDERS)
PAPER, INK, ACCENT = (252, 250, 245), (34, 30, 25), (138, 28, 28)
LONG = "The quick explanation of everything that happened between the two neighbours and what came of it afterwards "


def card(title: str, detail: str = "", site_title: str = "Explained", **colours: str) -> bytes:
    path = OutputPath("x/social-card.png")
    output = SocialCardOutput(path=path, key="", title=title, detail=detail, site_title=site_title, colours=colours)
    return render_card(THEME, output)


def image(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def box(png: bytes, colour: tuple[int, int, int]) -> tuple[int, int, int, int] | None:
    """Return the box around the pixels of a colour."""
    picture = image(png)
    mask = Image.new("L", picture.size)
    mask.putdata([255 * (pixel == colour) for pixel in picture.get_flattened_data()])
    return mask.getbbox()


@pytest.fixture(scope="module")
def face() -> Face:
    found = face_for(FACES, "A")
    assert found is not None
    return found


def test_a_card_is_a_small_picture_of_the_size_that_networks_show() -> None:
    png = card("Two neighbours, one rival", "Why Moscow and Beijing stand closer.")
    assert Image.open(io.BytesIO(png)).format == "PNG"
    assert Image.open(io.BytesIO(png)).mode == "P"
    assert image(png).size == SIZE == (1200, 630)
    assert len(png) < 40_000
    colours = {colour for _, colour in image(png).getcolors() or ()}
    assert {PAPER, INK, ACCENT} <= colours
    assert len(colours) <= 16


def test_the_same_words_give_the_same_bytes(tmp_path: Path) -> None:
    program = (
        "import hashlib, sys; from tests.render.test_social_card import card;"
        "print(hashlib.sha256(card('Žinia: kas yra NATO?', 'Aljansas.')).hexdigest())"
    )
    found = set()
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "LC_ALL": "C"}
        done = subprocess.run([sys.executable, "-c", program], env=env, cwd=tmp_path, capture_output=True, check=True)
        found.add(done.stdout.decode().strip())
    found.add(hashlib.sha256(card("Žinia: kas yra NATO?", "Aljansas.")).hexdigest())
    assert len(found) == 1


def test_other_words_give_another_picture() -> None:
    assert len({card("One"), card("Two"), card("One", "Detail"), card("One", site_title="Other")}) == 4


@pytest.mark.parametrize("times", [1, 2, 3, 5, 40])
def test_a_title_however_long_stays_within_the_margins(times: int) -> None:
    found = box(card((LONG * times).strip(), LONG), INK)
    assert found is not None
    left, top, right, bottom = found
    assert left >= MARGIN - 4
    assert right <= SIZE[0] - MARGIN + 4
    assert top >= 100
    assert bottom <= 540


def test_a_word_without_end_is_cut() -> None:
    found = box(card("x" * 500), INK)
    assert found is not None
    assert found[2] <= SIZE[0] - MARGIN + 4


def test_a_long_name_of_the_site_is_cut_too() -> None:
    found = box(card("Title", site_title=LONG), ACCENT)
    assert found is not None
    assert SIZE[0] - 2 * MARGIN < found[2] <= SIZE[0] - MARGIN + 4


def test_a_card_without_words_is_the_plain_card() -> None:
    assert card(" \n ") == card("ไทย")


def test_long_titles_are_smaller(face: Face) -> None:
    sizes = []
    for times in (1, 2, 3):
        block = block_of(FACES, LONG * times, (88, 66, 44), [0] * 256, 380)
        assert block is not None
        sizes.append(block.size)
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) > 1


def test_lines_are_even(face: Face) -> None:
    lines = wrap("the last line of a title should not be a lone little word it".split(), face, 76)
    widths = [face.width(line, 76) for line in lines]
    assert len(lines) > 1
    assert min(widths) > max(widths) / 2


@given(st.lists(st.text("abcdefghijklmnopqrstuvwxyząčęėįšųūž.,", min_size=1, max_size=14), min_size=1, max_size=40))
def test_wrapping_loses_no_word_and_no_line_is_too_long(words: list[str]) -> None:
    face = face_for(FACES, "a")
    assert face is not None
    lines = wrap(words, face, 58)
    assert " ".join(lines) == " ".join(words)
    assert all(face.width(line, 58) <= WIDTH for line in lines if " " in line)


@given(st.lists(st.floats(1, 300), min_size=1, max_size=30), st.floats(50, 800))
def test_a_narrower_column_never_needs_fewer_lines(widths: list[float], width: float) -> None:
    assert len(filled(widths, 10, width)) >= len(filled(widths, 10, width + 100))


@pytest.mark.parametrize(
    "text", ["Plain title", "Žąsų ėjimas į šiaurę", "Россия и Китай", "Ελλάδα", "“Quoted” – 50 €…"]
)
def test_the_font_sets_the_scripts_it_was_chosen_for(text: str) -> None:
    assert face_for(FACES, text) is not None
    assert box(card(text), INK) is not None


@pytest.mark.parametrize("text", ["中俄关系", "العربية", "עברית", "हिन्दी", "ไทย", "NATO 和平"])
def test_a_title_that_cannot_be_set_gets_the_plain_card(text: str) -> None:
    plain = card(text, "A detail that could be set.")
    assert plain == card("ไทย", "Another detail.")
    dots = box(plain, ACCENT)
    assert dots is not None
    assert dots[1] > 500, "the site's name stands in the place of the title, not above it"
    assert plain != card(text, site_title="Other")


def test_a_detail_that_cannot_be_set_is_left_out() -> None:
    assert card("Title", "中俄关系") == card("Title")


def test_decomposed_letters_are_the_same_letters() -> None:
    assert card("Z\u030ciema") == card("Žiema")


def test_the_sites_colours_are_used() -> None:
    assert box(card("Title", accent="#00aa00"), (0, 170, 0)) is not None
    assert box(card("Title", paper="rgb(0, 0, 0)", ink="white"), (255, 255, 255)) is not None
    assert card("Title", accent="oklch(50% 0.2 30)") == card("Title", accent="#555555")


def test_colours_come_from_the_light_scheme_of_the_theme() -> None:
    found = colours_of(THEME.styles, {})
    assert (found["paper"], found["ink"], found["accent"]) == (PAPER, INK, ACCENT)
    palette = palette_of(THEME.styles, ())
    assert len(palette.colours) == 48
    assert (palette.ink[0], palette.ink[255]) == (0, 7)


def test_a_font_of_the_sites_own_comes_first(tmp_path: Path) -> None:
    (own,) = (built_in_theme() / "fonts").glob("*.otf")
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts/mine.otf").write_bytes(own.read_bytes())
    found = face_for(faces_of((tmp_path, *FOLDERS)), "A")
    assert found is not None
    assert found.path.name == "mine.otf"


def test_the_font_is_free_and_says_so() -> None:
    folder = built_in_theme() / "fonts"
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text("utf-8")
    assert sum(path.stat().st_size for path in folder.glob("*.otf")) < 400_000


def test_pages_name_their_card(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "content/site.yaml": "title: T\nurl: https://example.org/base/\npermalinks: {entry: '/g/{slug}.html'}\n",
        "content/articles/one.md": article("Text.\n"),
        "content/glossary/nato.md": entry("NATO"),
        "content/pages/about.md": "---\ntitle: About\n---\nText.\n",
    }
    assert build_project(write_project(tmp_path, files)).diagnostics == ()
    site = tmp_path / "site"
    for page, name in (("one/index.html", "one/social-card.png"), ("g/nato.html", "g/nato-social-card.png")):
        html = (site / page).read_text("utf-8")
        assert f'<meta property="og:image" content="https://example.org/base/{name}">' in html
        assert '<meta name="twitter:card" content="summary_large_image">' in html
        assert image((site / name).read_bytes()).size == SIZE
    assert "og:image" not in (site / "about/index.html").read_text("utf-8")
    assert len(list(site.rglob("*social-card.png"))) == 2


def test_a_site_without_a_public_address_has_no_cards(tmp_path: Path) -> None:
    assert build_project(write_project(tmp_path, {"content/articles/one.md": article("Text.\n")})).ok
    assert not list((tmp_path / "site").rglob("*social-card.png"))
    assert "og:image" not in (tmp_path / "site/one/index.html").read_text("utf-8")
