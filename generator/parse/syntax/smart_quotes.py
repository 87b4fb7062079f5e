"""Smart quotes: straight quotation marks become those of the article's language. Quotes only.

The quotes of a block are read as one line of text, whatever emphasis, links or escapes lie between them, and are
paired in a few passes that each look at a quote once (markdown-it's own rule searches its stack for every quote):
double quotes first, since only the single one may be an apostrophe; then single quotes, within the double pairs.
Which side a quote can stand on follows the flanking rules of CommonMark (6.2), with scripts that write no spaces let
in on both sides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.parse.syntax.quotation_marks import Marks, elisions_of, quotation_marks

APOSTROPHE = "’"

_PRIMES = re.compile(
    r"°\s?\d{1,2}(?:[.,]\d{1,4})?'(?:\s?\d{1,2}(?:[.,]\d{1,4})?\")?"  # 54°41'20"
    r"|(?<!\d)\d{1,2}'\d{1,2}(?:[.,]\d{1,4})?\""  # 5'10"
)
_AND = re.compile(r"(?<=\w\s)'n'(?=\s\w)", re.IGNORECASE)

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
"""Thai, Lao, Burmese, Khmer, Han, Kana, Hangul: words that touch, or particles that attach to a closing quote."""

_OBJECT = "\ufffc"
"""Stands for code and pictures in the line of text; counts as a word."""

_NO_BREAK = ("\u00a0", "\u202f")

Side = Literal["space", "punctuation", "word", "unspaced"]


@dataclass(slots=True)
class _Quote:
    """A straight quote: where it stands in the line of text and on which side of a quotation it can stand."""

    at: int
    single: bool
    opens: bool
    closes: bool
    after_digit: bool
    in_word: bool


def smart_quotes_rule(language: str) -> Callable[[StateCore], None]:
    """Return a markdown-it core rule that sets the quotation marks of `language` and changes nothing else.

    Insert it with `md.core.ruler.before("text_join", "smart_quotes", rule)`: until `text_join`, escaped quotes and
    those written as entities are tokens of their own (`text_special`) and so stay straight. Code, raw HTML and the
    text of autolinks are left alone; the alternative text of a picture is a line of its own.

    A quotation inside one with the same marks gets the other marks. An unpaired `"` becomes an opening or closing
    mark where its place leaves no doubt (a quotation over several paragraphs), and stays straight elsewhere: behind
    a digit (inches), within a word. An unpaired `'` is an apostrophe, behind a digit it stays (feet). Pairs may cross
    the ends of emphasis and links.
    """
    marks = quotation_marks(language)
    elisions = elisions_of(language)

    def rule(state: StateCore) -> None:
        lines = [
            token.children
            for token in state.tokens
            if token.type == "inline" and token.children and ('"' in token.content or "'" in token.content)
        ]
        while lines:
            tokens = lines.pop()
            lines += [token.children for token in tokens if token.type == "image" and token.children]
            _set_quotes(tokens, marks, elisions)

    return rule


def smart_quotes(text: str, language: str) -> str:
    """Return a plain text (a title, a caption) with the quotation marks of `language`, by the rule for Markdown."""
    return "".join(
        _replaced(text, 0, _replacements(text, _quotes(text), quotation_marks(language), elisions_of(language)))
    )


# --- the tokens of a block as one line of text ------------------------------------------------------------------


def _set_quotes(tokens: list[Token], marks: tuple[Marks, Marks], elisions: re.Pattern[str]) -> None:
    pieces: list[str] = []
    writable: list[tuple[Token, int]] = []
    length = 0
    autolink = False
    for token in tokens:
        if token.type in ("link_open", "link_close"):
            autolink = token.type == "link_open" and token.info == "auto"
        piece = _piece(token)
        if token.type == "text" and not autolink and ('"' in piece or "'" in piece):
            writable.append((token, length))
        pieces.append(piece)
        length += len(piece)
    if not writable:
        return
    line = "".join(pieces)
    found = (quote for token, start in writable for quote in _quotes(line, start, start + len(token.content)))
    replacements = _replacements(line, found, marks, elisions)
    for token, start in writable:
        token.content = "".join(_replaced(token.content, start, replacements))


def _piece(token: Token) -> str:
    """Return what a token puts into the line; emphasis, links, notes and tags put nothing."""
    if token.type in ("text", "text_special"):
        return token.content
    if token.type in ("softbreak", "hardbreak") or token.content[:3].lower() == "<br":
        return "\n"
    return _OBJECT if token.type in ("code_inline", "image") else ""


def _replaced(text: str, start: int, replacements: dict[int, str]) -> Iterator[str]:
    done = 0
    for match in re.finditer("[\"']", text):
        yield text[done : match.start()]
        yield replacements.get(start + match.start(), match[0])
        done = match.end()
    yield text[done:]


# --- on which side a quote can stand ----------------------------------------------------------------------------


def _quotes(line: str, start: int = 0, end: int | None = None) -> Iterator[_Quote]:
    """Yield the straight quotes of a part of the line, in order."""
    for match in re.compile("[\"']").finditer(line, start, len(line) if end is None else end):
        at = match.start()
        left, right = line[at - 1 : at] if at else " ", line[at + 1 : at + 2] or " "
        before, after = _side(left), _side(right)
        opens, closes = _flanks(left, before, right, after)
        yield _Quote(at, match[0] == "'", opens, closes, left.isdecimal(), before == after == "word")


def _side(character: str) -> Side:
    if character in _NO_BREAK:  # French spaces inside its marks; such a space may stand on either side
        return "punctuation"
    if character.isspace():
        return "space"
    if _UNSPACED.match(character):
        return "unspaced"
    if character.isalnum() or character == _OBJECT or unicodedata.category(character)[0] == "M":
        return "word"
    return "punctuation"


def _flanks(left: str, before: Side, right: str, after: Side) -> tuple[bool, bool]:
    """Return whether a quote between two characters can open and whether it can close."""
    if before == "space" or after == "space":
        return after != "space", before != "space"
    if before == "punctuation" and (
        unicodedata.category(left) in ("Ps", "Pi") or (after == "unspaced" and left in ":：")
    ):
        return True, False
    if "unspaced" in (before, after):
        return True, True
    if before == after == "punctuation":
        closed = unicodedata.category(right) in ("Pe", "Pf")
        return not closed, True
    return before == "punctuation", after == "punctuation"


# --- pairs ------------------------------------------------------------------------------------------------------


def _replacements(
    line: str, quotes: Iterable[_Quote], marks: tuple[Marks, Marks], elisions: re.Pattern[str]
) -> dict[int, str]:
    """Return what stands in the place of the quotes at these offsets of the line; the others stay straight."""
    straight = {at for match in _PRIMES.finditer(line) for at in range(match.start(), match.end())}
    apostrophes = {match.start() for match in elisions.finditer(line)}
    apostrophes.update(at for match in _AND.finditer(line) for at in (match.start(), match.end() - 1))
    listed = [quote for quote in quotes if quote.at not in straight]
    pairs = _pair_doubles([quote for quote in listed if not quote.single])
    _pair_singles(line, listed, pairs, apostrophes)

    result: dict[int, str] = {}
    around: list[Marks] = []
    for quote in listed:
        other = pairs.get(quote.at)
        if other is None:
            mark = _unpaired(quote, marks[0])
            if mark:
                result[quote.at] = _fitted(line, quote.at, mark)
        elif other > quote.at:
            primary, secondary = reversed(marks) if quote.single else marks
            around.append(secondary if around and around[-1] == primary else primary)
            result[quote.at] = _fitted(line, quote.at, around[-1][0])
        else:
            result[quote.at] = _fitted(line, quote.at, around.pop()[1])
    return result


def _pair_doubles(quotes: list[_Quote]) -> dict[int, int]:
    """Return the offset of the partner for each paired quote, both ways."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    inch = -1  # a closing quote behind a digit, which proves to be inches when another one comes: "a 3.5" disk"
    for quote in quotes:
        if quote.closes and opened:
            start = opened.pop()
            pairs[start], pairs[quote.at] = quote.at, start
            if not opened:
                inch = quote.at if quote.after_digit else inch
        elif quote.opens:
            opened.append(quote.at)
        elif quote.closes and inch >= 0 and not quote.after_digit:
            start = pairs.pop(inch)
            pairs[start], pairs[quote.at] = quote.at, start
            inch = -1
    _pair_in_words(quotes, pairs)
    return pairs


