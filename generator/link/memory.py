"""What a build remembers of the one before: every file's synopsis, and what the mentions in it rest on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from generator.link.lexicon import Lexicon
from generator.link.matcher import Form, Matcher, folded, phrases_of
from generator.model import OutputPath, SourcePath, Value
from generator.read.tree import FileEntry
from generator.site import Nearest
from generator.synopsis import Asked, EntryMentions, FoundMentions, Known

MANY_FORMS = 50
"""Changed forms beyond which every text is looked at again: looking for each in each takes as long."""


BETWEEN = "\0"
"""Stands between a page's texts: no file has one."""


class Row(Value, frozen=True, array_like=True):
    """A file as it was when it was opened."""

    size: int
    modified: int
    """Nanoseconds."""
    known: Known


class Memory:
    """What the last build knew. Dropping any of it, or all, costs time and nothing else."""

    def __init__(self) -> None:
        self.basis = ""
        """Digest of all that opening a file rests on besides the file and the glossary."""
        self.since = 0
        """Nanoseconds: a file that changed then or later may have changed again without looking it."""
        self.rows: dict[SourcePath, Row] = {}
        self.rules = ""
        """Digest of the site's rules for mentions."""
        self.forms: frozenset[Form] = frozenset()
        """The words that meant an entry."""
        self.nearest: Nearest | None = None
        """Related articles."""
        self.keys: dict[OutputPath, str] = {}
        """Of each output, as the last build made it."""
        self.said = ""
        """Digest of what pages and entries said of themselves then."""
        self.following: tuple[OutputPath, ...] = ()
        """The outputs that followed from that alone."""
        self.manifest = ""
        """Digest of the manifest that the last build wrote: the keys speak of these files and no others."""
        self.texts: dict[SourcePath, str] = {}
        """All in which mentions are looked for, of the pages opened since the memory was loaded: the reading text, then
        notes and own terms, with `BETWEEN` between them."""
        self.stored_texts: Callable[[SourcePath], str | None] = lambda path: None
        """Returns the same of a page that was opened before that, where it is kept."""
        self.feed_entries: dict[str, str] = {}
        """Articles as feeds have them, made since the memory was loaded."""
        self.stored_feed_entries: Callable[[Collection[str]], dict[str, str]] = lambda keys: {}
        """Returns those of some keys that were made before that and are kept."""
        self.feed_items: set[str] | None = None
        """The keys of all that any feed holds now; None where no build has told."""
        self.unsaved: set[SourcePath] = set()
        """Rows that are not on the disk as they are here."""

    def start(self, basis: str) -> None:
        """Forget everything if it rests on something else."""
        if basis != self.basis:
            self.__init__()  # type: ignore[misc]
            self.basis = basis

    def find(self, file: FileEntry) -> Known | None:
        """Return what is known of a file that has not changed, as far as its size and times tell."""
        row = self.rows.get(file.path)
        if row is None or row.size != file.size or row.modified != file.modified or file.modified >= self.since:
            return None
        return row.known if row.known.digest else None

    def find_texts(self, path: SourcePath) -> list[str]:
        """Return all texts of a page in which mentions are looked for, its reading text first; none if not kept."""
        texts = self._texts_of(path)
        return [] if texts is None else texts.split(BETWEEN)

    def find_text(self, path: SourcePath) -> str | None:
        """Return the reading text of a page, where it is kept."""
        texts = self._texts_of(path)
        return None if texts is None else texts.partition(BETWEEN)[0]

    def _texts_of(self, path: SourcePath) -> str | None:
        return self.texts[path] if path in self.texts else self.stored_texts(path)

    def find_feed_entries(self, keys: Collection[str]) -> dict[str, str]:
        """Return those of some feed entries that are known."""
        known = {key: self.feed_entries[key] for key in keys if key in self.feed_entries}
        missing = [key for key in keys if key not in known]
        return known | self.stored_feed_entries(missing) if missing else known

    def keep(self, file: FileEntry, known: Known) -> None:
        """Remember a file."""
        self.rows[file.path] = Row(file.size, file.modified, known)
        self.unsaved.add(file.path)

    def forget_others(self, paths: Iterable[SourcePath]) -> None:
        """Forget all files but these."""
        kept = set(paths)
        for path in [path for path in self.rows if path not in kept]:
            del self.rows[path]
            self.texts.pop(path, None)
            self.unsaved.add(path)


class Standing:
    """Tells which files' mentions are as they were, though the glossary may have changed."""

    def __init__(self, memory: Memory, lexicon: Lexicon) -> None:
        self._memory = memory
        self._glossary = lexicon.glossary
        self._same_rules = memory.rules == lexicon.rules.digest
        changed = memory.forms ^ lexicon.forms
        self._all_changed = len(changed) > MANY_FORMS
        forms = () if self._all_changed else changed
        self._phrases = sorted({phrase for form in forms for phrase in phrases_of(form)})
        self._matcher = Matcher(forms)

    def of_page(self, path: SourcePath, mentions: FoundMentions) -> bool:
        """Return whether a page has the mentions that it had."""
        if not self._holds(mentions.asked, bool(mentions.diagnostics)):
            return False
        if not self._phrases:
            return True
        texts = self._memory.find_texts(path)
        return bool(texts) and not any(map(self._may_have_changed, texts))

    def of_entry(self, texts: Iterable[str], mentions: EntryMentions) -> bool:
        """Return whether an entry has the mentions that it had."""
        return self._holds(mentions.asked, bool(mentions.diagnostics)) and not any(
            self._may_have_changed(text) for text in texts
        )

    def _holds(self, asked: Iterable[Asked], has_findings: bool) -> bool:
        if not self._same_rules or self._all_changed or has_findings:
            return False
        glossary = self._glossary
        return all(glossary.find(one.name) == one.slugs and glossary.is_broken(one.name) == one.broken for one in asked)

    def _may_have_changed(self, text: str) -> bool:
        if not self._phrases:
            return False
        within = folded(text)
        return any(phrase in within for phrase in self._phrases) and bool(self._matcher.find(text))
