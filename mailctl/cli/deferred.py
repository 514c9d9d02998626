"""Modules that Typer imports for what mailctl seldom needs, loaded when they are first used.

Together they are a fifth of what importing Typer costs. Each stands in for its module until
something is read from it; a module from which Typer takes names at once cannot wait.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

# What uses them: opening files and addresses in other programs, finding the shell, packing
# archives, shortening texts, the names of months, source code in tracebacks, paths of Windows,
# IPv6 in URLs.
DEFERRED = (
    "bz2",
    "ipaddress",
    "linecache",
    "locale",
    "lzma",
    "ntpath",
    "shellingham",
    "subprocess",
    "textwrap",
    "tokenize",
    "zlib",
)


class _Deferred(ModuleType):
    """A module that is not loaded yet; whoever imported it keeps this, which asks the real one."""

    def __getattr__(self, name: str) -> Any:
        # A second thread may come here too: the import itself lets only one load the module.
        if sys.modules.get(self.__name__) is self:
            sys.modules.pop(self.__name__, None)
        return getattr(import_module(self.__name__), name)


def defer() -> None:
    """Let what is not loaded yet wait for its use."""
    for name in DEFERRED:
        if name not in sys.modules:
            sys.modules[name] = _Deferred(name)
