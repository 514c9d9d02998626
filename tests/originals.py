"""What is slow to make and only looked at or copied: made once, for all processes of a test run."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

_shared: list[Path] = []


def shares(factory: pytest.TempPathFactory) -> None:
    """Say where this run's folders are; each worker has its own below that of all."""
    own = factory.getbasetemp()
    _shared[:] = [own.parent if "PYTEST_XDIST_WORKER" in os.environ else own]


def made_once(name: str, make: Callable[[Path], object]) -> Path:
    """A folder that `make` fills for whoever asks first; nobody changes anything in it."""
    (shared,) = _shared
    folder = shared / f"original-{name}"
    with (shared / f"original-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            half = shared / f"half-{name}"
            shutil.rmtree(half, ignore_errors=True)
            half.mkdir(mode=0o700)
            make(half)
            half.rename(folder)
    return folder


def copy_all(original: Path, folder: Path) -> None:
    """Copy a store that was made once, and what lies beside it.

    Another process that looks at it may take its log's index away meanwhile.
    """
    for part in original.parent.iterdir():
        with suppress(FileNotFoundError):
            shutil.copy2(part, folder / part.name)
