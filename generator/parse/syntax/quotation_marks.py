"""Quotation marks by language."""

from __future__ import annotations

import re

Marks = tuple[str, str]
"""An opening and a closing mark, with the spaces that belong inside."""

ENGLISH: tuple[Marks, Marks] = (("“", "”"), ("‘", "’"))
LOW_HIGH: tuple[Marks, Marks] = (("„", "“"), ("‚", "‘"))
ANGLE_CURLY: tuple[Marks, Marks] = (("«", "»"), ("“", "”"))
ANGLE_LOW: tuple[Marks, Marks] = (("«", "»"), ("„", "“"))
ANGLE_SINGLE: tuple[Marks, Marks] = (("«", "»"), ("‹", "›"))
LOW_ANGLE: tuple[Marks, Marks] = (("„", "”"), ("«", "»"))
RIGHT_RIGHT: tuple[Marks, Marks] = (("”", "”"), ("’", "’"))
CORNERS: tuple[Marks, Marks] = (("「", "」"), ("『", "』"))

BY_LANGUAGE: dict[str, tuple[Marks, Marks]] = {
    **dict.fromkeys(
        ("en", "nl", "tr", "hi", "ko", "zh", "pt-br", "af", "az", "bn", "cy", "ga", "id", "th", "vi"), ENGLISH
    ),
    **dict.fromkeys(("lt", "de", "cs", "sk", "bg", "is", "ka", "sl"), LOW_HIGH),
    **dict.fromkeys(("es", "it", "pt", "el", "ca", "eu", "gl", "sq", "hy"), ANGLE_CURLY),
    **dict.fromkeys(("ru", "uk", "be", "kk"), ANGLE_LOW),
    **dict.fromkeys(("de-ch", "it-ch", "fr-ch", "fa"), ANGLE_SINGLE),
    **dict.fromkeys(("pl", "ro"), LOW_ANGLE),
    **dict.fromkeys(("sv", "fi", "da", "he"), RIGHT_RIGHT),
    **dict.fromkeys(("ja", "zh-hant", "zh-tw", "zh-hk", "zh-mo"), CORNERS),
    **dict.fromkeys(("no", "nb", "nn"), (("«", "»"), ("‘", "’"))),
    **dict.fromkeys(("hr", "sr", "lv"), (("„", "”"), ("‚", "’"))),
    "fr": (("«\u202f", "\u202f»"), ("“", "”")),
    "hu": (("„", "”"), ("»", "«")),
    "et": (("„", "“"), ("«", "»")),
    "mk": (("„", "“"), ("’", "‘")),
    "ar": (("”", "“"), ("’", "‘")),
}
"""Primary and secondary marks: CLDR's delimiters, or what newspapers in that language print where the two differ."""

ELISIONS = {
    "en": r"tis|tisn't|twas|twere|twould|til|em",
    "nl": r"[stnkmr]|ie",
    "af": r"[nkts]",
    "de": r"[sn]|ne[nmr]?",
}
"""Words that begin with an apostrophe and with which a quotation hardly ever begins."""


def quotation_marks(language: str) -> tuple[Marks, Marks]:
    """Return the primary and the secondary marks for a language tag (BCP 47), English ones where it is unknown."""
    parts = language.lower().replace("_", "-").split("-")
    tags = ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]
    tags.insert(1, f"{parts[0]}-{parts[-1]}")  # zh-Hant-TW, pt-Latn-BR: the region without the script
    return next((BY_LANGUAGE[tag] for tag in tags if tag in BY_LANGUAGE), ENGLISH)


def elisions_of(language: str) -> re.Pattern[str]:
    """Return the pattern of words that begin with an apostrophe; decades do in every language."""
    words = ELISIONS.get(language.lower().replace("_", "-").split("-")[0])
    return re.compile(rf"'(?:\d\d(?:s|ers?)|{words or '(?!)'})(?![\w'])", re.IGNORECASE)
