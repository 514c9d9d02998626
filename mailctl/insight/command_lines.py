"""Command lines that are printed to be run, as a shell takes them."""

from __future__ import annotations

import shlex


def command(*words: object) -> str:
    """A command line of mailctl, as a shell takes it."""
    return shlex.join(("mailctl", *map(str, words)))


def named(thing: str, name: str) -> str:
    """A name as a word of a command line; a leading dash does not make it an option."""
    return f"{thing}/{name}" if name.startswith("-") else name
