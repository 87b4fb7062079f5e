"""The plan: what differs between a build and a target, in the order in which no page ever lacks what it shows."""

from __future__ import annotations

from generator.commands.publish.target import Plan, Step, Survey
from generator.urls import is_fingerprinted

CLEARING, ASSET, OTHER, NEW_PAGE, CHANGED_PAGE, FEED, OLD_PAGE, OLD_FILE = range(8)
"""The ranks. Whatever a page shows goes before it, feeds and sitemap lead to pages that are there, and what is deleted
goes last, pages before what they show. CLEARING is what stands where a folder has to be, or the other way round."""


def plan_of(survey: Survey) -> Plan:
    """Return the steps that turn what a target holds into what it is to hold; none where it does already."""
    old, new = survey.old, survey.new
    steps: list[Step] = []
    for path, stamp in new.items():
        if path not in old:
            steps.append(Step("add", path, stamp.size, rank_of(path, is_new=True)))
        elif path in survey.unsure or old[path].digest != stamp.digest:
            steps.append(Step("change", path, stamp.size, rank_of(path, is_new=False)))
    folders = {path[:end] for path in new for end in _slashes(path)}
    for path, stamp in old.items():
        if path not in new:
            in_the_way = path in folders or any(path[:end] in new for end in _slashes(path))
            rank = CLEARING if in_the_way else OLD_PAGE if is_page(path) else OLD_FILE
            steps.append(Step("delete", path, stamp.size, rank))
    return Plan(survey=survey, steps=tuple(sorted(steps, key=lambda step: (step.rank, step.path))))


def rank_of(path: str, *, is_new: bool) -> int:
    """Return the place of a file in the order of uploads."""
    if is_fingerprinted(path):
        return ASSET
    name = path.rpartition("/")[2]
    if name in ("feed.xml", "feed.json") or (name.startswith("sitemap") and name.endswith(".xml")):
        return FEED
    if is_page(path):
        return NEW_PAGE if is_new else CHANGED_PAGE
    return OTHER


def is_page(path: str) -> bool:
    """Return whether a file is a page that may show others."""
    return path.endswith((".html", ".htm"))


def _slashes(path: str) -> list[int]:
    return [place for place, sign in enumerate(path) if sign == "/"]
