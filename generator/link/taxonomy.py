"""Names that group documents, such as tags: those that give one slug are one, and should be spelt in one way."""

from __future__ import annotations

from generator.diagnostics import Diagnostic, error, warning
from generator.model import Located, SourcePath
from generator.urls import slug_problem, slugify


class Taxonomy:
    """The names of one kind, as they were first spelt in the order of paths, by slug."""

    def __init__(self, what: str, spelling_code: str) -> None:
        """`what` is the word for one of them."""
        self.what = what
        self.spelling_code = spelling_code
        self.names: dict[str, str] = {}
        self.diagnostics: list[Diagnostic] = []
        self._first: dict[str, SourcePath] = {}
        self._settled: dict[str, str] = {}
        """The slugs of names of which there is nothing to say."""

    def take(self, given: Located, path: SourcePath) -> str | None:
        """Return the slug of a name that a document bears; None where it gives no slug."""
        if (settled := self._settled.get(given.value)) is not None:
            return settled
        slug = slugify(given.value)
        if problem := slug_problem(slug):
            message = f'the {self.what} "{given.value}" {problem}'
            self.diagnostics.append(error("slug-unusable", path, given.at, message, "rename it"))
            return None
        name = self.names.setdefault(slug, given.value)
        first = self._first.setdefault(slug, path)
        if name == given.value:
            self._settled[name] = slug
        else:
            message = f'the {self.what} "{given.value}" is spelt "{name}" in {first}'
            self.diagnostics.append(warning(self.spelling_code, path, given.at, message, f'write "{name}" in both'))
        return slug