def _pair_in_words(quotes: list[_Quote], pairs: dict[int, int]) -> None:
    """Pair what is left with quotes within words: suffixes ("NATO"ya) and prefixes (و"الناتو") that attach."""
    last: dict[int, _Quote] = {}  # by the pair around
    around = [-1]
    found: dict[int, int] = {}
    for quote in quotes:
        other = pairs.get(quote.at)
        if other is not None:
            if other > quote.at:
                around.append(quote.at)
            else:
                around.pop()
            continue
        previous = last.pop(around[-1], None)
        suffix = previous and previous.opens and quote.in_word and not quote.after_digit
        prefix = previous and previous.in_word and not previous.after_digit and quote.closes and not quote.opens
        if previous and (suffix or prefix):
            found[previous.at], found[quote.at] = quote.at, previous.at
        else:
            last[around[-1]] = quote
    pairs.update(found)


def _pair_singles(line: str, quotes: list[_Quote], pairs: dict[int, int], apostrophes: set[int]) -> None:
    """Pair the single quotes that lie between the same double ones."""
    opened: list[list[int]] = [[]]
    for quote in quotes:
        other = pairs.get(quote.at)
        if not quote.single:
            if other is not None and other > quote.at:
                opened.append([])
            elif other is not None:
                opened.pop()
        elif quote.at in apostrophes:
            continue
        elif quote.closes and opened[-1]:
            start = opened[-1].pop()
            pairs[start], pairs[quote.at] = quote.at, start
        elif quote.opens and not _ends_word(line, quote.at - 1, pairs):
            opened[-1].append(quote.at)


def _ends_word(line: str, at: int, pairs: dict[int, int]) -> bool:
    """Return whether a possessive may follow: (NATO)'s, Yahoo!'s, "Pravda"'s."""
    if at < 0:
        return False
    return (
        line[at] in "!?%"
        or unicodedata.category(line[at]) in ("Pe", "Pf")
        or (line[at] == '"' and pairs.get(at, at) < at)
    )


def _unpaired(quote: _Quote, primary: Marks) -> str:
    if quote.single:
        free = not quote.opens and not quote.closes and not quote.in_word
        return "" if free or (quote.after_digit and not quote.in_word) else APOSTROPHE
    if quote.opens == quote.closes or (quote.closes and quote.after_digit):
        return ""
    return primary[0] if quote.opens else primary[1]


def _fitted(line: str, at: int, mark: str) -> str:
    """Return a mark without its own space where the author has put a no-break one."""
    if mark[-1] == "\u202f" and line[at + 1 : at + 2] in _NO_BREAK:
        return mark[:-1]
    if mark[0] == "\u202f" and at and line[at - 1] in _NO_BREAK:
        return mark[1:]
    return mark
