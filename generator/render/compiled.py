"""Templates as Python code: compiled once in a process and, those of the built-in theme, once in an installation.

Code runs, so it is read from nowhere but where Python keeps the compiled modules of this package: whoever can write
there can change the program itself.
"""

from __future__ import annotations

import importlib.util
import marshal
import os
import sys
from pathlib import Path
from types import CodeType

from generator.read.source import digest_of
from generator.render.constant_strings import Translating
from generator.render.runtime import CodeGenerator, Context, Template

MOST = 400
"""Templates kept in an installation: those of a dozen languages. Beyond them it begins anew."""


class CompiledTemplates:
    """Code by all that it depends on: a template as preprocessed in its language, and the program that compiled it."""

    def __init__(self, built_in: Path, program: str = "") -> None:
        """`built_in` is the folder of the built-in theme, `program` names the program; without it nothing is kept."""
        self._within = f"{built_in}{os.sep}"
        self._program = program
        self._lasting = self._read() if program else {}
        self._codes = dict(self._lasting)
        self._count = len(self._lasting)

    def key(self, lang: str, name: str | None, filename: str | None, source: str) -> str:
        """Return what a template's code is known by."""
        return digest_of("\0".join((self._program, lang, name or "", filename or "", source)).encode())

    def find(self, key: str) -> CodeType | None:
        """Return a template's code, or None."""
        return self._codes.get(key)

    def put(self, key: str, code: CodeType) -> None:
        """Keep a template's code."""
        self._codes[key] = code
        if code.co_filename.startswith(self._within):
            self._lasting[key] = code

    def save(self) -> None:
        """Keep the built-in theme's code for other processes, if some is new and the installation can be written to."""
        if not self._program or len(self._lasting) == self._count or sys.dont_write_bytecode:
            return
        if len(self._lasting) > MOST:
            self._lasting = dict(list(self._lasting.items())[self._count :])
        self._count = len(self._lasting)
        path = _path()
        beside = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(marshal.dumps((self._program, self._lasting)))
            beside.replace(path)
        except OSError:
            beside.unlink(missing_ok=True)

    def _read(self) -> dict[str, CodeType]:
        try:
            program, codes = marshal.loads(_path().read_bytes())
        except (OSError, EOFError, ValueError, TypeError):
            return {}
        return dict(codes) if program == self._program else {}


def _path() -> Path:
    return Path(importlib.util.cache_from_source(str(Path(__file__).with_name("templates.py"))))


class CompilingEnvironment(Translating):
    """An environment that compiles only what nobody has compiled before."""

    lang: str
    compiled: CompiledTemplates
    code_generator_class = CodeGenerator
    context_class = Context
    template_class = Template

    def compile(  # type: ignore[override]  # a template's source, as loaders have it, and nothing else
        self, source: str, name: str | None = None, filename: str | None = None
    ) -> CodeType:
        """Return a template's code."""
        key = self.compiled.key(self.lang, name, filename, self.preprocess(source, name, filename))
        code = self.compiled.find(key)
        if code is None:
            code = super().compile(source, name, filename)
            self.compiled.put(key, code)
        return code
