"""`new article NAME`: a draft with its title, its date and the keys that most articles want."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from generator.commands.new.place import new_path, split_name, write_new, written

ARTICLE = """\
---
title: {title}
description: {description}
date: {date}
tags: []
draft: true # take this line out, and the article is built and checked
---
Say in the first sentence what happened, and in the second why it matters.
"""

DESCRIPTION = "What it is about, in one sentence."


def new_article(project: Path, name: str, today: dt.date) -> Path:
    """Write a new article and return its path; raises NewError where something is in the way."""
    folder, title = split_name(name)
    path = new_path(project, "articles", folder, title)
    write_new(path, ARTICLE.format(title=written(title), description=DESCRIPTION, date=today))
    return path
